"""Bytes, text and data become the same plain data, whatever the spelling."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from specloom.ir.diagnostics import SpecloomError
from specloom.reading import JSON, Limits, read_document
from specloom.reading.loading import decode, parse, parse_json
from specloom.reading.positions import places
from specloom.reading.yaml_core import events, parse_yaml

PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])


def from_yaml(text: str, pure: bool) -> tuple[JSON, list[str]]:
    value, diagnostics = parse_yaml(text, None, Limits(), stream=lambda t: events(t, pure=pure))
    return value, [d.code for d in diagnostics]


@PARSERS
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("y", "y"), ("true", True), ("False", False), ("tRUE", "tRUE"),
        ("1_000", "1_000"), ("12:30:45", "12:30:45"), ("2001-12-14", "2001-12-14"), ("2001-12-14t21:59:43.10-05:00",) * 2,
        ("0o17", 15), ("017", 17), ("0x1F", 31), ("0b11", "0b11"), ("+12", 12), ("-0", 0), ("1.0", 1.0), (".5", 0.5),
        ("1.", 1.0), ("1e3", 1000.0), ("-1.5E-2", -0.015), ("+.5", 0.5), (".", "."), ("-", None), ("1e", "1e"), ("e3", "e3"),
        ("~", None), ("null", None), ("Null", None), ("nULL", "nULL"), ("''", ""), ("'1'", "1"), ('"true"', "true"),
        ("!!str 1", "1"), ("!!int 1", 1), ("!!float 1", 1.0), ("! 1", "1"), ("<<", "<<"), ("=", "="), ("nan", "nan"),
        ("inf", "inf"), ("٣", "٣"), ("1²", "1²"),
    ],
)
def test_yaml_scalars_follow_the_core_schema(text: str, value: JSON, pure: bool) -> None:
    if text == "-":
        assert from_yaml("- -", pure)[0] == [[None]]
        return
    read = from_yaml(f"a: {text}", pure)[0]
    assert isinstance(read, dict)
    assert (read["a"], type(read["a"])) == (value, type(value))


@PARSERS
def test_yaml_keys_are_texts_as_they_are_written(pure: bool) -> None:
    read, codes = from_yaml("200: a\n1.0: b\nno: c\n~: d\ntrue: e\n0x1: f\n'x': g", pure)
    assert read == {"200": "a", "1.0": "b", "no": "c", "~": "d", "true": "e", "0x1": "f", "x": "g"}
    assert codes == []


@PARSERS
def test_yaml_merge_keys_give_what_is_not_given(pure: bool) -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}\nd:\n  w: 0\n  <<: *b\ne: {<<: {q: 1}}\n"
    read, _ = from_yaml(text, pure)
    assert isinstance(read, dict)
    assert read["c"] == {"x": 3, "y": 1, "z": 2}
    assert read["d"] == {"w": 0, "y": 2, "z": 2}
    assert read["e"] == {"q": 1}


@PARSERS
@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("a: 1\na: 2", {"a": 2}, ["duplicate-key"]),
        ("a: .nan\nb: 1", {"b": 1}, ["number-not-finite"]),
        ("[1, -.INF, 1e999]", [1, None, None], ["number-not-finite", "number-not-finite"]),
        ("? [1, 2]\n: {x: [3]}\nb: 1", {"b": 1}, ["yaml-complex-key"]),
        ("? {a: {b: c}}\n: d\ne: f", {"e": "f"}, ["yaml-complex-key"]),
        ("a: !thing {b: 1}", {"a": {"b": 1}}, ["yaml-tag"]),
        ("a: !!python/object/apply:os.system [x]", {"a": ["x"]}, ["yaml-tag"]),
        ("a: !!binary aGk=", {"a": "aGk="}, ["yaml-tag"]),
        ("a: 1\n---\nb: 2", {"a": 1}, ["yaml-several-documents"]),
        ("a: " + "9" * 5000, {"a": "9" * 5000}, ["number-too-long"]),
        ("a: &k b\n*k : c", {"a": "b", "b": "c"}, []),
        ("k: &k {a: 1}\n? *k\n: c\nd: 1", {"k": {"a": 1}, "d": 1}, ["yaml-complex-key"]),
    ],
)
def test_odd_yaml_is_read_with_a_diagnostic(text: str, value: JSON, codes: list[str], pure: bool) -> None:
    assert from_yaml(text, pure) == (value, codes)


def _values(texts: st.SearchStrategy[str]) -> st.SearchStrategy[JSON]:
    return st.recursive(
        st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | texts,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
        max_leaves=20,
    )


YAML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"))
"""What YAML allows unescaped, without the breaks it folds."""


@given(st.dictionaries(st.text(), _values(st.text()), max_size=5))
def test_json_reads_as_json_does(value: dict[str, JSON]) -> None:
    assert parse(json.dumps(value)).value == value


@given(st.dictionaries(YAML_TEXT, _values(YAML_TEXT), max_size=5))
def test_yaml_reads_what_is_quoted_like_json(value: dict[str, JSON]) -> None:
    """JSON is YAML 1.2: both readers see the same, where YAML allows the characters."""
    text = json.dumps(value, ensure_ascii=False)
    assert parse_yaml(text, None, Limits())[0] == parse_json(text, None, Limits()).value


@given(st.text())
def test_both_yaml_parsers_agree(text: str) -> None:
    def outcome(pure: bool) -> object:
        try:
            return from_yaml(text, pure)
        except SpecloomError as error:
            return error.diagnostics[0].code

    assert outcome(True) == outcome(False) or not _is_plain(text)


def _is_plain(text: str) -> bool:
    """Outside of printable ASCII the two parsers differ in what they take for a space or a break (YAML 1.1 against 1.2)."""
    return text.isascii() and text.replace("\n", "").isprintable() and "%" not in text and "?" not in text


DOCUMENT = 'openapi: 3.1.0\ninfo: {title: "Grüße 🎉", version: "1"}\npaths: {}\n'


@pytest.mark.parametrize(
    "encode",
    [
        lambda t: t.encode(), lambda t: t.encode("utf-8-sig"), lambda t: t.encode("utf-16"), lambda t: t.encode("utf-32"),
        lambda t: t.encode("utf-16-le"), lambda t: t.encode("utf-16-be"), lambda t: t.encode("utf-32-be"),
        lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"), lambda t: t.replace("\n", "\r\n").encode(),
    ],
)
@pytest.mark.parametrize("text", [DOCUMENT, json.dumps(yaml.safe_load(DOCUMENT), ensure_ascii=False)], ids=["yaml", "json"])
def test_every_encoding_reads_the_same(text: str, encode: Callable[[str], bytes]) -> None:
    assert read_document(encode(text)).root == read_document(text + "\n").root


def test_path_text_bytes_and_data_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")
    data = yaml.safe_load(DOCUMENT)
    roots = [read_document(source).root for source in (path, str(path), DOCUMENT, DOCUMENT.encode(), data)]
    assert all(root == roots[0] for root in roots)


def test_data_of_the_caller_is_not_changed() -> None:
    data = {"openapi": "3.1.0", "info": {"title": "x", "version": 1}, "paths": {"/a": {"get": {"responses": {200: None}}}}}
    before = repr(data)
    document = read_document(data)
    assert repr(data) == before
    assert isinstance(document.root["paths"], dict)
    assert document.root["paths"]["/a"]["get"]["responses"] == {"200": {"description": ""}}  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    ("text", "version"),
    [("version: 1.0", "1.0"), ("version: 1.10", "1.10"), ("version: 2", "2"), ("'version' : 1.20 # x", "1.20"),
     ("version: 2024-01-01", "2024-01-01"), ("version: v1", "v1"), ("version: 010", "010")],
)
def test_the_version_keeps_its_text(text: str, version: str) -> None:
    document = read_document(f"openapi: 3.1.0\ninfo:\n  title: x\n  {text}\npaths: {{}}\n")
    assert document.root["info"] == {"title": "x", "version": version}


def test_the_version_keeps_its_text_in_json() -> None:
    document = read_document('{"openapi": 3.0, "info": {"title": "x", "version": 1.10}, "paths": {}}')
    assert document.root["info"] == {"title": "x", "version": "1.10"}
    assert (document.root["openapi"], document.version) == ("3.0", "3.0")


def test_odd_json_is_read_with_a_diagnostic() -> None:
    parsed = parse('{"a": NaN, "b": [1e999, {"c": 1, "c": 2}], "d": "x\ty", "e": -Infinity}')
    assert parsed.value == {"b": [None, {"c": 2}], "d": "x\ty"}
    assert [(d.code, d.pointer) for d in parsed.diagnostics] == [
        ("control-character", None), ("number-not-finite", "/a"), ("number-not-finite", "/e"),
        ("number-not-finite", "/b/0"), ("duplicate-key", "/b/1/c"),
    ]


def test_a_flow_mapping_is_yaml() -> None:
    assert parse("{openapi: 3.1.0, # comment\n paths: {},}").value == {"openapi": "3.1.0", "paths": {}}


def _paths_of(value: JSON, keys: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [keys, *(path for key, item in members for path in _paths_of(item, (*keys, str(key))))]


@given(st.dictionaries(YAML_TEXT, _values(YAML_TEXT), min_size=1, max_size=4),
       st.sampled_from([None, 2]))
def test_every_pointer_has_the_same_place_in_json_and_yaml(value: dict[str, JSON], indent: int | None) -> None:
    from specloom.reading.pointers import join
    from specloom.reading.positions import _Wanted, _yaml  # the YAML reader of positions, given JSON

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    pointers = [join(keys) for keys in _paths_of(value)]
    by_json = places(text, pointers, "f")
    wanted = _Wanted()
    for keys in _paths_of(value):
        node = wanted
        for key in keys:
            node = node.below.setdefault(key, _Wanted())
    _yaml(text, wanted)
    for keys in _paths_of(value):
        node = wanted
        for key in keys:
            node = node.below[key]
        place = by_json[join(keys)]
        assert (place.line, place.column) == (node.line, node.column)


def test_places_count_characters_from_one_and_fall_back_to_the_parent() -> None:
    text = "openapi: 3.1.0\ninfo:\n  x: {ü🎉: 1, title: [a, b]}\n  y: &y {z: 1}\n  w: *y\n"
    found = places(text, ["", "/info", "/info/x/title", "/info/x/title/1", "/info/x/none/more", "/info/w/z", "/gone"], "f")
    assert {pointer: (p.line, p.column) for pointer, p in found.items()} == {
        "": (1, 1), "/info": (2, 1), "/info/x/title": (3, 14), "/info/x/title/1": (3, 25), "/info/x/none/more": (3, 3),
        "/info/w/z": (5, 3), "/gone": (1, 1),
    }


def test_decode_refuses_what_is_no_text() -> None:
    with pytest.raises(SpecloomError) as caught:
        decode("ok: 1\nü: é\n".encode("latin-1"), "f.yaml")
    place = caught.value.diagnostics[0].place
    assert caught.value.diagnostics[0].code == "not-text"
    assert place is not None
    assert (place.line, place.column) == (2, 1)
