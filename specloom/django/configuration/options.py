"""Options of emitters for one group: the project's, with the group's name where they say ``{group}``."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.django.project import Project
from specloom.ir.diagnostics import Diagnostic, SpecloomError

_PLACES = ("{group}", "{zone}")


def group_options(project: Project, group: str, language: str) -> dict[str, object]:
    """The options of a language's emitter for a group of the project, by name.

    In texts, ``{group}`` and ``{zone}`` are the group's name, as the language can write it: ``-`` is ``_`` in names of Python,
    Go and proto, and capitals are small letters in all but Python's.
    """
    return {option: _filled(value, language, option, group) for option, value in project.options.get(language, {}).items()}


def option_findings(project: Project, languages: tuple[str, ...]) -> Iterator[tuple[str, Diagnostic]]:
    """What is wrong with the options of these languages: language and finding, each once."""
    if not languages:
        return  # what makes clients need not be imported
    from specloom.emitters.registry import find_emitter
    from specloom.options import options_of

    seen = set()
    for language in languages:
        for group in project.groups:
            options_type = find_emitter(language).options_type
            for option, value in group_options(project, group.name, language).items():
                try:
                    options_of(language, options_type, {option: value})
                except SpecloomError as error:
                    for found in error.diagnostics:
                        if (language, found) not in seen:
                            seen.add((language, found))
                            yield language, found


def _filled(value: object, language: str, option: str, group: str) -> object:
    if not isinstance(value, str):
        return value
    for place in _PLACES:
        value = value.replace(place, _spelled(language, option, group))
    return value


def _spelled(language: str, option: str, group: str) -> str:
    if language == "python":
        return group.replace("-", "_")
    paths = language == "typescript" or option in ("module", "go_package")
    return group.lower() if paths else group.lower().replace("-", "_")
