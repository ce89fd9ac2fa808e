"""Emitters of other packages are found by entry point, beside the built-in ones."""

from __future__ import annotations

from collections.abc import Callable

SHOP = "examples/shop/openapi.yaml"


def test_an_emitter_of_another_package_is_used_by_name(outside_python: Callable[[str], str]) -> None:
    shown = outside_python(
        f"""
import specloom
files = specloom.emit(specloom.load({SHOP!r}), "markdown", heading="Shop")
print(sorted(files)[:3]); print(files["products.md"][:120])
"""
    )
    assert "accounts.md" in shown
    assert "# Shop: products" in shown
    assert "## `GET /api/products/`" in shown


def test_the_command_line_writes_it_too(outside_python: Callable[[str], str]) -> None:
    shown = outside_python(
        f"""
import pathlib, tempfile, specloom
from specloom import Target
with tempfile.TemporaryDirectory() as folder:
    specloom.generate({SHOP!r}, targets=[Target("markdown", pathlib.Path(folder, "docs"))])
    print(sorted(p.name for p in pathlib.Path(folder, "docs").glob("*.md")))
"""
    )
    assert "products.md" in shown


def test_what_cannot_be_used_is_said_by_name(outside_python: Callable[[str], str]) -> None:
    shown = outside_python(
        f"""
import specloom
api = specloom.load({SHOP!r})
for name in ("broken", "markdwon"):
    try:
        specloom.emit(api, name)
    except specloom.SpecloomError as error:
        print(error.diagnostics[0].code, error.diagnostics[0].hint)
try:
    specloom.emit(api, "markdown", headding="x")
except specloom.SpecloomError as error:
    print(error.diagnostics[0].code, error.diagnostics[0].message)
"""
    )
    assert "broken-emitter" in shown
    assert "did you mean 'markdown'?" in shown
    assert "unknown-option" in shown
