"""``specloom init`` and ``specloom config-schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import typer

from specloom.configuration import config_schema, template
from specloom.configuration.finding import OWN_FILE, SHARED_FILE, find_configuration
from specloom.emitters.registry import emitter_names, find_emitter
from specloom.ir.diagnostics import SpecloomError
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show

_USUAL = tuple(f"{stem}.{ending}" for stem in ("openapi", "schema", "swagger", "api") for ending in ("yaml", "yml", "json"))


def init_command(spec: str | None, name: str | None, *, pyproject: bool) -> NoReturn:
    """Writes a commented configuration, never over one that is there."""
    here = Path.cwd()
    display = Display()
    file = here / (SHARED_FILE if pyproject else OWN_FILE)
    try:
        existing = find_configuration(here)
        if existing is not None and existing.parent == here:
            raise SpecloomError.of("config-exists", "configures specloom already; nothing was written", file=str(existing),
                                   hint="edit it, or remove it first")
        source = spec or next((usual for usual in _USUAL if (here / usual).is_file()), _USUAL[0])
        text = template(name or here.name or "api", source, shared=pyproject)
        before = file.read_bytes() if file.exists() else b""
        gap = b"\n" * (0 if not before else 1 if before.endswith(b"\n") else 2)
        file.write_bytes(before + gap + text.encode())
    except OSError as error:
        display.line(f"error not-permitted: cannot write {file.name}: {error.strerror}")
        raise typer.Exit(1) from None
    except SpecloomError as error:
        show(display, error.diagnostics, verbose=False)
        raise typer.Exit(1) from None
    display.result(f"wrote {file.name}; edit it, then run `specloom generate`")
    raise typer.Exit(0)


def schema_command() -> NoReturn:
    """Prints the JSON Schema of the configuration."""
    emitters = {name: find_emitter(name).options_type for name in emitter_names()}
    Display().result(json.dumps(config_schema(emitters), indent=2, ensure_ascii=False))
    raise typer.Exit(0)
