"""``specloom.compare``: what it takes, and what it refuses."""

from __future__ import annotations

import pytest

import specloom
from specloom import Impact, OperationFilter, SpecloomError
from tests.comparing.documents import using

OLD, NEW = (
    using({"Thing": {"type": "object", "properties": {"a": {"type": word}}}}, sent=True) for word in ("string", "integer")
)


def test_documents_and_what_load_returned() -> None:
    comparison = specloom.compare(OLD, specloom.load(NEW))
    assert isinstance(comparison, specloom.Comparison)
    assert comparison.breaking
    assert comparison.counts == {Impact.BREAKING: 1, Impact.SOURCE: 0, Impact.COMPATIBLE: 0}
    assert comparison == specloom.compare(specloom.load(OLD), NEW)


def test_only_a_part() -> None:
    assert not specloom.compare(OLD, NEW, exclude=OperationFilter(paths=("/things",))).changes
    assert specloom.compare(specloom.load(OLD), NEW, include=OperationFilter(paths=("/things",))).breaking


def test_what_is_no_document() -> None:
    with pytest.raises(SpecloomError):
        specloom.compare(OLD, {"swagger": "1.0"})
