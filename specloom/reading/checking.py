"""openapi-pydantic's judgement of repaired data: what it still refuses is taken out, the smallest piece that will do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ValidationError

from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

from .grammar import REST, Form, Kind, shape_of
from .pointers import JSON, join, lookup, split
from .references import Location, References

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_MODELS: Final[dict[Kind, str]] = {
    Kind.DOCUMENT: "OpenAPI", Kind.SCHEMA: "Schema", Kind.PARAMETER: "Parameter", Kind.RESPONSE: "Response",
    Kind.REQUEST_BODY: "RequestBody", Kind.HEADER: "Header", Kind.EXAMPLE: "Example", Kind.LINK: "Link",
    Kind.SECURITY_SCHEME: "SecurityScheme",
}
_ROUNDS: Final = 100


def check(references: References, version: Literal["3.0", "3.1"], pieces: Iterable[tuple[Location, Kind]]) -> list[Diagnostic]:
    """Has openapi-pydantic judge the document, and the pieces of other files it refers to; takes out what it refuses.

    Raises:
        SpecloomError: ``structure``, if what is left is no OpenAPI document.
    """
    found = _check(Location("", ""), Kind.DOCUMENT, references, version)
    for location, kind in pieces:
        if kind in _MODELS:
            found += _check(location, kind, references, version)
    return found


def _model(kind: Kind, version: Literal["3.0", "3.1"]) -> type[BaseModel]:
    from openapi_pydantic.v3 import v3_0, v3_1

    model: type[BaseModel] = getattr(v3_0 if version == "3.0" else v3_1, _MODELS[kind])
    return model


def _check(location: Location, kind: Kind, references: References, version: Literal["3.0", "3.1"]) -> list[Diagnostic]:
    model = _model(kind, version)
    found: list[Diagnostic] = []
    file = references.display(location.file)
    for _ in range(_ROUNDS):
        value = lookup(references.files[location.file], split(location.pointer))
        if not isinstance(value, dict) or (kind is not Kind.DOCUMENT and "$ref" in value):
            return found
        if kind is Kind.DOCUMENT:
            value = {**value, "openapi": "3.0.4" if version == "3.0" else "3.1.1"}
        try:
            model.model_validate(value)
        except ValidationError as error:
            faults = _faults(error.errors(include_url=False, include_context=False, include_input=False), value, kind)
            if not faults:
                return found
            for fault in faults:
                if not fault.keys:
                    raise SpecloomError([*found, _diagnostic(fault, location, file, Severity.ERROR)]) from None
                if _take_out(value, fault.keys, references.root if kind is Kind.DOCUMENT else None):
                    found.append(_diagnostic(fault, location, file, Severity.WARNING))
        else:
            return found
    raise SpecloomError.of("structure", "the document has too much that is not OpenAPI", file=file, pointer=location.pointer)


@dataclass(frozen=True, slots=True)
class _Fault:
    keys: tuple[str, ...]
    message: str
    branch: bool


def _faults(errors: list[ErrorDetails], value: JSON, kind: Kind) -> list[_Fault]:
    """What is at fault, the smallest pieces that exist; of a choice, the branch that was meant."""
    faults: dict[tuple[str, ...], _Fault] = {}
    for error in errors:
        fault = _fault(error, value, kind)
        if fault is not None and (fault.keys not in faults or faults[fault.keys].branch):
            faults[fault.keys] = fault
    meant = [f for f in faults.values() if not f.branch] or list(faults.values())
    return [f for f in meant if not any(o is not f and o.keys == f.keys[: len(o.keys)] for o in meant)] or meant[:1]


def _fault(error: ErrorDetails, value: JSON, kind: Kind) -> _Fault | None:
    """Follows an error's path through the data; the names of union branches in it are no keys."""
    keys: list[str] = []
    here: JSON = value
    at: Kind | None = kind
    in_map = False
    below: Kind | None = None
    branch = False
    for part in map(str, error["loc"]):
        if in_map:
            at, in_map = below, False
        elif at is None:
            break
        else:
            shape = shape_of(at, part)
            if shape is None:
                if part.startswith("x-") and at in REST:
                    return None  # extensions may be anything
                branch = branch or (part == "Reference" and isinstance(here, dict) and "$ref" not in here)
                continue
            below = shape.kind
            in_map = shape.form in (Form.MANY, Form.NAMED)
            at = shape.kind if shape.form is Form.ONE else None if not in_map else at
        child = here[int(part)] if isinstance(here, list) and part.isdigit() and int(part) < len(here) else (
            here[part] if isinstance(here, dict) and part in here else _GONE)
        if child is _GONE:
            break
        if part.startswith("x-") and not isinstance(child, dict):
            return None
        keys.append(part)
        here = child  # type: ignore[assignment] # not the mark of absence
    return _Fault(tuple(keys), error["msg"], branch)


_GONE: Final = object()


def _take_out(value: dict[str, JSON], keys: tuple[str, ...], root: dict[str, JSON] | None) -> bool:
    """Takes a value out of the object or list that holds it; whether it was still there."""
    holder = lookup(root if root is not None else value, keys[:-1])
    last = keys[-1]
    if isinstance(holder, dict) and last in holder:
        del holder[last]
        return True
    if isinstance(holder, list) and last.isdigit() and int(last) < len(holder):
        del holder[int(last)]
        return True
    return False


def _diagnostic(fault: _Fault, location: Location, file: str | None, severity: Severity) -> Diagnostic:
    message = fault.message[:1].lower() + fault.message[1:]
    said = "; left out" if severity is Severity.WARNING else ""
    return Diagnostic(code="structure", severity=severity, message=f"not as OpenAPI has it: {message}{said}",
                      pointer=location.pointer + join(fault.keys), file=file)
