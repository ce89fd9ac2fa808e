"""The settings of a schema (``model_config``) as source: those that say what is accepted and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from specloom.builders.python.nodes import Expression, constant
from specloom.django.schemas.building import BaseSchema
from specloom.ir.diagnostics import Diagnostic, Severity

CARRIED = frozenset({
    "allow_inf_nan", "coerce_numbers_to_str", "frozen", "hide_input_in_errors", "json_schema_serialization_defaults_required",
    "loc_by_alias", "populate_by_name", "regex_engine", "revalidate_instances", "ser_json_bytes", "ser_json_inf_nan",
    "ser_json_temporal", "ser_json_timedelta", "serialize_by_alias", "str_max_length", "str_min_length", "str_strip_whitespace",
    "str_to_lower", "str_to_upper", "strict", "url_preserve_empty_path", "use_enum_values", "val_json_bytes",
    "val_temporal_unit", "validate_assignment", "validate_by_alias", "validate_by_name", "validate_default",
    "validation_error_cause",
})  # fmt: skip
"""What a plain class has in the same words."""
_SAID_OTHERWISE = frozenset({
    "alias_generator", "extra", "field_title_generator", "json_schema_extra", "json_schema_mode_override",
    "model_title_generator", "schema_generator", "title", "use_attribute_docstrings",
})  # fmt: skip
"""What the JSON Schema of the schema already says: aliases, titles, descriptions."""
_OF_CLASSES = frozenset({
    "arbitrary_types_allowed", "cache_strings", "defer_build", "from_attributes", "ignored_types", "protected_namespaces",
    "validate_return",
})  # fmt: skip
"""What only says how the running class is made, or that it reads instances of the model."""


def settings_of(schema: type[BaseModel]) -> dict[str, Expression]:
    """The arguments of ``ConfigDict`` that a schema's class adds to its base."""
    return {key: constant(value) for key, value in _own(schema).items() if key in CARRIED and isinstance(value, _PLAIN)}


def settings_left_behind(schema: type[BaseModel]) -> Iterator[Diagnostic]:
    """A diagnostic where a setting cannot be carried."""
    known = _SAID_OTHERWISE | _OF_CLASSES
    lost = [key for key, value in _own(schema).items() if key not in known and not (key in CARRIED and isinstance(value, _PLAIN))]
    if lost:
        yield Diagnostic(
            code="setting-not-carried",
            severity=Severity.WARNING,
            message=f"{schema.__name__} has model_config settings that what is generated does not have: {', '.join(lost)}",
            hint="they are code, or known to the project alone",
        )


def _own(schema: type[BaseModel]) -> Mapping[str, object]:
    """The settings that are not those of every schema, nor Pydantic's defaults."""
    base: Mapping[str, object] = {**_DEFAULTS, **(BaseSchema.model_config if issubclass(schema, BaseSchema) else {})}
    settings: Mapping[str, object] = schema.model_config
    return {key: value for key, value in sorted(settings.items()) if value is not None and value != base.get(key, False)}


_DEFAULTS: Mapping[str, object] = {
    "allow_inf_nan": True, "regex_engine": "rust-regex", "revalidate_instances": "never", "ser_json_bytes": "utf8",
    "ser_json_inf_nan": "null", "ser_json_temporal": "iso8601", "ser_json_timedelta": "iso8601", "str_min_length": 0,
    "val_json_bytes": "utf8", "val_temporal_unit": "infer", "validate_by_alias": True,
}  # fmt: skip
"""Pydantic's own, where they are not ``False``."""


_PLAIN = (str, bool, int, float)
