"""An operation's parameters in Python: one description, of which signature, call and documentation are views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import libcst as cst

from specloom.builders.losses import part_headers
from specloom.builders.params import params
from specloom.ir.diagnostics import Diagnostic
from specloom.ir.operations import (
    BodyKind,
    IREncodingObject,
    IRMediaTypeObject,
    IROperationObject,
    IRParameterObject,
    IRRequestBodyObject,
    Location,
    Style,
)
from specloom.ir.types import AnyType, LiteralType, ReferenceType, UploadType

from .names import parameter_names
from .nodes import (
    NONE,
    Expression,
    Symbol,
    argument,
    call,
    constant,
    dict_,
    list_,
    name,
    parameter,
    ref,
    string,
    tuple_,
    union,
)
from .types import ANY, BYTES, FILE_INPUT, STR, TypeMapper, literal, optional

REQUEST_OPTIONS = ref(Symbol(".calls", "RequestOptions"))
PART = ref(Symbol(".bodies", "Part"))

_QUERY_STYLES = {
    (Style.FORM, False): "csv",
    (Style.SPACE_DELIMITED, False): "ssv",
    (Style.PIPE_DELIMITED, False): "pipes",
    (Style.DEEP_OBJECT, False): "deep",
    (Style.DEEP_OBJECT, True): "deep",
}
_PATH_STYLES = {
    (Style.SIMPLE, True): "simple*",
    (Style.LABEL, False): "label",
    (Style.LABEL, True): "label*",
    (Style.MATRIX, False): "matrix",
    (Style.MATRIX, True): "matrix*",
}


@dataclass(frozen=True, slots=True)
class Body:
    """A request body: what is passed as ``data``, what it is checked as, and the media types to choose from."""

    annotation: Expression
    type: Expression
    required: bool
    contents: tuple[IRMediaTypeObject, ...]
    documentation: str | None

    @property
    def media_types(self) -> tuple[str, ...]:
        """All of them, the preferred one first."""
        return tuple(dict.fromkeys(content.media_type for content in self.contents))


@dataclass(frozen=True, slots=True)
class Params:
    """What a caller gives, by Python name, in the order of the signature."""

    positional: tuple[tuple[str, IRParameterObject], ...]
    body: Body | None
    named: tuple[tuple[str, IRParameterObject], ...]
    diagnostics: tuple[Diagnostic, ...]
    types: TypeMapper

    def signature(self, *, without: str | None = None) -> tuple[tuple[cst.Param, ...], tuple[cst.Param, ...]]:
        """Positional and keyword-only parameters; ``without`` names one that is left out."""
        positional = [parameter("self")]
        positional += [parameter(n, self.types.argument(p.type)) for n, p in self.positional]
        body = self.body
        if body is not None and body.required:
            positional.append(parameter("data", body.annotation))
        elif body is not None:
            positional.append(parameter("data", optional(body.annotation), NONE))
        named: list[cst.Param] = []
        for python_name, described in self.named:
            if python_name != without:
                named.append(self._named(python_name, described))
        if body is not None and len(body.media_types) > 1:
            named.append(parameter("content_type", literal(body.media_types), string(body.media_types[0])))
        named.append(parameter("options", optional(REQUEST_OPTIONS), NONE))
        return tuple(positional), tuple(named)

    def _named(self, python_name: str, described: IRParameterObject) -> cst.Param:
        type = self.types.argument(described.type)
        if described.required:
            if isinstance(described.type, LiteralType):
                return parameter(python_name, type, constant(described.type.value))
            return parameter(python_name, type)
        return parameter(python_name, optional(type), NONE)

    def hand_on(self, *, without: str | None = None) -> tuple[cst.Arg, ...]:
        """The arguments of a call to the same method, each parameter as itself."""
        args = [argument(name(n)) for n, _ in self.positional]
        if self.body is not None:
            args.append(argument(name("data")))
            if len(self.body.media_types) > 1:
                args.append(argument(name("content_type"), "content_type"))
        args += [argument(name(n), n) for n, _ in self.named if n != without]
        return (*args, argument(name("options"), "options"))

    def call_arguments(self) -> dict[str, Expression]:
        """The named arguments of the runtime's call: path, query, headers, cookies, body."""
        found: dict[str, Expression] = {}
        path = [tuple_(string(p.name), name(n), *_word(p)) for n, p in self.positional]
        if path:
            found["path"] = list_(*path)
        for key, location in (("query", Location.QUERY), ("headers", Location.HEADER), ("cookies", Location.COOKIE)):
            items = [tuple_(string(p.name), name(n), *_word(p)) for n, p in self.named if p.location is location]
            if items:
                found[key] = list_(*items)
        if self.body is not None:
            found.update(self._body_arguments(self.body))
        return found

    def _body_arguments(self, body: Body) -> dict[str, Expression]:
        found: dict[str, Expression] = {"body": tuple_(body.type, name("data"))}
        media = body.media_types
        if len(media) > 1:
            found["content_type"] = name("content_type")
        elif media[0] != "application/json":
            found["content_type"] = string(media[0])
        entries = [
            (string(encoding.property_name), said)
            for content in body.contents[:1]
            for encoding in content.encodings
            if (said := _encoding(encoding)) is not None
        ]
        if entries:
            found["encoding"] = dict_(entries)
        return found


def python_params(operation: IROperationObject, types: TypeMapper) -> Params:
    """Describe what a caller of ``operation`` gives."""
    ordered = params(operation)
    all_parameters = (*ordered.path, *ordered.named)
    reserved = ["options"]
    if ordered.body is not None:
        reserved.append("data")
        if len({content.media_type for content in ordered.body.contents}) > 1:
            reserved.append("content_type")
    names, diagnostics = parameter_names(operation, all_parameters, reserved)
    diagnostics = (*diagnostics, *part_headers(operation, "Python"))
    return Params(
        positional=tuple(zip(names, ordered.path, strict=False)),
        body=None if ordered.body is None else _body(ordered.body, types),
        named=tuple(zip(names[len(ordered.path) :], ordered.named, strict=True)),
        diagnostics=diagnostics,
        types=types,
    )


def _body(body: IRRequestBodyObject, types: TypeMapper) -> Body:
    annotations: dict[Expression, None] = {}
    checked: dict[Expression, None] = {}
    for content in body.contents:
        shown, type = _content(content, types)
        annotations[shown] = None
        checked[type] = None
    return Body(_either(annotations), _either(checked), body.required, body.contents, body.description)


def _either(types: Mapping[Expression, None]) -> Expression:
    if any(type is ANY for type in types):
        return ANY
    return union(*types)


def _content(content: IRMediaTypeObject, types: TypeMapper) -> tuple[Expression, Expression]:
    """What is passed for a media type, and what it is checked as."""
    match content.kind:
        case BodyKind.BINARY:
            return FILE_INPUT, BYTES
        case BodyKind.TEXT:
            return STR, STR
        case _:
            if isinstance(content.type, UploadType):
                return FILE_INPUT, BYTES
            if isinstance(content.type, AnyType):
                return ANY, ANY
            return types.body(content.type), _checked_as(content, types)


def _checked_as(content: IRMediaTypeObject, types: TypeMapper) -> Expression:
    return types.symbol(content.type.name) if isinstance(content.type, ReferenceType) else types.bare(content.type)


def _word(described: IRParameterObject) -> tuple[Expression, ...]:
    """The runtime's word for a style, where it is not the usual one."""
    if described.media_type is not None:
        return (string("json"),) if described.media_type.split(";")[0].strip().endswith("json") else ()
    match described.location:
        case Location.PATH:
            word = _PATH_STYLES.get((described.style, described.explode))
        case Location.HEADER:
            word = "simple*" if described.explode else None
        case Location.COOKIE:
            word = None if described.explode else "csv"
        case Location.QUERY:
            word = _QUERY_STYLES.get((described.style, described.explode))
            if described.allow_reserved:
                word = f"{word or 'form'}+reserved"
    return () if word is None else (string(word),)


def _encoding(encoding: IREncodingObject) -> Expression | None:
    """How one property of a form travels, where it is not the usual way."""
    if encoding.style is not None or encoding.explode is not None:
        explode = encoding.explode if encoding.explode is not None else encoding.style in (None, Style.FORM)
        word = _QUERY_STYLES.get((encoding.style or Style.FORM, explode), "form")
        return string(f"{word}+reserved" if encoding.allow_reserved else word)
    if encoding.content_type is not None:
        return call(PART, string(encoding.content_type))
    if encoding.allow_reserved:
        return string("form+reserved")
    return None
