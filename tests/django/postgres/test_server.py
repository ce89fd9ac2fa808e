"""The server that the tests of this folder run on: alone on its socket, and gone with whoever asked for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[3]


@pytest.mark.django_db
def test_the_tests_run_on_a_server_of_their_own() -> None:
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings")
        settings = dict(cursor.fetchall())
        cursor.execute("SELECT datcollate, datctype, pg_encoding_to_char(encoding) FROM pg_database")
        assert set(cursor.fetchall()) == {("C", "C", "UTF8")}
    folder = connection.settings_dict["HOST"]
    assert settings["listen_addresses"] == ""
    assert settings["unix_socket_directories"] == folder
    assert settings["data_directory"].startswith(folder)
    assert settings["fsync"] == "off"


SERVING = """
import sys
from tests.harness.postgres.server import postgres
with postgres() as server:
    print(server.folder, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("killed", [True, False])
def test_nothing_is_left_of_it(killed: bool) -> None:
    environment = {**os.environ, "PGPORT": "1", "PGHOST": "nowhere", "PGPASSFILE": "/nowhere"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", SERVING], cwd=ROOT, env=environment, text=True, **pipes) as child:
        assert child.stdin is not None and child.stdout is not None and child.stderr is not None
        folder = Path(child.stdout.readline().strip())
        assert folder.is_absolute(), child.stderr.read()
        server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(server, 0)
        if killed:
            child.kill()
        else:
            child.stdin.close()
        assert child.stderr.read() == ""  # which ends when nobody is left who could write
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
