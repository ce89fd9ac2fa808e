"""A server of its own for whoever asks, on a socket in a temporary folder, without a port and without a password."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .finding import EXTENSIONS, binaries

GUARD = Path(__file__).parent / "guard.py"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs; ``folder`` has its socket."""

    folder: str
    user: str = "postgres"
    database: str = "postgres"

    @property
    def settings(self) -> dict[str, str]:
        """An entry of Django's ``DATABASES``."""
        return {"ENGINE": "django.db.backends.postgresql", "NAME": self.database, "USER": self.user, "HOST": self.folder}


@contextmanager
def postgres() -> Iterator[Server]:
    """A new server, with the extensions created in its database, until the end of the block or of this process.

    ``PG*`` variables and files of libpq in the user's home must not be looked at: the caller clears the former, and without a
    password and TLS there is nothing to look for in the latter.
    """
    import psycopg

    # In a session of its own, where signals of the terminal and to groups of processes do not come; the pipe does.
    command = [sys.executable, GUARD, binaries()]
    guard = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert guard.stdin is not None and guard.stdout is not None
    try:
        said = guard.stdout.readline().strip()
        if not said.startswith("/"):
            raise RuntimeError(f"PostgreSQL did not start: {said}")
        server = Server(said)
        with psycopg.connect(host=said, user=server.user, dbname=server.database, autocommit=True) as connection:
            for extension in EXTENSIONS:
                connection.execute(f"CREATE EXTENSION {extension}".encode())
        yield server
    finally:
        guard.stdin.close()
        guard.wait()
        guard.stdout.close()
