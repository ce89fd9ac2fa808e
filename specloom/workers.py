"""Runs tasks at once, each in a forked process that shares the IR with this one, where the system can do that safely."""

from __future__ import annotations

import gc
import os
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from specloom.ir.diagnostics import SpecloomError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkProcess

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_TICK = 0.1


class WorkerFailedError(Exception):
    """A defect showed in another process; the message is its traceback."""


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[T_co]):
    value: T_co | None = None
    error: SpecloomError | None = None
    failure: str | None = None


def can_fork() -> bool:
    """Whether forking is safe and of use: on Linux, with one thread and more than one core."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def run_each(tasks: Sequence[Callable[[], T]], *, tick: Callable[[], None] = lambda: None) -> list[T | SpecloomError]:
    """The results of all tasks, in their order; a ``SpecloomError`` that one raises is its result.

    Forked where ``can_fork``, else one after the other; the results are the same. ``tick`` is called about ten times
    a second while waiting. Raises ``WorkerFailedError`` where a forked task raises anything else or is killed.
    """
    if len(tasks) < 2 or not can_fork():
        return [_direct(task) for task in tasks]
    results = [_settled(outcome) for outcome in _forked(tasks, len(tasks), tick)]
    failed = next((result for result in results if isinstance(result, WorkerFailedError)), None)
    if failed is not None:
        raise failed
    return [result for result in results if not isinstance(result, WorkerFailedError)]


def attempt_each(
    tasks: Sequence[Callable[[], T]], *, most: int, tick: Callable[[], None] = lambda: None
) -> list[T | SpecloomError | WorkerFailedError]:
    """As ``run_each``, with at most ``most`` at once; what one task fails with, by a defect too, is its result alone."""
    if most < 2 or len(tasks) < 2 or not can_fork():
        return [_settled(_outcome(task)) for task in tasks]
    return [_settled(outcome) for outcome in _forked(tasks, most, tick)]


def _forked(tasks: Sequence[Callable[[], T]], most: int, tick: Callable[[], None]) -> list[_Outcome[T]]:
    import multiprocessing  # here, because importing it takes longer than making a small client

    crew = _Crew[T](multiprocessing.get_context("fork"))
    gc.freeze()  # so that the collector of a child does not touch, and so copy, what it shares
    try:
        for index, task in enumerate(tasks):
            while len(crew.working) >= most:
                crew.wait(tick)
            crew.start(index, task)
        while crew.working:
            crew.wait(tick)
        return [crew.outcomes[index] for index in range(len(tasks))]
    finally:
        crew.end()
        gc.unfreeze()


def _direct(task: Callable[[], T]) -> T | SpecloomError:
    try:
        return task()
    except SpecloomError as error:
        return error


class _Crew(Generic[T]):
    """The processes at work, each with its task's number, and what the others have brought."""

    def __init__(self, context: ForkContext) -> None:
        self._context = context
        self._processes: list[ForkProcess] = []
        self.working: dict[Connection, tuple[int, ForkProcess]] = {}
        self.outcomes: dict[int, _Outcome[T]] = {}

    def start(self, index: int, task: Callable[[], T]) -> None:
        """Gives a task to a new process."""
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_serve, args=(task, sender), daemon=True)
        process.start()
        self._processes.append(process)
        self.working[receiver] = (index, process)
        sender.close()

    def wait(self, tick: Callable[[], None]) -> None:
        """Takes what is brought within a tenth of a second."""
        from multiprocessing.connection import Connection, wait

        for ready in wait(list(self.working), timeout=_TICK):
            assert isinstance(ready, Connection)
            index, process = self.working.pop(ready)
            try:
                self.outcomes[index] = ready.recv()
            except EOFError:
                process.join()
                self.outcomes[index] = _Outcome(
                    failure=f"a worker process ended with exit code {process.exitcode} and no result"
                )
            ready.close()
        tick()

    def end(self) -> None:
        """Ends all processes, also those that still work."""
        for process in self._processes:
            process.kill()
            process.join()


def _serve(task: Callable[[], T], sender: Connection) -> None:
    try:
        outcome = _outcome(task)
    except KeyboardInterrupt:
        os._exit(130)  # the parent was interrupted too, and says so
    with suppress(BrokenPipeError):
        sender.send(outcome)


def _outcome(task: Callable[[], T]) -> _Outcome[T]:
    try:
        return _Outcome(value=task())
    except SpecloomError as error:
        return _Outcome(error=error)
    except Exception:
        return _Outcome(failure=traceback.format_exc())


def _settled(outcome: _Outcome[T]) -> T | SpecloomError | WorkerFailedError:
    if outcome.failure is not None:
        return WorkerFailedError(outcome.failure)
    if outcome.error is not None:
        return outcome.error
    return outcome.value  # type: ignore[return-value]  # neither error nor failure: it is the task's own result
