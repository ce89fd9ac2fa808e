"""Validators that stay behind: what schemas run in Python and no document can say."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.validators import BaseValidator
from pydantic import BaseModel, TypeAdapter

from specloom.django.schemas.fields.choices import CalledChoices
from specloom.django.schemas.fields.constraints import Checks, json_pattern
from specloom.ir.diagnostics import Diagnostic, Severity


def left_behind(schemas: Sequence[type[BaseModel]]) -> Iterator[Diagnostic]:
    """A diagnostic for each field, or schema, with validators that what is generated does not run."""
    found: dict[str, dict[str, None]] = {}
    for schema in schemas:
        for where, name in _functions(TypeAdapter(schema).core_schema, schema.__name__):
            found.setdefault(where, {})[name] = None
    for where, names in found.items():
        yield Diagnostic(
            code="validator-not-carried",
            severity=Severity.INFO,
            message=f"{where} is not checked by {', '.join(names)} in what is generated",
            hint="it is code, which a document cannot carry: check again where the data arrives",
        )


def _functions(schema: object, where: str) -> Iterator[tuple[str, str]]:
    """The functions in a core schema, with the schema and the field that they stand in."""
    if isinstance(schema, Mapping):
        if schema.get("type") == "model":
            where = schema["cls"].__name__
        if str(schema.get("type")).startswith("function-"):
            yield from ((where, name) for name in _names(schema["function"]["function"]))
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


def _names(function: Any) -> Iterator[str]:  # noqa: ANN401 - any callable
    if isinstance(function, Checks):
        for validator in function.validators:
            if json_pattern(validator) is None:
                yield getattr(validator, "__name__", None) or _described(validator)
    elif isinstance(getattr(function, "__self__", None), CalledChoices):
        yield "its choices"
    elif (getattr(function, "__module__", None) or "pydantic").partition(".")[0] not in _KNOWN:
        yield getattr(function, "__qualname__", type(function).__name__).rpartition(".")[2]


_KNOWN = {*sys.stdlib_module_names, "pydantic", "pydantic_core", "specloom"}
"""Whose functions are part of a type, which is carried."""


def _described(validator: object) -> str:
    if isinstance(validator, BaseValidator) and not callable(validator.limit_value):
        return f"{type(validator).__name__}({validator.limit_value})"
    return type(validator).__name__
