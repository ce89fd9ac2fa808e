"""The layout algebra: what fits stays on a line, what does not is broken from outside in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from specloom.printers.doc import (
    BREAK_PARENT,
    HARDLINE,
    LINE,
    LITERALLINE,
    SOFTLINE,
    Doc,
    Group,
    IndentIfBreak,
    LineSuffix,
    align,
    conditional_group,
    fill,
    group,
    if_break,
    indent,
    join,
    lines,
    to_text,
)


def _call(name: str, *arguments: Doc) -> Group:
    return group(f"{name}(", indent(SOFTLINE, join((",", LINE), arguments)), if_break(","), SOFTLINE, ")")


def test_outer_groups_break_first() -> None:
    doc = _call("outer", "first", _call("inner", "second", "third"))
    assert to_text(doc, width=80) == "outer(first, inner(second, third))"
    assert to_text(doc, width=30) == "outer(\n  first,\n  inner(second, third),\n)"
    assert to_text(doc, width=15) == "outer(\n  first,\n  inner(\n    second,\n    third,\n  ),\n)"


def test_what_follows_on_the_line_counts() -> None:
    doc = (_call("f", "aaa", "bbb"), ";")
    assert to_text(doc, width=12) == "f(aaa, bbb);"
    assert to_text(doc, width=11) == "f(\n  aaa,\n  bbb,\n);"


def test_a_forced_break_breaks_all_groups_around_it() -> None:
    assert to_text(_call("f", _call("g", ("a", BREAK_PARENT))), width=80) == "f(\n  g(\n    a,\n  ),\n)"
    assert to_text(group(group("a", LINE, "b"), HARDLINE, "c"), width=80) == "a b\nc"


def test_blanks_at_the_end_of_a_line_are_cut_but_not_inside_strings() -> None:
    assert to_text(("a  ", HARDLINE, "b "), width=80) == "a\nb "
    assert to_text(indent("`a  ", LITERALLINE, "b`"), width=80) == "`a  \nb`"


def test_a_conditional_group_takes_the_first_state_that_fits() -> None:
    doc = conditional_group(["a long one", ("a", HARDLINE, "long one"), ("a", HARDLINE, "long", HARDLINE, "one")])
    assert to_text(doc, width=10) == "a long one"
    assert to_text(doc, width=9) == "a\nlong one"


def test_fill_puts_as_many_on_a_line_as_fit() -> None:
    doc = fill([part for word in ["aa", "bb", "cc", "dd", "ee"] for part in (word, LINE)][:-1])
    assert to_text(doc, width=5) == "aa bb\ncc dd\nee"


def test_a_line_suffix_waits_for_the_end_of_the_line() -> None:
    assert to_text(("a", LineSuffix(" // x"), ";", HARDLINE, "b"), width=80) == "a; // x\nb"
    assert to_text(("a", LineSuffix(" // x"), ";"), width=80) == "a; // x"


def test_indentation_follows_another_group() -> None:
    head = group("head", indent(SOFTLINE, "x" * 10))
    doc = (head, IndentIfBreak((HARDLINE, "tail"), head))
    assert to_text(doc, width=80) == "headxxxxxxxxxx\ntail"
    assert to_text(doc, width=12) == "head\n  xxxxxxxxxx\n  tail"


def test_indentation_may_be_a_tab_or_any_text() -> None:
    assert to_text(indent("a", HARDLINE, "b"), width=80, indentation="\t") == "a\n\tb"
    assert to_text(("/**", align(" * ", HARDLINE, *lines("a\nb"))), width=80) == "/**\n * a\n * b"


def test_columns_are_measured_by_the_caller_where_text_is_not_ascii() -> None:
    doc = group("日本", LINE, "語")
    assert to_text(doc, width=5, measure=len) == "日本 語"
    assert to_text(doc, width=5, measure=lambda text: 2 * len(text)) == "日本\n語"


words = st.text("abc", min_size=1, max_size=8)


@given(st.recursive(words, lambda inner: st.lists(inner, min_size=1, max_size=4).map(lambda a: _call("f", *a)), max_leaves=20),
       st.integers(1, 60))  # fmt: skip
def test_only_breaks_and_trailing_commas_differ_between_widths(doc: Doc, width: int) -> None:
    wide, narrow = to_text(doc, width=10_000), to_text(doc, width=width)

    def bare(text: str) -> str:
        return "".join(text.split()).replace(",)", ")")

    assert "\n" not in wide
    assert bare(narrow) == bare(wide)
    if len(wide) <= width:
        assert narrow == wide
