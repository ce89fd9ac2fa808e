"""Has documents judged by openapi-pydantic in a forked process, while this one goes on as if nothing were refused."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from specloom.reading import Judge
from specloom.workers import can_fork

T = TypeVar("T")


def judged_meanwhile(work: Callable[[Judge | None], T]) -> T:
    """What ``work`` makes of a document, with the judgement of it passed at the same time where the system can do that.

    The judgement takes about as long as lowering, and hardly ever refuses anything. If it does, all is done once more, one after
    the other, so the result is always that of ``work(None)``. ``work`` is to have no effects but its result.
    """
    if not can_fork():
        return work(None)
    asked: list[_Question] = []
    try:
        try:
            result = work(lambda question: asked.append(_Question(question)))
        except Exception:
            if all(question.answer() for question in asked):
                raise
        else:
            if all(question.answer() for question in asked):
                return result
    finally:
        for question in asked:
            question.drop()
    return work(None)


class _Question:
    """A question that a forked process thinks about, on its copy of everything."""

    def __init__(self, question: Callable[[], bool]) -> None:
        self._receiver, sender = os.pipe()
        self._process: int | None = os.fork()
        if self._process == 0:
            _think(question, sender)
        os.close(sender)

    def answer(self) -> bool:
        """Waits for the answer; one that never comes, because the process died, is no."""
        return os.read(self._receiver, 1) == b"y"

    def drop(self) -> None:
        """Ends the process if it still thinks."""
        os.close(self._receiver)
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)
            self._process = None


def _think(question: Callable[[], bool], sender: int) -> None:
    try:
        os.write(sender, b"y" if question() else b"n")
    finally:
        os._exit(0)  # nothing of what the parent has open is closed or flushed here
