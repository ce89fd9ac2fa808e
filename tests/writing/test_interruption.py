"""A write that fails, is interrupted or is killed between any two steps loses nothing, and the next run heals it."""

from __future__ import annotations

import errno
import json
from contextlib import suppress
from pathlib import Path

import pytest

from specloom.ir.diagnostics import SpecloomError
from specloom.writing import MANIFEST_NAME, Output, clear, write, write_all
from tests.harness.disk import Disk, Killed, state

OLD: dict[str, str] = {
    "index.ts": "old\n", "gone/deep/a.ts": "old\n", "gone/b.ts": "old\n", "same.ts": "same\n", "turns": "file\n"
}
NEW: dict[str, str] = {
    "index.ts": "new\n", "made/deep/c.ts": "new\n", "same.ts": "same\n", "turns/into.ts": "new\n"
}
NEWEST: dict[str, str] = {
    "index.ts": "newest\n", "made/deep/c.ts": "newest\n", "turns/into.ts": "newest\n", "gone/b.ts": "newest\n"
}
MINE: dict[str, str] = {"mine.ts": "mine\n", "gone/mine.ts": "mine\n"}


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Disk:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    return Disk(monkeypatch)


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST_NAME
    }


def prepare(folder: Path, edge: Disk) -> None:
    edge.disarm()
    write(OLD, folder)
    for path, text in MINE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def steps(folder: Path, edge: Disk, files: dict[str, str]) -> int:
    """How many operations writing takes."""
    edge.count = 0
    write(files, folder)
    return edge.count


FAILURES = [
    OSError(errno.ENOSPC, "No space left on device"),
    PermissionError(errno.EACCES, "Permission denied", "x"),
    OSError(errno.EIO, "Input/output error"),
    KeyboardInterrupt(),
    SystemExit(143),
]


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
def test_a_failure_at_any_step_leaves_everything_as_it_was(
    failure: BaseException, tmp_path: Path, edge: Disk
) -> None:
    prepare(tmp_path / "count", edge)
    total = steps(tmp_path / "count", edge, NEW)
    assert total > 15
    for fatal in range(1, total):  # the last is the removal of the staging folder: the run was done
        out = tmp_path / str(fatal)
        prepare(out, edge)
        before = state(out)
        edge.arm(fatal, failure)
        expected = SpecloomError if isinstance(failure, OSError) else type(failure)
        with pytest.raises(expected) as caught:
            write(NEW, out)
        assert state(out) == before, fatal
        if isinstance(failure, OSError):
            assert "everything is as it was" in str(caught.value)
        edge.disarm()
        write(NEW, out)
        assert texts(out) == {**NEW, **MINE}


def test_a_full_disk_on_the_first_run_leaves_not_even_the_folder(tmp_path: Path, edge: Disk) -> None:
    total = steps(tmp_path / "count", edge, NEW)
    for fatal in range(1, total):
        edge.arm(fatal, OSError(errno.ENOSPC, "No space left on device"))
        with pytest.raises(SpecloomError) as caught:
            write(NEW, tmp_path / "a" / "b")
        assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["disk-full"]
        assert "full" in str(caught.value)
        assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("then", [NEW, OLD, NEWEST, {}], ids=["same", "back", "further", "nothing"])
def test_killed_between_any_two_steps_each_file_is_old_or_new_and_the_next_run_heals(
    then: dict[str, str], tmp_path: Path, edge: Disk
) -> None:
    prepare(tmp_path / "count", edge)
    total = steps(tmp_path / "count", edge, NEW)
    for fatal in range(1, total + 1):
        out = tmp_path / str(fatal)
        prepare(out, edge)
        edge.arm(fatal, Killed(), killed=True)
        with pytest.raises(Killed):
            write(NEW, out)
        for path, text in texts(out).items():
            assert path.startswith(".specloom.tmp/") or text in (OLD.get(path), NEW.get(path), MINE.get(path))
        edge.disarm()
        write(then, out)
        assert texts(out) == {**then, **MINE}
        assert not (out / ".specloom.tmp").exists()
        assert set(json.loads((out / MANIFEST_NAME).read_text())["files"]) == set(then)
        before = state(out)
        assert write(then, out).is_current
        assert state(out) == before


def test_killed_twice_in_a_row_still_heals(tmp_path: Path, edge: Disk) -> None:
    prepare(tmp_path / "count", edge)
    total = steps(tmp_path / "count", edge, NEW)
    for first in range(1, total + 1, 2):
        for second in range(1, total + 1, 3):
            out = tmp_path / f"{first}-{second}"
            prepare(out, edge)
            for fatal, files in ((first, NEW), (second, NEWEST)):
                edge.arm(fatal, Killed(), killed=True)
                with suppress(Killed):
                    write(files, out)
            edge.disarm()
            write(OLD, out)
            assert texts(out) == {**OLD, **MINE}


def test_what_a_user_edits_after_a_killed_run_is_still_the_users(tmp_path: Path, edge: Disk) -> None:
    prepare(tmp_path / "count", edge)
    total = steps(tmp_path / "count", edge, NEW)
    for fatal in range(1, total + 1):
        out = tmp_path / str(fatal)
        prepare(out, edge)
        edge.arm(fatal, Killed(), killed=True)
        with pytest.raises(Killed):
            write(NEW, out)
        edge.disarm()
        (out / "index.ts").write_text("my own\n")
        with pytest.raises(SpecloomError):
            write(NEW, out)
        assert (out / "index.ts").read_text() == "my own\n"


def test_where_even_putting_back_fails_the_message_says_so_and_the_next_run_heals(tmp_path: Path, edge: Disk) -> None:
    prepare(tmp_path / "count", edge)
    total = steps(tmp_path / "count", edge, NEW)
    messages = set()
    for fatal in range(1, total + 1):
        out = tmp_path / str(fatal)
        prepare(out, edge)
        edge.arm(fatal, OSError(errno.EIO, "Input/output error"), killed=True)
        with pytest.raises((SpecloomError, OSError)) as caught:
            write(NEW, out)
        messages.add(str(caught.value).rpartition("; ")[2])
        edge.disarm()
        write(NEWEST, out)
        assert texts(out) == {**NEWEST, **MINE}
    assert any("some files are new and some are old" in message for message in messages)


def test_a_file_system_without_hard_links(tmp_path: Path, edge: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    test_a_failure_at_any_step_leaves_everything_as_it_was(KeyboardInterrupt(), tmp_path, edge)


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_several_folders_are_written_all_or_none(failure: BaseException, tmp_path: Path, edge: Disk) -> None:
    def folders(out: Path) -> list[Path]:
        return [out / "a", out / "b" / "inner", out / "b", out / "new" / "c"]

    def made(out: Path) -> list[Output]:
        return [Output(NEW, folder) for folder in folders(out)]

    def prepared(out: Path) -> Path:
        for folder in folders(out)[:3]:
            prepare(folder, edge)
        return out

    prepared(tmp_path / "count")
    edge.count = 0
    write_all(made(tmp_path / "count"))
    total = edge.count
    ends = len(made(tmp_path))  # the staging folders are removed last: the run was done
    for fatal in range(1, total + 1 if isinstance(failure, KeyboardInterrupt) else total - ends + 1):
        out = prepared(tmp_path / str(fatal))
        before = state(out)
        edge.arm(fatal, failure)
        with pytest.raises((KeyboardInterrupt, SpecloomError)):
            write_all(made(out))
        edge.disarm()
        assert not list(out.rglob(".specloom.tmp")), fatal
        if fatal <= total - ends:
            assert state(out) == before
        else:
            for folder in (folders(out)[0], folders(out)[1], folders(out)[3]):
                assert {path: text for path, text in texts(folder).items() if path not in MINE} == NEW


def test_clearing_takes_what_was_written_and_nothing_else(tmp_path: Path, edge: Disk) -> None:
    prepare(tmp_path / "mine", edge)
    write(OLD, tmp_path / "only")
    (tmp_path / "mine" / "index.ts").write_text("my own\n")
    clear([tmp_path / "mine", tmp_path / "only", tmp_path / "absent"])
    assert state(tmp_path).keys() == {"mine", "mine/gone", "mine/gone/mine.ts", "mine/index.ts", "mine/mine.ts"}


def test_a_run_that_has_nothing_to_say_of_a_file_leaves_it_on_the_list(tmp_path: Path, edge: Disk) -> None:
    write({"a": "a\n", "b": "b\n"}, tmp_path)
    (tmp_path / "b").write_text("my own\n")
    write_all([Output({"a": "new\n"}, tmp_path, stays=lambda path: path != "a")])
    assert texts(tmp_path) == {"a": "new\n", "b": "my own\n"}
    with pytest.raises(SpecloomError):
        write({"a": "new\n", "b": "newer\n"}, tmp_path)
    write({"a": "new\n"}, tmp_path, force=True)
    assert texts(tmp_path) == {"a": "new\n"}
