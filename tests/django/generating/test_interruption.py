"""Stopped at any moment, a generation leaves either everything or nothing, no traces, and the next one is none the wiser."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from specloom.django.archiving import list_archives
from specloom.django.generating import generate_project, running
from specloom.django.generating.making import GroupFiles
from specloom.django.project import MonorepoPackage, Project
from specloom.emitters.protocol import Emission
from specloom.generation import Made
from specloom.jobs import Job, Mode, Target
from tests.harness.disk import Disk

from .projects import document, project, texts

OLD, NEW, NEWEST = "old\n", "new\n", "newest\n"


def files(made: Project, text: str) -> tuple[GroupFiles, ...]:
    """Groups with a handful of small files: it is the steps that count."""
    found = []
    for group in made.groups:
        targets = tuple(Target(language, made.outputs.client(language, group.name)) for language in made.languages)
        client = {"client.ts": text, f"{text.strip()}/only.ts": text, "same.ts": "same\n"}
        emissions = tuple(Emission(client) for _ in targets)
        times = {target.emitter: 0.0 for target in targets}
        found.append(GroupFiles(group, text, Made(Job({}, targets, name=group.name), emissions, targets=times)))
    return tuple(found)


def prepared(base: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that was generated once, with a package and files of a person's own."""
    made, _ = project(base, "public", "internal")
    made = Project(made.groups, made.spelling, made.outputs, ("typescript",), packages=(MonorepoPackage(base / "mono" / "src"),))
    generated(made, OLD, monkeypatch)
    (base / "mono" / "src" / "mine.ts").write_text("mine\n")
    return made


def generated(made: Project, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "make_groups", lambda *_, **__: files(made, text))
    assert generate_project(made).ok


def temporary(base: Path) -> list[Path]:
    return [path for path in base.rglob(".*") if path.name != ".specloom.json"]


def archives_are_whole(base: Path) -> None:
    found = list_archives(base / "archive")
    assert len(found) == len([entry for entry in (base / "archive").iterdir() if entry.name != "latest"])
    for archive in found:
        assert {path.relative_to(archive.path).as_posix() for path in archive.path.rglob("*") if path.is_file()} == {
            *archive.metadata.files, "metadata.json"
        }
    if found:
        assert (base / "archive" / "latest").exists()


@pytest.mark.parametrize(("failure", "stride"), [
    (KeyboardInterrupt(), 1), (OSError(errno.ENOSPC, "No space left on device"), 4),
], ids=["Ctrl-C", "disk full"])
def test_stopped_at_any_step_on_the_disk(
    failure: BaseException, stride: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = Disk(monkeypatch)
    made = prepared(tmp_path / "count", monkeypatch)
    before = texts(tmp_path / "count")
    edge.count = 0
    generated(made, NEW, monkeypatch)
    total, after = edge.count, texts(tmp_path / "count")
    assert total > 60 and before.keys() != after.keys()
    outcomes = set()
    for fatal in range(1, total + 1, stride):
        base = tmp_path / str(fatal)
        edge.disarm()
        made = prepared(base, monkeypatch)
        monkeypatch.setattr(running, "make_groups", lambda *_, made=made, **__: files(made, NEW))
        edge.arm(fatal, failure)
        try:
            summary = generate_project(made)
            assert isinstance(failure, OSError) and summary.exit_code == 1
        except KeyboardInterrupt:
            assert failure.__class__ is KeyboardInterrupt
        except OSError:
            assert fatal > total / 2  # only what removes a staging folder, which never raises itself
        edge.disarm()
        found = texts(base)
        assert found in (before, after), fatal
        outcomes.add(found == after)
        if isinstance(failure, KeyboardInterrupt):
            assert not temporary(base), fatal
        archives_are_whole(base)
        if fatal % 5 != 1:
            continue
        generated(made, NEWEST, monkeypatch)
        assert set(texts(base).values()) <= {NEWEST, "same\n", "mine\n", texts(base)["clients/typescript/index.ts"]}
        assert not temporary(base)
    assert outcomes == {True, False}


CHILD = """
import json, os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from specloom.django.generating import generate_project
from tests.django.generating.projects import document, project

base, title, phase, target = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
made, documents = project(base, "public", "internal")
documents.answers = {{name: document(title, ("id", title), path=name) for name in documents.answers}}

def observe(step):
    if step is not None and step.phase == phase and step.target == (target or None) and step.seconds is None:
        os.kill(os.getpid(), signal.SIGINT)

sys.exit(generate_project(made, languages=["typescript"], describe=documents, observe=observe).exit_code)
"""


def child(base: Path, title: str, phase: str = "", target: str = "") -> subprocess.Popen[str]:
    script = CHILD.format(root=str(Path(__file__).parents[3]))
    return subprocess.Popen(
        [sys.executable, "-c", script, str(base), title, phase, target], stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def test_ctrl_c_ends_the_process_and_all_it_started(tmp_path: Path) -> None:
    assert ended(child(tmp_path, "aardvark")) == (0, "")
    for phase, target in (("schema", ""), ("IR", ""), ("emit", "typescript"), ("write", ""), ("archive", "")):
        before = texts(tmp_path)
        process = child(tmp_path, f"{phase}quokka", phase, target)
        code, said = ended(process)
        assert code != 0 and "KeyboardInterrupt" in said
        with pytest.raises(ProcessLookupError):  # nothing of its group is left
            os.killpg(process.pid, signal.SIGKILL)
        assert (texts(tmp_path) != before) is (phase == "archive")
        assert not temporary(tmp_path)
        archives_are_whole(tmp_path)
    assert ended(child(tmp_path, "narwhal")) == (0, "")
    assert "quokka" not in "".join(texts(tmp_path).values())


def test_several_at_once_into_one_output_all_end_well(tmp_path: Path) -> None:
    titles = ["aardvark", "quokka", "narwhal"]
    processes = [child(tmp_path, title) for title in titles]
    assert [ended(process) for process in processes] == [(0, "")] * 3
    everything = "".join(texts(tmp_path).values())
    assert len([title for title in titles if title in everything]) == 1, "all files are of one run"
    archives_are_whole(tmp_path)
    assert len(list_archives(tmp_path / "archive")) == 3
    assert not temporary(tmp_path)
    won = next(title for title in titles if title in everything)
    made, documents = project(tmp_path, "public", "internal")
    documents.answers = {name: document(won, ("id", won), path=name) for name in documents.answers}
    assert generate_project(made, languages=["typescript"], describe=documents, mode=Mode.CHECK).ok
