"""From a job to files in their folders: read, choose, emit, then write, all targets or none. From many, to files in memory."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from specloom.collecting import no_collection
from specloom.emitters.protocol import Earlier, Emission, RememberingEmitter
from specloom.emitters.registry import find_emitter
from specloom.ir.context import IRContext, IRInfoObject
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError
from specloom.ir.filtering import filter_operations
from specloom.jobs import Job, JobResult, Mode, Target, TargetResult, as_errors
from specloom.judging import judged_meanwhile
from specloom.reading import Document, Judge, locate, read_document
from specloom.workers import Crew, WorkerFailedError, can_fork, run_each
from specloom.writing import Plan, plan, read_shared, write


@dataclass(frozen=True, slots=True)
class Step:
    """A phase of a job: it begins where ``seconds`` is ``None``, else has ended. ``target`` is an emitter's name, if any."""

    job: str
    phase: str
    target: str | None = None
    seconds: float | None = None


Observer = Callable[[Step | None], None]
"""Is told of each step; ``None`` only says that time has passed."""


def silent(step: Step | None) -> None:
    """An observer that looks away."""


def run(job: Job, observe: Observer = silent) -> JobResult:
    """Does a job. Never raises for what is wrong with the document, the targets or an emitter: the result says it."""
    watch = _Watch(job.name, observe)
    document: list[Document] = []
    try:
        return _run(job, watch, document)
    except SpecloomError as error:
        read = document[0] if document else None
        return JobResult(job, diagnostics=_judged(job, error.diagnostics), seconds=watch.reading, document=read)
    except WorkerFailedError as error:
        return JobResult(job, seconds=watch.reading, failure=str(error))
    except Exception:
        return JobResult(job, seconds=watch.reading, failure=traceback.format_exc())


def read(job: Job) -> tuple[JobResult, IRContext | None]:
    """Only reads the document of a job: its findings as ``run`` gives them, and the IR where it could be made."""
    watch, opened = _Watch(job.name, silent), list[Document]()
    api = None
    try:
        with no_collection():
            document, api = judged_meanwhile(partial(_read, job, watch, opened))
        found = _judged(job, api.diagnostics)
        return JobResult(job, diagnostics=found, seconds=watch.reading, document=document), api
    except SpecloomError as error:
        found = _judged(job, error.diagnostics)
        return JobResult(job, diagnostics=found, document=opened[0] if opened else None), None
    except Exception:
        return JobResult(job, failure=traceback.format_exc()), None


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a job in memory, none of them written; an emission for each target, in their order.

    There are none where an error is among the ``diagnostics``, or where a defect is told by ``failure``.
    """

    job: Job
    emissions: tuple[Emission, ...] = ()
    api: IRContext | None = field(default=None, repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    targets: dict[str, float] = field(default_factory=dict)
    """How long each emitter took, by its name."""
    failure: str | None = None


def make_all(jobs: Iterable[Job], observe: Observer = silent, *, workers: int, count: int | None = None) -> tuple[Made, ...]:
    """The files of many jobs: their documents one after the other, and meanwhile every language of each, so many at once.

    Never raises for what is wrong with one of them: its result says it, and the others are not touched by it. ``job.mode`` does
    not matter.

    Args:
        jobs: they may be made one by one while the languages of earlier ones are being made.
        observe: is told of each step.
        workers: how many languages at most are made at once, in forked processes where the system can do that safely.
        count: how many jobs there are, if that is known before.
    """
    begun: list[Made] = []
    tasks: list[tuple[int, Target]] = []
    expected = count if count is not None else len(jobs) if isinstance(jobs, Sequence) else 1
    with no_collection(), Crew[tuple[Emission, float]](workers, tick=partial(observe, None)) as crew:
        for job in jobs:
            begun.append(made := _begun(job, observe, workers))
            if made.api is None:
                continue
            if not tasks and expected > 1 and workers > 1 and can_fork():
                _import_once(target.emitter for target in job.targets)
            for target in job.targets:
                observe(Step(job.name, "emit", target.emitter))
                tasks.append((len(begun) - 1, target))
                crew.give(partial(_timed_emission, made.api, target, job.force))
        results = crew.results()
    by_job: dict[int, list[tuple[Target, tuple[Emission, float] | SpecloomError | WorkerFailedError]]] = {}
    for (index, target), result in zip(tasks, results, strict=True):
        by_job.setdefault(index, []).append((target, result))
        if isinstance(result, tuple):
            observe(Step(begun[index].job.name, "emit", target.emitter, result[1]))
    return tuple(_finished(made, by_job.get(index, [])) for index, made in enumerate(begun))


def _import_once(emitters: Iterable[str]) -> None:
    """Has emitters import here what they need, by making nothing, instead of in each forked process anew."""
    empty = IRContext(info=IRInfoObject(title="API", version="1"))
    for name in emitters:
        with suppress(Exception):  # what is wrong with an emitter, its tasks say
            emitter = find_emitter(name)
            if not isinstance(emitter, RememberingEmitter):
                emitter.emit(empty, emitter.options_type())


def _begun(job: Job, observe: Observer, workers: int) -> Made:
    watch = _Watch(job.name, observe)
    work = partial(_read, job, watch, [])
    try:
        _, api = judged_meanwhile(work) if workers > 1 else work(None)
        return Made(job, api=api, diagnostics=_judged(job, api.diagnostics), seconds=watch.reading)
    except SpecloomError as error:
        return Made(job, diagnostics=_judged(job, error.diagnostics), seconds=watch.reading)
    except Exception:
        return Made(job, seconds=watch.reading, failure=traceback.format_exc())


def _finished(
    made: Made, results: Sequence[tuple[Target, tuple[Emission, float] | SpecloomError | WorkerFailedError]]
) -> Made:
    emissions: list[Emission] = []
    seconds: dict[str, float] = {}
    found, failures = list(made.diagnostics), [made.failure] if made.failure else []
    for target, result in results:
        match result:
            case SpecloomError():
                found += result.diagnostics
            case WorkerFailedError():
                failures.append(f"{target.emitter}: {result}")
            case emission, took:
                found += emission.diagnostics
                emissions.append(emission)
                seconds[target.emitter] = took
    diagnostics = _judged(made.job, found)
    whole = not failures and not any(finding.severity is Severity.ERROR for finding in diagnostics)
    return replace(
        made, emissions=tuple(emissions) if whole else (), diagnostics=diagnostics, targets=seconds,
        failure="\n".join(failures) or None,
    )


def _judged(job: Job, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, also where several languages have it; as errors where the job is strict."""
    once = dict.fromkeys(diagnostics)
    return tuple(as_errors(once) if job.strict else once)


def _run(job: Job, watch: _Watch, opened: list[Document]) -> JobResult:
    _distinct_outputs(job.targets)
    with no_collection():
        document, api, made = judged_meanwhile(partial(_made, job, watch, opened))
    carried = (found for emission in made for found in _in_file(emission.diagnostics, document))
    diagnostics = list(_judged(job, (*api.diagnostics, *carried)))
    if any(found.severity is Severity.ERROR for found in diagnostics):
        return JobResult(job, diagnostics=tuple(diagnostics), seconds=watch.reading, document=document)
    plans = _placed(job, made, watch, diagnostics)
    results = tuple(
        TargetResult(target, _light(planned), {**emission.seconds, **watch.targets.get(target.emitter, {})})
        for target, emission, planned in zip(job.targets, made, plans, strict=False)
    )
    return JobResult(job, results, tuple(diagnostics), watch.reading, document=document)


def _made(job: Job, watch: _Watch, opened: list[Document], judge: Judge | None) -> tuple[Document, IRContext, list[Emission]]:
    document, api = _read(job, watch, opened, judge)
    return document, api, _emitted(job, api, watch)


def _read(job: Job, watch: _Watch, opened: list[Document], judge: Judge | None) -> tuple[Document, IRContext]:
    """The document of a job and its IR, with the operations that are asked for. Raises ``SpecloomError``."""
    from specloom.reading.lowering import lower

    with watch.phase("read"):
        document = read_document(job.source, allow=job.allow, judge=judge)
    opened[:] = [document]
    with watch.phase("IR"):
        api = filter_operations(lower(document, paging=job.paging), job.include, job.exclude)
    return document, api


def emit_target(api: IRContext, target: Target, *, force: bool = False) -> Emission:
    """All files of one language, which may go by what its folder holds already.

    Raises ``SpecloomError``: for an unknown emitter, and where what it has to go by cannot be read or is gone.
    """
    maker = find_emitter(target.emitter)
    options = maker.options_type() if target.options is None else target.options
    with no_collection():
        if isinstance(maker, RememberingEmitter):
            texts = read_shared(target.output, maker.reads, force=force)
            return maker.emit(api, options, Earlier(texts, str(target.output)))
        return maker.emit(api, options)


def _emitted(job: Job, api: IRContext, watch: _Watch) -> list[Emission]:
    for target in job.targets:
        watch.say(Step(job.name, "emit", target.emitter))
    tasks = [partial(_timed_emission, api, target, job.force) for target in job.targets]
    results = run_each(tasks, tick=watch.tick)
    errors = [found for result in results if isinstance(result, SpecloomError) for found in result.diagnostics]
    if errors:
        raise SpecloomError([*api.diagnostics, *errors])
    made = [result for result in results if not isinstance(result, SpecloomError)]
    for target, (_, seconds) in zip(job.targets, made, strict=True):
        watch.say(Step(job.name, "emit", target.emitter, seconds))
    return [emission for emission, _ in made]


def _timed_emission(api: IRContext, target: Target, force: bool) -> tuple[Emission, float]:
    start = time.perf_counter()
    emission = emit_target(api, target, force=force)
    return emission, time.perf_counter() - start


def _placed(job: Job, made: Iterable[Emission], watch: _Watch, diagnostics: list[Diagnostic]) -> list[Plan]:
    """Writes what was made, or says what would be; ``diagnostics`` takes what is found. Where that forbids it, no plans."""
    pairs = list(zip(job.targets, made, strict=True))
    plans: list[Plan] = []
    if job.mode is not Mode.WRITE or len(pairs) > 1:
        with watch.phase("compare"):
            plans = [plan(files, target.output, force=job.force, shared=files.shared) for target, files in pairs]
        found = [finding for planned in plans for finding in planned.diagnostics]
        if job.mode is Mode.CHECK:
            found += [out_of_date(planned) for planned in plans if planned.created or planned.changed or planned.deleted]
        if job.mode is not Mode.WRITE or any(finding.severity is Severity.ERROR for finding in found):
            diagnostics += found
            return plans if job.mode is not Mode.WRITE else []
    written = []
    for target, files in pairs:
        with watch.phase("write", target.emitter):
            written.append(write(files, target.output, force=job.force, shared=files.shared))
        diagnostics += written[-1].diagnostics
    return written


def out_of_date(planned: Plan) -> Diagnostic:
    counts = [f"{len(paths)} {what}" for what, paths in (
        ("missing", planned.created), ("changed", planned.changed), ("no longer generated", planned.deleted)
    ) if paths]
    first = (*planned.changed, *planned.created, *planned.deleted)[0]
    return Diagnostic(
        code="out-of-date", severity=Severity.ERROR, file=str(planned.target),
        message=f"is out of date: {', '.join(counts)} ({first}{', ...' if sum(map(len, _differing(planned))) > 1 else ''})",
        hint="generate again and commit the result",
    )


def _differing(planned: Plan) -> tuple[tuple[str, ...], ...]:
    return planned.created, planned.changed, planned.deleted


def _light(planned: Plan) -> Plan:
    """A plan less the contents of the files, which nobody needs once it is carried out."""
    return replace(planned, contents={})


def _distinct_outputs(targets: Iterable[Target]) -> None:
    taken: dict[Path, Target] = {}
    for target in targets:
        other = taken.setdefault(target.output.resolve(), target)
        if other is not target:
            raise SpecloomError.of("same-output", f"{other.emitter} and {target.emitter} have the same output",
                                   file=str(target.output), hint="give each a folder of its own")


def _in_file(diagnostics: Iterable[Diagnostic], document: Document) -> Iterator[Diagnostic]:
    """Findings of an emitter, which knows pointers but no files, with the name of the document."""
    for found in diagnostics:
        missing = found.file is None and found.pointer is not None
        yield found.model_copy(update={"file": document.file}) if missing else found


def located(result: JobResult) -> tuple[Diagnostic, ...]:
    """The diagnostics of a result with their lines, which costs a second parse of the document."""
    return result.diagnostics if result.document is None else locate(result.diagnostics, result.document)


class _Watch:
    """Times phases and tells an observer."""

    def __init__(self, job: str, observe: Observer) -> None:
        self._job, self._observe = job, observe
        self.reading: dict[str, float] = {}
        self.targets: dict[str, dict[str, float]] = {}

    def say(self, step: Step) -> None:
        self._observe(step)

    def tick(self) -> None:
        self._observe(None)

    @contextmanager
    def phase(self, name: str, target: str | None = None) -> Iterator[None]:
        self._observe(Step(self._job, name, target))
        start = time.perf_counter()
        yield
        seconds = time.perf_counter() - start
        times: Mapping[str, float] = {name: seconds}
        if target is None:
            self.reading.update(times)
        else:
            self.targets.setdefault(target, {}).update(times)
        self._observe(Step(self._job, name, target, seconds))
