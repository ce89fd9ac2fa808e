"""What schemas say and the IR has no word for: factories of defaults, settings, other aliases, lengths of bytes, patterns."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

import annotated_types
from pydantic import AfterValidator, AliasChoices, AliasPath, AllowInfNan, BaseModel
from pydantic.fields import FieldInfo

from specloom.builders.python.nodes import Expression, Symbol, call, constant, ref, string
from specloom.django.schemas.building import BaseSchema
from specloom.django.schemas.fields.constraints import Checks
from specloom.django.schemas.fields.patterns import json_pattern, python_pattern

from .context import Described, Mode
from .factories import factory_source
from .settings import settings_of
from .shared import COLUMN_CHECKS


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """Of one field."""

    name: str
    """What it is called in Python."""
    factory: Expression | None = None
    """What makes the default."""
    length: int | None = None
    """How many bytes there are at most, where the text in base64 is longer."""
    bytes: str | None = None
    """A default that is bytes, in base64."""
    patterns: Mapping[str, str] = field(default_factory=dict)
    """Patterns as Python writes them, by how JSON Schema does."""
    aliases: Mapping[str, Expression] = field(default_factory=dict)
    """Other names that it has in JSON, as arguments of ``Field``."""
    checks: frozenset[str] = frozenset()
    """What columns cannot hold, of which JSON Schema has no word: see ``Shared``."""


@dataclass(frozen=True, slots=True)
class Facts:
    """By schema, and by the property's name in JSON."""

    fields: Mapping[str, Mapping[str, FieldFacts]] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, Expression]] = field(default_factory=dict)

    def of(self, schema: str, prop: str) -> FieldFacts:
        """The facts of a field; none of one that no class of Pydantic has."""
        return self.fields.get(schema, {}).get(prop, _NONE)


_NONE = FieldFacts("")


def facts_of(described: Described, mode: Mode) -> Facts:
    """The facts of schemas, and of those nested in them."""
    return Facts(
        {name: dict(_fields(model, mode)) for name, model in described.models.items()},
        {name: settings_of(model) for name, model in described.models.items()},
    )


def json_name(name: str, info: FieldInfo, mode: Mode = "validation") -> str:
    """What a field is called in JSON."""
    if mode == "serialization":
        return info.serialization_alias or name
    return next(_keys(info.validation_alias), None) or info.alias or name


def _keys(alias: str | AliasPath | AliasChoices | None) -> Iterator[str]:
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    for each in choices:
        if isinstance(each, str):
            yield each
        elif isinstance(each, AliasPath) and len(each.path) == 1 and isinstance(each.path[0], str):
            yield each.path[0]


def _fields(schema: type[BaseModel], mode: Mode) -> Iterator[tuple[str, FieldFacts]]:
    defaults = _bytes(schema)
    for name, info in schema.model_fields.items():
        key = json_name(name, info, mode)
        factory = None if info.default_factory is None else factory_source(info.default_factory)
        aliases = _aliases(key, info) if mode == "validation" else {}
        yield key, FieldFacts(name, factory, _length(info), defaults.get(name), dict(_patterns(info)), aliases, _column(info))
    if mode == "serialization":
        for name, computed in schema.model_computed_fields.items():
            yield computed.alias or name, FieldFacts(name)


def _aliases(key: str, info: FieldInfo) -> dict[str, Expression]:
    """What ``alias=`` alone cannot say: several names to read, another one to write."""
    found: dict[str, Expression] = {}
    if isinstance(info.validation_alias, AliasChoices | AliasPath):
        found["validation_alias"] = _alias(info.validation_alias)
    if info.serialization_alias is not None and (found or info.serialization_alias != key):
        found["serialization_alias"] = string(info.serialization_alias)
    return found


def _alias(alias: str | AliasPath | AliasChoices) -> Expression:
    if isinstance(alias, str):
        return string(alias)
    parts = (constant(each) for each in alias.path) if isinstance(alias, AliasPath) else map(_alias, alias.choices)
    return call(ref(Symbol("pydantic", type(alias).__name__)), *parts)


def _length(info: FieldInfo) -> int | None:
    if not _mentions(info.annotation, bytes):
        return None
    limits = [each.max_length for each in _metadata(info) if isinstance(each, annotated_types.MaxLen)]
    return limits[-1] if limits else None


def _bytes(schema: type[BaseModel]) -> dict[str, str]:
    """What the model says, where the schema takes it: JSON Schema does not call what makes it."""
    found: dict[str, str] = {}
    for one in schema.resolved_fields() if issubclass(schema, BaseSchema) else ():
        info, default = schema.model_fields[one.name], getattr(one.accessor.source, "default", None)
        if not isinstance(default, bytes) or info.default_factory_takes_validated_data:
            continue
        if info.default_factory is not None and info.get_default(call_default_factory=True) == default:
            found[one.name] = b64encode(default).decode("ascii")
    return found


def _patterns(info: FieldInfo) -> Iterator[tuple[str, str]]:
    for checks in _checks(_metadata(info)):
        for validator in checks.validators:
            written, own = json_pattern(validator), python_pattern(validator)
            if written is not None and own is not None:
                yield written, own
                yield f"^$|{written}", rf"^\Z|{own}"  # a blank text is not looked at


def _column(info: FieldInfo) -> frozenset[str]:
    """The checks of columns in a field: those of specloom by their names, as it alone has them."""
    found = set[str]()
    for each in _metadata(info):
        own = each.func if isinstance(each, AfterValidator) else type(each)
        if str(getattr(own, "__module__", "")).startswith("specloom.django.schemas.fields."):
            found.add(str(getattr(own, "__name__", "")))
        elif isinstance(each, AllowInfNan) and not each.allow_inf_nan:
            found.add("finite")
    return frozenset(found & COLUMN_CHECKS)


def _checks(metadata: Iterable[object]) -> Iterator[Checks]:
    for each in metadata:
        if isinstance(each, AfterValidator) and isinstance(each.func, Checks):
            yield each.func


def _mentions(annotation: object, kind: type) -> bool:
    return annotation is kind or any(_mentions(each, kind) for each in get_args(annotation))


def _metadata(info: FieldInfo) -> Iterator[object]:
    yield from info.metadata
    yield from _inside(info.annotation)


def _inside(annotation: Any) -> Iterator[object]:  # noqa: ANN401 - any annotation
    yield from getattr(annotation, "__metadata__", ())
    for each in get_args(annotation):
        yield from _inside(each)
