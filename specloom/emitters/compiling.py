"""Compiles .proto files for Python with grpcio-tools: ``_pb2.py``, ``_pb2_grpc.py`` and ``_pb2.pyi`` beside each."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from specloom.ir.diagnostics import SpecloomError

from .descriptors import PROBE, PROBE_TEXT, module_of

_PROTOC = "import sys; from grpc_tools.protoc import main; sys.exit(main(sys.argv))"
_PLUGINS = ("python", "pyi", "grpc_python")
_DESCRIPTORS = "descriptors.bin"
_LARGE = 200_000
"""Characters of a file from which on protoc's plugin for Python takes longer than all else: it is quadratic."""
_LONGEST_COMPLAINT = 2000
_HINT = "pip install 'specloom[proto]', or leave compiling out (--option proto.compile=false)"


def compile_protos(texts: Mapping[str, str]) -> dict[str, str]:
    """What protoc and its plugins for Python make of all ``.proto`` files among ``texts`` (path -> text), by path.

    ``_pb2_grpc.py`` is left out where a file has no service. protoc runs in a process of its own, because it complains to the
    standard error of its process; large files have one beside it, and are done without the plugin that is slow for them. The
    others see of large files only what they declare: reading all of them twice would take longest.

    Raises ``SpecloomError``: ``missing-package`` where grpcio-tools or googleapis-common-protos is not installed,
    ``invalid-proto`` where protoc refuses the files, which is a defect of specloom.
    """
    protos = {path: text for path, text in sorted(texts.items()) if path.endswith(".proto")}
    if not protos:
        return {}
    google = _installed("google.api", "googleapis-common-protos").parents[1]
    includes = [google, _installed("grpc_tools", "grpcio-tools") / "_proto"]
    large = [path for path, text in protos.items() if len(text) > _LARGE and "\nservice " not in text]
    with tempfile.TemporaryDirectory(prefix="specloom-") as name:
        folder = Path(name)
        for path, text in protos.items() if not large else (*protos.items(), (PROBE, PROBE_TEXT)):
            _write(folder / "in", path, text if "\nservice " in text else _bare(text))
        (folder / "out").mkdir()
        run = partial(_started, folder, [folder / "in", *includes])
        if large:
            others = [PROBE, *(path for path in protos if path not in large)]
            started = run(large, "pyi", descriptors=True)
            for path in large:
                _write(folder / "outlines", path, _outline(protos[path]))
            _finish(started, _started(folder, [folder / "outlines", folder / "in", *includes], others, *_PLUGINS))
            _finish(*([run(left, "python")] if (left := _write_large(folder / "out")) else []))
        else:
            _finish(run([*protos], *_PLUGINS))
        return dict(_made(folder / "out", protos))


def _write(folder: Path, path: str, text: str) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")


def _write_large(out: Path) -> list[str]:
    """Writes the modules of large files; those that are not written need the plugin."""
    from google.protobuf.descriptor_pb2 import FileDescriptorSet  # type: ignore[import-untyped]  # has no stubs

    probe = (out / _module(PROBE, "_pb2.py")).read_text(encoding="utf-8")
    left: list[str] = []
    for file in FileDescriptorSet.FromString((out / _DESCRIPTORS).read_bytes()).file:
        text = module_of(file, probe)
        if text is None:
            left.append(file.name)
        else:
            _write(out, _module(file.name, "_pb2.py"), text)
    return left


def _bare(text: str) -> str:
    """The text without comments, which stand on lines of their own, and of which only those of services reach Python."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip(" ").startswith("//"))


def _outline(text: str) -> str:
    """The messages and enums that a file of ours declares, without fields and options: all that files which import it need."""
    lines = [line for line in text.split("\n") if line.startswith(("syntax ", "package "))]
    around: list[str] = []
    for found in _DECLARED.finditer(text):
        line, indent, word = found[0], found[1], found[2]
        if word is None:
            # The braces of oneofs and enums are deeper than that of the message around them.
            if around and around[-1] == indent:
                around.pop()
                lines.append(line)
        elif word == "message":
            lines.append(line)
            if not line.endswith("}"):
                around.append(indent)
        else:
            zero = _ZERO.search(text, found.end())
            lines.append(f"{line} {zero[1] if zero else 'NONE'} = 0; }}")
    return "\n".join(lines)


_DECLARED = re.compile(r"^( *)(?:(message|enum) \w+ \{\}?|\})$", re.MULTILINE)
_ZERO = re.compile(r"^ +(\w+) = 0\b", re.MULTILINE)


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


def _started(
    folder: Path, includes: Sequence[Path], paths: Sequence[str], *plugins: str, descriptors: bool = False
) -> subprocess.Popen[bytes]:
    """A process in which protoc runs ``plugins`` on files."""
    out = folder / "out"
    outputs = [f"--{plugin}_out={out}" for plugin in plugins] + [f"--descriptor_set_out={out / _DESCRIPTORS}"] * descriptors
    arguments = folder / f"{'-'.join(plugins)}.txt"
    arguments.write_text("\n".join([*(f"-I{place}" for place in includes), *outputs, *paths]), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(
        [sys.executable, "-c", _PROTOC, f"@{arguments}"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _finish(*processes: subprocess.Popen[bytes]) -> None:
    """Waits for protoc, every process of it."""
    said = [process.communicate()[1].decode("utf-8", "replace").strip() for process in processes]
    for process, complaint in zip(processes, said, strict=True):
        if process.returncode:
            message = complaint[:_LONGEST_COMPLAINT] or f"exit code {process.returncode}"
            raise SpecloomError.of(
                "invalid-proto", f"protoc refuses the .proto files, a mistake of specloom and not of the document: {message}",
                hint="please report it; --option proto.compile=false writes the files without compiling them",
            )


def _made(out: Path, protos: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path, text in protos.items():
        endings = ("_pb2.py", "_pb2.pyi", "_pb2_grpc.py") if "\nservice " in text else ("_pb2.py", "_pb2.pyi")
        for ending in endings:
            module = _module(path, ending)
            yield module, (out / module).read_text(encoding="utf-8")


def _module(path: str, ending: str) -> str:
    """The file that protoc makes of another."""
    return path.removesuffix(".proto").replace("-", "_") + ending
