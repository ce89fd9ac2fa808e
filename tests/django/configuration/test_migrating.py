"""docs/migrating.md is complete: every public name, every field of a setting and every argument of a command is in it."""

from __future__ import annotations

import re
from argparse import Action, ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import load_command_class
from django.core.management.base import BaseCommand
from pydantic import BaseModel

import specloom.django
from specloom.django import (
    MonorepoConfig,
    MonorepoSettings,
    OpenAPIClientConfig,
    OpenAPIGroupConfig,
    RevolutionConfig,
    ZoneConfig,
)
from specloom.django.configuration.revolution import OutputSettings, PythonGeneratorSettings, TypeScriptGeneratorSettings

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "migrating.md").read_text("utf-8")
PROSE = re.sub(r"^```.*?^```$", "", TEXT, flags=re.DOTALL | re.MULTILINE)
WORDS = {word for code in re.findall(r"`([^`]+)`", PROSE) for word in re.findall(r"(?<![\w}-])--?[a-z][\w-]*|\w+", code)}
CODE = "\n".join(re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL))

MODELS: list[type[BaseModel]] = [
    OpenAPIClientConfig, OpenAPIGroupConfig, ZoneConfig, RevolutionConfig, MonorepoConfig, MonorepoSettings, OutputSettings,
    PythonGeneratorSettings, TypeScriptGeneratorSettings,
]
CONFIGURATION = {name for name, home in specloom.django._HOMES.items() if not home.startswith("schemas")}


def test_every_public_name_is_there() -> None:
    assert set() == CONFIGURATION - WORDS


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_there(model: type[BaseModel]) -> None:
    assert set(model.model_fields) - WORDS == set()


def own_arguments(command: BaseCommand) -> Iterator[Action]:
    everywhere = {action.dest for action in BaseCommand().create_parser("manage.py", "any")._actions}
    parser: ArgumentParser = command.create_parser("manage.py", "it")
    yield from (action for action in parser._actions if action.dest not in everywhere)


@pytest.mark.parametrize("name", [
    "generate_api", "generate_client", "revolution", "validate_openapi", "generate_ts_client", "generate_python_client",
    "generate_go_client", "generate_proto", "generate_schemas", "archive",
])
def test_every_argument_is_there(name: str) -> None:
    command = load_command_class("specloom.django", name)
    arguments = {each for action in own_arguments(command) for each in action.option_strings}
    switches = {f"--{switch.replace('_', '-')}" for switch, _ in getattr(command, "switches", ())}
    assert name in WORDS
    assert arguments - switches - WORDS == set()


def test_no_argument_is_made_up() -> None:
    names = ["generate_api", "revolution", "validate_openapi", "generate_ts_client", "generate_schemas", "archive"]
    known = {each for name in names for action in own_arguments(load_command_class("specloom.django", name))
             for each in action.option_strings}
    gone = {
        "--swift", "--swift-codable", "--external-go", "--external-python", "--check-external", "--streamlit", "--install-deps",
        "-t", "-p", "--settings", "--strict",
    }
    assert {word for word in WORDS if word.startswith("-")} - known - gone == set()


def test_the_code_can_be_run() -> None:
    admin = type("admin", (), {"site": type("site", (), {"urls": ([], "admin", "admin")})})
    named: dict[str, object] = {"BASE_DIR": ROOT, "admin": admin}
    from django.urls import path

    named["path"] = path
    exec(compile(CODE.replace("...,", "").replace("add_revolution_urls([", "list(["), "docs/migrating.md", "exec"), named)
    assert isinstance(named["SPECLOOM"], OpenAPIClientConfig)
    from types import SimpleNamespace

    assert len(specloom.django.load_project(SimpleNamespace(DJANGO_REVOLUTION=named["DJANGO_REVOLUTION"])).groups) == 2
