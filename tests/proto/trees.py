"""Random .proto files of the nodes that the builders use, which protoc accepts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from specloom.builders.proto import nodes as n
from specloom.builders.proto.nodes import (
    Declaration,
    Enum,
    Field,
    Label,
    Message,
    OneOf,
    Option,
    ProtoFile,
    Rpc,
    Service,
    Symbol,
)

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ab\"'\\/*\n\r\t {}[]();=%🙂漢\u2028\u202e\x00\x0b\x7fé\u0301\ud800 \xa0", max_size=40),
    st.sampled_from([
        "", " ", '"', '"""', "\\", "*/", "/*", "//", "a\n\n\nb", "\n\nx\n", "}\nmessage Evil {}", "\\N{x}", "\\x",
        '""""', "' + '",
        "@generated", "- a\n  - b\n", "0\x001",
        "syntax = 'proto2';", "\u200b", "buf:lint:ignore PACKAGE_DEFINED",
    ]),
)
PACKAGES = ["acme.shop.v1", "acme.google.v1", "google.acme.v1", "acme.acme.v1"]
"""Some have a part that hides the beginning of other names."""
TYPE_NAMES = ["Order", "Line", "Product", "Timestamp", "Value", "Kind"]
FIELD_NAMES = ["id", "name", "google", "acme", "message", "reserved", "string", "option", "next_page", "map", "value"]
SCALARS = [n.BOOL, n.BYTES, n.DOUBLE, n.FLOAT, n.INT32, n.INT64, n.STRING, n.UINT32, n.UINT64]


@st.composite
def protos(draw: st.DrawFn, index: int = 0) -> ProtoFile:
    """A file of a package of its own, with types that refer to each other and to google's."""
    package = f"{draw(st.sampled_from(PACKAGES))}.p{index}"
    path = f"p{index}/messages.proto"
    names = draw(st.lists(st.sampled_from(TYPE_NAMES), unique=True, min_size=1, max_size=4))
    skeletons = [_Skeleton(draw, name, 2) for name in names]
    symbols = [symbol for each in skeletons for symbol in each.symbols(package, path, ())]
    targets = [n.ref(symbol) for symbol in symbols] + [n.TIMESTAMP, n.STRUCT, n.VALUE, n.LIST_VALUE, *SCALARS]
    declarations: list[Declaration] = [each.built(draw, targets) for each in skeletons]
    messages = [s for s in symbols if not _is_enum(s, declarations)]
    if messages:
        declarations.append(_service(draw, messages))
    options = draw(st.lists(st.sampled_from(["java_package", "go_package", "csharp_namespace"]), unique=True, max_size=3))
    return n.file(path, package, declarations, options=[n.option(each, draw(TEXTS)) for each in options], comment=draw(TEXTS))


class _Skeleton:
    """A message or an enum of which only the names are known yet."""

    def __init__(self, draw: st.DrawFn, name: str, depth: int) -> None:
        self.name = name
        self.is_enum = draw(st.integers(0, 3)) == 0
        nested = draw(st.lists(st.sampled_from(TYPE_NAMES), unique=True, max_size=2)) if depth and not self.is_enum else []
        self.nested = [_Skeleton(draw, each, depth - 1) for each in nested]

    def symbols(self, package: str, path: str, outer: tuple[str, ...]) -> list[Symbol]:
        here = (*outer, self.name)
        return [Symbol(package, here, path), *(s for each in self.nested for s in each.symbols(package, path, here))]

    def built(self, draw: st.DrawFn, targets: list[n.Scalar | n.Ref]) -> Message | Enum:
        return self._enum(draw) if self.is_enum else self._message(draw, targets)

    def _enum(self, draw: st.DrawFn) -> Enum:
        prefix = self.name.upper()
        texts = draw(st.lists(TEXTS, max_size=3, unique=True))
        values = [
            n.enum_value(f"{prefix}_{at}", key=text, number=at, deprecated=draw(st.booleans()), comment=text)
            for at, text in enumerate(texts, start=1)
        ]
        made = n.enum(self.name, [n.unspecified(f"{prefix}_UNSPECIFIED"), *values], deprecated=draw(st.booleans()),
                      comment=draw(TEXTS))
        return replace(made, reserved=(7, 8, 9, 12), reserved_names=(f"{prefix}_OLD",)) if draw(st.booleans()) else made

    def _message(self, draw: st.DrawFn, targets: list[n.Scalar | n.Ref]) -> Message:
        names = draw(st.lists(st.sampled_from(FIELD_NAMES), unique=True, max_size=6))
        fields = [self._field(draw, name, number, targets) for number, name in enumerate(names, start=1)]
        members: list[n.Member] = [*fields, *(each.built(draw, targets) for each in self.nested)]
        if fields and draw(st.booleans()):
            arms = [replace(each, label=Label.NONE) for each in fields if not isinstance(each.type, n.MapOf)]
            members = [each for each in members if not isinstance(each, Field) or isinstance(each.type, n.MapOf)]
            members += [n.one_of("kind_of", arms, comment=draw(TEXTS))] if arms else []
        members = draw(st.permutations(members))
        made = n.message(self.name, members, deprecated=draw(st.booleans()), comment=draw(TEXTS))
        return replace(made, reserved=(20, 22, 23), reserved_names=("gone", "lost")) if draw(st.booleans()) else made

    @staticmethod
    def _field(draw: st.DrawFn, name: str, number: int, targets: list[n.Scalar | n.Ref]) -> Field:
        type: n.Type = draw(st.sampled_from(targets))
        label = draw(st.sampled_from([Label.NONE, Label.OPTIONAL, Label.REPEATED]))
        if draw(st.integers(0, 4)) == 0 and not isinstance(type, n.MapOf):
            type, label = n.map_of(type), Label.NONE
        json_name = draw(st.none() | TEXTS.filter(lambda text: "\0" not in text and not text.startswith("[")))
        return n.field(name, type, key=name, label=label, number=number, deprecated=draw(st.booleans()), comment=draw(TEXTS),
                       json_name=None if json_name is None else f"{name} {json_name}")


def _is_enum(symbol: Symbol, declarations: list[Declaration]) -> bool:
    level: list[object] = [*declarations]
    for name in symbol.path:
        found = next(each for each in level if isinstance(each, Message | Enum) and each.name == name)
        if isinstance(found, Enum):
            return True
        level = [*found.members]
    return False


def _service(draw: st.DrawFn, messages: list[Symbol]) -> Service:
    names = draw(st.lists(st.sampled_from([*TYPE_NAMES, "List", "Get"]), unique=True, max_size=4))
    return n.service(f"{draw(st.sampled_from(['Shop', 'Other']))}Service", [_rpc(draw, name, messages) for name in names],
                     deprecated=draw(st.booleans()), comment=draw(TEXTS))


def _rpc(draw: st.DrawFn, name: str, messages: list[Symbol]) -> Rpc:
    method = draw(st.sampled_from(["get", "POST", "patch", "HEAD", "options"]))
    more = [n.http_rule("put", draw(TEXTS), body="*") for _ in range(draw(st.integers(0, 2)))]
    http: list[Option] = [n.http(method, draw(TEXTS), body=draw(TEXTS), additional_bindings=more)] if draw(st.booleans()) else []
    request, response = draw(st.sampled_from(messages)), draw(st.sampled_from(messages))
    return n.rpc(name, request, response, deprecated=draw(st.booleans()), options=http, comment=draw(TEXTS),
                 streams_request=draw(st.booleans()), streams_response=draw(st.booleans()))


def files(count: int) -> st.SearchStrategy[list[ProtoFile]]:
    """That many files, each of a package of its own."""
    return st.tuples(*(protos(index) for index in range(count))).map(list)


def without_comments(node: ProtoFile) -> ProtoFile:
    """The same file with no comment in it."""
    return replace(node, comment="", declarations=tuple(_bare(each) for each in node.declarations))  # type: ignore[misc]


def _bare(node: Declaration | n.Member) -> Declaration | n.Member:
    match node:
        case Message(members=members):
            return replace(node, comment="", members=tuple(_bare(each) for each in members))  # type: ignore[misc]
        case Enum(values=values):
            return replace(node, comment="", values=tuple(replace(each, comment="") for each in values))
        case Service(rpcs=rpcs):
            return replace(node, comment="", rpcs=tuple(replace(each, comment="") for each in rpcs))
        case OneOf(fields=fields):
            return replace(node, comment="", fields=tuple(replace(each, comment="") for each in fields))
        case Field():
            return replace(node, comment="")
