"""Judges proto: buf's lint, format and breaking changes, and protoc, over many modules in few runs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

from .tools import run, write_files


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


def unformatted(texts: Mapping[str, str], folder: Path) -> str:
    """What ``buf format`` would change in .proto files, as a diff; they are written below ``folder``."""
    write_files({path: text for path, text in texts.items() if path.endswith(".proto")}, folder)
    return run_buf(["format", "-d", "--exit-code"], folder)


def descriptors(folder: Path, paths: Iterable[str], *, comments: bool = False) -> FileDescriptorSet:
    """What protoc reads in files below ``folder``, all of which it accepts; with ``comments``, also where everything stands."""
    out, names = folder / "descriptors.bin", folder / "names.txt"
    names.write_text("\n".join(paths))
    options = [f"-I{place}" for place in (folder, *include_paths())] + [f"--descriptor_set_out={out}"]
    done = run([sys.executable, "-m", "grpc_tools.protoc", *options, *["--include_source_info"] * comments, f"@{names}"], folder)
    assert done.returncode == 0 and not done.stderr, done.stderr[-4000:]
    return FileDescriptorSet.FromString(out.read_bytes())
