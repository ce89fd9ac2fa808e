"""Runs a PostgreSQL server until its standard input ends: ``python guard.py FOLDER_OF_BINARIES``.

Whoever started it holds the other end of that pipe, which the system closes however that process ends; then the server is
stopped and its folder is gone. It says where the server's socket is in one line, when the server answers, or what went wrong.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Any

SOCKET = ".s.PGSQL.5432"
LONGEST = 100
"""Of the path of a socket: 104 on macOS, 108 on Linux."""
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "16MB",
    "max_connections": "20",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def main(binaries: Path) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal; the one who started this is told too
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _leave)
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_temporary()))
    server: subprocess.Popen[bytes] | None = None
    try:
        account = _account(folder)
        server = _started(_reachable(binaries, folder, account), folder, account)
        _say(str(folder))
        sys.stdin.buffer.read()
    except (subprocess.CalledProcessError, RuntimeError, OSError) as error:
        _say(f"error: {error} {getattr(error, 'stderr', '') or ''}".replace("\n", " "))
        return 1
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # at once: nobody reads this database again
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _say(line: str) -> None:
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # whoever wanted to know is gone
        pass


def _leave(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)


def _temporary() -> str:
    """A folder whose name leaves room for that of a socket, and that every user can enter."""
    found = tempfile.gettempdir()
    room = len(os.path.join(os.path.realpath(found), "pg-12345678", SOCKET)) <= LONGEST  # noqa: PTH118 - only its length
    return found if room and os.geteuid() != 0 else "/tmp"


def _account(folder: Path) -> dict[str, Any]:
    """As whom the server runs: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(binaries: Path, folder: Path, account: dict[str, Any]) -> Path:
    """The binaries, or a copy of them where that other user must not enter the folder they are in."""
    try:
        subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, cwd="/", **account)
    except PermissionError:
        shutil.copytree(binaries.parent, folder / "server", symlinks=True)
        return folder / "server" / binaries.name
    return binaries


def _started(binaries: Path, folder: Path, account: dict[str, Any]) -> subprocess.Popen[bytes]:
    data, log = folder / "data", folder / "log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    surroundings: dict[str, Any] = {"cwd": folder, "env": {**kept, "LC_ALL": "C", "TZ": "UTC"}, **account}
    initdb = [binaries / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--no-sync"]
    initdb += ["--locale=C", "--encoding=UTF8"]
    subprocess.run(initdb, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL, **surroundings)
    settings = {**SETTINGS, "unix_socket_directories": str(folder)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, *options], preexec_fn=_end_with_parent, **pipes, **surroundings
        )
    while not _answers(data / "postmaster.pid"):
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended with {server.returncode}: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.01)
    return server


def _end_with_parent() -> None:
    """Linux stops the server even where this process was killed and could not."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _answers(status: Path) -> bool:
    """Whether the server says that it does, in the last line of its file, as pg_ctl looks for it."""
    try:
        return "ready" in status.read_text().splitlines()[-1]
    except (FileNotFoundError, IndexError):
        return False


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
