"""Generates with everything switched on: what the compilers, the formatters and the golden files are to judge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .tools import ROOT

ALL_OPTIONS: Mapping[str, Mapping[str, object]] = {
    "typescript": {"zod": True, "fetchers": True, "hooks": True, "package_files": True},
    "python": {"package_files": True},
}
"""Each emitter with every option on; the judges of a language look at all of its output."""

GOLDEN_SPECS = ROOT / "golden" / "specs"
SHOP = ROOT / "examples" / "shop" / "openapi.yaml"


def own_documents() -> dict[str, Path]:
    """The repository's own documents by name: the example shop and the inputs of the golden files."""
    return {"shop": SHOP, **{path.stem: path for path in sorted(GOLDEN_SPECS.glob("*")) if path.suffix in (".yaml", ".json")}}


def emit(document: Path, emitter: str) -> Mapping[str, str]:
    """``{path: text}`` of a document, with every option of the emitter on."""
    import specloom

    return specloom.emit(specloom.load(document), emitter, **ALL_OPTIONS[emitter])
