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
    import multiprocessing  # here, because importing it takes longer than making a small client

    context = multiprocessing.get_context("fork")
    gc.freeze()  # so that the collector of a child does not touch, and so copy, what it shares
    workers: list[tuple[ForkProcess, Connection]] = []
    try:
        workers.extend(_start(context, task) for task in tasks)
        outcomes: list[_Outcome[T]] = _collect(workers, tick)
        return [_settled(outcome) for outcome in outcomes]
    finally:
        for process, _ in workers:
            process.kill()
            process.join()
        gc.unfreeze()


def _direct(task: Callable[[], T]) -> T | SpecloomError:
    try:
        return task()
    except SpecloomError as error:
        return error


def _start(context: ForkContext, task: Callable[[], T]) -> tuple[ForkProcess, Connection]:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(task, sender), daemon=True)
    process.start()
    sender.close()
    return process, receiver


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


def _collect(workers: Sequence[tuple[ForkProcess, Connection]], tick: Callable[[], None]) -> list[_Outcome[T]]:
    from multiprocessing.connection import Connection, wait

    outcomes: dict[Connection, _Outcome[T]] = {}
    pending = {connection: process for process, connection in workers}
    while pending:
        for ready in wait(list(pending), timeout=_TICK):
            assert isinstance(ready, Connection)
            process = pending.pop(ready)
            try:
                outcomes[ready] = ready.recv()
            except EOFError:
                process.join()
                outcomes[ready] = _Outcome(failure=f"a worker process ended with exit code {process.exitcode} and no result")
            ready.close()
        tick()
    return [outcomes[connection] for _, connection in workers]


def _settled(outcome: _Outcome[T]) -> T | SpecloomError:
    if outcome.failure is not None:
        raise WorkerFailedError(outcome.failure)
    if outcome.error is not None:
        return outcome.error
    return outcome.value  # type: ignore[return-value]  # neither error nor failure: it is the task's own result
