"""What names mean in one file: which symbols it mentions, what they are called there, and the imports that follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from specloom.builders.naming import camel, pascal, words
from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import Binding, Symbol
from specloom.printers.doc import LINE, Doc, group, if_break, indent, join

from .strings import string_literal


@dataclass(slots=True)
class _Import:
    """What is imported from one module: symbols by whether a value of them is used."""

    symbols: dict[Symbol, bool] = field(default_factory=dict)


class Scope:
    """The names of one file. Grows while the file is printed; its imports are known afterwards."""

    __slots__ = ("_ending", "_folder", "_imports", "_module", "_names", "_owners", "leading_object")

    def __init__(self, module: str, declared: Iterable[str], ending: str) -> None:
        self._module = module
        self._folder = module.split("/")[:-1]
        self._ending = ending
        self._imports: dict[tuple[bool, str], _Import] = {}
        self._names: dict[Symbol, str] = {}
        self._owners: set[str] = set(declared)
        self.leading_object: nodes.ObjectLiteral | None = None
        """The object literal that is printed next, where its brace would begin a block."""

    def value(self, symbol: Symbol) -> str:
        """The name of ``symbol`` where its value is used."""
        return self._mention(symbol, is_value=True)

    def type(self, symbol: Symbol) -> str:
        """The name of ``symbol`` where only its type is used."""
        return self._mention(symbol, is_value=False)

    def _mention(self, symbol: Symbol, *, is_value: bool) -> str:
        if symbol.module == self._module and not symbol.is_package:
            return symbol.name
        name = self._names.get(symbol)
        if name is None:
            name = self._names[symbol] = self._free_name(symbol)
            self._owners.add(name)
            self._imports.setdefault((symbol.is_package, symbol.module), _Import()).symbols[symbol] = is_value
        elif is_value:
            self._imports[symbol.is_package, symbol.module].symbols[symbol] = True
        return name

    def _free_name(self, symbol: Symbol) -> str:
        if symbol.name not in self._owners:
            return symbol.name
        parts = symbol.module.split("/")
        origin = parts[-2] if len(parts) > 1 else parts[-1]
        place, own = pascal(words(origin)), symbol.name[:1].upper() + symbol.name[1:]
        if place[:1].isdigit() or not place:
            name = candidate = symbol.name + place
        elif symbol.name[:1].islower():
            name = candidate = camel(words(origin)) + own
        else:
            name = candidate = place + own
        attempt = 1
        while name in self._owners:
            attempt += 1
            name = f"{candidate}{attempt}"
        return name

    def path(self, module: str) -> str:
        """The module specifier of an output file, seen from this one."""
        own, there = self._folder, module.split("/")
        common = 0
        while common < min(len(own), len(there) - 1) and own[common] == there[common]:
            common += 1
        up = len(own) - common
        return f"{'/'.join(['..'] * up) or '.'}/{'/'.join(there[common:])}{self._ending}"

    def imports(self) -> tuple[list[Doc], list[Doc]]:
        """Import declarations: of packages, and of files of the output, each sorted by module."""
        packages: list[tuple[str, Doc]] = []
        relative: list[tuple[str, Doc]] = []
        for (is_package, module), found in self._imports.items():
            path = module if is_package else self.path(module)
            (packages if is_package else relative).append((path, self._declaration(path, found.symbols)))
        return [doc for _, doc in sorted(packages, key=_path)], [doc for _, doc in sorted(relative, key=_path)]

    def _declaration(self, path: str, symbols: dict[Symbol, bool]) -> Doc:
        default = next((s for s in symbols if s.is_default), None)
        named = sorted((not is_value, s.name, s) for s, is_value in symbols.items() if not s.is_default)
        type_only = not any(symbols.values()) and not (default and named)
        items: list[Doc] = []
        for is_type, name, symbol in named:
            local = self._names[symbol]
            item = name if local == name else f"{name} as {local}"
            items.append(f"type {item}" if is_type and not type_only else item)
        parts: list[Doc] = ["import type " if type_only else "import "]
        if default:
            parts.append(self._names[default])
        if items:
            parts.append((", " if default else "", specifiers(items, grouped=default is not None or len(items) > 1)))
        return (*parts, " from ", string_literal(path), ";")


def _path(entry: tuple[str, Doc]) -> str:
    return entry[0]


def specifiers(items: list[Doc], *, grouped: bool) -> Doc:
    """``{ a, b }`` of an import or export; a single one never breaks."""
    if not grouped:
        return ("{ ", *items, " }")
    return group("{", indent(LINE, join((",", LINE), items)), if_break(","), LINE, "}")


def declared_names(statements: Iterable[nodes.Statement]) -> list[str]:
    """The names that a file's own top-level statements declare."""
    found: list[str] = []
    for statement in statements:
        match statement:
            case nodes.Const(binding=binding):
                found.extend(bound_names(binding))
            case nodes.Function() | nodes.Class() | nodes.Interface() | nodes.AliasDeclaration():
                found.append(statement.name)
            case _:
                pass
    return found


def bound_names(binding: Binding) -> list[str]:
    """The names that a binding declares."""
    match binding:
        case str():
            return [binding]
        case nodes.ArrayPattern(elements=elements):
            return [e for e in elements if e is not None]
        case nodes.ObjectPattern(properties=properties):
            return [local for _, local in properties]
