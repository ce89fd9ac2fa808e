"""What happens where a run ends early: words instead of a traceback for a defect, and an orderly end for a signal."""

from __future__ import annotations

import os
import platform
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import NoReturn

DEBUG = "SPECLOOM_DEBUG"
BUG = 70
"""The exit code of a defect: EX_SOFTWARE of sysexits.h, so that no script takes it for a fault of the document."""
INTERRUPTED = 130


def guarded(app: Callable[[], object]) -> int:
    """Runs the command line and gives its exit code; a defect is told in a few lines, with a traceback only where asked for."""
    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return INTERRUPTED
    except Exception as error:
        return told(f"{type(error).__name__}: {error}".partition("\n")[0], traceback.format_exc())
    return 0


def leave(code: int) -> NoReturn:
    """Ends the process at once: taking a large document apart object by object would cost more time than writing its files."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads any more
            stream.flush()
    os._exit(code)


def told(summary: str, trace: str) -> int:
    """Says on stderr that this is a defect and how to report it; returns the exit code."""
    from importlib.metadata import version

    lines = [
        f"specloom: internal error: {summary}",
        "This is a bug of specloom, not of your document. Nothing was left half-written.",
    ]
    if os.environ.get(DEBUG):
        lines.append(trace.rstrip())
    else:
        lines.append("Please report it with the document (or the part that causes it) and the output of the same command with")
        lines.append(f"--debug (or {DEBUG}=1), which shows where it happened.")
    lines.append(f"specloom {version('specloom')}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    sys.stderr.write("\n".join(lines) + "\n")
    return BUG


def told_failure(trace: str) -> int:
    """The same of a defect that is known by its traceback alone."""
    return told(trace.strip().rpartition("\n")[2], trace)


def stop_on_termination() -> None:
    """Lets SIGTERM end a run as Ctrl-C does, so that what is under way is put back."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
