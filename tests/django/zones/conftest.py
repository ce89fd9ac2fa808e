"""Apps that a test writes and installs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from django.urls import clear_url_caches

from specloom.django.routing import forget_routes

Install = Callable[..., Path]

VIEWS = """\
from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view(["GET"])
def things(request):
    return Response([])
"""
URLS = "from django.urls import path\nfrom . import views\nurlpatterns = [path('things/', views.things)]\n"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Writes an app of these files below a folder that is imported from, and adds it to INSTALLED_APPS."""
    monkeypatch.syspath_prepend(tmp_path)
    written: list[str] = []
    changes: list[override_settings] = []

    def make(name: str, *, installed: bool = True, **files: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for stem, text in {"__init__": "", "views": VIEWS, "urls": URLS, **files}.items():
            if text or stem == "__init__":
                (folder / f"{stem}.py").write_text(text)
        written.append(name)
        if installed:
            change = override_settings(INSTALLED_APPS=[*django_settings.INSTALLED_APPS, name])
            change.enable()
            changes.append(change)
        return folder

    yield make
    for change in reversed(changes):
        change.disable()
    for module in [each for each in sys.modules if each.partition(".")[0] in written]:
        del sys.modules[module]
    clear_url_caches()
    forget_routes()
