"""``specloom generate``: arguments or configuration to jobs, jobs to files, and what to say about it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import typer

from specloom.collecting import no_collection
from specloom.generation import run
from specloom.ir.diagnostics import SpecloomError
from specloom.jobs import Job, JobResult, Mode
from specloom.terminal.last_resort import stop_on_termination, told_failure
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show, show_target, times
from specloom.terminal.showing import near, one_line

from .arguments import Request, Run

USAGE = 2


def generate_command(request: Request) -> NoReturn:
    """Does what the command line says and ends with its exit code."""
    _refuse_contradictions(request)
    display = Display()
    stop_on_termination()
    jobs, files = _jobs(request, display)
    code, results = run_jobs(jobs, display, request.how)
    if request.how.watch:
        _watch(request, jobs, files, results, display)
    raise typer.Exit(code)


def _refuse_contradictions(request: Request) -> None:
    how, outputs = request.how, request.outputs
    writing_nothing = [name for name, on in (("--check", how.check), ("--dry-run", how.dry_run)) if on]
    other = [name for name, on in (("--force", how.force and how.check), ("--watch", how.watch)) if on]
    if len(writing_nothing) > 1 or (writing_nothing and other):
        raise typer.BadParameter(f"{' and '.join([*writing_nothing, *other])} do not go together")
    if request.spec is None:
        if outputs.given or request.filters.given or how.allow:
            raise typer.BadParameter("give SPEC, or leave folders, options and filters to the configuration", param_hint="SPEC")
    elif how.documents:
        raise typer.BadParameter("--document chooses from the configuration, which SPEC replaces", param_hint="--document")
    elif not (outputs.folders or outputs.others):
        raise typer.BadParameter(
            "say where to: --typescript DIR, --python DIR, --go DIR, --proto DIR, or --target EMITTER=DIR", param_hint="SPEC"
        )


def _jobs(request: Request, display: Display) -> tuple[tuple[Job, ...], tuple[Path, ...]]:
    """The jobs, and the files that say what they are. Ends the command where these are wrong."""
    how = request.how
    mode = Mode.CHECK if how.check else Mode.DRY_RUN if how.dry_run else Mode.WRITE
    try:
        if request.spec is not None:
            include, exclude = request.filters.models()
            targets = request.outputs.targets()
            return (Job(request.spec, targets, include, exclude, (), how.strict, how.allow, how.force, mode),), ()
        from specloom.configuration import find_configuration, load_configuration

        file = how.config or find_configuration(Path.cwd())
        if file is None:
            raise typer.BadParameter(
                "there is no configuration here or above; give SPEC, or write one with `specloom init`", param_hint="SPEC"
            )
        found = load_configuration(file).jobs
        jobs = [replace(job, strict=job.strict or how.strict, force=how.force, mode=mode) for job in found]
        return _chosen(jobs, how.documents, file), (file,)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    except SpecloomError as error:
        show(display, error.diagnostics, verbose=how.verbose)
        raise typer.Exit(USAGE) from None


def _chosen(jobs: Iterable[Job], names: Sequence[str], file: Path) -> tuple[Job, ...]:
    known = {job.name: job for job in jobs}
    for name in names:
        if name not in known:
            raise SpecloomError.of("unknown-document", f"there is no document {name!r}", file=str(file),
                                   hint=f"there are: {', '.join(known)}")
    chosen = tuple(known[name] for name in dict.fromkeys(names)) if names else tuple(known.values())
    for job in chosen:
        if not job.targets:
            raise SpecloomError.of("config-no-target", f"document {job.name!r} has no target", file=str(file),
                                   hint="add a table such as [documents.name.typescript] with an output")
    return chosen


def run_jobs(jobs: Sequence[Job], display: Display, how: Run) -> tuple[int, tuple[JobResult, ...]]:
    """Does the jobs one after the other (their targets at once), shows what happened, and gives the worst exit code."""
    start = time.perf_counter()
    code, results = 0, []
    for job in jobs:
        with no_collection():
            with display.watching() as observe:
                result = run(job, observe)
            code = max(code, _report(result, display, how))
        results.append(result)
    display.line(f"{'done' if code == 0 else 'failed'} in {time.perf_counter() - start:.2f} s")
    return code, tuple(results)


def _report(result: JobResult, display: Display, how: Run) -> int:
    if result.failure is not None:
        return told_failure(result.failure)
    show(display, result.diagnostics, verbose=how.verbose, of=result)
    if not display.plain and result.seconds:  # plain lines have said it already
        display.line(f"{result.job.name or one_line(near(str(result.job.source), Path.cwd()))}: {times(result.seconds)}")
    for each in result.targets:
        show_target(each, display, files=how.verbose or how.dry_run, nothing=how.dry_run or how.check, tree=how.tree)
    return 0 if result.ok else 1


def _watch(
    request: Request, jobs: Sequence[Job], files: Sequence[Path], results: Sequence[JobResult], display: Display
) -> NoReturn:
    from .watching import changes, snapshot, watched_files

    before = snapshot((*files, *watched_files(results)))
    while True:
        try:
            changed = changes(before, display)
        except KeyboardInterrupt:
            raise typer.Exit(0) from None
        display.line(f"changed: {', '.join(one_line(near(str(path), Path.cwd())) for path in changed)}")
        with suppress(typer.Exit):  # a configuration in the middle of being edited: keep what was before
            jobs, files = _jobs(request, display)
        before = snapshot(before)
        results = run_jobs(jobs, display, request.how)[1]
        wanted = [*files, *watched_files(results), *(before if any(result.document is None for result in results) else ())]
        before = {**snapshot(wanted), **{path: state for path, state in before.items() if path in wanted}}
