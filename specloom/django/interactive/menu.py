"""Asks what to do: the action first, then groups and languages where they matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict

from specloom.django.project import LANGUAGES, Project

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output


class Action(StrEnum):
    """What can be done; the values are what the menu says."""

    GENERATE = "Generate clients"
    CHECK = "Check whether the clients are up to date"
    STATUS = "Show the state of everything"
    LIST = "List groups and their apps"
    URLS = "Show the addresses"
    VALIDATE = "Validate the configuration and the schemas"
    ARCHIVES = "List the archives"
    QUIT = "Quit"


class _Terminal(TypedDict, total=False):
    """The terminal of the questions, where it is not the process's own."""

    input: Input
    output: Output


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants done; groups and languages are empty where they do not matter."""

    action: Action
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def ask(project: Project, *, keys: Input | None = None, screen: Output | None = None) -> Choice:
    """Asks until it is clear what to do.

    Args:
        project: whose groups and languages are offered; what it has switched on is ticked.
        keys: where keys come from, the terminal's by default.
        screen: where the menu is drawn, the terminal by default.

    Raises:
        KeyboardInterrupt: Ctrl-C, at any question.
    """
    import questionary

    where = _Terminal()
    if keys is not None:
        where["input"] = keys
    if screen is not None:
        where["output"] = screen
    action = Action(questionary.select("What do you want to do?", [str(action) for action in Action], **where).unsafe_ask())
    if action not in (Action.GENERATE, Action.CHECK):
        return Choice(action)
    groups = _ticked("Whose clients?", [group.name for group in project.groups], [group.name for group in project.groups], where)
    languages = _ticked("In which languages?", LANGUAGES, project.languages, where)
    return Choice(action, groups, languages)


def _ticked(question: str, names: Sequence[str], on: Sequence[str], where: _Terminal) -> tuple[str, ...]:
    """Which of the names are ticked, at least one. A question with one answer is not asked."""
    import questionary

    if len(names) == 1:
        return tuple(names)
    choices = [questionary.Choice(name, checked=name in on) for name in names]
    answer = questionary.checkbox(
        question, choices, validate=lambda ticked: bool(ticked) or "Tick at least one, with the space bar.", **where
    ).unsafe_ask()
    return tuple(answer)
