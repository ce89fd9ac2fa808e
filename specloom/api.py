"""The functions that ``import specloom`` offers: load, emit, generate, generate_many, compare."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from specloom.collecting import no_collection
from specloom.emitters.protocol import Emission, Emitter, EmitterOptions
from specloom.emitters.registry import find_emitter
from specloom.generation import located, run
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError
from specloom.ir.filtering import NOTHING, OperationFilter, filter_operations
from specloom.ir.paging import PagingRule
from specloom.jobs import Job, JobResult, Mode, Target, as_errors
from specloom.judging import judged_meanwhile
from specloom.options import options_of, targets_of
from specloom.reading import Judge, locate, read_document

if TYPE_CHECKING:
    from specloom.comparing import Comparison

Chosen = TypeVar("Chosen", bound=EmitterOptions)


def load(
    source: str | Path | bytes | Mapping[str, object],
    *,
    include: OperationFilter = NOTHING,
    exclude: OperationFilter = NOTHING,
    paging: Sequence[PagingRule] = (),
    strict: bool = False,
    allow: Collection[str] = (),
) -> IRContext:
    """Reads an OpenAPI 3.0, 3.1 or 3.2 document into the intermediate representation.

    Args:
        source: a path, an allowed URL, the document's own text or bytes, or its parsed data.
        include: only operations that match every kind of pattern it names; schemas no longer used are left out.
        exclude: no operations that match any pattern it names.
        paging: how operations page whose paging cannot be recognised; the first rule that names an operation counts.
        strict: warnings are errors.
        allow: files outside the document's folder, and URLs, that it may refer to.

    Returns:
        The API. ``diagnostics`` of it are the warnings and notes about the document, with lines.

    Raises:
        SpecloomError: the document cannot be used; carries every diagnostic found, with lines.
    """
    from specloom.reading.lowering import lower

    def read(judge: Judge | None) -> tuple[IRContext, tuple[Diagnostic, ...]]:
        document = read_document(source, strict=strict, allow=allow, judge=judge)
        try:
            api = filter_operations(lower(document, paging=paging), include, exclude)
        except SpecloomError as error:
            raise SpecloomError(locate(as_errors(error.diagnostics) if strict else error.diagnostics, document)) from None
        return api, locate(as_errors(api.diagnostics) if strict else api.diagnostics, document)

    with no_collection():
        api, found = judged_meanwhile(read)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise SpecloomError(found)
    return api.model_copy(update={"diagnostics": found})


def emit(api: IRContext, emitter: str | Emitter[Chosen], options: Chosen | None = None, /, **named: object) -> Emission:
    """Makes all files of one language in memory; nothing is written.

    Args:
        api: what :func:`load` returned.
        emitter: a name (``typescript``, ``python``, ``go``, ``proto``, or one registered as entry point in
            ``specloom.emitters``), or an emitter of your own.
        options: the emitter's options as its own model; or give them by name: ``zod=True``.
        named: options by name.

    Returns:
        The files, a mapping of relative path to text, with ``diagnostics`` and ``seconds`` of each phase.

    Raises:
        SpecloomError: ``unknown-emitter``, ``unknown-option``, ``bad-option``.
        TypeError: options are given both ways.
    """
    if options is not None and named:
        raise TypeError("give options as a model or by name, not both")
    name = emitter if isinstance(emitter, str) else type(emitter).__name__
    maker = cast("Emitter[Chosen]", find_emitter(emitter)) if isinstance(emitter, str) else emitter
    chosen = cast("Chosen", options_of(name, maker.options_type, named)) if options is None else options
    with no_collection():
        return maker.emit(api, chosen)


def generate(
    source: str | Path,
    *,
    typescript: str | Path | None = None,
    python: str | Path | None = None,
    go: str | Path | None = None,
    proto: str | Path | None = None,
    targets: Iterable[Target] = (),
    include: OperationFilter = NOTHING,
    exclude: OperationFilter = NOTHING,
    paging: Sequence[PagingRule] = (),
    strict: bool = False,
    allow: Collection[str] = (),
    force: bool = False,
    mode: Mode = Mode.WRITE,
    **options: object,
) -> JobResult:
    """Reads a document and writes clients, all or none of them.

    Args:
        source: a path or an allowed URL.
        typescript: the folder of a TypeScript client.
        python: the folder of a Python client.
        go: the folder of a Go client, a module of its own.
        proto: the folder of proto3 files and what protoc makes of them for Python.
        targets: further targets, or the same with options of their own.
        include, exclude, paging, strict, allow: as in :func:`load`; ``strict`` counts what a language cannot carry over too.
        force: overwrites files that people changed or own in the target folders.
        mode: ``Mode.CHECK`` and ``Mode.DRY_RUN`` write nothing.
        options: options of the emitters by name (``zod=True``); each goes to all targets above that have it.

    Returns:
        What became of it: per target a plan (``created``, ``changed``, ``unchanged``, ``deleted``, ``kept``) and times.

    Raises:
        SpecloomError: the document, an option or a target folder is at fault; nothing was written.
    """
    asked = {"typescript": typescript, "python": python, "go": go, "proto": proto}
    named = {name: output for name, output in asked.items() if output is not None}
    job = Job(
        source, (*targets_of(named, options), *targets), include, exclude, tuple(paging), strict, tuple(allow), force, mode
    )
    result = run(job)
    return replace(result, diagnostics=located(result), document=None).raise_errors()


def compare(
    old: IRContext | str | Path | bytes | Mapping[str, object],
    new: IRContext | str | Path | bytes | Mapping[str, object],
    *,
    include: OperationFilter = NOTHING,
    exclude: OperationFilter = NOTHING,
    strict: bool = False,
    allow: Collection[str] = (),
) -> Comparison:
    """Says what changed between two documents, and what it means for clients that exist already.

    Args:
        old: the document that existing clients know: what :func:`load` returned, or anything that it reads.
        new: the document as it is to be.
        include, exclude, strict, allow: as in :func:`load`, for both.

    Returns:
        The changes, each with its place and its impact; ``breaking``, ``counts``, ``text()``, ``markdown()``, ``json()``.

    Raises:
        SpecloomError: a document cannot be used.
    """
    from specloom.comparing import compare as compare_apis

    old_api, new_api = (
        filter_operations(each, include, exclude) if isinstance(each, IRContext)
        else load(each, include=include, exclude=exclude, strict=strict, allow=allow)
        for each in (old, new)
    )
    with no_collection():
        return compare_apis(old_api, new_api)


def generate_many(jobs: Iterable[Job], *, executor: Executor | None = None) -> tuple[JobResult, ...]:
    """Does many jobs at once.

    Args:
        jobs: what to do; no two may write to the same folder.
        executor: any ``concurrent.futures.Executor`` (a Dask client's too); a pool of processes, one per core, by default. It
            stays open.

    Returns:
        A result per job, in the order of the jobs. What is wrong with one job is in its result and does not touch others.

    Raises:
        SpecloomError: ``same-output``.
    """
    everything = tuple(jobs)
    _distinct(everything)
    if executor is not None:
        return _submitted(everything, executor)
    if len(everything) < 2:
        return tuple(run_alone(job) for job in everything)
    from concurrent.futures import ProcessPoolExecutor  # brings multiprocessing along, which no other call needs

    with ProcessPoolExecutor(max_workers=min(len(everything), os.cpu_count() or 1)) as pool:
        return _submitted(everything, pool)


def run_alone(job: Job) -> JobResult:
    """Does a job where nobody watches; the result can travel between processes."""
    result = run(job)
    return replace(result, diagnostics=located(result), document=None)


def _submitted(jobs: Sequence[Job], executor: Executor) -> tuple[JobResult, ...]:
    futures = [executor.submit(run_alone, job) for job in jobs]
    return tuple(_outcome(job, future) for job, future in zip(jobs, futures, strict=True))


def _outcome(job: Job, future: Future[JobResult]) -> JobResult:
    try:
        return future.result()
    except Exception as error:  # the worker died, or the executor could not carry the job to it
        return JobResult(job, failure=f"{type(error).__name__}: {error}")


def _distinct(jobs: Iterable[Job]) -> None:
    taken: dict[Path, str] = {}
    for job in jobs:
        for target in job.targets:
            name = f"{job.name or job.source} ({target.emitter})"
            place = target.output.resolve()
            if place in taken:
                raise SpecloomError.of("same-output", f"{taken[place]} and {name} have the same output", file=str(target.output),
                                       hint="give each a folder of its own")
            taken[place] = name
