"""``specloom check`` and ``specloom inspect``: what a document says, and what is wrong with it."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn, assert_never

import typer
from pydantic_core import PydanticSerializationError

from specloom.generation import located, read
from specloom.ir.context import IRContext
from specloom.jobs import Job, JobResult
from specloom.terminal.last_resort import told_failure
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show

from .arguments import Filters, Format
from .sarif import sarif


def check_command(spec: str, format: Format, *, strict: bool, allow: tuple[str, ...], verbose: bool) -> NoReturn:
    """Reads a document and shows its diagnostics."""
    display = Display()
    result, api = read(Job(spec, strict=strict, allow=allow))
    _end_on_failure(result)
    match format:
        case Format.TEXT:
            show(display, result.diagnostics, verbose=verbose, of=result, notes=True)
            if api is not None and result.ok:
                display.result(f"{spec}: {len(api.operations)} operations, {len(api.schemas)} schemas")
        case Format.JSON:
            display.result(_json([found.model_dump(mode="json", exclude_none=True) for found in located(result)]))
        case Format.SARIF:
            display.result(_json(sarif(located(result), version=version("specloom"), here=Path.cwd())))
        case _:
            assert_never(format)
    raise typer.Exit(0 if result.ok else 1)


def inspect_command(spec: str, filters: Filters, *, allow: tuple[str, ...]) -> NoReturn:
    """Prints the IR of a document as JSON; its diagnostics go to stderr where they are errors."""
    include, exclude = filters.models()
    result, api = read(Job(spec, include=include, exclude=exclude, allow=allow))
    _end_on_failure(result)
    display = Display()
    if api is None:
        show(display, result.diagnostics, verbose=False, of=result)
        raise typer.Exit(1)
    display.result(_dumped(api))
    raise typer.Exit(0)


def _dumped(api: IRContext) -> str:
    try:
        return api.model_dump_json(indent=2)
    except PydanticSerializationError:  # half a surrogate pair in a text, which JSON can say only as an escape
        return json.dumps(api.model_dump(), indent=2)


def _end_on_failure(result: JobResult) -> None:
    if result.failure is not None:
        raise typer.Exit(told_failure(result.failure))


def _json(value: list[dict[str, object]] | dict[str, object]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
