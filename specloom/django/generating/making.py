"""The files of each group, in memory: its document by drf-spectacular, one after the other, then all clients at once."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from specloom.django.project import Group, Project
from specloom.generation import Made, Observer, Step, make_all
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError
from specloom.jobs import Job

from .choosing import targets
from .results import has_error


class Described(Protocol):
    """A group's document as drf-spectacular makes it."""

    @property
    def document(self) -> dict[str, object]:
        """The document as plain data."""
        ...

    @property
    def text(self) -> str:
        """The same as YAML."""
        ...

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """What drf-spectacular found."""
        ...


Describe = Callable[[Project, Group], Described]


@dataclass(frozen=True, slots=True)
class GroupFiles:
    """A group's files, none of them written; none where a diagnostic is an error or a failure is told."""

    group: Group
    text: str = ""
    """The document as YAML."""
    made: Made | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether all files are there."""
        return self.made is not None and self.failure is None and not has_error(self.diagnostics)

    @property
    def operations(self) -> int:
        """How many operations the document has."""
        return len(self.made.api.operations) if self.made is not None and self.made.api is not None else 0


def make_groups(
    project: Project, groups: Sequence[Group], languages: Sequence[str], *, describe: Describe, force: bool, workers: int,
    observe: Observer,
) -> tuple[GroupFiles, ...]:
    """The files of all groups. Never raises for what is wrong with one of them.

    drf-spectacular describes one group after the other, and meanwhile the clients of earlier ones are made.
    """
    drafts: dict[str, GroupFiles] = {}

    def jobs() -> Iterator[Job]:
        for group in groups:
            drafts[group.name], document = _described(project, group, describe, observe)
            if document is None:
                continue
            try:
                chosen = targets(project, group, languages)
            except SpecloomError as error:
                drafts[group.name] = _failed(drafts[group.name], error.diagnostics)
            else:
                yield Job(document, chosen, force=force, name=group.name)

    made = {one.job.name: one for one in make_all(jobs(), observe, workers=useful(workers), count=len(groups))}
    return tuple(_with_files(project, draft, made.get(name)) for name, draft in drafts.items())


def useful(workers: int) -> int:
    """How many of ``workers`` do anything: no more than there are cores."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, min(workers, cores))


def _described(
    project: Project, group: Group, describe: Describe, observe: Observer
) -> tuple[GroupFiles, dict[str, object] | None]:
    observe(Step(group.name, "schema"))
    start = time.perf_counter()
    draft, document = GroupFiles(group), None
    try:
        found = describe(project, group)
        draft, document = GroupFiles(group, found.text, diagnostics=tuple(found.diagnostics)), found.document
        if has_error(draft.diagnostics):
            document = None
    except SpecloomError as error:
        draft = _failed(draft, error.diagnostics)
    except Exception as error:
        draft = GroupFiles(group, diagnostics=(_crash(group, error),), failure=traceback.format_exc())
    draft.seconds["schema"] = time.perf_counter() - start
    observe(Step(group.name, "schema", seconds=draft.seconds["schema"]))
    return draft, document


def _failed(draft: GroupFiles, diagnostics: Iterable[Diagnostic]) -> GroupFiles:
    found = tuple(dict.fromkeys((*draft.diagnostics, *diagnostics)))
    return GroupFiles(draft.group, draft.text, diagnostics=found, seconds=draft.seconds)


def _crash(group: Group, error: Exception) -> Diagnostic:
    """What a view or serializer raised while drf-spectacular asked it, with the place in the project where it did."""
    own = Path(__file__).parents[2]
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__)
        if "site-packages" not in frame.filename and not Path(frame.filename).is_relative_to(own)
    ]
    frame = frames[-1] if frames else None
    where = f" ({frame.filename}, line {frame.lineno}, in {frame.name})" if frame else ""
    return Diagnostic(
        code="schema-failed", severity=Severity.ERROR, file=frame.filename if frame else None,
        message=f"the schema of {group.name!r} cannot be made: {type(error).__name__}: {error}{where}",
        hint="correct the view or serializer, or describe it with @extend_schema",
    )


def _with_files(project: Project, draft: GroupFiles, made: Made | None) -> GroupFiles:
    if made is None:
        return draft
    found = [*draft.diagnostics, *placed(made.diagnostics, draft.text, str(project.outputs.schema(draft.group.name)))]
    if made.failure is not None:
        summary = made.failure.strip().rpartition("\n")[2]
        found.append(Diagnostic(
            code="defect", severity=Severity.ERROR, message=f"specloom failed on {draft.group.name!r}: {summary}",
            hint="this is a bug of specloom: please report it with the group's document",
        ))
    return GroupFiles(draft.group, draft.text, made, tuple(found), made.failure, {**draft.seconds, **made.seconds})


def placed(diagnostics: Sequence[Diagnostic], text: str, file: str) -> list[Diagnostic]:
    """The findings with the file of the document and, where somebody will look, the lines in it."""
    pointers = [
        found.pointer for found in diagnostics
        if found.pointer is not None and found.file is None and found.severity is not Severity.INFO
    ]
    lines = {}
    if pointers:
        from specloom.reading.positions import places

        lines = places(text, pointers, file)
    return [
        found.model_copy(update={"file": file, "place": lines.get(found.pointer or "")})
        if found.file is None and found.pointer is not None else found
        for found in diagnostics
    ]
