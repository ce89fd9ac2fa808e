"""An operation's parameters in Go: one description, of which signature, parameter struct and statements are views."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from specloom.builders.naming import NameAllocator, numbered
from specloom.builders.params import params
from specloom.builders.styles import is_scalar, path_style, styled_word
from specloom.ir.diagnostics import Diagnostic
from specloom.ir.operations import IROperationObject, IRParameterObject, Location
from specloom.ir.types import IRType, LiteralType, allows_null, is_null, without_null

from . import nodes as go
from .bodies import Body
from .names import name_changed
from .reserved import LOCALS
from .spelling import exported_name, unexported_name
from .types import TypeMapper

_CALLED = frozenset((
    "by", "do", "doEvents", "doLines", "doNothing", "doResult", "doStream", "doText", "doValue", "fails", "newRequest", "pages",
    "paging", "partStyle",
))  # fmt: skip
"""What the body of a method says of the runtime: a parameter of that name would hide it."""
_LOCALS = LOCALS | _CALLED
_MEMBERS = frozenset(("Validate",))
_CONTEXT = go.ref("context", "Context")
REQUEST_OPTION = go.name("RequestOption")
_PARAMS = go.name("params")


@dataclass(frozen=True, slots=True)
class Argument:
    """A path parameter by its Go name; without one its only value is known, and nobody has to give it."""

    parameter: IRParameterObject
    name: str | None
    type: go.Type


@dataclass(frozen=True, slots=True)
class ParamField:
    """A field of the parameter struct; without a name its only value is known."""

    parameter: IRParameterObject
    name: str | None
    type: go.Type


@dataclass(frozen=True, slots=True)
class Params:
    """What a caller gives besides the body."""

    path: tuple[Argument, ...]
    fields: tuple[ParamField, ...]

    @property
    def given(self) -> tuple[ParamField, ...]:
        """The fields that the struct has."""
        return tuple(field for field in self.fields if field.name is not None)

    @property
    def by_value(self) -> bool:
        """Whether the struct has to be given, because something in it is required."""
        return any(field.parameter.required for field in self.given)


def go_params(operation: IROperationObject, types: TypeMapper) -> tuple[Params, tuple[Diagnostic, ...]]:
    """Describe what a caller of ``operation`` gives, and what of it had to be called otherwise."""
    ordered = params(operation)
    diagnostics: list[Diagnostic] = []
    path_names = _names(operation, ordered.path, unexported_name, _LOCALS, diagnostics)
    path = tuple(
        Argument(p, name, types(without_null(p.type))) for p, name in zip(ordered.path, path_names, strict=True)
    )
    field_names = _names(operation, ordered.named, exported_name, _MEMBERS, diagnostics)
    fields = tuple(
        ParamField(p, name, go.ANY if name is None else _field_type(p, types))
        for p, name in zip(ordered.named, field_names, strict=True)
    )
    return Params(path, fields), tuple(diagnostics)


def _is_known(parameter: IRParameterObject) -> bool:
    return parameter.required and isinstance(parameter.type, LiteralType) and not is_null(parameter.type)


def _names(
    operation: IROperationObject,
    given: Sequence[IRParameterObject],
    spelled: Callable[[str], str],
    reserved: frozenset[str],
    diagnostics: list[Diagnostic],
) -> list[str | None]:
    """A name for each parameter that is given; where two want the same, one is called after its place too."""
    wanted = [None if _is_known(p) else spelled(p.name) for p in given]
    if len(set(wanted)) == len(wanted) and reserved.isdisjoint(wanted):
        return wanted
    scope = NameAllocator(reserved, escape=_escaped)
    found: list[str | None] = []
    for parameter, name in zip(given, wanted, strict=True):
        if name is None:
            found.append(None)
            continue
        place = () if parameter.location is Location.PATH else (name + parameter.location.value.capitalize(),)
        allocation = scope.allocate((parameter.location, parameter.name), name, *place)
        found.append(allocation.name)
        if allocation.changed:
            diagnostics.append(
                name_changed("parameter", f"{operation.operation_id}.{parameter.name}", allocation, operation.pointer)
            )
    return found


def _escaped(name: str, attempt: int) -> str:
    return f"{name}Value" if attempt == 2 else numbered(name, attempt)


def _field_type(parameter: IRParameterObject, types: TypeMapper) -> go.Type:
    """Nothing and null are the same in a parameter, but where it is JSON."""
    type: IRType = parameter.type
    if parameter.media_type is None and allows_null(type):
        type = without_null(type)
        return types.optional(type)
    return types.value(type) if parameter.required else types.optional(type)


def signature(found: Params, body: Body | None, struct: str | None) -> Iterator[go.Parameter]:
    """All parameters of a method, the context first and the options last."""
    yield go.parameter("ctx", _CONTEXT)
    for argument in found.path:
        if argument.name is not None:
            yield go.parameter(argument.name, argument.type)
    if body is not None:
        yield go.parameter("body", body.type)
    if struct is not None:
        yield go.parameter("params", go.name(struct) if found.by_value else go.pointer(go.name(struct)))
    yield go.parameter("opts", REQUEST_OPTION, variadic=True)


def passed_on(found: Params, body: Body | None, struct: str | None) -> Iterator[go.Expression]:
    """The arguments of a call to the same method, each parameter as itself; the options come after them, spread."""
    return (go.name(one.name) for one in signature(found, body, struct) if one.name is not None and not one.variadic)


def request_statements(found: Params, types: TypeMapper, *, validated: bool) -> Iterator[go.Statement]:
    """What puts the parameters into ``req``."""
    for argument in found.path:
        word = path_style(argument.parameter, is_scalar(types.shapes.schemas, argument.parameter.type))
        value = _constant(argument.parameter) if argument.name is None else go.name(argument.name)
        yield _call("path", argument.parameter, value, word)
    sent: list[go.Statement] = [go.expression(go.call(go.dotted("req.validate"), _PARAMS))] if validated else []
    for field in found.fields:
        value = _constant(field.parameter) if field.name is None else go.selector(_PARAMS, field.name)
        word = styled_word(field.parameter, is_scalar(types.shapes.schemas, field.parameter.type))
        call = _call(field.parameter.location.value, field.parameter, value, word)
        if field.name is None and not found.by_value:
            yield call
        else:
            sent.append(call)
    if found.by_value:
        yield from sent
    elif sent:
        yield go.if_(go.binary(_PARAMS, "!=", go.NIL), *sent)


def _constant(parameter: IRParameterObject) -> go.Expression:
    assert isinstance(parameter.type, LiteralType)
    return go.constant(parameter.type.value)


def _call(method: str, parameter: IRParameterObject, value: go.Expression, word: str | None) -> go.Statement:
    style = () if word is None else (go.string(word),)
    return go.expression(go.call(go.dotted(f"req.{method}"), go.string(parameter.name), value, *style))
