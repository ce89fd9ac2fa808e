"""The document of a group: its own, complete, loadable, and what is really served."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import Resolver404, resolve
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.settings import spectacular_settings

import specloom
from specloom.django.openapi import group_document
from specloom.django.project import Spelling
from specloom.django.routing import urlconf
from tests.django_project.describing import BILLING, LIBRARY, POLLS, group, project

SPELLINGS = list(Spelling)


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "1", path)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("app", [LIBRARY, POLLS, BILLING])
def test_what_is_made_can_be_read(app: str, spelling: Spelling) -> None:
    one = group("shelf", [app], title="The shelf", description="All of it", version="2.1")
    made = group_document(project(one, spelling=spelling), one)
    read = specloom.load(made.document)
    assert read.operations
    assert (read.info.title, read.info.version, read.info.description) == ("The shelf", "2.1", "All of it")
    assert yaml.safe_load(made.text) == made.document


@pytest.mark.django_db
def test_paths_of_a_group_are_those_served(client: Client) -> None:
    groups = [group("one", [LIBRARY]), group("two", [POLLS, BILLING])]
    paths = [path for one in groups for path in group_document(project(*groups), one).document["paths"]]  # type: ignore[attr-defined]
    assert len(paths) == 8
    for path in paths:
        resolve(filled(path))
        assert client.options(filled(path)).status_code != 404


def test_paths_of_a_zone_resolve_in_its_urlconf() -> None:
    zone = group("shelf", [LIBRARY, POLLS])
    there = project(zone, spelling=Spelling.ZONES, api_prefix="v2/rest")
    paths = list(group_document(there, zone).document["paths"])  # type: ignore[call-overload]
    assert "/v2/rest/shelf/library/books/{id}/lend/" in paths
    for path in paths:
        assert resolve(filled(path), urlconf(there, zone))
        with pytest.raises(Resolver404):
            resolve(filled(path))


def test_a_group_has_nothing_of_another() -> None:
    library, billing = group("one", [LIBRARY]), group("two", [BILLING])
    alone = group_document(project(library), library)
    beside = group_document(project(billing, library), library)
    assert alone.text == beside.text
    assert "Invoice" not in beside.text


def test_drf_spectacular_is_left_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    before = {name: getattr(spectacular_settings, name) for name in ("TITLE", "VERSION", "DESCRIPTION", "SCHEMA_PATH_PREFIX")}
    one = group("one", [LIBRARY])
    group_document(project(one), one)
    assert {name: getattr(spectacular_settings, name) for name in before} == before
    assert not GENERATOR_STATS and not GENERATOR_STATS._traces
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_names_stay_when_an_app_comes_in() -> None:
    small = group("one", [POLLS])
    large = group("one", [POLLS, LIBRARY])
    names = [
        {operation.operation_id for operation in specloom.load(group_document(project(one), one).document).operations}
        for one in (small, large)
    ]
    assert names[0] == {"polls_results_retrieve", "polls_votes_create"}
    assert names[0] < names[1]


def test_a_group_made_twice_is_the_same() -> None:
    one = group("one", [LIBRARY, POLLS, BILLING])
    first, second = (group_document(project(one), one) for _ in range(2))
    assert (first.text, first.document, first.diagnostics) == (second.text, second.document, second.diagnostics)
    assert first.seconds > 0 and first.rendering > 0


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one = group("one", [LIBRARY])
    group_document(project(one), one)
    assert not list(tmp_path.iterdir())
