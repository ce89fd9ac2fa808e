"""A hostile string changes names and texts of the output, never its shape, and no file leaves the target."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import specloom
from tests.harness.emitting import ALL_OPTIONS

from .document import SLOTS, Slot, document
from .shapes import go_parser, proto_shapes, python_shapes, typescript_parser

HOSTILE = (
    "*/ alert(1) /*",
    "*/",
    "/*",
    "//",
    '"""',
    "'''",
    '""" + evil() + """',
    '"',
    "'",
    "`",
    "\\",
    "ends in a backslash\\",
    'quote and backslash\\"',
    "${process.exit()}",
    "#{x}",
    "{x}",
    "//go:build ignore",
    "\n//go:build ignore\n",
    "//line x.go:1",
    "`json:\"x\"`",
    "func",
    "nil",
    "init",
    "DESCRIPTOR",
    "message",
    'option (x) = "y";',
    "a\nb",
    "a\r\nb",
    "a\u2028b\u2029c",
    "nul \0 byte",
    "\x1b[31m",
    "\ufeffmark",
    "\u202eright to left",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "class",
    "import",
    "None",
    "self",
    "await",
    "arguments",
    "eval",
    "__init__",
    "__class__",
    "model_config",
    "model_dump",
    "😀",
    "日本語",
    "e\u0301",
    "../../x",
    "..",
    ".",
    "/etc/passwd",
    "C:\\x",
    "con",
    "nul.txt",
    "-->",
    "</script>",
    "# type: ignore",
    "@deprecated",
    "{@link x}",
    "+build x",
    "%s %d {} {0}",
    "%2e%2e%2f",
    "1",
    "-1",
    "1.5e3",
    " ",
    "\t",
    "f'{x}'",
    "\\u0022",
    "\\N{BULLET}",
    "$ref",
    "a" * 300,
    "A B " * 40,
)
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map("".join),
    st.text(max_size=20),
    st.text("*/\"'`\\${}\n#@ a", max_size=12),
)
Shapes = Callable[[Mapping[str, str]], list[str]]


@pytest.fixture(scope="module")
def shapes_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Shapes]]:
    typescript, go = typescript_parser(), go_parser(tmp_path_factory.mktemp("go_parser"))
    yield {"typescript": typescript.shapes, "python": python_shapes, "go": go.shapes, "proto": proto_shapes}
    typescript.close()
    go.close()


def _emit(language: str, **texts: str) -> Mapping[str, str]:
    api = specloom.load(json.dumps(document(texts)).encode())
    return specloom.emit(api, language, **ALL_OPTIONS[language])


@pytest.fixture(scope="module")
def harmless(shapes_of: Mapping[str, Shapes]) -> Callable[[str, Slot], list[list[str]]]:
    known: dict[tuple[str, str], list[list[str]]] = {}

    def shapes(language: str, slot: Slot) -> list[list[str]]:
        key = (language, slot.name)
        if key not in known:
            known[key] = [shapes_of[language](_emit(language, **{slot.name: slot.filled(text)})) for text in slot.harmless]
        return known[key]

    return shapes


@pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: slot.name)
@pytest.mark.parametrize("language", ALL_OPTIONS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_the_shape_is_a_harmless_documents(
    language: str, slot: Slot, text: str, shapes_of: Mapping[str, Shapes], harmless: Callable[[str, Slot], list[list[str]]]
) -> None:
    files = _emit(language, **{slot.name: slot.filled(text)})
    assert shapes_of[language](files) in harmless(language, slot)


@pytest.mark.parametrize("language", ALL_OPTIONS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(filled=st.fixed_dictionaries({slot.name: texts for slot in SLOTS}))
def test_all_at_once_parse_and_stay_inside(
    language: str, filled: dict[str, str], shapes_of: Mapping[str, Shapes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = _emit(language, **{slot.name: slot.filled(filled[slot.name]) for slot in SLOTS})
    assert shapes_of[language](files)
    for path, text in files.items():
        text.encode()
        if path.endswith(".json"):
            json.loads(text)
    target = tmp_path_factory.mktemp("hostile")
    inner = target / "a" / "b"
    specloom.write(files, inner)
    outside = {path for path in target.rglob("*") if path.is_file() and not path.is_relative_to(inner)}
    assert not outside
    assert {path.relative_to(inner).as_posix() for path in inner.rglob("*") if path.is_file()} >= {*files}


def test_a_lone_surrogate_is_no_reason_to_fail() -> None:
    raw = json.dumps(document({"description": "HERE", "enum_value": "HERE", "property_description": "HERE"}))
    api = specloom.load(raw.replace("HERE", "\\ud800").encode())
    for language in ALL_OPTIONS:
        for text in specloom.emit(api, language, **ALL_OPTIONS[language]).values():
            text.encode()


def test_the_harmless_document_is_clean(tmp_path: Path) -> None:
    api = specloom.load(json.dumps(document({})).encode())
    assert [d for d in api.diagnostics if d.severity is not specloom.Severity.INFO] == []
