"""Checks the nodes of all files before they are printed: what breaks a rule here, protoc would refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from specloom.builders.naming import duplicates
from specloom.ir.diagnostics import Diagnostic, Severity

from .names import json_name
from .nodes import Enum, Field, Label, MapOf, Message, OneOf, ProtoFile, Ref, Rpc, Scalar, Service, Symbol, Type

_LARGEST = 2**29 - 1
_FOR_PROTOBUF = range(19_000, 20_000)
_Problem = tuple[str, str]


def validate(files: Iterable[ProtoFile]) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the files of an API, which have their numbers."""
    return tuple(ProtoValidator(tuple(files)).check())


class ProtoValidator:
    """Checks all files of an API together.

    The rules (protobuf.dev, "Language Specification: proto3"): every number is there, in range, used once and not
    reserved; no two fields of a message have one name or one JSON name, be it the default one or a given one; names
    are used once in the scope that they are in, for values of an enum the one around the enum; no value differs from
    another one of its enum only by underscores; a oneof has no labels and no maps; types are messages and enums of
    the file that they are said to be in; no two files import each other.
    """

    def __init__(self, files: tuple[ProtoFile, ...]) -> None:
        self._files = files
        self._types: dict[Symbol, Message | Enum] = {}
        for file in files:
            for declaration in file.declarations:
                if not isinstance(declaration, Service):
                    self._declare(file, (), declaration)

    def _declare(self, file: ProtoFile, outer: tuple[str, ...], node: Message | Enum) -> None:
        path = (*outer, node.name)
        self._types[Symbol(file.package, path, file.path)] = node
        if isinstance(node, Message):
            for member in node.members:
                if isinstance(member, Message | Enum):
                    self._declare(file, path, member)

    def check(self) -> Iterator[Diagnostic]:
        """Every broken rule."""
        for path, (rule, message) in self._problems():
            yield Diagnostic(code="invalid-proto-nodes", severity=Severity.ERROR, message=f"{path}: {rule}: {message}")

    def _problems(self) -> Iterator[tuple[str, _Problem]]:
        scopes: dict[str, list[str]] = {}
        for file in self._files:
            scopes.setdefault(file.package, []).extend(_declared(file.declarations))
            for part in file.package.split("."):
                if not (part.isascii() and part.isidentifier()):
                    yield file.path, ("not-a-name", file.package)
            for declaration in file.declarations:
                yield from ((file.path, problem) for problem in self._declaration(declaration))
        for package, names in scopes.items():
            yield from ((package, ("duplicate-name", name)) for name in duplicates(names))
        yield from self._circles()

    def _declaration(self, node: Message | Enum | Service) -> Iterator[_Problem]:
        match node:
            case Message():
                yield from self._message(node)
            case Enum():
                yield from _enum(node)
            case Service():
                yield from self._service(node)
            case _:
                assert_never(node)

    # --- messages

    def _message(self, node: Message) -> Iterator[_Problem]:
        fields: list[Field] = []
        scope: list[str] = []
        for member in node.members:
            match member:
                case Field():
                    fields.append(member)
                case OneOf(name=name, fields=arms):
                    scope.append(name)
                    fields += arms
                    yield from _oneof(node, member)
                case Message() | Enum():
                    yield from self._declaration(member)
                case _:
                    assert_never(member)
        yield from _identifiers([node.name, *scope, *(f.name for f in fields)])
        nested = [m for m in node.members if isinstance(m, Message | Enum)]
        if scope or nested:
            scope += [*_declared(nested), *(_entry(f) for f in fields if isinstance(f.type, MapOf))]
        scope += [f.name for f in fields]
        yield from (("duplicate-name", f"{node.name}.{name}") for name in duplicates(scope))
        yield from _numbers(node.name, [f.number for f in fields], node.reserved, least=1)
        defaults = [json_name(f.name) for f in fields]
        yield from (("duplicate-json-name", f"{node.name}: {name}") for name in duplicates(defaults))
        if any(f.json_name is not None for f in fields):
            given = [default if f.json_name is None else f.json_name for f, default in zip(fields, defaults, strict=True)]
            yield from (("duplicate-json-name", f"{node.name}: {name}") for name in duplicates(given))
        yield from _reserved_names(node.name, (f.name for f in fields), node.reserved_names)
        for each in fields:
            if isinstance(each.type, Scalar):
                continue
            yield from self._type(f"{node.name}.{each.name}", each.type)
            if isinstance(each.type, MapOf) and each.label is not Label.NONE:
                yield "label-on-map", f"{node.name}.{each.name}"

    def _type(self, where: str, type: Type) -> Iterator[_Problem]:
        if isinstance(type, MapOf):
            type = type.value
        if isinstance(type, Ref) and not _is_google(type.symbol) and type.symbol not in self._types:
            yield "unresolved-type", f"{where}: {type.symbol.full_name} of {type.symbol.file}"

    # --- services

    def _service(self, node: Service) -> Iterator[_Problem]:
        yield from _identifiers([node.name, *(r.name for r in node.rpcs)])
        yield from (("duplicate-name", f"{node.name}.{name}") for name in duplicates([r.name for r in node.rpcs]))
        for rpc in node.rpcs:
            yield from self._rpc(node, rpc)

    def _rpc(self, node: Service, rpc: Rpc) -> Iterator[_Problem]:
        for symbol in (rpc.request, rpc.response):
            if not _is_google(symbol) and not isinstance(self._types.get(symbol), Message):
                yield "unresolved-type", f"{node.name}.{rpc.name}: {symbol.full_name} of {symbol.file}"

    # --- files

    def _circles(self) -> Iterator[tuple[str, _Problem]]:
        imports: Mapping[str, Sequence[str]] = {file.path: tuple(_imports(file)) for file in self._files}
        done: set[str] = set()
        for file in self._files:
            waiting, above = [(file.path, iter(imports[file.path]))], {file.path}
            while waiting and file.path not in done:
                path, others = waiting[-1]
                other = next((o for o in others if o not in done), None)
                if other is None:
                    waiting.pop()
                    done.add(path)
                    above.discard(path)
                elif other in above:
                    yield path, ("circular-import", other)
                elif other in imports:
                    above.add(other)
                    waiting.append((other, iter(imports[other])))


def _imports(file: ProtoFile) -> Iterable[str]:
    found: dict[str, None] = {}
    for declaration in file.declarations:
        for symbol in _mentioned(declaration):
            if symbol.file != file.path:
                found[symbol.file] = None
    return found


def _mentioned(node: Message | Enum | Service) -> Iterator[Symbol]:
    match node:
        case Message(members=members):
            for member in members:
                match member:
                    case Field(type=type):
                        yield from _symbols(type)
                    case OneOf(fields=fields):
                        for each in fields:
                            yield from _symbols(each.type)
                    case Message() | Enum():
                        yield from _mentioned(member)
                    case _:
                        assert_never(member)
        case Service(rpcs=rpcs):
            for rpc in rpcs:
                yield rpc.request
                yield rpc.response
        case Enum():
            pass
        case _:
            assert_never(node)


def _symbols(type: Type) -> tuple[Symbol, ...]:
    if isinstance(type, MapOf):
        type = type.value
    return (type.symbol,) if isinstance(type, Ref) else ()


def _is_google(symbol: Symbol) -> bool:
    return symbol.file.startswith("google/")


def _declared(nodes: Iterable[Message | Enum | Service]) -> Iterator[str]:
    """The names that declarations bring into the scope they are in: values of enums are there too."""
    for node in nodes:
        yield node.name
        if isinstance(node, Enum):
            yield from (value.name for value in node.values)


def _entry(node: Field) -> str:
    """The message that protoc makes for the entries of a map."""
    name = json_name(node.name)
    return f"{name[:1].upper()}{name[1:]}Entry"


def _oneof(node: Message, member: OneOf) -> Iterator[_Problem]:
    if not member.fields:
        yield "empty-oneof", f"{node.name}.{member.name}"
    for arm in member.fields:
        if arm.label is not Label.NONE or isinstance(arm.type, MapOf):
            yield "label-in-oneof", f"{node.name}.{arm.name}"


def _enum(node: Enum) -> Iterator[_Problem]:
    yield from _identifiers([node.name, *(v.name for v in node.values)])
    if not node.values or node.values[0].number != 0:
        yield "no-zero-value", node.name
    yield from _numbers(node.name, [v.number for v in node.values], node.reserved, least=0)
    stripped = [value.name.replace("_", "").upper() for value in node.values]
    yield from (("duplicate-name", f"{node.name}: {name} but for underscores") for name in duplicates(stripped))
    yield from _reserved_names(node.name, (v.name for v in node.values), node.reserved_names)


def _numbers(where: str, numbers: Sequence[int | None], reserved: Sequence[int], *, least: int) -> Iterator[_Problem]:
    given = {number for number in numbers if number is not None}
    all_differ = len(given) == len(numbers) and not reserved
    if all_differ and (not given or (min(given) >= least and max(given) < _FOR_PROTOBUF.start)):
        return
    taken = set(reserved)
    for number in numbers:
        if number is None:
            yield "no-number", where
        elif not least <= number <= _LARGEST or (least and number in _FOR_PROTOBUF):
            yield "number-out-of-range", f"{where}: {number}"
        elif number in taken:
            yield "duplicate-number", f"{where}: {number}"
        else:
            taken.add(number)


def _reserved_names(where: str, names: Iterable[str], reserved: Sequence[str]) -> Iterator[_Problem]:
    if reserved:
        gone = frozenset(reserved)
        yield from (("reserved-name", f"{where}.{name}") for name in names if name in gone)


def _identifiers(names: Sequence[str]) -> Iterator[_Problem]:
    if "".join(names).isascii() and all(map(str.isidentifier, names)):
        return
    yield from (("not-a-name", name) for name in names if not (name.isascii() and name.isidentifier()))
