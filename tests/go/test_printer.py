"""What the printer writes is what gofmt would, for any tree; and a text is never more than a text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from specloom.builders.go import nodes
from specloom.printers.doc.aligned import aligned
from specloom.printers.go import print_file
from tests.harness.go import go, gofmt, gofmt_changes, run_go

from . import trees

T = TypeVar("T")
SHAPE = Path(__file__).parent / "shape" / "main.go"


def _examples(strategy: st.SearchStrategy[T], count: int) -> list[T]:
    """Values of a strategy, all at once: what judges them takes its time to start."""
    found: list[T] = []

    @settings(max_examples=count, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    collect()
    return found


def _written(files: Sequence[nodes.File], root: Path) -> list[str]:
    names = [f"f{at}.go" for at in range(len(files))]
    for name, file in zip(names, files, strict=True):
        (root / name).write_bytes(print_file(file).encode())
    return names


def _declared(types: Sequence[nodes.Type], docs: Sequence[nodes.Doc] = ()) -> nodes.File:
    padded = [*docs, *[nodes.NO_DOC] * (len(types) - len(docs))]
    made = [nodes.type_declaration(f"T{at}", type, doc) for at, (type, doc) in enumerate(zip(types, padded, strict=True))]
    return nodes.file("x.go", "shop", made)


def test_gofmt_changes_no_file(tmp_path: Path) -> None:
    assert gofmt_changes(tmp_path, _written(_examples(trees.FILES, 80), tmp_path)) == []


def test_gofmt_changes_no_comment(tmp_path: Path) -> None:
    docs = _examples(trees.DOCS, 600)
    top = _declared([nodes.INT] * len(docs), docs)
    header = nodes.file("x.go", "shop", [], docs[-1], header=docs[-2])
    fields = _declared(
        [nodes.struct(*(nodes.field(f"F{at}", nodes.INT, [("json", "a")] * (at % 2), doc) for at, doc in enumerate(docs)))]
    )
    body = nodes.function("f", [], [], [nodes.comment(*doc.blocks) for doc in docs])
    in_body = nodes.file("x.go", "shop", [body])
    assert gofmt_changes(tmp_path, _written([top, header, fields, in_body], tmp_path)) == []


_WIDE = st.one_of(
    st.integers(1, 130).map("k".__mul__),
    st.integers(1, 45).map("漢".__mul__),
    st.sampled_from(["a", "é", "ключ", "k" * 39, "k" * 41]),
)
_VALUES = st.one_of(
    st.just(nodes.number(1)),
    st.text(alphabet="a漢é", max_size=9).map(nodes.string),
    st.just(nodes.composite(nodes.name("T"), [nodes.pair("A", nodes.NIL), nodes.pair("Long", nodes.NIL)], multiline=True)),
    st.just(nodes.func_literal([], [], [nodes.return_()])),
)


def test_columns_are_those_of_gofmt(tmp_path: Path) -> None:
    pairs = st.builds(nodes.pair, st.one_of(_WIDE, _WIDE.map(nodes.string)), _VALUES)
    literals = st.builds(
        lambda made: nodes.composite(nodes.map_of(nodes.STRING, nodes.ANY), made, multiline=True), st.lists(pairs, max_size=9)
    )
    types: st.SearchStrategy[nodes.Type] = st.one_of(
        st.sampled_from([nodes.INT, nodes.slice_of(nodes.STRING)]),
        _WIDE.map(nodes.name),
        st.just(nodes.struct(nodes.field("A", nodes.INT))),
    )
    specs = st.builds(
        lambda name, type, value, blank: nodes.value_spec(name, type, *value, blank_before=blank),
        _WIDE,
        st.one_of(st.none(), types),
        st.lists(_VALUES, max_size=1),
        st.integers(0, 5).map((0).__eq__),
    )
    tags: st.SearchStrategy[list[tuple[str, str]]] = st.one_of(st.just([]), _WIDE.map(lambda text: [("json", text)]))
    fields = st.one_of(
        st.builds(nodes.field, _WIDE, types, tags),
        st.builds(nodes.field, _WIDE, types, tags),
        st.builds(nodes.embedded, _WIDE.map(nodes.name), tags),
    )
    declarations = [nodes.variable("v", None, literal) for literal in _examples(literals, 120)]
    declarations += [nodes.constants(made) for made in _examples(st.lists(specs, max_size=9), 120)]
    structs = [nodes.struct(*made) for made in _examples(st.lists(fields, max_size=9), 120)]
    files = [nodes.file("x.go", "shop", declarations), _declared(structs)]
    assert gofmt_changes(tmp_path, _written(files, tmp_path)) == []


def _operations(inner: st.SearchStrategy[nodes.Expression]) -> st.SearchStrategy[nodes.Expression]:
    binary = st.builds(nodes.binary, inner, st.sampled_from(trees.BINARY), inner)
    optional = st.one_of(st.none(), inner)
    return st.one_of(
        binary,
        binary,
        st.builds(nodes.unary, st.sampled_from(trees.UNARY), inner),
        st.builds(lambda function, args: nodes.call(function, *args), inner, st.lists(inner, min_size=1, max_size=2)),
        st.builds(nodes.index, inner, inner),
        st.builds(nodes.slicing, inner, optional, optional),
        st.builds(lambda value: nodes.composite(nodes.name("T"), [value]), inner),
    )


def test_blanks_are_those_of_gofmt(tmp_path: Path) -> None:
    leaves: st.SearchStrategy[nodes.Expression] = st.sampled_from([nodes.name("a"), nodes.name("b"), nodes.number(-1)])
    values = _examples(st.recursive(leaves, _operations, max_leaves=8), 400)
    body: list[nodes.Statement] = []
    for at in range(0, len(values) - 1, 2):
        first, second = values[at : at + 2]
        body += [nodes.return_(first), nodes.assign([nodes.BLANK_NAME, nodes.BLANK_NAME], first, second), nodes.if_(second)]
    file = nodes.file("x.go", "shop", [nodes.function("f", [], [], body)])
    assert gofmt_changes(tmp_path, _written([file], tmp_path)) == []


def test_what_stands_on_one_line_is_measured_as_gofmt_does(tmp_path: Path) -> None:
    made: list[nodes.Declaration] = []
    for size in range(1, 110):
        name, wide = "n" * size, nodes.name("漢" * (size // 3) + "n")
        receiver = nodes.parameter("s", nodes.pointer(wide))
        made += [
            nodes.function(name, [], [], []),
            nodes.function(name, [], [], [nodes.return_(nodes.NIL)], one_line=True),
            nodes.function(name, [], [], [], receiver=receiver),
            nodes.function(name, [], [], [nodes.return_(wide), nodes.return_()], receiver=receiver, one_line=True),
            nodes.variable("v", None, nodes.func_literal([nodes.parameter(name, nodes.INT)], [], [])),
            nodes.variable("v", None, nodes.func_literal([wide], [], [nodes.return_(nodes.name(name))], one_line=True)),
            nodes.type_declaration("T", nodes.struct(nodes.field("a", nodes.name(name)), one_line=True)),
            nodes.type_declaration("T", nodes.struct(nodes.embedded(wide), one_line=True)),
            nodes.type_declaration("T", nodes.interface(wide, one_line=True)),
            nodes.type_declaration("T", nodes.interface(nodes.method_spec(name, [nodes.INT], [nodes.ERROR]), one_line=True)),
            nodes.type_declaration("T", nodes.interface(nodes.method_spec("m", [wide]), one_line=True)),
        ]
    text = print_file(nodes.file("x.go", "shop", made))
    # All on one line, gofmt breaks what is too long for it, and nothing else.
    lines = text.replace("{\n}", "{}").replace("{\n\t", "{ ").replace("\n\t", "; ").replace("\n}", " }")
    (tmp_path / "x.go").write_text(lines.replace("struct {", "struct{").replace("interface {", "interface{"))
    assert run_go([gofmt(), "x.go"], tmp_path).stdout == text
    assert text.count("{}\n") > 100 and text.count("{\n}") > 10


def test_a_column_is_shared_by_neighbours_that_go_on() -> None:
    rows = [
        ("a", "漢字", "x"),
        ("bbb", "c", "x"),
        ("alone",),
        ("d", "", "y"),
        ("ee", "", "z"),
        ("f", "g {\n}", "h"),
        ("iiii", "j"),
    ]
    assert aligned(rows) == ["a   漢字 x", "bbb c  x", "alone", "d  y", "ee z", "f  g {\n} h", "iiii j"]


def _everywhere(text: str) -> nodes.File:
    """A file with ``text`` in every place where one may stand."""
    doc = nodes.doc(text, nodes.code(text), nodes.items(text, text), text, nodes.deprecated(text))
    tag = [("json", text), ("x", "y")]
    literals: list[nodes.Expression] = [
        nodes.string(text),
        nodes.raw_string(text),
        nodes.binary(nodes.string(text), "+", nodes.string("end")),
    ]
    return nodes.file(
        "x.go",
        "shop",
        [
            nodes.type_declaration(
                "T",
                nodes.struct(
                    nodes.field("A", nodes.INT, tag, doc),
                    nodes.field("B", nodes.INT, tag),
                    nodes.field("C", nodes.interface(nodes.method_spec("M", (), (), doc))),
                    nodes.field("D", nodes.struct(nodes.field("E", nodes.INT, tag, nodes.doc(text)))),
                ),
                doc,
            ),
            nodes.constants(
                [nodes.value_spec("G", None, nodes.string(text), doc=doc), nodes.value_spec("H", None, *literals)], doc
            ),
            nodes.function(
                "f",
                [],
                [],
                [
                    nodes.comment(text),
                    nodes.switch(
                        nodes.name("x"), nodes.case(literals, nodes.comment(text)), nodes.default(nodes.comment(text))
                    ),
                    nodes.if_(nodes.TRUE, nodes.comment(text), nodes.BLANK, otherwise=[nodes.comment(text)]),
                    nodes.return_(
                        nodes.composite(nodes.name("T"), [nodes.pair(nodes.string(text), nodes.NIL)] * 2, multiline=True)
                    ),
                ],
                doc,
            ),
        ],
        doc,
        header=nodes.doc(text),
    )


def test_a_text_is_never_more_than_a_text(tmp_path: Path) -> None:
    texts = ["harmless", *_examples(trees.PROSE, 150), *_examples(trees.TEXTS, 150)]
    names = _written([_everywhere(text) for text in texts], tmp_path)
    assert gofmt_changes(tmp_path, names) == []
    done = run_go([go(), "run", SHAPE, tmp_path], tmp_path)
    shapes = json.loads(done.stdout)
    for name, text in zip(names, texts, strict=True):
        found = shapes[name]
        said = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
        assert found["error"] == "", (text, found["error"])
        assert found["shape"] == shapes[names[0]]["shape"], text
        assert found["directives"] is None, (text, found["directives"])
        assert set(found["strings"]) <= {said, "end"} and len(found["strings"]) == len(shapes[names[0]]["strings"])
        assert found["tags"] == [said] * 3


_URL = nodes.ref("net/url", "URL")


def _imports(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if '"' in line]


def test_what_would_be_read_as_something_else_is_kept_apart(tmp_path: Path) -> None:
    a, no_results = nodes.name("a"), nodes.func_type([], [])
    several = nodes.call(a, a, a, multiline=True)
    inside = nodes.func_literal([], [], [nodes.return_(several, several)])
    of_type: list[nodes.Expression] = [
        nodes.slice_of(no_results),
        nodes.array_of(nodes.pointer(no_results), 2),
        nodes.map_of(nodes.STRING, nodes.func_type([], [nodes.parameter(None, no_results)])),
        nodes.slice_of(nodes.func_type([], [nodes.parameter(None, nodes.INT)])),
        nodes.slice_of(nodes.func_type([], [nodes.parameter("r", nodes.INT)])),
    ]
    values: list[nodes.Expression] = [
        *[nodes.call(type, a) for type in of_type],
        nodes.unary("&", nodes.unary("^", a)),
        nodes.unary("&", nodes.unary("&", a)),
        nodes.selector(nodes.number(5), "b"),
        nodes.selector(nodes.number(0.5), "b"),
        nodes.selector(nodes.number(-5), "b"),
        nodes.type_assertion(nodes.number(5), nodes.INT),
    ]
    body: list[nodes.Statement] = [nodes.assign(nodes.BLANK_NAME, value) for value in values]
    body += [
        nodes.type_switch(None, nodes.number(5), nodes.case([nodes.INT])),
        nodes.if_(a, nodes.return_(several)),
        nodes.if_(a, nodes.return_(several, a)),
        nodes.if_(a, nodes.return_(several, inside)),
        nodes.return_(several, a, nodes.unary("!", inside)),
    ]
    file = nodes.file("x.go", "shop", [nodes.function("f", [], [], body)])
    assert gofmt_changes(tmp_path, _written([file], tmp_path)) == []
    text = print_file(file)
    assert "_ = ([]func())(a)" in text and "_ = []func() int(a)" in text
    assert "_ = & ^a" in text and "_ = 5 .b" in text and "_ = 0.5.b" in text and "switch 5 .(type)" in text


def test_what_is_mentioned_is_imported() -> None:
    other = nodes.ref("example.com/shop/json", "T")
    fields = [
        _URL,
        nodes.ref("encoding/json", "RawMessage"),
        nodes.ref("time", "Time"),
        other,
        nodes.ref("gopkg.in/yaml.v3", "Node"),
    ]
    text = print_file(_declared([nodes.struct(*(nodes.embedded(type) for type in fields))]))
    assert _imports(text) == [
        '"encoding/json"',
        '"net/url"',
        '"time"',
        'shopjson "example.com/shop/json"',
        'yaml "gopkg.in/yaml.v3"',
    ]
    assert "\tjson.RawMessage\n" in text and "\tshopjson.T\n" in text and '"time"\n\n' in text
    assert _imports(print_file(_declared([_URL]))) == ['import "net/url"']


@pytest.mark.parametrize("taken", [True, False])
def test_a_package_gives_way_to_a_name(taken: bool) -> None:
    body: list[nodes.Statement] = [nodes.define("parsed", nodes.call(nodes.selector(_URL, "Parse")))]
    if not taken:
        body.insert(0, nodes.define("url", nodes.string("x")))
    text = print_file(nodes.file("x.go", "shop", [nodes.function("f", [], [], body)]), ["url"] if taken else [])
    assert 'import neturl "net/url"' in text and "neturl.URL.Parse()" in text


def test_text_is_laid_out_as_a_doc_comment() -> None:
    text = (
        "Sells a thing.\nTwo lines.\n\n## How\n* one\n* two\n    * deeper\n\n1. first\n2. second\n\n"
        "| a | b |\n|---|---|\n\n```json\n{\n  \"a\": 1\n}\n```\n[docs]: https://example.com/x\n\nLast one\n\nSee `''`."
    )
    assert print_file(_declared([nodes.INT], [nodes.doc(text, nodes.deprecated("use U."))])).splitlines()[2:-1] == [
        "// Sells a thing.", "// Two lines.", "//", "// # How", "//", "// - one", "// - two", "// – deeper", "// - 1. first",
        "// - 2. second", "//", "//\t| a | b |", "//\t|---|---|", "//", "//\t{", "//\t  \"a\": 1", "//\t}", "//",
        "// docs: https://example.com/x", "//", "// Last one.", "//", '// See `""`.', "//", "// Deprecated: use U.",
    ]  # fmt: skip


def test_a_long_link_leaves_its_address_to_the_end() -> None:
    address = "https://example.com/" + "x" * 90
    text = f"See [the guide]({address}) first.\n\n> [!NOTE]\n> Short [links](https://a.b) stay."
    assert print_file(_declared([nodes.INT], [nodes.doc(text)])).splitlines()[2:-1] == [
        "// See [the guide] first.",
        "//",
        "// Note:",
        "// Short [links](https://a.b) stay.",
        "//",
        f"// [the guide]: {address}",
    ]


def test_long_text_is_filled() -> None:
    lines = print_file(_declared([nodes.INT], [nodes.doc("word " * 60 + "\nand the end of it.")])).splitlines()[2:-1]
    assert max(map(len, lines)) <= 100 and len(lines) == 4
    assert " ".join(line.removeprefix("// ") for line in lines) == "word " * 60 + "and the end of it."


@pytest.mark.parametrize("text", ["type", "a-b", "", "1a", "a b", "x\u0301", "²"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(nodes.InvalidNameError):
        nodes.name(text)
