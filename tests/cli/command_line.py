"""Small emitters in the place of the built-in ones, so that these tests are about the command line only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from typer.testing import CliRunner, Result

from specloom.cli.app import app
from specloom.emitters import registry
from specloom.emitters.protocol import Emission, EmitterOptions
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity


class ScriptOptions(EmitterOptions):
    zod: bool = False
    fetchers: bool = False
    hooks: bool = False
    package_files: bool = False
    import_ending: Literal["", ".js", ".ts"] = ""


class SnakeOptions(EmitterOptions):
    package_files: bool = False
    formatter: str = "black"


class Script:
    """A file per operation; says a warning for every operation whose id holds ``odd``; breaks where one holds ``broken``."""

    options_type = ScriptOptions

    def emit(self, api: IRContext, options: ScriptOptions) -> Emission:
        if any("broken" in operation.operation_id for operation in api.operations):
            raise ZeroDivisionError("a defect of the emitter")
        files = {f"{operation.operation_id}.ts": f"// {operation.path}\n" for operation in api.operations}
        files["options.ts"] = f"// {options!r}\n"
        odd = [operation for operation in api.operations if "odd" in operation.operation_id]
        return Emission(files, tuple(
            Diagnostic(code="name-changed", severity=Severity.WARNING, message=f"{operation.operation_id} is renamed",
                       pointer=operation.pointer)
            for operation in odd
        ), {"build": 0.5})


class Snake:
    options_type = SnakeOptions

    def emit(self, api: IRContext, options: SnakeOptions) -> Emission:
        return Emission({"client.py": f"# {api.info.title} {options!r}\n"})


class BufferOptions(EmitterOptions):
    package: str | None = None


class Buffer:
    options_type = BufferOptions

    def emit(self, api: IRContext, options: BufferOptions) -> Emission:
        return Emission({"service.proto": f"// {options!r}\n"})


class CommandLine:
    """The command line in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), catch_exceptions=False)

    def write(self, path: str, text: str) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def tree(self, folder: str) -> dict[str, str]:
        root = self.folder / folder
        return {p.relative_to(root).as_posix(): p.read_text() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture
def specloom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.delenv("SPECLOOM_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    makers = {"typescript": Script(), "python": Snake(), "go": Snake(), "proto": Buffer()}
    monkeypatch.setattr(registry, "find_emitter", makers.__getitem__)
    for module in ("specloom.generation", "specloom.options", "specloom.configuration.finding", "specloom.cli.configuring"):
        monkeypatch.setattr(f"{module}.find_emitter", makers.__getitem__)
    return CommandLine(tmp_path)
