"""The example shop in processes of its own: its commands, and a server on loopback with a real database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.harness.emitting import SHOP

SERVE = Path(__file__).parent / "server" / "serve.py"


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that the server saw, and the status of its answer."""

    client: str | None
    """What the client says it is."""
    request: str
    status: int


@dataclass(frozen=True, slots=True)
class Shop:
    """A running server."""

    places: Mapping[str, str]
    """Environment variables for clients: where the server is, and what they find there."""
    expired: Mapping[str, str]
    """By the address of a customer, a token that is good no more."""
    log: Path

    def answered(self, client: str) -> list[Answered]:
        """All that a client asked so far."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [found for found in (Answered(**json.loads(line)) for line in lines) if found.client == client]


@contextmanager
def serving(folder: Path) -> Iterator[Shop]:
    """The shop, newly filled, with everything it keeps in ``folder``; the server is gone when the block ends."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (SHOP.parent, SHOP.parents[2]))),
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "SHOP_DATABASE": str(folder / "shop.sqlite3"),
        "SHOP_DEBUG": "0",
    }
    log, errors = folder / "answered.jsonl", folder / "stderr.txt"
    with errors.open("w") as said, subprocess.Popen(
        [sys.executable, SERVE, log],
        cwd=SHOP.parent, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        try:
            started = process.stdout.readline()
            assert started, errors.read_text()
            yield Shop(**json.loads(started), log=log)
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            finally:
                process.kill()


def generating(base: Path, *options: str) -> subprocess.Popen[str]:
    """The shop's ``generate_api`` into the folder ``api`` in ``base``, started."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "generate_api", "--output-dir", str(base / "api"), *options],
        cwd=SHOP.parent, env={**os.environ, "DJANGO_SETTINGS_MODULE": "shop.settings"},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
