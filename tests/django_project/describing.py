"""Values of projects for tests: what settings would say, without settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from specloom.django.project import Group, Outputs, Project, Spelling

LIBRARY = "tests.django_project.library"
POLLS = "tests.django_project.polls"
BILLING = "tests.django_project.billing"


def group(name: str, apps: Sequence[str], **given: object) -> Group:
    """A group with a title."""
    return Group(name, tuple(apps), **{"title": name.title(), **given})  # type: ignore[arg-type]  # the names are the fields'


def project(*groups: Group, spelling: Spelling = Spelling.GROUPS, api_prefix: str = "api") -> Project:
    """A project that writes nowhere."""
    here = Path("nowhere").absolute()
    return Project(groups, spelling, Outputs(here, here / "schemas", here / "clients", here / "archive"), api_prefix=api_prefix)
