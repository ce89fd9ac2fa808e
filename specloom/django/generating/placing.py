"""Writes the parts of a run, all or none, without those that cannot be written; or compares them with what is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from specloom.generation import out_of_date
from specloom.ir.diagnostics import Diagnostic, SpecloomError
from specloom.jobs import Mode
from specloom.writing import Output, Plan, plan, write_all

from .results import has_error

Key: TypeAlias = tuple[Literal["group", "index", "package", "clean"], str]
"""What a part is, with the name of the group or the path of the package."""


@dataclass(frozen=True, slots=True)
class Part:
    """Outputs that stand or fall together, and what is said of them anyway."""

    key: Key
    outputs: tuple[Output, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """What was done, or would be, with a part: a plan for each output; none where an error forbids it."""

    plans: tuple[Plan, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def place(assemble: Callable[[Collection[Key]], Sequence[Part]], mode: Mode) -> dict[Key, Placed]:
    """Writes all parts in one step, or only compares them.

    ``assemble`` gives the parts without those of the keys it is given: a part that something is in the way of is left out, and
    what depends on it is made anew.
    """
    if mode is not Mode.WRITE:
        return {part.key: _compared(part, check=mode is Mode.CHECK) for part in assemble(())}
    refused: dict[Key, Placed] = {}
    while True:
        parts = assemble(refused.keys())
        try:
            return {**refused, **_written(parts)}
        except SpecloomError as error:
            found = {part.key: Placed(diagnostics=_compared(part).diagnostics) for part in parts}
            faulty = {key: placed for key, placed in found.items() if has_error(placed.diagnostics)}
            if not faulty:  # no single part is at fault: the disk is full, say
                return {**refused, **{part.key: Placed(diagnostics=error.diagnostics) for part in parts}}
            refused |= faulty


def _compared(part: Part, *, check: bool = False) -> Placed:
    try:
        plans = tuple(
            plan(output.files, output.target, force=output.force, shared=output.shared, stays=output.stays)
            for output in part.outputs
        )
    except SpecloomError as error:
        return Placed(diagnostics=(*part.diagnostics, *error.diagnostics))
    found = [finding for planned in plans for finding in planned.diagnostics]
    if check:
        found += [out_of_date(planned) for planned in plans if planned.created or planned.changed or planned.deleted]
    return Placed(tuple(map(_light, plans)), (*part.diagnostics, *found))


def _written(parts: Sequence[Part]) -> dict[Key, Placed]:
    shared = _merged(output for part in parts for output in part.outputs)
    plans = dict(zip(shared, write_all(list(shared.values())), strict=True))
    done = {}
    for part in parts:
        own = tuple(_share(plans[output.target], output, shared[output.target]) for output in part.outputs)
        found = (finding for planned in own for finding in planned.diagnostics)
        done[part.key] = Placed(own, (*part.diagnostics, *found))
    return done


def _merged(outputs: Iterable[Output]) -> dict[Path, Output]:
    """One output for each folder: several parts may have files in one, such as the documents of groups."""
    found: dict[Path, Output] = {}
    for output in outputs:
        other = found.get(output.target)
        found[output.target] = output if other is None else _both(other, output)
    return found


def _both(one: Output, other: Output) -> Output:
    def stays(path: str) -> bool:
        return one.stays(path) and other.stays(path)

    files: Mapping[str, str | bytes] = {**one.files, **other.files}
    return replace(one, files=files, force=one.force or other.force, stays=stays)


def _share(whole: Plan, output: Output, merged: Output) -> Plan:
    """What a plan says of the files of one of the outputs that it is for."""
    if merged is output:
        return _light(whole)

    def own(paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(path for path in paths if path in output.files)

    return replace(
        _light(whole), created=own(whole.created), changed=own(whole.changed), unchanged=own(whole.unchanged),
        deleted=() if output.files else whole.deleted, kept=() if output.files else whole.kept,
        diagnostics=() if output.files else whole.diagnostics,
    )  # fmt: skip


def _light(planned: Plan) -> Plan:
    """A plan less the contents of the files."""
    return replace(planned, contents={})
