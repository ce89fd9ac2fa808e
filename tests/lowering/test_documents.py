"""Every real document lowers to an IR that keeps its promises and survives a dump to JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom.ir.context import IRContext
from specloom.reading.document import read_document
from specloom.reading.lowering import lower
from tests.harness.documents import openapi_documents
from tests.harness.invariants import broken_promises


@pytest.mark.parametrize("path", [pytest.param(path, id=name) for name, path in openapi_documents().items()])
def test_promises_and_round_trip(path: Path) -> None:
    api = lower(read_document(path))

    assert broken_promises(api) == []
    assert IRContext.model_validate_json(api.model_dump_json()) == api
