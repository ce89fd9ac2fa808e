"""How a comparison is shown: as text, Markdown and JSON, whatever a document is called; and the page that explains the rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from specloom.comparing import Change, Comparison, Impact, Place, Step, Use
from specloom.comparing.markdown import code
from specloom.comparing.rules import RULES, Ruling
from tests.comparing.documents import compared, using
from tests.harness.tools import ROOT

PAGE = ROOT / "docs" / "diff.md"
HOSTILE = ("a|b", "`", "``x`", "two\nlines", "<script>", "[a](b)", "*bold*", "\x1b[31m", "-->", "</details>", " ", "\u202e")


def sample(name: str) -> Comparison:
    steps = (Step("response", name), Step("property", name), Step("items"))
    uses = (Use.RESPONSE,)
    return Comparison(name, name, (
        Change("server-removed", Impact.BREAKING, "reason", Place("/servers", steps=(Step("server"),)), name, None),
        Change("type-changed", Impact.BREAKING, "reason", Place("/p", f"GET {name}", None, steps), name, name, uses, (name,)),
        Change("type-renamed", Impact.SOURCE, "reason", Place("/p", None, name, steps), name, name, (Use.REQUEST,), (name,) * 9),
        Change("schema-added", Impact.COMPATIBLE, "reason", Place("/p", None, name), None, name),
    ))


def tokens(text: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


def structure(text: str) -> list[str]:
    return [token.type for token in tokens(text)]


@pytest.mark.parametrize("name", HOSTILE)
def test_markdown_keeps_its_structure_whatever_things_are_called(name: str) -> None:
    assert structure(sample(name).markdown()) == structure(sample("plain").markdown())


@given(st.text())
def test_a_code_span_holds_any_text(text: str) -> None:
    (inline,) = [token for token in MarkdownIt("commonmark").parse(f"- a {code(text)} b") if token.type == "inline"]
    assert [token.type for token in inline.children or ()] == ["text", "code_inline", "text"]


@given(st.text(alphabet="`|a \n\t\\", max_size=8))
def test_a_code_span_shows_what_it_holds(text: str) -> None:
    (inline,) = [token for token in MarkdownIt("commonmark").parse(f"- a {code(text)} b") if token.type == "inline"]
    (span,) = [token for token in inline.children or () if token.type == "code_inline"]
    assert span.content.strip() == re.sub(r"\s", " ", text).strip()


@pytest.mark.parametrize("name", HOSTILE)
def test_text_is_one_line_a_change_without_control_characters(name: str) -> None:
    shown = sample(name).text()
    assert shown.count("\n") == sample("plain").text().count("\n")
    assert all(char.isprintable() or char == "\n" for char in shown)


def test_text() -> None:
    def thing(**rest: object) -> dict[str, object]:
        return {"type": "object", "properties": {"name": {"type": "string", **rest}}}

    old, new = (using({"Thing": schema}, sent=True, answered=True) for schema in (thing(), thing(maxLength=5)))
    assert compared(old, new).text() == """\
Shop 1: 1 breaking

schema Thing (in POST /things, GET /things)
  BREAKING        name: limit tightened: at most 5 characters
                  in requests: clients send what is no longer accepted"""
    assert compared(old, old).text() == "Shop 1: no changes"


def test_markdown() -> None:
    def thing(*required: str) -> dict[str, object]:
        return {"type": "object", "properties": {"name": {"type": "string"}}, "required": list(required)}

    old, new = (using({"Thing": schema}, sent=True) for schema in (thing(), thing("name")))
    assert compared(old, new).markdown() == """\
## API changes: `Shop 1` → `Shop 1`

1 breaking.

### Breaking changes (1)

Existing clients may fail or lose data.

**Schema `Thing`** in `POST /things`

- `name`: became required. *Requests of existing clients may leave it out.*"""
    folded = compared(new, old).markdown()
    assert "<details>\n<summary>Compatible changes (1)</summary>\n\n" in folded
    assert folded.endswith("\n\n</details>")


def test_json_has_the_keys_that_the_page_describes() -> None:
    shown = json.loads(sample("\ud800").json())
    page = PAGE.read_text().partition("## The JSON")[2]
    described = {key for row in re.findall(r"^\| (`.*?`) \|", page, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}
    assert described == {*shown, *shown["changes"][0]}
    assert shown["counts"] == {"breaking": 2, "source": 1, "compatible": 1}
    assert shown["breaking"] is True
    assert [change["operation"] for change in shown["changes"]] == [None, "GET \ud800", None, None]


def test_the_page_has_every_rule(request: pytest.FixtureRequest) -> None:
    head, _, rest = PAGE.read_text().partition("<!-- rules -->\n")
    tail = rest.partition("<!-- end of rules -->\n")[2]
    rows = "\n".join(_rows())
    page = f"{head}<!-- rules -->\n{rows}\n<!-- end of rules -->\n{tail}"
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page)
    assert page == PAGE.read_text(), "docs/diff.md is out of date; pytest tests/comparing --update-golden writes it anew"


def _rows() -> Iterator[str]:
    yield "| code | sent | got |"
    yield "| --- | --- | --- |"
    for rule in RULES.values():
        yield f"| `{rule.code}` | {_ruling(rule.request)} | {_ruling(rule.response)} |"


def _ruling(ruling: Ruling) -> str:
    impact = ruling.impact.value
    return f"{impact if ruling.impact is Impact.COMPATIBLE else f'**{impact}**'}: {ruling.reason}"


def test_every_rule_has_a_row_in_the_tests() -> None:
    """Each code is expected somewhere in these tests, so that none is dead."""
    texts = "".join(path.read_text() for path in (ROOT / "tests" / "comparing").glob("test_*.py"))
    words = {"read-only-added", "read-only-removed", "write-only-added", "write-only-removed"}
    assert [code for code in RULES if f'"{code}"' not in texts and code not in words] == []
