"""``import specloom``: load, emit, write, generate, generate_many."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

import specloom
from specloom import Diagnostic, Emission, EmitterOptions, IRContext, Job, Mode, OperationFilter, Severity, SpecloomError, Target
from specloom.emitters import registry
from specloom.workers import WorkerFailedError, can_fork, run_each

DOCUMENT = """\
openapi: 3.0.3
info: {title: Shop, version: "1"}
paths:
  /users/{id}:
    get: {operationId: users_one, tags: [users], responses: {"200": {description: ok}}}
  /things:
    get: {operationId: things, tags: [things], responses: {"200": {description: ok}}}
"""
P = ParamSpec("P")
R = TypeVar("R")


class NoteOptions(EmitterOptions):
    shout: bool = False


class Notes:
    """An emitter of one text file."""

    options_type = NoteOptions

    def emit(self, api: IRContext, options: NoteOptions) -> Emission:
        text = "".join(f"{operation.operation_id}\n" for operation in api.operations)
        return Emission({"notes.txt": text.upper() if options.shout else text})


@pytest.fixture(autouse=True)
def notes(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setitem(registry.BUILT_IN, "notes", (__name__, "Notes"))
    monkeypatch.setattr("specloom.emitters.registry.import_module", lambda name: __import__("sys").modules[name])
    registry.find_emitter.cache_clear()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    return tmp_path / "api.yaml"


def test_a_document_is_loaded_from_a_path_a_text_bytes_and_data(document: Path) -> None:
    loaded = [specloom.load(source) for source in (document, str(document), DOCUMENT, DOCUMENT.encode())]
    assert all(api.operations == loaded[0].operations for api in loaded)
    assert [o.operation_id for o in loaded[0].operations] == ["users_one", "things"]
    data = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}
    assert specloom.load(data).info.title == "t"


def test_diagnostics_of_a_loaded_document_have_lines_and_strict_raises_them(document: Path) -> None:
    (found,) = specloom.load(document).diagnostics
    assert found.severity is Severity.WARNING
    assert found.place is not None
    assert found.place.line == 5
    with pytest.raises(SpecloomError) as caught:
        specloom.load(document, strict=True)
    assert [d.severity for d in caught.value.diagnostics] == [Severity.ERROR]


def test_filters_and_their_errors(document: Path) -> None:
    api = specloom.load(document, include=OperationFilter(tags=("things",)))
    assert [o.operation_id for o in api.operations] == ["things"]
    with pytest.raises(SpecloomError):
        specloom.load(document, include=OperationFilter(tags=("nope",)))


def test_emit_writes_nothing_and_write_writes(document: Path, tmp_path: Path) -> None:
    api = specloom.load(document)
    before = sorted(tmp_path.iterdir())
    files = specloom.emit(api, "notes", shout=True)
    assert dict(files) == {"notes.txt": "USERS_ONE\nTHINGS\n"}
    assert dict(specloom.emit(api, "notes", NoteOptions(shout=True))) == dict(files)
    assert dict(specloom.emit(api, Notes(), shout=True)) == dict(files)
    assert sorted(tmp_path.iterdir()) == before
    assert specloom.write(files, tmp_path / "out").created == ("notes.txt",)
    assert (tmp_path / "out/notes.txt").read_text() == files["notes.txt"]


@pytest.mark.parametrize(("emitter", "options", "code", "hint"), [
    ("note", {}, "unknown-emitter", "did you mean 'notes'?"),
    ("notes", {"shuot": True}, "unknown-option", "did you mean 'shout'?"),
    ("notes", {"shout": "perhaps"}, "bad-option", None),
])
def test_wrong_emitters_and_options(
    document: Path, emitter: str, options: dict[str, object], code: str, hint: str | None
) -> None:
    with pytest.raises(SpecloomError) as caught:
        specloom.emit(specloom.load(document), emitter, **options)
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == (code, hint)


def test_options_both_ways_are_refused(document: Path) -> None:
    with pytest.raises(TypeError):
        specloom.emit(specloom.load(document), "notes", NoteOptions(), shout=True)


def test_generate_writes_checks_and_raises(document: Path, tmp_path: Path) -> None:
    target = Target("notes", tmp_path / "out")
    with pytest.raises(SpecloomError) as caught:
        specloom.generate(document, targets=[target], mode=Mode.CHECK)
    assert "out-of-date" in [d.code for d in caught.value.diagnostics]
    (made,) = specloom.generate(document, targets=[target]).targets
    assert made.plan.created == ("notes.txt",)
    (again,) = specloom.generate(document, targets=[target], mode=Mode.CHECK).targets
    assert again.plan.is_current
    (tmp_path / "out/notes.txt").write_text("mine")
    with pytest.raises(SpecloomError):
        specloom.generate(document, targets=[target])
    assert (tmp_path / "out/notes.txt").read_text() == "mine"
    with pytest.raises(SpecloomError):
        specloom.generate(document, targets=[target], force=True, strict=True)
    specloom.generate(document, targets=[target], force=True)
    assert (tmp_path / "out/notes.txt").read_text() == "users_one\nthings\n"


class Backwards(Executor):
    """Does nothing until it is asked for the last result, then all in the wrong order."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[object], Callable[[], object]]] = []

    def submit(self, task: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        future: Future[R] = Future()
        self.waiting.append((future, lambda: task(*args, **kwargs)))  # type: ignore[arg-type]  # a list of any results
        if len(self.waiting) == 3:
            for other, run in reversed(self.waiting):
                other.set_result(pickle.loads(pickle.dumps(run())))
        return future


@pytest.mark.parametrize(
    "pool", [lambda: None, Backwards, lambda: ThreadPoolExecutor(2)], ids=["processes", "backwards", "threads"]
)
def test_many_jobs_each_with_its_own_result_in_order(
    document: Path, tmp_path: Path, pool: Callable[[], Executor | None]
) -> None:
    jobs = [
        Job(document, (Target("notes", tmp_path / "one"),), name="one"),
        Job(tmp_path / "missing.yaml", (Target("notes", tmp_path / "two"),), name="two"),
        Job(document, (Target("notes", tmp_path / "three", NoteOptions(shout=True)),), name="three",
            include=OperationFilter(tags=("things",))),
    ]
    one, two, three = specloom.generate_many(jobs, executor=pool())
    assert [result.job for result in (one, two, three)] == jobs
    assert (one.ok, two.ok, three.ok) == (True, False, True)
    assert [d.code for d in two.diagnostics] == ["file-missing"]
    assert one.diagnostics[0].place is not None
    assert (tmp_path / "one/notes.txt").read_text() == "users_one\nthings\n"
    assert (tmp_path / "three/notes.txt").read_text() == "THINGS\n"
    assert not (tmp_path / "two").exists()
    with pytest.raises(SpecloomError):
        two.raise_errors()


def test_two_jobs_for_one_folder_are_refused_before_anything_is_done(document: Path, tmp_path: Path) -> None:
    jobs = [Job(document, (Target("notes", tmp_path / where),)) for where in ("out", "x/../out")]
    with pytest.raises(SpecloomError) as caught:
        specloom.generate_many(jobs)
    assert [d.code for d in caught.value.diagnostics] == ["same-output"]
    assert not (tmp_path / "out").exists()


def test_errors_travel_with_their_diagnostics() -> None:
    error = SpecloomError([Diagnostic(code="c", severity=Severity.ERROR, message="m", hint="h", pointer="/x")])
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.diagnostics, str(copy)) == (error.diagnostics, str(error))


@pytest.mark.parametrize("forked", [True, False])
def test_tasks_run_at_once_with_results_in_order(forked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specloom.workers.can_fork", lambda: forked)

    def failing() -> int:
        raise SpecloomError.of("c", "m")

    one, two, three = run_each([lambda: 1, failing, os.getpid])
    assert one == 1
    assert isinstance(two, SpecloomError)
    assert two.diagnostics[0].code == "c"
    assert (three == os.getpid()) is not forked


def test_a_worker_that_is_killed_or_broken_is_no_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specloom.workers.can_fork", lambda: True)
    with pytest.raises(WorkerFailedError, match="exit code 9"):
        run_each([lambda: os._exit(9), lambda: None])
    with pytest.raises(WorkerFailedError, match="ZeroDivisionError"):
        run_each([lambda: 1 // 0, lambda: 0])


def test_no_forking_where_there_are_threads() -> None:
    import threading

    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert not can_fork()
    finally:
        stop.set()
        thread.join()
