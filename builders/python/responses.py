"""What an operation answers, in Python: the type that is returned, how the runtime is told, and what errors carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import libcst as cst

from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject, IRResponseObject
from specloom.ir.types import AnyType, ArrayType, IRType, ReferenceType, UploadType

from .nodes import NONE, Expression, Reference, Symbol, dict_, number, ref, string, subscript, union
from .types import ANY, BASE64, BYTES, DICT, FILE_INPUT, LIST, STR, TypeMapper

SHAPE = ref(Symbol(".responses", "Shape"))
_STREAMS = (BodyKind.EVENTS, BodyKind.JSON_LINES)
_PREFERENCE = (BodyKind.JSON, BodyKind.TEXT, BodyKind.BINARY, BodyKind.FORM, BodyKind.MULTIPART)


@dataclass(frozen=True, slots=True)
class Stream:
    """Items that come one by one: which of the runtime's calls, and the type of one; bytes have none."""

    call: str
    item: Expression | None

    @property
    def annotation(self) -> Expression:
        """The type of one item."""
        return BYTES if self.item is None else self.item


@dataclass(frozen=True, slots=True)
class Answers:
    """Success and errors of one operation."""

    returns: Expression | None
    """``None``: there is only a stream."""
    expected: Expression
    """What the runtime is told."""
    by_status: Expression | None
    """Types by status, where there are several."""
    stream: Stream | None
    errors: Expression | None
    raised: tuple[str, ...]
    """What the documentation says of errors."""


def answers(operation: IROperationObject, types: TypeMapper, classes: frozenset[str]) -> Answers:
    """Describe the answers of ``operation``; ``classes`` are the schemas that are classes in Python."""
    success = operation.success_responses
    stream = _stream(success, types)
    whole = {response.status: _whole(response, types) for response in success}
    if stream is not None and stream.item is not None:
        # An answer that only streams has no whole.
        whole = {r.status: whole[r.status] for r in success if any(c.kind not in _STREAMS for c in r.contents)}
    returns: Expression | None = None
    expected: Expression = NONE
    by_status: Expression | None = None
    if whole or stream is None:
        distinct = dict.fromkeys(whole.values()) or {NONE: None}
        returns = _either(distinct)
        expected = returns if _is_class(returns, classes) else subscript(SHAPE, returns)
        if len(distinct) > 1:
            by_status = _by_status(whole.items(), classes)
    errors, raised = _errors(operation, types, classes)
    return Answers(returns, expected, by_status, stream, errors, raised)


def _either(types: Iterable[Expression]) -> Expression:
    parts = [type for type in types if type is not NONE]
    if any(part is ANY for part in parts):
        return ANY
    return union(*parts, *((NONE,) if NONE in types else ())) if parts else NONE


def _stream(success: Iterable[IRResponseObject], types: TypeMapper) -> Stream | None:
    for response in success:
        for content in response.contents:
            if content.kind is BodyKind.EVENTS:
                return Stream("events", _shown(content.type, types))
            if content.kind is BodyKind.JSON_LINES:
                return Stream("lines", _shown(content.type, types))
    for response in success:
        if response.contents and all(content.kind is BodyKind.BINARY for content in response.contents):
            return Stream("download", None)
    return None


def _whole(response: IRResponseObject, types: TypeMapper) -> Expression:
    """The type of a response that is read at once."""
    contents = [content for content in response.contents if content.kind not in _STREAMS]
    if not contents:
        return NONE
    return _content(min(contents, key=lambda content: _PREFERENCE.index(content.kind)), types)


def _content(content: IRMediaTypeObject, types: TypeMapper) -> Expression:
    match content.kind:
        case BodyKind.BINARY:
            return BYTES
        case BodyKind.TEXT:
            return STR
        case BodyKind.FORM | BodyKind.MULTIPART:
            return ANY
        case _:
            return _shown(content.type, types)


def _shown(type: IRType, types: TypeMapper) -> Expression:
    return BYTES if isinstance(type, UploadType) else types.bare(type)


def _status(status: str) -> Expression:
    return number(int(status)) if status.isdecimal() else string(status.upper() if status != "default" else status)


def _by_status(types: Iterable[tuple[str, Expression]], classes: frozenset[str]) -> Expression:
    """A dict of types. Of several classes each stands in a shape: mypy joins classes by their constructors, then refuses one."""
    pairs = list(types)
    models = dict.fromkeys(type for _, type in pairs if isinstance(type, Reference) and _is_class(type, classes))
    shaped = models if len(models) > 1 else {}
    return dict_((_status(status), subscript(SHAPE, type) if type in shaped else type) for status, type in pairs)


def _errors(
    operation: IROperationObject, types: TypeMapper, classes: frozenset[str]
) -> tuple[Expression | None, tuple[str, ...]]:
    pairs: list[tuple[str, Expression]] = []
    raised: list[str] = []
    for response in operation.error_responses:
        content = next((c for c in response.contents if c.kind is BodyKind.JSON), None)
        if content is None or isinstance(content.type, AnyType):
            continue
        pairs.append((response.status, _shown(content.type, types)))
        status = "any other status" if response.status == "default" else response.status
        raised.append(f"{status}{_spoken(content.type, types)}")
    return (_by_status(pairs, classes) if pairs else None), tuple(raised)


def _spoken(type: IRType, types: TypeMapper) -> str:
    if isinstance(type, ReferenceType):
        name = types.names.schemas[type.name].name
        return f" with {'an' if name[0] in 'AEIO' else 'a'} `{name}`"
    if isinstance(type, ArrayType) and isinstance(type.items, ReferenceType):
        return f" with a list of `{types.names.schemas[type.items.name].name}`"
    return ""


def stream_item(stream: Stream, classes: frozenset[str]) -> Expression | None:
    """How the runtime is told what one item is."""
    if stream.item is None:
        return None
    is_class = stream.item is not NONE and _is_class(stream.item, classes)
    return stream.item if is_class else subscript(SHAPE, stream.item)


def _is_class(node: Expression, classes: frozenset[str]) -> bool:
    """Whether a type checker takes ``node`` where ``type[T]`` is asked for."""
    if node is NONE:
        return True
    if isinstance(node, cst.Subscript):
        return node.value is LIST or node.value is DICT
    if isinstance(node, Reference):
        if node.symbol.module.startswith((".models.", ".enums")):
            return node.symbol.name in classes
        return node is not ANY and node is not BASE64 and node is not FILE_INPUT
    return False
