"""Compiles .proto files for Python with grpcio-tools: ``_pb2.py``, ``_pb2_grpc.py`` and ``_pb2.pyi`` beside each."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from specloom.ir.diagnostics import SpecloomError

_PROTOC = "import sys; from grpc_tools.protoc import main; sys.exit(main(sys.argv))"
_PLUGINS = ("python", "pyi", "grpc_python")
_LONGEST_COMPLAINT = 2000
_HINT = "pip install 'specloom[proto]', or leave compiling out (--option proto.compile=false)"


def compile_protos(texts: Mapping[str, str]) -> dict[str, str]:
    """What protoc and its plugins for Python make of all ``.proto`` files among ``texts`` (path -> text), by path.

    ``_pb2_grpc.py`` is left out where a file has no service. protoc runs once, in a process of its own, because it complains
    to the standard error of its process.

    Raises ``SpecloomError``: ``missing-package`` where grpcio-tools or googleapis-common-protos is not installed,
    ``invalid-proto`` where protoc refuses the files, which is a defect of specloom.
    """
    protos = {path: text for path, text in sorted(texts.items()) if path.endswith(".proto")}
    if not protos:
        return {}
    google = _installed("google.api", "googleapis-common-protos").parents[1]
    includes = [google, _installed("grpc_tools", "grpcio-tools") / "_proto"]
    with tempfile.TemporaryDirectory(prefix="specloom-") as name:
        folder = Path(name)
        source, out = folder / "in", folder / "out"
        out.mkdir()
        for path, text in protos.items():
            place = source / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
        options = [f"-I{place}" for place in (source, *includes)] + [f"--{plugin}_out={out}" for plugin in _PLUGINS]
        (folder / "arguments").write_text("\n".join([*options, *protos]), encoding="utf-8")
        _run(folder)
        return {path: text for path, text in _made(out) if not path.endswith("_pb2_grpc.py") or _has_service(path, protos)}


def _installed(package: str, distribution: str) -> Path:
    """The folder of an installed package, which is not imported."""
    try:
        spec = find_spec(package)
    except ModuleNotFoundError:  # the package around it is missing
        spec = None
    if spec is None or not spec.submodule_search_locations:
        message = f"{distribution} is not installed, which compiling .proto files for Python needs"
        raise SpecloomError.of("missing-package", message, hint=_HINT)
    return Path(next(iter(spec.submodule_search_locations)))


def _run(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-c", _PROTOC, f"@{folder / 'arguments'}"], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[:_LONGEST_COMPLAINT] or f"exit code {done.returncode}"
        raise SpecloomError.of(
            "invalid-proto", f"protoc refuses the .proto files, which is a mistake of specloom and not of the document: {said}",
            hint="please report it; --option proto.compile=false writes the files without compiling them",
        )


def _made(out: Path) -> Iterator[tuple[str, str]]:
    for place in sorted(out.rglob("*.py*")):
        yield place.relative_to(out).as_posix(), place.read_text(encoding="utf-8")


def _has_service(path: str, protos: Mapping[str, str]) -> bool:
    return "\nservice " in protos[path.removesuffix("_pb2_grpc.py") + ".proto"]
