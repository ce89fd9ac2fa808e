"""Names of archives: the time of the run in UTC, which never goes back, and a number where a second has several runs."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import UTC, datetime

_FORMAT = "%Y-%m-%d_%H-%M-%S"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2})(?:-([1-9]\d*))?")


def stamp(name: str) -> tuple[datetime, int] | None:
    """The time that a name says and its number within the second; ``None`` where it is no name of an archive."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        return datetime.strptime(match[1], _FORMAT).replace(tzinfo=UTC), int(match[2] or 1)
    except ValueError:  # the 30th of February
        return None


def free_name(now: datetime, taken: Container[str]) -> str:
    """The name of an archive that is made now: ``2026-11-21_20-07-15``, then ``2026-11-21_20-07-15-2``."""
    first = name = now.astimezone(UTC).strftime(_FORMAT)
    number = 1
    while name in taken:
        number += 1
        name = f"{first}-{number}"
    return name
