r"""ECMA-262 patterns in Go's syntax: each compiles there, and matches what it matches elsewhere, or is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.builders.go.patterns import re2_pattern
from tests.harness.go import go, run_go, write_module

CARRIED = {
    r"^\d+$": (["1"], ["", "a", "1a"]),
    r"^\s*x\s$": (["x ", "\u00a0x\ufeff", "\vx\u2028"], ["x", "yx "]),
    r"^[\s,]+$": ([" ,\u2003"], ["a"]),
    r"^[^\s]+$": (["a"], ["", " "]),
    r"^\S+$": (["ab"], ["a b"]),
    r"[\s\S]": (["\n"], [""]),
    r"^[^]$": (["\n"], ["", "ab"]),
    r"^[\w-.]+$": (["a-b.c"], ["a b", ","]),
    r"^[\w.-]+@[a-z]{2,}$": (["a.b@cc"], ["a@c"]),
    r"^\/a\-\_\@$": (["/a-_@"], ["a"]),
    r"^\u00e9\x41\u{1F600}$": (["éA😀"], ["e"]),
    r"^(?<year>\d{4})-(?:0[1-9]|1[0-2])$": (["2026-11"], ["2026-13"]),
    r"^\p{Lu}\P{L}$": (["É1"], ["é1"]),
    r"\Aab\Z": (["ab"], ["abc", "ab\n"]),
    r"^a|b$": (["ab", "cb"], ["ba"]),
    r"^{a}$": (["{a}"], ["a"]),
    r"^x{,3}$": (["x{,3}"], ["xx"]),
    r"^]$": (["]"], ["["]),
    r"^[[a]]$": (["[]", "a]"], ["a"]),
    r"^[a\]^-]+$": (["a]^-"], ["b"]),
    r"^[--/]$": (["-", ".", "/"], ["a"]),
    r"^a*?b+?c??$": (["aabb"], ["c"]),
    r"^(a|)+$": (["aa", ""], ["b"]),
    r"^\t\v\0$": (["\t\v\0"], [""]),
    r"^[\b]$": (["\b"], ["b"]),
    r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$": (["a.example.org"], ["-a.org", "a"]),
    r"^a{1000}$": (["a" * 1000], ["a"]),
    r"^(a{10}){100}$": (["a" * 1000], ["a"]),
    "^`$": (["`"], ["'"]),
    "^[é-ü]$": (["ê"], ["e"]),
}
REFUSED = [
    r"^(?!x)a", r"(?<=a)b", r"(?=a)", r"(a)\1", r"(?<n>a)\k<n>", r"(?i)a", r"\cA", r"a**", r"a+?+", r"*a", r"(?:", r"a)", r"[a",
    r"[]", r"[b-a]", r"[a-\d]", r"[^\S]", r"[^\s\S]", r"a{2,1}", r"a{1001}", r"(a{100}){11}", r"((a{10}){10}){11}", r"^*", r"\b+",
    r"\ud83d\ude00", r"\u{110000}", r"\q", r"\p{Nope}", r"\p", "\\", "", "a\x00", "[[:alpha:]]", "(" * 60 + ")" * 60, "a" * 1001,
]  # fmt: skip

PROGRAM = """package main

import (
	"encoding/json"
	"os"
	"regexp"
)

func main() {
	var asked []struct {
		Pattern string
		Texts   []string
	}
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		panic(err)
	}
	answers := make([][]bool, len(asked))
	for i, one := range asked {
		compiled := regexp.MustCompile(one.Pattern)
		answers[i] = []bool{}
		for _, text := range one.Texts {
			answers[i] = append(answers[i], compiled.MatchString(text))
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
"""


def _atoms() -> Iterator[str]:
    yield from ("a", "-", "]", "{", "}", ".", "^", "$", "|", "(", ")", "[", "[^", "(?:")
    yield from ("*", "+?", "{2}", "{2,}", "{,3}", "{0,1000}")
    yield from (r"\d", r"\s", r"\S", r"\b", r"\]", r"\-", r"\u0041", r"\x2d", r"\0", r"\p{L}", "[:", "&&", "é", "--", "0")


def _answers(asked: list[dict[str, object]], root: Path) -> list[list[bool]]:
    """What Go's regexp makes of the patterns; it panics where one does not compile."""
    import subprocess

    write_module(root)
    (root / "main.go").write_text(PROGRAM)
    built = run_go([go(), "build", "-o", "match", "."], root)
    assert built.returncode == 0, built.stderr
    done = subprocess.run([root / "match"], input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[list[bool]] = json.loads(done.stdout)
    return answers


def _random_patterns() -> list[str]:
    """Many that are put together of what is delicate; those that are carried over, each once."""
    import random

    source, atoms = random.Random(4), tuple(_atoms())
    made = ("".join(source.choices(atoms, k=source.randrange(1, 9))) for _ in range(40_000))
    return list(dict.fromkeys(found for text in made if (found := re2_pattern(text)) is not None))


def test_go_matches_what_is_meant_and_compiles_everything(tmp_path: Path) -> None:
    asked: list[dict[str, object]] = []
    expected: list[list[bool]] = []
    for pattern, (matching, others) in CARRIED.items():
        carried = re2_pattern(pattern)
        assert carried is not None, pattern
        asked.append({"Pattern": carried, "Texts": [*matching, *others]})
        expected.append([True] * len(matching) + [False] * len(others))
    random = _random_patterns()
    assert len(random) > 1000
    asked += ({"Pattern": pattern, "Texts": []} for pattern in random)
    answers = _answers(asked, tmp_path)
    for (pattern, texts), want, got in zip(CARRIED.items(), expected, answers, strict=False):
        assert got == want, (pattern, re2_pattern(pattern), texts)


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_is_not_certain_is_left_out(pattern: str) -> None:
    assert re2_pattern(pattern) is None


_PRINTABLE = st.characters(exclude_categories=("Cc", "Cs"))


@given(st.text(alphabet=_PRINTABLE, min_size=1, max_size=100).filter(lambda text: not set(text) & set("\\.+*?()|[]{}^$")))
def test_plain_text_means_itself(text: str) -> None:
    assert re2_pattern(text) == text


@given(st.text(alphabet=_PRINTABLE, min_size=1, max_size=100))
def test_escaped_text_is_always_carried_over(text: str) -> None:
    assert re2_pattern(re.escape(text)) is not None
