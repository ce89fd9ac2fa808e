"""Judges proto: buf's lint, format and breaking changes, and protoc, over many modules in few runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .tools import run


@cache
def buf() -> str:
    """The path of buf, which PyPI's buf-bin brings into this environment."""
    found = Path(sys.executable).parent / "buf"
    if not found.exists():
        raise AssertionError("buf is needed: run `make test`, which brings it")
    return str(found)


@cache
def include_paths() -> tuple[Path, ...]:
    """Where ``google/api`` and ``google/protobuf`` are, for protoc's ``-I``."""
    places = []
    for package, inside in (("google.api", ".."), ("grpc_tools", "_proto")):
        spec = find_spec(package)
        assert spec is not None and spec.submodule_search_locations, f"{package} is not installed"
        folder = Path(next(iter(spec.submodule_search_locations)))
        places.append(folder.parent.parent if inside == ".." else folder / inside)
    return tuple(places)


def run_buf(arguments: Sequence[str | Path], cwd: Path) -> str:
    """What buf says; nothing where it is content."""
    done = run([buf(), *arguments], cwd)
    if done.returncode not in (0, 100):
        raise AssertionError(f"buf {arguments[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout
