"""The Python emitter: a package of Pydantic models and httpx clients. Decides files and options, builds nothing itself."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from time import perf_counter
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from specloom.builders.naming import snake, words
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

from .protocol import Emission, EmitterOptions
from .registry import find_formatter

if TYPE_CHECKING:
    from specloom.builders.python.nodes import Module
    from specloom.builders.python.types import TypeMapper


class PythonOptions(EmitterOptions):
    """What can be said about a Python client."""

    package_name: str | None = Field(None, description="name of the package, for pyproject.toml; by default made of the title")
    package_files: bool = Field(False, description="write pyproject.toml too, so that the client can be installed by itself")
    formatter: str = Field(
        "none",
        description="black, none, or a registered formatter. Files are printed as black leaves them, which is tested on every "
        "document at hand, so black is only asked where this says so: it takes several times as long as everything else",
    )
    formats: Mapping[str, str] = Field(
        default_factory=dict, description='types of your own by format: {"money": "decimal:Decimal"}'
    )

    @field_validator("package_name")
    @classmethod
    def _is_identifier(cls, value: str | None) -> str | None:
        if value is not None and (not value.isidentifier() or keyword.iskeyword(value)):
            raise ValueError("is no name that can be imported")
        return value

    @field_validator("formats")
    @classmethod
    def _are_paths(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for path in value.values():
            if not _PATH.fullmatch(path):
                raise ValueError(f"{path!r} is not of the form module:Name")
        return value


_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)


class PythonEmitter:
    """Makes Python packages."""

    options_type = PythonOptions

    def emit(self, api: IRContext, options: PythonOptions) -> Emission:
        """All files of the package, the runtime among them.

        Raises:
            SpecloomError: ``unknown-formatter``, ``broken-formatter``; ``invalid-python-nodes`` where specloom is at fault.
        """
        from specloom.printers.python import print_module

        start = perf_counter()
        modules, diagnostics = _modules(api, options)
        built = perf_counter()
        printed = {"/".join(module.path) + ".py": print_module(module) for module in modules}
        done = perf_counter()
        formatted, changed = _formatted(printed, options.formatter)
        seconds = {"build": built - start, "print": done - built, "format": perf_counter() - done}
        texts = {**formatted, **runtime_files(), "py.typed": ""}
        if options.package_files:
            texts["pyproject.toml"] = _pyproject(api, options)
        return Emission(dict(sorted(texts.items())), (*diagnostics, *changed), seconds)


def _modules(api: IRContext, options: PythonOptions) -> tuple[list[Module], tuple[Diagnostic, ...]]:
    """The package's own files as nodes, checked."""
    from specloom.builders.python.client import client_module, package_modules
    from specloom.builders.python.enums import enums_module
    from specloom.builders.python.models import class_names, models_modules, sent_schemas
    from specloom.builders.python.names import allocate_names
    from specloom.builders.python.security import python_security
    from specloom.builders.python.subclients import subclients_modules
    from specloom.builders.python.types import TypeMapper
    from specloom.builders.python.validator import validate

    names = allocate_names(api)
    types = _overridden(TypeMapper(names, api.schemas, dicts=sent_schemas(api)), options.formats)
    security = python_security(api)
    models = models_modules(api, names, types)
    subclients = subclients_modules(api, names, types, security, class_names(api, names))
    modules = [
        *package_modules(api),
        client_module(api, names, security),
        enums_module(api, names),
        *models.modules,
        *subclients.modules,
    ]
    problems = validate(modules)
    if problems:
        raise SpecloomError(problems)
    found = (*names.diagnostics, *security.diagnostics, *models.diagnostics, *subclients.diagnostics)
    return modules, found


def _overridden(types: TypeMapper, formats: Mapping[str, str]) -> TypeMapper:
    from specloom.builders.python.nodes import Symbol

    for format, path in formats.items():
        module, _, name = path.partition(":")
        types = types.override(format, Symbol(module, name))
    return types


def _formatted(texts: Mapping[str, str], name: str) -> tuple[dict[str, str], Iterable[Diagnostic]]:
    """The texts formatted, and a diagnostic that says how many of them that changed."""
    formatter = _formatter(name)
    if formatter is None:
        return dict(texts), ()
    result = {path: formatter(text) for path, text in texts.items()}
    changed = [path for path, text in result.items() if text != texts[path]]
    message = f"{name} changed {len(changed)} of {len(texts)} files"
    if changed:
        message += f": {', '.join(changed)}"
    return result, (Diagnostic(code="formatted", severity=Severity.INFO, message=message),)


def _formatter(name: str) -> Callable[[str], str] | None:
    from specloom.printers.formatters import FORMATTERS

    if name == "none":
        return None
    return FORMATTERS[name] if name in FORMATTERS else find_formatter(name)


def runtime_files() -> dict[str, str]:
    """The modules that every client has, as they are in specloom."""
    folder = files("specloom.runtime") / "python"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".py")), key=lambda f: f.name)
    return {f.name: f.read_text(encoding="utf-8") for f in found}


def package_name(api: IRContext, options: PythonOptions) -> str:
    """The name of the package: as the options say, else made of the title."""
    if options.package_name is not None:
        return options.package_name
    name = snake(re.sub(r"\W", "", word, flags=re.ASCII) for word in words(api.info.title))
    name = re.sub(r"[^a-z0-9_]", "", name).strip("_") or "api"
    if name.isidentifier() and not keyword.iskeyword(name):
        return name
    return f"{name}_client" if name[0].isalpha() else f"api_{name}"


def _pyproject(api: IRContext, options: PythonOptions) -> str:
    """A project file that lies in the package's own folder."""
    name = package_name(api, options)
    version = api.info.version if re.fullmatch(r"\d+(\.\d+)*((a|b|rc)\d+)?", api.info.version) else "0.0.0"
    description = " ".join(f"A client of the {api.info.title}.".split())
    return f"""[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = {_toml(name.replace("_", "-"))}
version = {_toml(version)}
description = {_toml(description)}
requires-python = ">=3.11"
dependencies = ["httpx>=0.27", "pydantic>=2.11,<3"]

[tool.hatch.build.targets.wheel]
include = ["*.py", "models/*.py", "subclients/*.py", "py.typed"]

[tool.hatch.build.targets.wheel.sources]
"" = {_toml(name)}
"""


def _toml(text: str) -> str:
    """A basic string of TOML, which JSON's are too, but for DEL and what is no character."""
    return json.dumps("".join(c if c.isprintable() else " " for c in text), ensure_ascii=False)
