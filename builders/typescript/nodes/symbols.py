"""What another file or package exports, and how it is mentioned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something that a module exports. ``module`` is an output file's path without ending, or a package's name."""

    name: str
    module: str
    is_package: bool = False
    is_default: bool = False
    """Whether it is the module's default export; ``name`` is then what it is called where it is imported."""


def symbol(name: str, module: str) -> Symbol:
    """An export of a file of the output: ``symbol("Product", "products/models")``."""
    return Symbol(name, module)


def package(name: str, module: str, *, default: bool = False) -> Symbol:
    """An export of an npm package: ``package("z", "zod")``, ``package("useSWR", "swr", default=True)``."""
    return Symbol(name, module, is_package=True, is_default=default)


Target: TypeAlias = "Symbol | str"
"""A symbol, or the name of something local or global."""
