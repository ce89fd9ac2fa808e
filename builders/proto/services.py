"""A service for each tag: its rpcs, and a request and a response for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from specloom.builders.naming import pascal, plural, singular
from specloom.builders.operations import Words, item_noun, list_noun
from specloom.builders.params import params
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import IRMediaTypeObject, IROperationObject, IRParameterObject, Location

from .bindings import Bindings
from .documentation import operation_comment, parameter_comment, wrapped
from .messages import wire_json_name
from .names import NOTHING_KEPT, KeptNames, TagNames, TypeNames, ascii_words, field_name, member_fields, message_name
from .nodes import STRING, Field, Label, Message, Option, ProtoFile, Rpc, Scalar, Symbol, file, message, rpc, service
from .types import FieldType, Place, TypeMapper

_REQUEST = " request"
BODY = "body"
"""The key of the field for a request's body; no key of a parameter, which begins with where it travels."""


@dataclass(frozen=True, slots=True)
class Services:
    """The files of all tags and what could not be said in them."""

    files: tuple[ProtoFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def services(api: IRContext, tags: Mapping[str, TagNames], types: TypeMapper, kept: KeptNames = NOTHING_KEPT) -> Services:
    """``messages.proto`` and ``service.proto`` of each tag that has operations."""
    builder = _Builder(types, kept)
    files = [
        built for tag, operations in api.operations_by_tag.items() for built in builder.tag(tag, tags[tag], operations)
    ]
    return Services(tuple(files), tuple(builder.diagnostics))


class _Builder:
    def __init__(self, types: TypeMapper, kept: KeptNames) -> None:
        self._types, self._kept = types, kept
        self._bindings = Bindings()
        self.diagnostics: list[Diagnostic] = []

    def tag(self, tag: str, names: TagNames, operations: Sequence[IROperationObject]) -> tuple[ProtoFile, ProtoFile]:
        given = rpc_names(operations, tag, names.package, self._kept)
        path = f"{names.folder}/messages.proto"
        messages: list[Message] = []
        rpcs: list[Rpc] = []
        for operation in operations:
            name = given[operation.operation_id]
            request, fields = self._request(operation, Symbol(names.package, (f"{name}Request",), path))
            response, response_body = self._response(operation, Symbol(names.package, (f"{name}Response",), path))
            messages += (request, response)
            rpcs.append(self._rpc(operation, name, names.package, path, fields, response_body))
        declared = service(names.service, rpcs, key=f"{tag} service")
        return (
            file(path, names.package, messages),
            file(f"{names.folder}/service.proto", names.package, [declared]),
        )

    def _rpc(
        self, operation: IROperationObject, name: str, package: str, path: str, fields: Mapping[str, Field], response_body: str
    ) -> Rpc:
        binding, problem = self._bindings.of(operation, fields, response_body)
        if problem is not None:
            self.diagnostics.append(problem)
        options: tuple[Option, ...] = () if binding is None else (binding,)
        return rpc(
            name,
            Symbol(package, (f"{name}Request",), path),
            Symbol(package, (f"{name}Response",), path),
            key=operation.operation_id,
            streams_response=operation.streaming is not None,
            deprecated=operation.deprecated,
            options=options,
            comment=operation_comment(operation),
        )

    # --- requests

    def _request(self, operation: IROperationObject, symbol: Symbol) -> tuple[Message, Mapping[str, Field]]:
        """The message, and its fields by key."""
        found = params(operation)
        order = {id(p): n for n, p in enumerate(operation.parameters)}
        parameters = (*found.path, *sorted(found.named, key=lambda p: order[id(p)]))
        wanted = [(_key(p), (field_name(p.name), f"{p.location}_{field_name(p.name)}")) for p in parameters]
        if found.body is not None:
            wanted.insert(0, (BODY, (BODY, "request_body")))
        names, diagnostics = member_fields(
            wanted, self._kept.fields(symbol.full_name), what=operation.operation_id, pointer=operation.pointer
        )
        self.diagnostics += diagnostics
        place = Place(message_name(operation.operation_id), operation.operation_id, operation.pointer)
        # Of two parameters with one name, only the first has it in JSON; and no field has the name of another one there.
        wires = {p.name: p for p in reversed(parameters)}
        taken = {*names.values(), *(f"_{name}" for name in names.values())}
        fields = {
            _key(p): self._parameter(
                p, names[_key(p)], place, has_wire=wires[p.name] is p and (p.name not in taken or p.name == names[_key(p)])
            )
            for p in parameters
        }
        if found.body is not None:
            content = found.body.contents[0]
            self._said_about_contents(operation, found.body.contents)
            body = self._types.field(content.type, place.inside("Body", " body"), present=found.body.required)
            text = found.body.description or ""
            fields[BODY] = Field(names[BODY], body.type, BODY, body.label, comment=wrapped(text) if text.strip() else "")
        return message(symbol.path[0], fields.values(), key=f"{operation.operation_id}{_REQUEST}"), fields

    def _parameter(self, parameter: IRParameterObject, name: str, place: Place, *, has_wire: bool) -> Field:
        inner = place.inside(message_name(parameter.name), f" {_key(parameter)}")
        in_path = parameter.location is Location.PATH
        found = self._types.field(parameter.type, inner, present=parameter.required)
        if in_path and not (found.is_single and (isinstance(found.type, Scalar) or self._types.is_enum(found.type))):
            # A variable of a path has to be a scalar (google/api/http.proto), and in the path it is a text.
            found = FieldType(STRING)
        return Field(
            name, found.type, _key(parameter), Label.NONE if in_path and found.label is Label.OPTIONAL else found.label,
            json_name=wire_json_name(name, parameter.name) if has_wire else None,
            deprecated=parameter.deprecated, comment=parameter_comment(parameter),
        )  # fmt: skip

    # --- responses

    def _response(self, operation: IROperationObject, symbol: Symbol) -> tuple[Message, str]:
        """The message, a field for each type that a success may have; and the name of the one that most answers have."""
        contents: dict[str, IRMediaTypeObject] = {}
        streaming = operation.streaming
        for response in operation.success_responses:
            if response.contents:
                kinds = [c for c in response.contents if streaming is None or c.kind is streaming]
                if not kinds or any(kinds[0].type == known.type for known in contents.values()):
                    continue
                self._said_about_contents(operation, response.contents)
                contents[response.status] = kinds[0]
        first = next(iter(contents), "")
        wanted = [(s, (BODY,) if s == first else (f"body_{field_name(s)}".replace("field_", ""),)) for s in contents]
        kept = self._kept.fields(symbol.full_name)
        names, diagnostics = member_fields(wanted, kept, what=operation.operation_id, pointer=operation.pointer)
        self.diagnostics += diagnostics
        place = Place(message_name(operation.operation_id), operation.operation_id, operation.pointer)
        fields = []
        for status, content in contents.items():
            inner = place.inside("Response" if status == first else f"Response{status}", f" {status}")
            found = self._types.field(content.type, inner, present=True)
            fields.append(Field(names[status], found.type, status, found.label))
        return message(symbol.path[0], fields, key=f"{operation.operation_id} response"), names.get(first, "")

    def _said_about_contents(self, operation: IROperationObject, contents: Sequence[IRMediaTypeObject]) -> None:
        others = [content.media_type for content in contents[1:] if content.type != contents[0].type]
        if others:
            self.diagnostics.append(
                Diagnostic(
                    code="media-type-not-carried-over",
                    severity=Severity.INFO,
                    message=f"{operation.operation_id} has {contents[0].media_type} only, not {', '.join(others)}",
                    pointer=operation.pointer,
                )
            )


def _key(parameter: IRParameterObject) -> str:
    return f"{parameter.location} {parameter.name}"


# --- names of rpcs

_VERBS: Mapping[str, Mapping[Words, str]] = {
    "get": {("list",): "list", ("retrieve",): "get"},
    "post": {("create",): "create"},
    "put": {("update",): "update"},
    "patch": {("partial", "update"): "patch", ("update",): "update"},
    "delete": {("destroy",): "delete", ("delete",): "delete"},
}
"""Last words of an operationId as Django REST framework writes them, by HTTP method, and the verbs for them."""
_ACTIONS = frozenset(
    {
        "activate", "add", "approve", "archive", "cancel", "check", "clone", "close", "confirm", "count", "create",
        "deactivate", "delete", "destroy", "disable", "download", "enable", "export", "fetch", "find", "finish", "get",
        "import", "list", "merge", "patch", "pause", "publish", "put", "query", "read", "reject", "remove", "reopen",
        "replace", "resend", "restart", "restore", "resume", "retrieve", "retry", "revoke", "search", "send", "set",
        "start", "stop", "submit", "suspend", "sync", "unarchive", "unpublish", "unsubscribe", "update", "upload",
        "validate", "verify",
    }
)  # fmt: skip
"""Words that say what is done where one stands alone."""


def rpc_names(operations: Sequence[IROperationObject], tag: str, package: str, kept: KeptNames) -> dict[str, str]:
    """The rpc of each operation, by operationId: what is done, then to what.

    ``products_list`` of the tag *products* is ``ListProducts``, ``products_featured_list`` is ``ListFeaturedProducts``,
    ``products_photo_create`` is ``CreateProductPhoto``, ``orders_cancel_create`` is ``CancelOrder``, ``getProductById`` stays
    what it is. A name depends on nothing but its own operation, unless it is taken, so that a new operation renames no other.
    """
    ids = [operation.operation_id for operation in operations]
    known = kept.types(package)
    taken = {key: known[f"{key}{_REQUEST}"].removesuffix("Request") for key in ids if f"{key}{_REQUEST}" in known}
    names = TypeNames(package, taken)
    found: dict[str, str] = {}
    for operation in operations:
        whole = ascii_words(operation.operation_id)
        short = _rpc_words(operation, whole, ascii_words(tag))
        wanted = dict.fromkeys((message_name(pascal(short)), message_name(pascal(whole))))
        found[operation.operation_id] = names.give(operation.operation_id, *wanted)
    return found


def _rpc_words(operation: IROperationObject, whole: Words, tag: Words) -> Words:
    for ending, verb in _VERBS.get(operation.method, {}).items():
        noun = whole[: -len(ending)]
        if noun and whole[-len(ending) :] == ending and noun[0] not in _ACTIONS:
            return _verb_first(verb, noun)
    rest = whole[len(tag) :]
    if not rest or whole[: len(tag)] != tag or rest[0] not in _ACTIONS:
        return whole
    if len(rest) > 1:
        return rest
    return (*rest, *(list_noun(tag) if operation.is_list or rest[0] == "list" else item_noun(tag)))


def _verb_first(verb: str, noun: Words) -> Words:
    *owners, last = noun
    within = tuple(singular(word) for word in owners)
    if verb == "list":
        # What is not in plural says which ones: featured products.
        return (verb, *within, last) if not owners or plural(last) == last else (verb, *within[:-1], last, plural(owners[-1]))
    if owners and last in _ACTIONS and verb not in ("get", "delete"):
        return (last, *within)
    return (verb, *within, singular(last))
