"""The command as a process of its own: watching, being told to stop, and two at once. With the built-in emitters."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

DOCUMENT = """\
openapi: 3.0.3
info: {title: Shop, version: "1"}
paths:
  /users:
    get:
      operationId: users_list
      tags: [users]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "other.yaml#/User"}}}}}
"""
OTHER = "User: {type: object, properties: {id: {type: integer}}}\n"
PATIENCE = 60.0


class Started:
    """A running ``specloom``, whose lines can be waited for."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.output = folder / "stderr.txt"
        with self.output.open("w") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "specloom", *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=stream,
                env={**os.environ, "XDG_STATE_HOME": str(folder / "state"), "PYTHONUNBUFFERED": "1"},
            )

    def wait_for(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.output.read_text()
            assert self.process.poll() is None, self.output.read_text()
            time.sleep(0.05)

    def said(self, text: str, times: int = 1) -> Callable[[], bool]:
        return lambda: self.output.read_text().count(text) >= times


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    (tmp_path / "other.yaml").write_text(OTHER)
    running: list[Started] = []

    def started(*arguments: str) -> Started:
        running.append(Started(tmp_path, *arguments))
        return running[-1]

    yield started
    for each in running:
        each.process.kill()
        each.process.wait()


def texts(folder: Path) -> str:
    return "".join(path.read_text() for path in sorted(folder.rglob("*")) if path.is_file())


def test_watch_generates_again_whenever_a_file_changes(start: Callable[..., Started], tmp_path: Path) -> None:
    run = start("generate", "api.yaml", "--python", "py", "--watch")
    run.wait_for(run.said("watching 2 files"))
    assert "renamed_field" not in texts(tmp_path / "py")
    (tmp_path / "other.yaml").write_text(OTHER.replace("id:", "renamed_field:"))
    run.wait_for(run.said("watching 2 files", 2))
    assert "changed: other.yaml" in run.output.read_text()
    assert "renamed_field" in texts(tmp_path / "py")
    (tmp_path / "api.new").write_text("not: [a document")
    (tmp_path / "api.new").replace(tmp_path / "api.yaml")
    run.wait_for(run.said("failed in"))
    assert "renamed_field" in texts(tmp_path / "py")
    run.wait_for(run.said("watching", 3))
    (tmp_path / "api.yaml").write_text(DOCUMENT.replace("/users", "/zebras"))
    run.wait_for(run.said("watching", 4))
    assert "/zebras" in texts(tmp_path / "py")
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(PATIENCE) == 0
    assert "Traceback" not in run.output.read_text()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_waits_for_another_can_be_stopped(
    start: Callable[..., Started], tmp_path: Path, number: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from specloom.writing.locking import locked

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with locked((tmp_path / "py").resolve(), wait=0):
        run = start("generate", "api.yaml", "--python", "py")
        run.wait_for(run.said("emit"))
        run.process.send_signal(number)
        assert run.process.wait(PATIENCE) == code
    assert "Traceback" not in run.output.read_text()
    assert not (tmp_path / "py").exists()


def test_two_at_once_into_one_folder_both_end_well(start: Callable[..., Started], tmp_path: Path) -> None:
    runs = [start("generate", "api.yaml", "--typescript", "ts", "--python", "py") for _ in range(2)]
    assert [run.process.wait(PATIENCE) for run in runs] == [0, 0]
    again = start("generate", "api.yaml", "--typescript", "ts", "--python", "py", "--check")
    assert again.process.wait(PATIENCE) == 0
