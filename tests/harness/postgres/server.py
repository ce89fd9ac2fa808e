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
    port: int = 5432  # the number in the name of the socket; nothing listens on it
    user: str = "postgres"
    database: str = "postgres"

    @property
    def settings(self) -> dict[str, str]:
        """An entry of Django's ``DATABASES``."""
        engine, port = "django.db.backends.postgresql", str(self.port)
        return {"ENGINE": engine, "NAME": self.database, "USER": self.user, "HOST": self.folder, "PORT": port}


@contextmanager
def postgres() -> Iterator[Server]:
    """A new server, with the extensions created in its database, until the end of the block or of this process.

    Files of libpq in the user's home are not looked at, for there is no password and no TLS; nor are those of the variables
    ``PGHOST`` and its like that say where to connect.
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
        where = {"host": said, "port": server.port, "user": server.user, "dbname": server.database}
        with psycopg.connect(**where, autocommit=True) as connection:
            for extension in EXTENSIONS:
                connection.execute(f"CREATE EXTENSION {extension}".encode())
        yield server
    finally:
        guard.stdin.close()
        guard.wait()
        guard.stdout.close()
