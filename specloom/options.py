"""Options of emitters as callers give them, by name: checked, and handed to the emitters that have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from specloom.emitters.protocol import EmitterOptions
from specloom.emitters.registry import find_emitter
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError, nearest
from specloom.jobs import Target


def options_of(emitter: str, options_type: type[EmitterOptions], given: Mapping[str, object]) -> EmitterOptions:
    """The options of an emitter from their names and values.

    Raises ``SpecloomError``: ``unknown-option`` (with the nearest name), ``bad-option``.
    """
    try:
        return options_type.model_validate(dict(given))
    except ValidationError as error:
        raise SpecloomError(
            _unknown(name, emitter, options_type.model_fields) if detail["type"] == "extra_forbidden"
            else Diagnostic(code="bad-option", severity=Severity.ERROR, message=f"option {name} of {emitter}: {detail['msg']}")
            for detail in error.errors(include_url=False) for name in [".".join(map(str, detail["loc"]))]
        ) from None


def targets_of(
    outputs: Mapping[str, str | Path], shared: Mapping[str, object], own: Mapping[str, Mapping[str, object]] | None = None
) -> tuple[Target, ...]:
    """A target for each emitter name in ``outputs``.

    ``shared`` options go to every target that knows them, ``own`` ones to the target they are given for.

    Raises ``SpecloomError``: ``unknown-emitter``, ``unknown-option`` for an option that none of the targets has, ``bad-option``.
    """
    own = own or {}
    types = {name: find_emitter(name).options_type for name in outputs}
    every = dict.fromkeys(field for options in types.values() for field in options.model_fields)
    stray = [_unknown(name, "/".join(outputs), every) for name in shared if name not in every]
    stray += [_idle(name, outputs) for name in own if name not in outputs]
    if stray:
        raise SpecloomError(stray)
    return tuple(
        Target(name, Path(output), options_of(name, types[name], {
            **{option: value for option, value in shared.items() if option in types[name].model_fields},
            **own.get(name, {}),
        }))
        for name, output in outputs.items()
    )


def _unknown(name: str, emitter: str, known: Iterable[str]) -> Diagnostic:
    message = f"{emitter} has no option {name!r}"
    return Diagnostic(code="unknown-option", severity=Severity.ERROR, message=message, hint=nearest(name, known))


def _idle(name: str, outputs: Iterable[str]) -> Diagnostic:
    return Diagnostic(code="unknown-option", severity=Severity.ERROR, message=f"an option is given for {name}, which is not made",
                      hint=f"made are: {', '.join(outputs)}")
