"""How a symbol is spelled where it is mentioned, by protobuf's rules of scope; and which files that imports."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from specloom.builders.proto.nodes import (
    Declaration,
    Enum,
    Field,
    MapOf,
    Message,
    OneOf,
    Option,
    ProtoFile,
    Ref,
    Rpc,
    Scalar,
    Service,
    Symbol,
    Type,
)

_Declared: TypeAlias = "Declaration | Field | OneOf | Rpc"


class Scope:
    """The names of one file while it is printed. A name that is looked up is searched from the innermost scope outwards, and the
    first scope that has its *first* part decides (protobuf.com/docs/language-spec, "Relative Type References").
    """

    def __init__(self, file: ProtoFile) -> None:
        self._file = file
        self._package = tuple(file.package.split(".")) if file.package else ()
        self._declared: dict[tuple[str, ...], set[str]] = {}
        """Scope, as names from the root -> what it declares below the outermost scope."""
        self._anywhere: set[str] = set()
        self._packages: set[str] = set()
        self._imports: dict[str, None] = {}
        self._spelled: dict[tuple[tuple[str, ...], Symbol], str] = {}
        self._see_package(file.package)
        self._see_options(file.options)
        for declaration in file.declarations:
            self._declare(self._package, declaration)

    @property
    def imports(self) -> list[str]:
        """The files of everything that was mentioned, sorted."""
        return sorted(self._imports)

    def mention(self, symbol: Symbol, inside: tuple[str, ...] = ()) -> str:
        """The shortest name of ``symbol`` that means it ``inside`` the messages or the service of these names."""
        key = (inside, symbol)
        name = self._spelled.get(key)
        if name is None:
            if symbol.file != self._file.path:
                self._imports[symbol.file] = None
            name = self._spelled[key] = self._spell(symbol, inside)
        return name

    def _spell(self, symbol: Symbol, inside: tuple[str, ...]) -> str:
        if symbol.package == self._file.package:
            for shared in range(_shared(inside, symbol.path), -1, -1):
                if not self._hidden(symbol.path[shared], (*self._package, *inside), len(self._package) + shared):
                    return ".".join(symbol.path[shared:])
        first = symbol.full_name.partition(".")[0]
        hidden = first in self._anywhere and self._hidden(first, (*self._package, *inside), 0)
        return f".{symbol.full_name}" if hidden else symbol.full_name

    def _hidden(self, first: str, here: tuple[str, ...], depth: int) -> bool:
        """Whether a scope between ``here`` and the outer one of ``depth`` names has another thing of the name ``first``."""
        if first not in self._anywhere:
            return False
        return any(first in self._declared.get(here[:length], ()) for length in range(len(here), depth, -1))

    def _declare(self, scope: tuple[str, ...], declared: _Declared) -> None:
        if not isinstance(declared, OneOf) and declared.options:
            self._see_options(declared.options)
        match declared:
            case Field(type=type):
                self._see_type(type)
            case OneOf(fields=fields):
                for each in fields:
                    self._declare(scope, each)
            case Message(name=name, members=members):
                self._put(scope, name)
                inside = (*scope, name)
                for member in members:
                    if not isinstance(member, Field):
                        self._declare(inside, member)
                    elif member.options or not isinstance(member.type, Scalar):
                        self._see_options(member.options)
                        self._see_type(member.type)
            case Enum(name=name, values=values):
                self._put(scope, name)
                for value in values:
                    self._see_options(value.options)
            case Service(name=name, rpcs=rpcs):
                self._put(scope, name)
                for method in rpcs:
                    self._declare((*scope, name), method)
            case Rpc(name=name, request=request, response=response):
                self._put(scope, name)
                self._see_package(request.package)
                self._see_package(response.package)
            case _:
                assert_never(declared)

    def _see_type(self, type: Type) -> None:
        match type:
            case Ref(symbol=symbol):
                self._see_package(symbol.package)
            case MapOf(value=value):
                self._see_type(value)
            case Scalar():
                pass
            case _:
                assert_never(type)

    def _see_options(self, options: tuple[Option, ...]) -> None:
        for option in options:
            if isinstance(option.name, Symbol):
                self._see_package(option.name.package)

    def _see_package(self, package: str) -> None:
        """The parts of a package's name are names in their scopes too."""
        if package not in self._packages:
            self._packages.add(package)
            parts = tuple(package.split("."))
            for length in range(1, len(parts)):
                self._put(parts[:length], parts[length])

    def _put(self, scope: tuple[str, ...], name: str) -> None:
        self._declared.setdefault(scope, set()).add(name)
        self._anywhere.add(name)


def _shared(inside: tuple[str, ...], path: tuple[str, ...]) -> int:
    """How many outer names of ``path``, its last one aside, are those of the scope."""
    count = 0
    for outer, name in zip(inside, path[:-1], strict=False):
        if outer != name:
            break
        count += 1
    return count
