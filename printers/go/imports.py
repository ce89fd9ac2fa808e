"""What names mean in one file: the packages it mentions, what they are called there, and the import declaration."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from specloom.builders.go import nodes

from .strings import string_literal

_MAJOR: Final = re.compile(r"v[0-9]+")
_GOPKG_VERSION: Final = re.compile(r"\.v[0-9]+$")
_NO_IDENTIFIER: Final = re.compile(r"[^a-z0-9]+")


class Scope:
    """The names of one file. Grows while the file is printed; whether its package names hold is known afterwards."""

    __slots__ = ("_names", "_qualified", "bare", "before_block", "types")

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        self._qualified: dict[int, str] = {}
        self.bare: set[str] = set()
        """Names that stand in the file alone: local ones and those of the package itself."""
        self.types: dict[int, str] = {}
        """The text of types that were printed, by the identity of their node."""
        self.before_block = False
        """Whether a brace would be taken for that of a block: between ``if`` and its block."""

    def qualified(self, ref: nodes.Ref) -> str:
        """``http.Request``."""
        found = self._qualified.get(id(ref))
        if found is None:
            symbol = ref.symbol
            package = self._names.get(symbol.path)
            if package is None:
                package = self._names[symbol.path] = package_name(symbol.path)
            found = self._qualified[id(ref)] = f"{package}.{symbol.name}"
        return found

    @property
    def packages(self) -> Mapping[str, str]:
        """The packages that the file mentions, by path, with what they are called."""
        return self._names


@lru_cache(maxsize=1_024)
def package_name(path: str) -> str:
    """What a package is most likely called: its last element, without a version, ``go-`` and what no name can hold."""
    *parents, last = path.split("/")
    if parents and _MAJOR.fullmatch(last):
        last = parents[-1]
    last = _GOPKG_VERSION.sub("", last)
    name = _NO_IDENTIFIER.sub("", last.lower().removeprefix("go-").removesuffix("-go"))
    return name if nodes.is_identifier(name) else f"p{name}"


def settled(packages: Collection[str], taken: Collection[str]) -> dict[str, str]:
    """A name for every package that none of ``taken`` and no other package has; the standard library chooses first."""
    names: dict[str, str] = {}
    used = set(taken)
    for path in sorted(packages, key=_standard_first):
        plain = name = package_name(path)
        parent = _NO_IDENTIFIER.sub("", "/".join(path.split("/")[-2:-1]).lower())
        attempt = 1
        while name in used or not nodes.is_identifier(name):
            name = f"{parent}{plain}" if attempt == 1 and parent else f"{plain}{attempt + 1}"
            attempt += 1
        used.add(name)
        names[path] = name
    return names


def _standard_first(path: str) -> tuple[bool, str]:
    return not is_standard(path), path


def is_standard(path: str) -> bool:
    """Whether a path is of the standard library: its first element is no domain."""
    return "." not in path.partition("/")[0]


def import_declaration(packages: Mapping[str, str]) -> list[str]:
    """The lines of the import declaration: the standard library, then all others, each sorted by path."""
    lines: list[str] = []
    for standard in (True, False):
        paths = sorted(path for path in packages if is_standard(path) is standard)
        if lines and paths:
            lines.append("")
        lines += [_spec(path, packages[path]) for path in paths]
    if len(lines) == 1:
        return [f"import {lines[0]}"]
    return ["import (", *(f"\t{line}" if line else "" for line in lines), ")"] if lines else []


def _spec(path: str, name: str) -> str:
    quoted = string_literal(path)
    shown = package_name(path) if is_standard(path) else path.rpartition("/")[2]
    return quoted if shown == name else f"{name} {quoted}"
