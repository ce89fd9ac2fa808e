"""Import endings of TypeScript files: the only thing in which a copied runtime file may differ from its source."""

from __future__ import annotations

import re
from typing import Literal

Ending = Literal["", ".js", ".ts"]

_RELATIVE_IMPORT = re.compile(r'^(.*\bfrom "\./[a-z-]+)";$', re.MULTILINE)
_NAMES = re.compile(r"((?:import|export)(?: type)?) \{ (.+) \} (from .+)")
_WIDTH = 80
"""Prettier's ``printWidth``."""


def with_import_ending(text: str, ending: Ending) -> str:
    """The text of a runtime file, its relative imports ending in ``ending``; without one it is the text itself."""
    return _RELATIVE_IMPORT.sub(lambda line: _ended(line[1], ending), text) if ending else text


def _ended(line: str, ending: Ending) -> str:
    """An import with its ending; where that makes it too long, a line for each name, as Prettier has it."""
    text = f'{line}{ending}";'
    listed = _NAMES.fullmatch(text)
    if len(text) <= _WIDTH or listed is None:
        return text
    names = "".join(f"  {name},\n" for name in listed[2].split(", "))
    return f"{listed[1]} {{\n{names}}} {listed[3]}"
