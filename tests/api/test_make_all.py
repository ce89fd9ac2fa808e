"""Many jobs made at once, in memory: each result is its own, whatever happens to the others."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from specloom import workers
from specloom.generation import make_all
from specloom.ir.diagnostics import SpecloomError
from specloom.jobs import Job, Target
from specloom.workers import Crew, WorkerFailedError


def document(title: str, path: str = "/items") -> dict[str, object]:
    answer = {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "string"}}}}}
    return {
        "openapi": "3.0.3", "info": {"title": title, "version": "1"},
        "paths": {path: {"get": {"operationId": "items_list", "tags": ["items"], "responses": answer}}},
    }


def jobs(tmp_path: Path) -> list[Job]:
    return [
        Job(document("One"), (Target("typescript", tmp_path / "a"), Target("python", tmp_path / "b")), name="one"),
        Job({"swagger": "2.0"}, (Target("typescript", tmp_path / "c"),), name="two"),
        Job(document("Three"), (Target("absent", tmp_path / "d"), Target("python", tmp_path / "e")), name="three"),
        Job(document("Four"), (Target("python", tmp_path / "f"),), name="four"),
    ]


@pytest.mark.parametrize("forked", [False, True])
def test_each_job_has_a_result_of_its_own(forked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: forked)
    one, two, three, four = make_all(jobs(tmp_path), workers=2)
    assert [len(made.emissions) for made in (one, two, three, four)] == [2, 0, 0, 1]
    assert "client.ts" in one.emissions[0] and "py.typed" in one.emissions[1]
    assert two.diagnostics and two.api is None
    assert [found.code for found in three.diagnostics] == ["unknown-emitter"]
    assert not four.diagnostics and not four.failure
    assert not list(tmp_path.iterdir())


def test_the_files_are_those_of_one_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: True)
    many, alone = (make_all(jobs(tmp_path)[:1], workers=count)[0].emissions for count in (8, 1))
    assert [dict(files) for files in many] == [dict(files) for files in alone]


def test_what_a_task_fails_with_is_its_result_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: True)

    def refuse() -> int:
        raise SpecloomError.of("refused", "no")

    def crash() -> int:
        raise ZeroDivisionError("a defect")

    def die() -> int:
        os._exit(3)

    def number(value: int) -> int:
        return value

    tasks = [refuse, crash, die, *(lambda value=value: number(value) for value in range(5))]
    with Crew[int](2) as crew:
        for task in tasks:
            crew.give(task)
        refused, crashed, died, *numbers = crew.results()
    assert isinstance(refused, SpecloomError)
    assert isinstance(crashed, WorkerFailedError) and "ZeroDivisionError: a defect" in str(crashed)
    assert isinstance(died, WorkerFailedError) and "exit code 3" in str(died)
    assert numbers == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("forked", [False, True])
def test_languages_are_made_while_later_documents_are(forked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: forked)
    steps: list[tuple[str, str]] = []

    def made_late() -> Iterator[Job]:
        for job in (jobs(tmp_path)[0], jobs(tmp_path)[3]):
            steps.append(("document", job.name))
            yield job

    found = make_all(made_late(), lambda step: steps.append((step.phase, step.job)) if step else None, workers=2, count=2)
    assert [len(made.emissions) for made in found] == [2, 1]
    assert steps.index(("emit", "one")) < steps.index(("document", "four"))


def test_a_crew_ends_with_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: True)
    with pytest.raises(KeyboardInterrupt), Crew[None](2) as crew:
        for _ in range(4):
            crew.give(lambda: time.sleep(600))
        raise KeyboardInterrupt
    assert not multiprocessing.active_children()
