"""Whether the judgement is passed in another process or in this one, the result is the same, and no process is left."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest

import specloom
from specloom.generation import read
from specloom.ir.diagnostics import Diagnostic, SpecloomError
from specloom.ir.paging import PagingRule
from specloom.jobs import Job
from specloom.reading import document as reading
from specloom.reading.document import Document
from specloom.reading.grammar import Kind
from specloom.reading.references import Location, References
from tests.lowering.shop import Spec, answer, document, ref

PATHS = {"/a": {"get": {"operationId": "a", "responses": {"200": answer(ref("A"))}}}}


Outcomes = Callable[..., list[object]]


def _spec(limit: int, **more: Spec) -> dict[str, Any]:
    return document({"A": {"type": "object", "properties": {"n": {"type": "number", "minimum": limit}}}}, PATHS, **more)


SOUND = _spec(1)
REFUSED = _spec(10**400)
DROPPED = _spec(10**400, tags=[{"name": "t"}, 3])


def _outcome(spec: dict[str, Any], *, strict: bool = False) -> object:
    try:
        api = specloom.load(spec, strict=strict)
    except SpecloomError as error:
        return error.diagnostics
    return api, api.diagnostics


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Outcomes:
    def outcomes(spec: dict[str, Any], *, strict: bool = False) -> list[object]:
        found = []
        for forked in (False, True):
            monkeypatch.setattr("specloom.judging.can_fork", lambda forked=forked: forked)
            found.append(_outcome(spec, strict=strict))
        return found

    return outcomes


def _codes(outcome: object) -> list[str]:
    return [found.code for found in (outcome[1] if isinstance(outcome[0], specloom.IRContext) else outcome)]  # type: ignore[index]


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("spec", "codes"),
    [(SOUND, []), (REFUSED, ["structure"]), (DROPPED, ["wrong-type", "structure"]), ({"openapi": "3.1.0", "paths": 3}, None)],
)
def test_the_result_is_the_same(both: Outcomes, spec: dict[str, Any], codes: list[str] | None, strict: bool) -> None:
    here, elsewhere = both(spec, strict=strict)

    assert here == elsewhere
    assert codes is None or sorted(_codes(here)) == sorted(codes)


def test_what_is_refused_is_left_out(both: Outcomes) -> None:
    for outcome in both(REFUSED):
        assert "minimum" not in repr(outcome[0].schemas).replace("minimum=None", "")  # type: ignore[index]


def test_a_judge_that_dies_is_asked_again_here(both: Outcomes, monkeypatch: pytest.MonkeyPatch) -> None:
    parent, check, asked = os.getpid(), reading.check, []

    def deadly(references: References, version: Literal["3.0", "3.1"], pieces: list[tuple[Location, Kind]]) -> list[Diagnostic]:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        asked.append(version)
        return check(references, version, pieces)

    monkeypatch.setattr(reading, "check", deadly)
    here, elsewhere = both(SOUND)

    assert here == elsewhere
    assert len(asked) == 2


def test_a_defect_is_only_shown_of_a_document_that_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specloom.judging.can_fork", lambda: True)
    from specloom.reading import lowering

    lower = lowering.lower
    calls = []

    def failing(read: Document, *, paging: tuple[PagingRule, ...]) -> specloom.IRContext:
        calls.append(read)
        if not any(found.code == "structure" for found in read.diagnostics):
            raise ZeroDivisionError
        return lower(read, paging=paging)

    monkeypatch.setattr(lowering, "lower", failing)
    assert _codes(_outcome(REFUSED)) == ["structure"]
    assert len(calls) == 2
    with pytest.raises(ZeroDivisionError):
        specloom.load(SOUND)
    assert len(calls) == 3


def test_the_command_reads_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(REFUSED))
    found = []
    for forked in (False, True):
        monkeypatch.setattr("specloom.judging.can_fork", lambda forked=forked: forked)
        result, api = read(Job(file))
        found.append((result.diagnostics, api, result.document and result.document.root))
    assert found[0] == found[1]
    assert "structure" in {each.code for each in found[0][0]}


def test_no_process_is_left(both: Outcomes, monkeypatch: pytest.MonkeyPatch) -> None:
    fork, started = os.fork, list[int]()

    def noted() -> int:
        process = fork()
        started.append(process)
        return process

    monkeypatch.setattr(os, "fork", noted)
    both(SOUND)
    both(REFUSED)
    assert len(started) == 2
    for process in started:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
