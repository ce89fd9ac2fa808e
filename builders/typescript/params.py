"""One operation as its TypeScript method: the names and types that signature, call, fetcher, hook and comment are views of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from specloom.builders.naming import Allocation, NameAllocator, camel, pascal, words
from specloom.builders.operations import item_noun, list_noun, method_names
from specloom.builders.params import Params, params
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic
from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject, IRParameterObject, IRRequestBodyObject
from specloom.ir.schemas import IRObjectSchema
from specloom.ir.types import IRType, ReferenceType

from . import nodes as ts
from .names import Names, TagNames, identifier, path_argument_names, property_names
from .responses import Response, response
from .types import TypeMapper

DATA = "data"
PARAMS = "params"
OPTIONS = "options"


class Role(StrEnum):
    """What a positional argument is."""

    PATH = "path"
    DATA = "data"
    PARAMS = "params"


@dataclass(frozen=True, slots=True)
class Argument:
    """A positional argument of a method, ``options`` not among them."""

    name: str
    type: ts.Type
    role: Role
    required: bool
    has_default: bool = False
    """Whether it is ``= {}`` when it is not given, so that it is never undefined within."""

    @property
    def parameter(self) -> ts.Parameter:
        """The argument as it stands in a signature."""
        if self.has_default:
            return ts.param(self.name, self.type, default=ts.obj())
        return ts.param(self.name, self.type, optional=not self.required)


@dataclass(frozen=True, slots=True)
class ParamProperty:
    """A property of the parameter object: its name there, and the parameter it stands for."""

    name: str
    parameter: IRParameterObject


@dataclass(frozen=True, slots=True)
class Method:
    """An operation as a method of its tag's client: ``api.products.list(params)``."""

    operation: IROperationObject
    tag: TagNames
    name: str
    stream_name: str | None
    """The method that streams, where the operation answers as a whole too."""
    iterate_name: str | None
    """The method that goes through all pages, where there are pages."""
    arguments: tuple[Argument, ...]
    path: tuple[tuple[IRParameterObject, str], ...]
    """Path parameters and their arguments' names."""
    properties: tuple[ParamProperty, ...]
    params_type: ts.Symbol | None
    """The interface of the parameter object."""
    errors_type: ts.Symbol | None
    """The interface of error bodies by status."""
    body: IRRequestBodyObject | None
    response: Response

    @property
    def signature(self) -> tuple[ts.Parameter, ...]:
        """All parameters but ``options``."""
        return tuple(argument.parameter for argument in self.arguments)

    @property
    def call_arguments(self) -> tuple[ts.Expression, ...]:
        """The arguments by their names, to pass them on."""
        return tuple(ts.name(argument.name) for argument in self.arguments)


def methods(api: IRContext, names: Names, types: TypeMapper) -> tuple[Mapping[str, Method], tuple[Diagnostic, ...]]:
    """The methods of all operations by operationId, in order of tags and document, and what had to be named otherwise."""
    found: dict[str, Method] = {}
    diagnostics: list[Diagnostic] = []
    scope = NameAllocator(names.taken)
    for tag, operations in api.operations_by_tag.items():
        given, renamed = method_names(operations)
        diagnostics.extend(renamed)
        members = NameAllocator(("constructor", "then", "prototype"))
        spelled = {
            operation.operation_id: _member(members, operation, given[operation.operation_id]) for operation in operations
        }
        for operation in operations:
            found[operation.operation_id] = _method(
                api, operation, names.tags[tag], spelled[operation.operation_id].name, members, scope, types
            )
    return found, tuple(diagnostics)


def _member(members: NameAllocator, operation: IROperationObject, spelled: tuple[str, ...]) -> Allocation:
    name = identifier(camel(spelled), "call")
    return members.allocate(operation.operation_id, name, identifier(camel(words(operation.operation_id)), "call"))


def _method(
    api: IRContext, operation: IROperationObject, tag: TagNames, name: str, members: NameAllocator, scope: NameAllocator,
    types: TypeMapper,
) -> Method:
    key = operation.operation_id
    given = params(operation)
    answer = response(operation, types)
    subject = _subject(operation, name)
    path = tuple(zip(given.path, path_argument_names(p.name for p in given.path), strict=True))
    named = property_names((p.name, p.location.value) for p in given.named)
    properties = tuple(ParamProperty(n, p) for n, p in zip(named, given.named, strict=True))
    params_type = errors_type = None
    module = tag.client.module
    whole = pascal(words(key))
    if properties:
        wanted = (f"{subject}Params", f"{identifier(whole, 'Call')}Params")
        params_type = ts.symbol(scope.allocate((key, "params"), *wanted).name, module)
    if answer.errors:
        wanted = (f"{subject}Errors", f"{identifier(whole, 'Call')}Errors")
        errors_type = ts.symbol(scope.allocate((key, "errors"), *wanted).name, module)
    stream_name = iterate_name = None
    capital = name[0].upper() + name[1:]
    if answer.stream is not None and not answer.only_streams:
        stream_name = members.allocate((key, "stream"), f"stream{capital}").name
    if operation.pagination is not None:
        iterate_name = members.allocate((key, "iterate"), "iterate" if name == "list" else f"iterate{capital}").name
    return Method(
        operation=operation,
        tag=tag,
        name=name,
        stream_name=stream_name,
        iterate_name=iterate_name,
        arguments=_arguments(api, given, path, params_type, types),
        path=path,
        properties=properties,
        params_type=params_type,
        errors_type=errors_type,
        body=given.body,
        response=answer,
    )


_VERBS = frozenset({"list", "get", "retrieve", "create", "update", "partialUpdate", "destroy", "delete"})
"""Methods that say no more than what is done with the tag's noun."""


def _subject(operation: IROperationObject, method: str) -> str:
    """What an operation's own types are called after: ``ListProducts``, ``CreateProduct``, ``OrderCancel``."""
    tag = words(operation.tag)
    spelled = pascal(words(method))
    if method in _VERBS:
        is_list = operation.is_list or method == "list"
        return identifier(spelled + pascal(list_noun(tag) if is_list else item_noun(tag)), "Call")
    noun = pascal(item_noun(tag))
    return identifier(spelled if noun in spelled else noun + spelled, "Call")


def _arguments(
    api: IRContext, given: Params, path: tuple[tuple[IRParameterObject, str], ...], params_type: ts.Symbol | None,
    types: TypeMapper,
) -> tuple[Argument, ...]:
    found = [Argument(name, types(parameter.type), Role.PATH, required=True) for parameter, name in path]
    required_after = not given.all_optional
    if given.body is not None:
        type = body_type(given.body, types)
        has_default = not given.body.required and not required_after and _all_optional(api, given.body)
        if not given.body.required and required_after:
            type = ts.union_of(type, ts.UNDEFINED_TYPE)
        required = given.body.required or required_after
        found.append(Argument(DATA, type, Role.DATA, required, has_default))
    if params_type is not None:
        found.append(Argument(PARAMS, ts.type_ref(params_type), Role.PARAMS, required_after, given.all_optional))
    return tuple(found)


def body_type(body: IRRequestBodyObject, types: TypeMapper) -> ts.Type:
    """What a caller may give as the body, whatever its media type."""
    return ts.union_of(*(_content_type(content, types) for content in body.contents))


def _content_type(content: IRMediaTypeObject, types: TypeMapper) -> ts.Type:
    match content.kind:
        case BodyKind.BINARY:
            return ts.union_of(*(ts.type_name(name) for name in ("Blob", "BufferSource", "ReadableStream")))
        case BodyKind.TEXT:
            return ts.STRING
        case BodyKind.EVENTS | BodyKind.JSON_LINES:
            return ts.STRING
        case BodyKind.JSON | BodyKind.FORM | BodyKind.MULTIPART:
            return types(content.type)


def _all_optional(api: IRContext, body: IRRequestBodyObject) -> bool:
    """Whether ``{}`` is a body: an object of which nothing is required."""
    type: IRType = body.contents[0].type
    schema = api.schemas.get(type.name) if isinstance(type, ReferenceType) else None
    return (
        isinstance(schema, IRObjectSchema)
        and len(body.contents) == 1
        and body.contents[0].kind is BodyKind.JSON
        and not any(prop.required for prop in schema.properties)
    )


