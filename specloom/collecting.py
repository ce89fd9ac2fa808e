"""Switches the cycle collector off while much is made and nothing is dropped."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Without the cycle collector: a document is hundreds of thousands of objects that all stay, and looking through
    them again and again is more than half of the time of reading it. For the whole process, and as it was afterwards.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
