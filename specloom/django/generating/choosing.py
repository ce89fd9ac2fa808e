"""Which groups and languages a generation is about, and with which options each client is made."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.django.configuration.options import group_options
from specloom.django.project import LANGUAGES, Group, Project
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError, nearest
from specloom.jobs import Target
from specloom.options import targets_of


def chosen_groups(project: Project, names: Sequence[str]) -> tuple[Group, ...]:
    """The groups of these names, in the project's order; all where none is named.

    Raises ``SpecloomError`` ``unknown-group``, ``no-group``.
    """
    known = [group.name for group in project.groups]
    unknown = [name for name in dict.fromkeys(names) if name not in known]
    if unknown:
        raise SpecloomError(_unknown("group", name, known) for name in unknown)
    if not known:
        raise SpecloomError.of("no-group", "the project has no group", hint="name the apps of one in the settings")
    return tuple(group for group in project.groups if not names or group.name in names)


def chosen_languages(project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """The languages of these names, in their usual order; the project's where none is named.

    Raises ``SpecloomError`` ``unknown-language``, ``no-language``.
    """
    unknown = [name for name in dict.fromkeys(names) if name not in LANGUAGES]
    if unknown:
        raise SpecloomError(_unknown("language", name, LANGUAGES) for name in unknown)
    chosen = tuple(language for language in LANGUAGES if language in (names or project.languages))
    if not chosen:
        raise SpecloomError.of("no-language", "no language is switched on", hint=f"there are: {', '.join(LANGUAGES)}")
    return chosen


def targets(project: Project, group: Group, languages: Sequence[str]) -> tuple[Target, ...]:
    """A target for each language of a group. Raises ``SpecloomError`` for options that are not the emitters'."""
    folders = {language: project.outputs.client(language, group.name) for language in languages}
    return targets_of(folders, {}, {language: group_options(project, group.name, language) for language in languages})


def _unknown(what: str, name: str, known: Sequence[str]) -> Diagnostic:
    message = f"there is no {what} {name!r}"
    return Diagnostic(code=f"unknown-{what}", severity=Severity.ERROR, message=message, hint=nearest(name, known))
