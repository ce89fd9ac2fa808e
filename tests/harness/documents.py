"""The real OpenAPI documents in ``../shared/specs`` beside the repository: which there are, and a folder name for each."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from .tools import ROOT

SPECS = ROOT.parent / "shared" / "specs"
_VERSION = re.compile(r"""^["']?openapi["']?\s*:\s*["']?(3\.\d)""", re.MULTILINE)


def _is_openapi_3(path: Path) -> bool:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        return str(json.loads(text).get("openapi", "")).startswith("3.")
    return _VERSION.search(text) is not None


@cache
def openapi_documents() -> dict[str, Path]:
    """Every OpenAPI 3.x document, by a name that is unique and good for a folder and a Python package, sorted."""
    found: dict[str, Path] = {}
    for path in sorted(SPECS.rglob("*")):
        if path.suffix in (".json", ".yaml", ".yml") and _is_openapi_3(path):
            name = re.sub(r"\W", "_", str(path.relative_to(SPECS).with_suffix(""))).lower()
            while name in found:
                name += "_"
            found[name] = path
    return found
