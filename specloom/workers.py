"""Runs tasks at once, each in a forked process that shares the IR with this one, where the system can do that safely."""

from __future__ import annotations

import gc
import os
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from specloom.ir.diagnostics import SpecloomError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

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
    with Crew[T](len(tasks), tick=tick) as crew:
        for task in tasks:
            crew.give(task)
        results = crew.results()
    failed = next((result for result in results if isinstance(result, WorkerFailedError)), None)
    if failed is not None:
        raise failed
    return [result for result in results if not isinstance(result, WorkerFailedError)]


def _direct(task: Callable[[], T]) -> T | SpecloomError:
    try:
        return task()
    except SpecloomError as error:
        return error


class Crew(Generic[T]):
    """Processes that work while this one goes on, ``most`` of them at once; they end with the block, also in the midst of work.

    Where forking is not safe or of no use, or with ``most`` less than 2, each task is done when it is given. ``tick`` is called
    about ten times a second while waiting.
    """

    def __init__(self, most: int, *, tick: Callable[[], None] = lambda: None) -> None:
        self._most, self._tick = most, tick
        self._forks = most > 1 and can_fork()
        self._given = 0
        self._waiting: deque[tuple[int, Callable[[], T]]] = deque()
        self._working: dict[Connection, tuple[int, ForkProcess]] = {}
        self._processes: list[ForkProcess] = []
        self._outcomes: dict[int, _Outcome[T]] = {}

    def __enter__(self) -> Crew[T]:
        if self._forks:
            gc.freeze()  # so that the collector of a child does not touch, and so copy, what it shares
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
            process.join()
        if self._forks:
            gc.unfreeze()

    def give(self, task: Callable[[], T]) -> None:
        """Hands over a task; it begins as soon as there is room for it, at the latest when the results are asked for."""
        index = self._given
        self._given += 1
        if self._forks:
            self._waiting.append((index, task))
            self.look()
        else:
            self._outcomes[index] = _outcome(task)

    def look(self, seconds: float = 0.0) -> None:
        """Takes what was brought, within so many seconds, and begins what waits."""
        from multiprocessing.connection import Connection, wait

        for ready in wait(list(self._working), timeout=seconds) if self._working else ():
            assert isinstance(ready, Connection)
            index, process = self._working.pop(ready)
            try:
                self._outcomes[index] = ready.recv()
            except EOFError:
                process.join()
                failure = f"a worker process ended with exit code {process.exitcode} and no result"
                self._outcomes[index] = _Outcome(failure=failure)
            ready.close()
        while self._waiting and len(self._working) < self._most:
            self._start(*self._waiting.popleft())

    def results(self) -> list[T | SpecloomError | WorkerFailedError]:
        """What became of each task, in their order: what one fails with, by a defect too, is its result alone."""
        while self._working:
            self.look(_TICK)
            self._tick()
        return [_settled(self._outcomes[index]) for index in range(self._given)]

    def _start(self, index: int, task: Callable[[], T]) -> None:
        import multiprocessing  # here, because importing it takes longer than making a small client

        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_serve, args=(task, sender), daemon=True)
        process.start()
        self._processes.append(process)
        self._working[receiver] = (index, process)
        sender.close()


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
