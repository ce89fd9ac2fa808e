"""Projects whose root URLconf a test makes itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from types import ModuleType

import pytest
from django.core.cache import cache
from django.urls import URLPattern, URLResolver
from django.utils import translation
from pytest_django.fixtures import Settings

from specloom.django.project import Group, Project, Spelling
from specloom.django.routing import add_revolution_urls, forget_routes
from tests.django_project.describing import project

Serve = Callable[[Sequence[URLPattern | URLResolver]], None]
ServeZones = Callable[..., Project]
_NUMBERS = count()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_routes()
    cache.clear()
    yield
    translation.activate("en-us")  # middleware leaves the language of the last request
    forget_routes()


@pytest.fixture
def serve(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Makes patterns the project's root URLconf."""

    def served(patterns: Sequence[URLPattern | URLResolver]) -> None:
        module = ModuleType(f"root_urls_{next(_NUMBERS)}")
        module.__dict__["urlpatterns"] = patterns
        monkeypatch.setitem(sys.modules, module.__name__, module)
        settings.ROOT_URLCONF = module.__name__

    return served


@pytest.fixture
def serve_zones(serve: Serve) -> ServeZones:
    """Mounts zones, and nothing else, in the project's root URLconf."""

    def served(*zones: Group, api_prefix: str = "api") -> Project:
        made = project(*zones, spelling=Spelling.ZONES, api_prefix=api_prefix)
        serve(add_revolution_urls([], made))
        return made

    return served


@pytest.fixture
def gates(settings: Settings) -> str:
    """Installs the app of views of every kind, and gives its name."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.django_project.gates"]
    return "tests.django_project.gates"
