"""Which names a Python module imports and what they are called there, sorted as isort does."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Iterator

import libcst as cst

from specloom.builders.python import nodes
from specloom.builders.python.nodes import Symbol

_ALIASES = {"datetime": "dt"}
"""Modules that are customarily imported under another name."""
_BUILTINS = frozenset(dir(builtins))


class Imports:
    """Collects the imports of one module while it is printed.

    A symbol keeps its own name where it is free; else it is qualified by its module (``builtins.list``), or, where it is of
    this package, renamed with an underscore at the end.
    """

    __slots__ = ("_bound", "_from", "_modules", "_path", "_plain", "_taken")

    def __init__(self, path: tuple[str, ...], bound: frozenset[str]) -> None:
        self._path = path
        self._bound = bound
        self._from: dict[str, dict[str, str | None]] = {}
        self._modules: dict[str, str | None] = {}
        self._taken: dict[str, Symbol] = {}
        self._plain: dict[Symbol, str] = {}

    def name(self, symbol: Symbol, local: frozenset[str]) -> str:
        """How ``symbol`` is written where ``local`` names mean something else."""
        plain = self._plain.get(symbol)
        if plain is not None and plain not in local:
            return plain
        if symbol.module == "." + ".".join(self._path):
            return symbol.name
        if symbol.name not in local and self._is_free(symbol.name, symbol):
            if symbol.module != "builtins":
                self._from.setdefault(symbol.module, {})[symbol.name] = None
            self._taken[symbol.name] = symbol
            self._plain[symbol] = symbol.name
            return symbol.name
        return self._qualified(symbol, local)

    def _is_free(self, name: str, symbol: Symbol) -> bool:
        if name in self._bound or self._taken.get(name, symbol) != symbol:
            return False
        return symbol.module == "builtins" or name not in _BUILTINS

    def _qualified(self, symbol: Symbol, local: frozenset[str]) -> str:
        module = symbol.module
        if not module.startswith(".") and "." not in module:
            short = _ALIASES.get(module, module)
            own = Symbol(module, "")
            if short not in local and self._is_free(short, own):
                self._taken[short] = own
                self._modules[module] = None if short == module else short
                return f"{short}.{symbol.name}"
        name = symbol.name + "_"
        while name in local or not self._is_free(name, symbol):
            name += "_"
        self._taken[name] = symbol
        self._from.setdefault(module, {})[f"{symbol.name} as {name}"] = name
        if module == "builtins" or symbol.name not in local:
            self._plain.setdefault(symbol, name)
        return name

    def groups(self, *, future_annotations: bool) -> list[list[cst.SimpleStatementLine]]:
        """Import statements: ``__future__``, the standard library, other packages, this one."""
        groups: list[list[cst.SimpleStatementLine]] = [[], [], [], []]
        if future_annotations:
            groups[0].append(nodes.import_from("__future__", [("annotations", None)]))
        for module in sorted(self._modules):
            groups[_group(module)].append(nodes.import_(module, self._modules[module]))
        relative = {module: self._relative(module) for module in self._from}
        for module in sorted(self._from, key=lambda m: _module_key(relative[m])):
            names = [(key.split(" ")[0], alias) for key, alias in self._from[module].items()]
            names.sort(key=lambda pair: (_name_key(pair[0]), pair[1] or ""))
            groups[_group(module)].append(nodes.import_from(relative[module], names))
        return [group for group in groups if group]

    def _relative(self, module: str) -> str:
        if not module.startswith("."):
            return module
        target = module[1:].split(".") if module != "." else []
        package = list(self._path[:-1])
        while package and target and package[0] == target[0]:
            package, target = package[1:], target[1:]
        return "." * (len(package) + 1) + ".".join(target)


def _group(module: str) -> int:
    if module.startswith("."):
        return 3
    return 1 if module.split(".")[0] in sys.stdlib_module_names else 2


def _module_key(module: str) -> tuple[int, list[tuple[int, int, str]]]:
    """Relative ones last, those from further away first."""
    dots = len(module) - len(module.lstrip("."))
    return (-dots, list(_natural(module.lstrip(".").lower())))


def _name_key(name: str) -> tuple[int, list[tuple[int, int, str]], str]:
    """Constants, classes, functions; digits by their value."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, list(_natural(name.lower())), name


_DIGITS = re.compile(r"(\d+)")


def _natural(text: str) -> Iterator[tuple[int, int, str]]:
    for part in _DIGITS.split(text):
        if part:
            yield (0, int(part), part) if part.isdecimal() else (1, 0, part)
