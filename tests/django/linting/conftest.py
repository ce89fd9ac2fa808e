"""A package of its own for each test: written, imported, looked at, fixed, and imported again as a new process would."""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.urls import clear_url_caches

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from specloom.django.linting import Fixed, Report

_numbers = itertools.count(1)


class Case:
    """The package of a test. ``name`` is by what it is imported."""

    def __init__(self, folder: Path, settings: SettingsWrapper) -> None:
        self.name = f"lintcase{next(_numbers)}"
        self.folder = folder / self.name
        self.folder.mkdir()
        for module in ("__init__", "others"):
            (self.folder / f"{module}.py").write_text("")
        self._settings = settings
        self._models = dict(apps.all_models["linted"])

    def write(self, files: Mapping[str, str] | None = None, **modules: str) -> None:
        """Writes modules by their name; a ``urls`` among them becomes the root URLconf."""
        for name, text in {**(files or {}), **modules}.items():
            path = self.folder / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"))
        if (self.folder / "urls.py").is_file():
            self._settings.ROOT_URLCONF = f"{self.name}.urls"

    def path(self, module: str) -> Path:
        return self.folder / f"{module}.py"

    def text(self, module: str) -> str:
        return self.path(module).read_text()

    def forget(self) -> None:
        """As if the process had just begun."""
        for module in [name for name in sys.modules if name.split(".")[0] == self.name]:
            del sys.modules[module]
        apps.all_models["linted"].clear()
        apps.all_models["linted"].update(self._models)
        apps.clear_cache()
        clear_url_caches()
        importlib.invalidate_caches()

    def lint(self, *rules: str, modules: Sequence[str] = ()) -> Report:
        from specloom.django.linting import find_targets, lint

        self.forget()
        paths = [self.path(name) for name in modules] or sorted(self.folder.rglob("*.py"))
        return lint(find_targets(files=paths), rules=rules)

    def codes(self, *rules: str) -> list[tuple[str, int]]:
        """What is found, by code and line."""
        return [(found.code, found.position.line) for found in self.lint(*rules).findings]

    def fix(self, *rules: str) -> Fixed:
        from specloom.django.linting import fix

        return fix(self.lint(*rules))

    def module(self, name: str) -> object:
        return importlib.import_module(f"{self.name}.{name}")

    def schema(self) -> dict[str, object]:
        """What drf-spectacular makes of the routes, imported anew."""
        from drf_spectacular.drainage import GENERATOR_STATS
        from drf_spectacular.generators import SchemaGenerator

        self.forget()
        with GENERATOR_STATS.silence():
            schema: dict[str, object] = SchemaGenerator().get_schema(request=None, public=True)
        return schema

    def properties(self, component: str) -> dict[str, object]:
        schema = self.schema()
        return schema["components"]["schemas"][component]["properties"]  # type: ignore[index,no-any-return]


@pytest.fixture
def case(tmp_path: Path, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.django_project.linted"]
    made = Case(tmp_path, settings)
    yield made
    made.forget()


URLS = """
from django.urls import path
from rest_framework import generics
from . import serializers

def view(serializer):
    model = getattr(getattr(serializer, "Meta", None), "model", None)
    body = {"serializer_class": serializer, "pagination_class": None}
    if model is not None:
        body["queryset"] = model.objects.all()
    return type(serializer.__name__ + "View", (generics.ListAPIView,), body).as_view()

urlpatterns = [
    path(name.lower() + "/", view(each))
    for name, each in sorted(vars(serializers).items())
    if isinstance(each, type) and each.__module__ == serializers.__name__ and name.endswith("Serializer")
]
"""


@pytest.fixture
def shown(case: Case) -> Case:
    """A case whose serializers all have a route."""
    case.write(urls=URLS)
    return case
