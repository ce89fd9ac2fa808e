"""Generates a project: makes all files, writes them all or none, keeps a copy in the archive, and says what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from specloom.collecting import no_collection
from specloom.django.project import Project
from specloom.emitters.protocol import Emission
from specloom.generation import Observer, Step, silent
from specloom.ir.diagnostics import SpecloomError
from specloom.jobs import Mode, TargetResult
from specloom.writing import Output, clear

from .choosing import chosen_groups, chosen_languages
from .cleaning import left_over
from .index import index_files
from .making import Describe, GroupFiles, make_groups
from .packages import package_copies
from .placing import Key, Part, Placed, place
from .results import GenerationSummary, GroupResult, PackageResult


def generate_project(
    project: Project,
    *,
    groups: Sequence[str] = (),
    languages: Sequence[str] = (),
    mode: Mode = Mode.WRITE,
    archive: bool = True,
    clean: bool = False,
    force: bool = False,
    workers: int | None = None,
    monorepo: bool = True,
    observe: Observer = silent,
    describe: Describe | None = None,
) -> GenerationSummary:
    """Makes the documents and clients of a project's groups, and writes them all or, where writing fails, none.

    A group that something is wrong with is not written, its result says why, and the others are written without it.

    Args:
        project: what the settings say.
        groups: names of groups; none named means all.
        languages: names of languages; none named means the project's.
        mode: ``Mode.CHECK`` and ``Mode.DRY_RUN`` write nothing at all; the first makes errors of what is out of date.
        archive: whether a copy is kept, where the project keeps any.
        clean: removes what earlier runs wrote for groups and languages that the project has no more. A person's files stay.
        force: gives up what people changed in generated files.
        workers: how many tasks at most run at once, in place of the project's number; never more than there are cores.
        monorepo: whether packages get their copies.
        observe: is told of each step.
        describe: makes the document of a group; by drf-spectacular where it is not given.

    Raises:
        SpecloomError: a group or language that is not there; ``no-group``, ``no-language``.
    """
    start = time.perf_counter()
    chosen, spoken = chosen_groups(project, groups), chosen_languages(project, languages)
    with no_collection():
        made = make_groups(
            project, chosen, spoken, describe=describe or _spectacular(), force=force,
            workers=project.workers if workers is None else workers, observe=observe,
        )  # fmt: skip
        run = _Run(project, spoken, made, clean and mode is Mode.WRITE, force, monorepo)
        with _phase(observe, "write" if mode is Mode.WRITE else "compare"):
            placed = place(run.parts, mode)
    summary = _summary(run, placed, mode)
    if mode is Mode.WRITE:
        if run.clean:
            summary = _attempt(summary, partial(_cleaned, run))
        if archive and project.archive.enabled and any(result.ok for result in summary.results):
            with _phase(observe, "archive"):
                summary = _attempt(summary, partial(_archived, run, time.perf_counter() - start))
    return replace(summary, seconds=time.perf_counter() - start)


def _spectacular() -> Describe:
    from specloom.django.openapi import group_document

    return group_document


@contextmanager
def _phase(observe: Observer, name: str) -> Iterator[None]:
    observe(Step("", name))
    start = time.perf_counter()
    yield
    observe(Step("", name, seconds=time.perf_counter() - start))


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run is about, and the files of its groups."""

    project: Project
    languages: tuple[str, ...]
    made: tuple[GroupFiles, ...]
    clean: bool
    force: bool
    monorepo: bool

    def parts(self, without: Collection[Key]) -> list[Part]:
        """What is to be written: each group, then what is made of several together."""
        whole = [files for files in self.made if files.whole and ("group", files.group.name) not in without]
        found = [Part(("group", files.group.name), self._outputs(files)) for files in whole]
        if "typescript" in self.languages:
            folder = self.project.outputs.clients / "typescript"
            index = index_files(self.project, folder, {files.group.name for files in whole})
            found.append(Part(("index", ""), (Output(index, folder, self.force),)))
        if self.monorepo:
            found += [
                Part(("package", str(copies.output.target)), (copies.output,), copies.diagnostics)
                for copies in package_copies(self.project, _clients(whole), force=self.force)
            ]
        if self.clean:
            documents = frozenset(f"{group.name}.yaml" for group in self.project.groups)
            found.append(Part(("clean", ""), (Output({}, self.project.outputs.schemas, stays=documents.__contains__),)))
        return [part for part in found if part.key not in without]

    def _outputs(self, files: GroupFiles) -> tuple[Output, ...]:
        """The document of a group, then its clients."""
        document = Output({f"{files.group.name}.yaml": files.text}, self.project.outputs.schemas, self.force, stays=_anything)
        clients = (
            Output(emission, self.project.outputs.client(language, group), self.force, emission.shared)
            for (language, group), emission in _clients([files]).items()
        )
        return (document, *clients)


def _anything(path: str) -> bool:
    return True


def _clients(whole: Sequence[GroupFiles]) -> dict[tuple[str, str], Emission]:
    """The files of each client, by language and group."""
    return {
        (target.emitter, files.group.name): emission
        for files in whole if files.made is not None
        for target, emission in zip(files.made.job.targets, files.made.emissions, strict=True)
    }


def _summary(run: _Run, placed: Mapping[Key, Placed], mode: Mode) -> GenerationSummary:
    nothing = Placed()
    outputs = {
        (language, files.group.name): run.project.outputs.client(language, files.group.name)
        for language in run.languages for files in run.made
    }
    index = placed.get(("index", ""), nothing)
    return GenerationSummary(
        tuple(_result(files, placed.get(("group", files.group.name), nothing)) for files in run.made),
        run.languages,
        outputs,
        mode,
        index=index.plans[0] if index.plans else None,
        packages=tuple(
            PackageResult(Path(path), part.plans[0] if part.plans else None, part.diagnostics)
            for (kind, path), part in placed.items() if kind == "package"
        ),
        diagnostics=(*index.diagnostics, *placed.get(("clean", ""), nothing).diagnostics),
    )


def _result(files: GroupFiles, placed: Placed) -> GroupResult:
    made = files.made
    found = tuple(dict.fromkeys((*files.diagnostics, *placed.diagnostics)))
    if made is None or not placed.plans:
        return GroupResult(files.group.name, (), None, found, files.failure, files.operations, files.seconds)
    targets = tuple(
        TargetResult(target, planned, {"emit": made.targets[target.emitter]})
        for target, planned in zip(made.job.targets, placed.plans[1:], strict=True)
    )
    return GroupResult(files.group.name, targets, placed.plans[0], found, files.failure, files.operations, files.seconds)


def _attempt(summary: GenerationSummary, work: Callable[[GenerationSummary], GenerationSummary]) -> GenerationSummary:
    """Does what comes after writing; what fails of it is said, and undoes nothing."""
    try:
        return work(summary)
    except SpecloomError as error:
        return replace(summary, diagnostics=(*summary.diagnostics, *error.diagnostics))


def _cleaned(run: _Run, summary: GenerationSummary) -> GenerationSummary:
    plans = clear(left_over(run.project, run.languages))
    found = tuple(finding for planned in plans for finding in planned.diagnostics)
    return replace(summary, cleaned=plans, diagnostics=(*summary.diagnostics, *found))


def _archived(run: _Run, seconds: float, summary: GenerationSummary) -> GenerationSummary:
    from specloom.django.archiving import Entry, store

    good = {result.group for result in summary.results if result.ok}
    entries = [
        Entry(files.group.name, files.text, {language: emission for (language, _), emission in _clients([files]).items()},
              files.operations, sum(files.seconds.values()))
        for files in run.made if files.group.name in good
    ]
    failed = {result.group: result.error for result in summary.results if not result.ok}
    policy = run.project.archive
    return replace(summary, archive=store(run.project.outputs.archive, entries, policy, failed=failed, seconds=round(seconds, 3)))
