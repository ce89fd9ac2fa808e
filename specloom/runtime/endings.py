"""Import endings of TypeScript files: the only thing in which a copied runtime file may differ from its source."""

from __future__ import annotations

import re
from typing import Literal

Ending = Literal["", ".js", ".ts"]

_RELATIVE_IMPORT = re.compile(r'^(.*\bfrom "\./[a-z-]+)";$', re.MULTILINE)


def with_import_ending(text: str, ending: Ending) -> str:
    """The text of a runtime file, its relative imports ending in ``ending``; without one it is the text itself."""
    return _RELATIVE_IMPORT.sub(rf'\1{ending}";', text) if ending else text
