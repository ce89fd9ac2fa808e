"""What stays behind: what schemas run in Python and no document can say."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.validators import BaseValidator
from pydantic import BaseModel, TypeAdapter

from specloom.django.schemas.building.resolved import nested_schemas
from specloom.django.schemas.fields.choices import CalledChoices
from specloom.django.schemas.fields.constraints import Checks
from specloom.django.schemas.fields.patterns import json_pattern
from specloom.django.schemas.reading.values import key_of, keys_of
from specloom.ir.diagnostics import Diagnostic, Severity

from .context import Mode
from .settings import settings_left_behind


def left_behind(schemas: Sequence[type[BaseModel]], mode: Mode = "validation") -> Iterator[Diagnostic]:
    """What what is generated does otherwise: a diagnostic for each field, or schema, and kind."""
    found: dict[_Left, dict[str, None]] = {}
    for schema in schemas:
        for where, kind, name in _functions(TypeAdapter(schema).core_schema, schema.__name__):
            left = _Left("", kind) if kind == "zone" else _Left(where, kind)
            found.setdefault(left, {})[name] = None
    for left, names in found.items():
        made = left.diagnostic(names, mode)
        if made is not None:
            yield made
    for model in dict.fromkeys(model for schema in schemas for model in nested_schemas(schema)):
        yield from settings_left_behind(model)
        if model.model_computed_fields and mode == "validation":
            yield _told(
                "computed-field-not-carried",
                f"{model.__name__} computes {', '.join(model.model_computed_fields)}, which what is generated does not have",
                "with --mode serialization these are fields",
            )


@dataclass(frozen=True, slots=True)
class _Left:
    """Where something stays behind, and of which kind it is."""

    where: str
    kind: str

    def diagnostic(self, names: Iterable[str], mode: Mode) -> Diagnostic | None:
        named = ", ".join(names)
        match self.kind:
            case "validator":
                return _told(
                    "validator-not-carried", f"{self.where} is not checked by {named} in what is generated",
                    "it is code, which a document cannot carry: check again where the data arrives",
                )  # fmt: skip
            case "serializer":
                return _told(
                    "serializer-not-carried", f"{self.where} is not written by {named} in what is generated",
                    "it is code, which a document cannot carry: what it answers is described by its return annotation",
                )  # fmt: skip
            case "zone":
                return _told(
                    "zone-not-carried",
                    "moments without a time zone stay so in what is generated, where the schemas of models read them in that of "
                    f"the project: {named}",
                    "send moments with their time zone",
                )
            case "range":
                return _told(
                    "range-as-written",
                    f"{self.where}: in what is generated a range stays an object as it was written, its ends in any order",
                    "the schema of the model takes pairs too, and makes of a range what the database would",
                )
            case _ if mode == "validation":
                return _told(
                    "key-not-read-from-object",
                    f"{self.where}: only keys are read in what is generated, where the schema of the model also reads them from "
                    f"objects: {named}",
                    'send the key itself, not {"id": …}',
                )
            case _:
                return None


def _told(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.INFO, message=message, hint=hint)


def _functions(schema: object, where: str) -> Iterator[tuple[str, str, str]]:
    """The functions in a core schema: the schema and the field that they stand in, the kind of the function, and its name."""
    if isinstance(schema, Mapping):
        if schema.get("type") == "model":
            where = schema["cls"].__name__
        if str(schema.get("type")).startswith("function-"):
            yield from _named(schema["function"]["function"], where)
        for name in _serializers(schema.get("serialization")):
            yield where, "serializer", name
        for key, value in schema.items():
            if key in ("serialization", "metadata", "function", "cls"):
                continue
            if schema.get("type") == "model-fields" and key == "fields":
                for name, each in value.items():
                    yield from _functions(each, f"{where}.{name}")
            else:
                yield from _functions(value, where)
    elif isinstance(schema, (list, tuple)):
        for value in schema:
            yield from _functions(value, where)


def _named(function: Any, where: str) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - any callable
    if isinstance(function, Checks):
        patterns = [validator for validator in function.validators if json_pattern(validator) is not None]
        for validator in function.validators:
            if validator not in patterns[:1]:  # JSON Schema has place for one
                yield where, "validator", getattr(validator, "__name__", None) or _described(validator)
    elif isinstance(getattr(function, "__self__", None), CalledChoices):
        yield where, "validator", "its choices"
    elif isinstance(function, partial) and function.func in (key_of, keys_of):
        schema, _, field = where.partition(".")
        yield schema, "key", field
    elif _is_of_columns(function) and (kind := _OWN_KINDS.get(_name(function))) is not None:
        yield where, kind, where
    elif not _is_known(function):
        yield where, "validator", _name(function)


def _is_of_columns(function: object) -> bool:
    """Whether it is one of specloom's own checks of what a column holds."""
    return str(getattr(function, "__module__", "")).startswith("specloom.django.schemas.fields.")


def _serializers(serialization: object) -> Iterator[str]:
    if isinstance(serialization, Mapping) and str(serialization.get("type")).startswith("function-"):
        function = serialization.get("function")
        if not _is_known(function):
            yield _name(function)


def _is_known(function: object) -> bool:
    """Whether a function is part of a type, which is carried."""
    if _is_of_columns(function):
        return _name(function) not in _STAYS_BEHIND
    return (getattr(function, "__module__", None) or "pydantic").partition(".")[0] in _KNOWN


def _name(function: object) -> str:
    return str(getattr(function, "__qualname__", type(function).__name__)).rpartition(".")[2]


_OWN_KINDS = {"moment": "zone", "_to_range": "range"}
"""Checks of columns that are told in words of their own."""
_STAYS_BEHIND = frozenset({"SameLengths", "FileName", "without_scope"})
"""Checks of columns that no type of the generated module makes: lengths of nested arrays and of files' names, scopes."""



_KNOWN = {*sys.stdlib_module_names, "pydantic", "pydantic_core", "specloom"}


def _described(validator: object) -> str:
    if isinstance(validator, BaseValidator) and not callable(validator.limit_value):
        return f"{type(validator).__name__}({validator.limit_value})"
    return type(validator).__name__
