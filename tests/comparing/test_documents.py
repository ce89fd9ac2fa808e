"""Whole documents: none differs from itself, however it is ordered, and what differs is the same both ways."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from specloom.comparing import compare
from specloom.ir.context import IRContext
from specloom.reading import read_document
from specloom.reading.lowering import lower
from tests.comparing.documents import mirrored, read
from tests.harness.documents import SPECS
from tests.harness.tools import ROOT

OWN = [*sorted((ROOT / "golden" / "specs").iterdir()), ROOT / "examples" / "shop" / "openapi.yaml"]
LARGE = [path for name in ("clerk.yaml", "opencode.yaml", "github.json") if (path := SPECS / "large" / name).is_file()]


@cache
def api(path: Path) -> IRContext:
    return lower(read_document(path, judge=lambda question: None))


@pytest.mark.parametrize("path", [*OWN, *LARGE], ids=lambda path: path.stem)
def test_a_document_does_not_differ_from_itself(path: Path) -> None:
    again = IRContext.model_validate_json(api(path).model_dump_json())
    assert compare(api(path), again).changes == ()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_order_is_nothing_to_speak_of(path: Path) -> None:
    source = yaml.safe_load(path.read_text())
    turned = json.loads(json.dumps(source))
    for keys in (("paths",), ("components", "schemas"), ("components", "securitySchemes"), ("tags",), ("servers",)):
        inner, last = turned, keys[-1]
        for key in keys[:-1]:
            inner = inner[key]
        each = inner.get(last)
        if isinstance(each, dict):
            inner[last] = dict(reversed(each.items()))
        elif isinstance(each, list):
            inner[last] = each[::-1]
    assert compare(read(source), read(turned)).changes == ()


@pytest.mark.parametrize("pair", list(pairwise([*OWN, *LARGE[:2]])), ids=lambda pair: f"{pair[0].stem}-{pair[1].stem}")
def test_the_way_back_is_the_mirror(pair: tuple[Path, Path]) -> None:
    old, new = map(api, pair)
    forth, back = compare(old, new), compare(new, old)
    assert forth.changes
    assert Counter(map(mirrored, forth.changes)) == Counter((c.code, c.old, c.new) for c in back.changes)
    assert compare(old, new) == forth
