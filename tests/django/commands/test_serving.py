"""The menu at work: what is chosen is done, then asked again, until somebody leaves."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from pytest_django import Settings

from specloom.django import OpenAPIClientConfig, OpenAPIGroupConfig
from specloom.django.commands.arguments import Request
from specloom.django.commands.menu import serve
from specloom.django.configuration import load_project
from specloom.django.interactive import Action, Choice
from specloom.django.project import Project
from specloom.terminal.progress import Display


@pytest.fixture
def project(settings: Settings, tmp_path: Path) -> Project:
    settings.BASE_DIR = tmp_path
    group = OpenAPIGroupConfig(name="polls", apps=["tests.django_project.polls"], title="Polls")
    settings.SPECLOOM = OpenAPIClientConfig(enabled=True, groups=[group])
    return load_project()


def choosing(*choices: Choice | BaseException) -> Callable[[Project], Choice]:
    """Gives the choices one after the other; asking once more than that is an error."""
    left = iter(choices)

    def ask(project: Project) -> Choice:
        choice = next(left)
        if isinstance(choice, BaseException):
            raise choice
        return choice

    return ask


def test_each_choice_is_done_until_somebody_quits(project: Project) -> None:
    out = StringIO()
    make = Choice(Action.GENERATE, ("polls",), ("python",))
    looks = [Choice(action) for action in (Action.STATUS, Action.LIST, Action.URLS, Action.VALIDATE, Action.ARCHIVES)]
    quits = Choice(Action.QUIT)
    assert serve(project, Request(), Display(out, StringIO()), choosing(make, *looks, quits)) == 0
    said = out.getvalue()
    assert "polls  Polls v1" in said
    assert "/api/polls/{poll}/votes/" in said
    assert "1 group: in order" in said
    assert project.outputs.client("python", "polls").is_dir()
    assert not project.outputs.client("typescript", "polls").exists()


def test_the_exit_code_is_that_of_what_was_done_last(project: Project) -> None:
    check = Choice(Action.CHECK, ("polls",), ("python",))
    assert serve(project, Request(), Display(StringIO(), StringIO()), choosing(check, Choice(Action.QUIT))) == 1


def test_control_c_leaves_the_menu_without_a_trace(project: Project) -> None:
    error = StringIO()
    assert serve(project, Request(), Display(StringIO(), error), choosing(KeyboardInterrupt())) == 0
    assert error.getvalue() == ""
    assert not project.outputs.base.exists()
