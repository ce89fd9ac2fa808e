"""Generates with everything switched on: what the compilers, the formatters and the golden files are to judge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tests.coverage.documents import rows

from .tools import ROOT

if TYPE_CHECKING:
    from specloom import IRContext

ALL_OPTIONS: Mapping[str, Mapping[str, object]] = {
    "typescript": {"zod": True, "fetchers": True, "hooks": True, "package_files": True},
    "python": {"package_files": True},
    "go": {},
    "proto": {},
}
"""Each emitter with every option on; the judges of a language look at all of its output."""

GOLDEN_SPECS = ROOT / "golden" / "specs"
SHOP = ROOT / "examples" / "shop" / "openapi.yaml"


def own_documents() -> dict[str, Path | Mapping[str, object]]:
    """The repository's own documents by name: the example shop, the inputs of the golden files, the rows of the coverage list."""
    golden = {path.stem: path for path in sorted(GOLDEN_SPECS.glob("*")) if path.suffix in (".yaml", ".json")}
    return {"shop": SHOP, **golden, **{f"row_{row.slug}": row.document for row in rows()}}


def load(document: Path | Mapping[str, object]) -> IRContext:
    """A document as specloom reads it."""
    import specloom

    return specloom.load(document)


def emit(document: Path, emitter: str) -> Mapping[str, str]:
    """``{path: text}`` of a document, with every option of the emitter on."""
    return emit_everything(load(document), emitter)


def emit_everything(api: IRContext, emitter: str) -> Mapping[str, str]:
    """``{path: text}`` of an API, with every option of the emitter on."""
    import specloom

    return specloom.emit(api, emitter, **ALL_OPTIONS[emitter])
