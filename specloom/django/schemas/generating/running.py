"""From names of models and schemas to files: a Python module, and folders of the other languages, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from specloom.emitters.protocol import Emission
from specloom.emitters.registry import find_emitter
from specloom.generation import emit_target, out_of_date
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError
from specloom.jobs import Mode as Writing
from specloom.jobs import Target, TargetResult
from specloom.options import targets_of
from specloom.writing import Output, Plan, plan, write_all

from .context import Mode, schemas_context
from .module import schemas_source
from .naming import modules_named, schemas_named
from .stubs import stubs
from .validators import left_behind


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: names of schemas, a file for the Python module, a folder for each other language, and how to write."""

    names: tuple[str, ...]
    output: Path | None = None
    folders: Mapping[str, Path] = field(default_factory=dict)
    """By the name of the emitter."""
    stubs: bool = False
    """Whether a stub is written beside each module that is named; then every name is a module's."""
    options: Mapping[str, object] = field(default_factory=dict)
    mode: Mode = "validation"
    """Whether what is accepted is meant, or what is answered."""
    force: bool = False
    writing: Writing = Writing.WRITE


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it. With an error among the diagnostics nothing was written."""

    targets: tuple[TargetResult, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether it was done, without an error."""
        return not any(found.severity is Severity.ERROR for found in self.diagnostics)


def generate(request: Request) -> Result:
    """Makes all files and writes them.

    Raises ``SpecloomError``: ``nothing-to-generate``, ``not-a-module``, ``same-output``, and what ``schemas_named``,
    ``schemas_context``, the emitters and ``write_all`` raise.
    """
    targets = _targets(request)
    beside = stubs(modules_named(request.names).values()) if request.stubs else {}
    _check_apart(request, beside)
    schemas = schemas_named(request.names)
    if request.output is None and not targets:  # stubs need no document
        return _written(request, [_modules(request, folder, files) for folder, files in beside.items()], [])
    api = schemas_context(schemas, request.mode)
    found = [*api.diagnostics, *left_behind(schemas, request.mode)]
    outputs: list[tuple[Target, Output]] = []
    if request.output is not None:
        text, carried = schemas_source(schemas, api, request.mode)
        found += carried
        outputs.append(_modules(request, request.output.parent, {request.output.name: text}))
    outputs += [_modules(request, folder, files) for folder, files in beside.items()]
    for target in targets:
        emission = emit_target(api, target, force=request.force)
        found += emission.diagnostics
        outputs.append((target, _folder(target, emission, request)))
    return _written(request, outputs, found)


def _targets(request: Request) -> tuple[Target, ...]:
    if request.output is None and not request.folders and not request.stubs:
        raise SpecloomError.of(
            "nothing-to-generate", "nothing says where to write",
            hint="give --output FILE, --typescript, --go or --proto DIR, or --stubs",
        )  # fmt: skip
    if request.output is not None and (request.output.suffix != ".py" or request.output.is_dir()):
        raise SpecloomError.of("not-a-module", f"{request.output} is no Python file", hint="--output takes one: schemas.py")
    alone = {name: {"client": False} for name in request.folders if "client" in find_emitter(name).options_type.model_fields}
    return targets_of(request.folders, request.options, alone)


def _check_apart(request: Request, beside: Iterable[Path]) -> None:
    places = [path.resolve() for path in (*request.folders.values(), *beside)]
    if request.output is not None:
        places.append(request.output.resolve().parent)
    if len(set(places)) < len(places):
        raise SpecloomError.of("same-output", "two outputs have the same folder", hint="give each a folder of its own")


def _modules(request: Request, folder: Path, files: Mapping[str, str]) -> tuple[Target, Output]:
    def others(path: str) -> bool:  # modules of other runs into the same folder stay
        return path not in files

    return Target("python", folder), Output(files, folder, request.force, stays=others)


def _folder(target: Target, emission: Emission, request: Request) -> Output:
    return Output(emission, target.output, request.force, emission.shared)


def _written(request: Request, outputs: list[tuple[Target, Output]], found: list[Diagnostic]) -> Result:
    plans: tuple[Plan, ...]
    if any(each.severity is Severity.ERROR for each in found):
        return Result((), tuple(dict.fromkeys(found)))
    if request.writing is Writing.WRITE:
        plans = write_all([output for _, output in outputs])
    else:
        plans = tuple(plan(o.files, o.target, force=o.force, shared=o.shared, stays=o.stays) for _, o in outputs)
    found += [each for planned in plans for each in planned.diagnostics]
    if request.writing is Writing.CHECK:
        found += [out_of_date(planned) for planned in plans if planned.created or planned.changed or planned.deleted]
    results = tuple(TargetResult(target, planned) for (target, _), planned in zip(outputs, plans, strict=True))
    return Result(results, tuple(dict.fromkeys(found)))
