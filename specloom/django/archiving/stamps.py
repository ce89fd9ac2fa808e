"""Names of archives: the time of the run in UTC, which never goes back, and a number where a second has several runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def free_name(now: datetime, taken: Iterable[str]) -> str:
    """The name of an archive that is made now, after all that are ``taken``, also where the clock went back since.

    ``2026-11-21_20-07-15``, then ``2026-11-21_20-07-15-2``.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    last, number = max((found for found in map(stamp, taken) if found), default=(moment, 0))
    if last < moment:
        last, number = moment, 0
    return last.isoformat("_", "seconds")[:19].replace(":", "-") + (f"-{number + 1}" if number else "")
