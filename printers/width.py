"""Columns that a text takes on a terminal, as Prettier counts them: East Asian wide and emoji two, combining marks none."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_EMOJI_SEQUENCE = re.compile(
    "[#*0-9]\ufe0f?\u20e3"  # keycaps
    "|[\U0001f1e6-\U0001f1ff]{2}"  # flags
    "|[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
    "(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
    "(?:[\U000e0020-\U000e007f]+|(?:\u200d[\u203c-\u3299\U0001f000-\U0001faff](?:\ufe0f|[\U0001f3fb-\U0001f3ff])?)+)?"
)


@lru_cache(maxsize=4_096)
def columns(text: str) -> int:
    """The number of columns of ``text``, which is one line."""
    if text.isascii():
        return len(text)
    width = 0
    start = 0
    for found in _EMOJI_SEQUENCE.finditer(text):
        if len(found[0]) > 1:
            width += _plain(text[start : found.start()]) + 2
            start = found.end()
    return width + _plain(text[start:])


def _plain(text: str) -> int:
    return sum(map(_character, text))


def _character(character: str) -> int:
    code = ord(character)
    if code <= 0x1F or 0x7F <= code <= 0x9F or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
