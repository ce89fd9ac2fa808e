"""The menu, by its keys: arrows, space, enter and Ctrl-C."""

from __future__ import annotations

from pathlib import Path

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from specloom.django.interactive import Action, Choice, ask
from specloom.django.project import Group, Outputs, Project, Spelling

DOWN, ENTER, SPACE, CTRL_C = "\x1b[B", "\r", " ", "\x03"
BASE = Path("/project/openapi")
OUTPUTS = Outputs(BASE, BASE / "schemas", BASE / "clients", BASE / "archive")
TWO = Project((Group("public", ("shop",), "Public"), Group("staff", ("desk",), "Staff")), Spelling.ZONES, OUTPUTS)


def press(project: Project, *keys: str) -> Choice:
    with create_pipe_input() as pipe:
        pipe.send_text("".join(keys))
        return ask(project, keys=pipe, screen=DummyOutput())


def test_enter_alone_makes_everything_the_project_has_switched_on() -> None:
    assert press(TWO, ENTER, ENTER, ENTER) == Choice(Action.GENERATE, ("public", "staff"), ("typescript", "python"))


def test_the_space_bar_ticks() -> None:
    keys = (ENTER, SPACE, ENTER, DOWN, DOWN, SPACE, ENTER)
    assert press(TWO, *keys) == Choice(Action.GENERATE, ("staff",), ("typescript", "python", "go"))


def test_nothing_ticked_is_no_answer() -> None:
    assert press(TWO, ENTER, SPACE, DOWN, SPACE, ENTER, SPACE, ENTER, ENTER).groups == ("staff",)


@pytest.mark.parametrize(("downs", "action"), list(enumerate(Action)))
def test_arrow_keys_reach_every_action(downs: int, action: Action) -> None:
    keys = [DOWN] * downs + [ENTER] * 3
    assert press(TWO, *keys).action is action


@pytest.mark.parametrize("before", [(), (ENTER,), (ENTER, ENTER)])
def test_control_c_leaves_at_any_question(before: tuple[str, ...]) -> None:
    with pytest.raises(KeyboardInterrupt):
        press(TWO, *before, CTRL_C)


def test_one_group_is_not_asked_for() -> None:
    one = Project(TWO.groups[:1], Spelling.GROUPS, OUTPUTS)
    assert press(one, ENTER, ENTER) == Choice(Action.GENERATE, ("public",), ("typescript", "python"))
