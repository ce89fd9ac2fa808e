"""Which paths are refused before anything is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.ir.diagnostics import SpecloomError
from specloom.writing import check_paths, plan, write

UNSAFE = [
    "", "/etc/passwd", "../x.ts", "a/../x.ts", "a//x.ts", "./x.ts", "a/", "C:/x.ts", "a\\b.ts",
    "CON", "nul.ts", "a/Com1.txt", "lpt¹.py", "aux .ts", "CONIN$", "a./x.ts", "x.ts.", "x.ts ", " /x ",
    "a\nb.ts", "a\x00b.ts", "a\u202eb.ts", "a\u200bb.ts", "\ud800.ts", "a\u2028.ts", "what?.ts", "a|b.ts",
    ".git/hooks/pre-commit", ".GIT/config", ".specloom.json", ".specloom.tmp/x", "x" * 256, "é" * 128,
    "/".join(["folder"] * 200),
]


@pytest.mark.parametrize("path", UNSAFE)
def test_an_unsafe_path_is_refused(path: str, tmp_path: Path) -> None:
    found = check_paths([path])
    assert [diagnostic.code for diagnostic in found] == ["unsafe-path"]
    with pytest.raises(SpecloomError):
        write({path: "x", "good.ts": "x"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", [
    "x.ts", "_utils/schemas/User.schema.ts", "conference.ts", "console/null.ts", "com10.ts", "auxiliary", ".gitignore",
    "py.typed", "ünï/日本語.py", "a b.ts", "$x.ts", "-x.ts", "shop__products/index.ts", "x" * 255,
])
def test_an_ordinary_path_is_not_refused(path: str) -> None:
    assert check_paths([path]) == ()


@pytest.mark.parametrize(("one", "other"), [
    ("User.ts", "user.ts"),
    ("models/User/x.ts", "Models/User/y.ts"),
    (unicodedata.normalize("NFC", "é.ts"), unicodedata.normalize("NFD", "é.ts")),
    ("STRASSE.ts", "straße.ts"),
    ("models", "models/x.ts"),
    ("Models", "models/x.ts"),
])
def test_two_paths_that_are_one_somewhere_are_refused(one: str, other: str) -> None:
    assert [diagnostic.code for diagnostic in check_paths([one, other])] == ["unsafe-path"]
    assert [diagnostic.code for diagnostic in check_paths([other, one])] == ["unsafe-path"]


def test_half_a_surrogate_pair_in_a_text_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(SpecloomError) as caught:
        plan({"good.ts": "x", "bad.ts": "a\ud800b"}, tmp_path)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["not-encodable"]
    assert "bad.ts" in str(caught.value)


@given(st.lists(st.text(st.sampled_from("aAé./\\ \x00C:ON\u202e~"), max_size=12), max_size=4))
def test_what_is_accepted_stays_below_the_target(paths: list[str]) -> None:
    if check_paths(paths):
        return
    root = Path("/target")
    for path in paths:
        normal = Path(unicodedata.normalize("NFC", path))
        assert not normal.is_absolute()
        assert ".." not in normal.parts
        assert (root / normal).is_relative_to(root)
        assert (root / normal) != root
