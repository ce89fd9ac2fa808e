"""Parts of files (RFC 9110 §14)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from .models import CHUNK

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def part(header: str, size: int) -> range | None:
    """The bytes that a ``Range`` header asks for; None where all of them are sent instead."""
    match = RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        return range(max(size - int(last), 0), size)
    found = range(int(first), min(int(last) + 1 if last else size, size))
    return found or None


def read(file: BinaryIO, wanted: range) -> Iterator[bytes]:
    """These bytes of a file, piece by piece."""
    with file:
        file.seek(wanted.start)
        left = len(wanted)
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
