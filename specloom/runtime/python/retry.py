"""When to try again, and how long to wait before."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
RETRY_STATUSES = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and how patiently to try. Times are in seconds.

    Only methods that may be repeated without harm (RFC 9110, section 9.2.2) are,
    unless `unsafe` is set. The wait before try n + 1 is random between 0 and
    ``backoff * 2 ** (n - 1)``, at most `max_backoff`; a Retry-After header counts
    instead, unless it asks for more than `max_retry_after`: then there is no other try.
    """

    attempts: int = 3
    backoff: float = 0.5
    max_backoff: float = 8.0
    max_retry_after: float = 60.0
    statuses: frozenset[int] = RETRY_STATUSES
    unsafe: bool = False
    random: Callable[[], float] = field(default=random.random, repr=False)

    def allows(self, method: str, attempt: int) -> bool:
        """Whether try number `attempt` (from 1) may be followed by another."""
        return attempt < self.attempts and (
            self.unsafe or method.upper() in IDEMPOTENT_METHODS
        )

    def delay(self, attempt: int, retry_after: str | None = None) -> float | None:
        """Seconds to wait after try number `attempt`; None to give up."""
        asked = None if retry_after is None else parse_retry_after(retry_after)
        if asked is not None:
            return asked if asked <= self.max_retry_after else None
        # min() before the power: a large attempt must not overflow a float.
        ceiling = min(self.max_backoff, self.backoff * 2.0 ** min(attempt - 1, 60))
        return ceiling * self.random()


NO_RETRY = RetryPolicy(attempts=1)


def parse_retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds from a Retry-After header (RFC 9110, section 10.2.3); None if malformed."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value) if len(value) < 10 else float("inf")
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
