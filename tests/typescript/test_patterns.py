"""A pattern that becomes a regex literal is one: asked of the engine itself."""

from __future__ import annotations

import json
import random
import subprocess

import pytest

from specloom.builders.typescript.patterns import Pattern, ecma_pattern

_ENGINE = """
const asked = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const refused = asked.filter(([source, flags]) => { try { new RegExp(source, flags); return false; } catch { return true; } });
console.log(JSON.stringify(refused));
"""


def test_every_accepted_pattern_is_accepted_by_the_engine() -> None:
    chance = random.Random(7)
    pieces = [*"ab09^$.*+?()[]{}|/,-dwpuxbB:=!<>k&", "\\", "\\d", "(?:", "(?=", "(?<n>", "{2,3}", "[a-z]", "\\p{L}", "\\u", "😀"]
    texts = {"".join(chance.choice(pieces) for _ in range(chance.randint(1, 10))) for _ in range(60_000)}
    accepted = [pattern for text in sorted(texts) if (pattern := ecma_pattern(text))]
    assert len(accepted) > 5_000
    asked = json.dumps([[pattern.source, pattern.flags] for pattern in accepted])
    done = subprocess.run(["node", "-e", _ENGINE], input=asked, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize(
    ("text", "source", "flags"),
    [
        (r"^-?\d{0,8}(?:\.\d{0,2})?$", r"^-?\d{0,8}(?:\.\d{0,2})?$", ""),
        (r"^[-a-zA-Z0-9_]+\Z", "^[-a-zA-Z0-9_]+$", ""),
        (r"\\Z", r"\\Z", ""),
        (r"^\p{L}+$", r"^\p{L}+$", "u"),
        ("^[^/]+/[^/]+$", "^[^/]+/[^/]+$", ""),
        (r"^(?=.*[A-Z])(?!.*\s).{8,}$", r"^(?=.*[A-Z])(?!.*\s).{8,}$", ""),
        ("[a-z0-9.-]+@x", "[a-z0-9.-]+@x", ""),
    ],
)
def test_what_authors_write_is_taken(text: str, source: str, flags: str) -> None:
    assert ecma_pattern(text) == Pattern(source, flags)


@pytest.mark.parametrize("text", ["", "[", "(", "(?P<x>a)", "(?i)a", "a{2,1}", "[z-a]", "a**", "x\ny", "\u2028", "[[:alpha:]]"])
def test_what_is_no_ecma_262_pattern_is_refused(text: str) -> None:
    assert ecma_pattern(text) is None
