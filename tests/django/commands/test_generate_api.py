"""``generate_api``, ``revolution`` and ``archive`` as people call them: what they write, say and end with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import clear_url_caches
from pytest_django import Settings

from specloom.django import OpenAPIClientConfig, OpenAPIGroupConfig, ZoneConfig, get_revolution_config

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call() -> Run:
    """Calls a command; gives its exit code, what it printed, and what it said beside that."""

    def called(*arguments: object) -> tuple[int, str, str]:
        out, error, code, last = StringIO(), StringIO(), 0, ""
        try:
            call_command(*map(str, arguments), stdout=out, stderr=error)
        except CommandError as end:
            code, last = end.returncode, str(end)
        return code, out.getvalue(), error.getvalue() + last

    return called


@pytest.fixture
def groups(settings: Settings, tmp_path: Path) -> Path:
    """A project with two groups; its output folder."""
    settings.BASE_DIR = tmp_path
    settings.SPECLOOM = OpenAPIClientConfig(
        enabled=True, output_dir="openapi", generate_go=False, generate_zod_schemas=True,
        groups=[
            OpenAPIGroupConfig(name="library", apps=["tests.django_project.library"], title="Library"),
            OpenAPIGroupConfig(name="polls", apps=["tests.django_project.polls"], title="Polls"),
        ],
    )  # fmt: skip
    return tmp_path / "openapi"


@pytest.fixture
def zones(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A project with two zones; its output folder."""
    settings.BASE_DIR = tmp_path
    settings.DJANGO_REVOLUTION = get_revolution_config(project_root=tmp_path, zones={
        "public": ZoneConfig(apps=["tests.django_project.library"], title="Public", description="For all.", public=True),
        "desk": ZoneConfig(apps=["tests.django_project.polls"], title="Desk", description="For few.", auth_required=True),
    })
    clear_url_caches()
    yield tmp_path / "openapi"
    clear_url_caches()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", ["generate_api", "generate_client"])
def test_everything_that_the_settings_switch_on_is_made(command: str, groups: Path, call: Run) -> None:
    code, _, said = call(command)
    assert code == 0, said
    assert (groups / "schemas" / "library.yaml").is_file()
    for group in ("library", "polls"):
        assert (groups / "clients" / "typescript" / group / "client.ts").is_file()
        assert (groups / "clients" / "python" / group / "client.py").is_file()
        assert not (groups / "clients" / "go" / group).exists()
    assert (groups / "clients" / "typescript" / "index.ts").is_file()
    assert (groups / "archive" / "latest" / "metadata.json").is_file()


def test_groups_and_languages_can_be_chosen(groups: Path, call: Run) -> None:
    assert call("generate_api", "--groups", "polls,", "library", "--go", "--no-archive")[0] == 0
    assert sorted(path.name for path in (groups / "clients").iterdir()) == ["go"]
    assert call("generate_api", "--groups", "polls", "--no-typescript")[0] == 0
    assert sorted(path.name for path in (groups / "clients").iterdir()) == ["go", "python"]
    assert [path.name for path in (groups / "clients" / "python").iterdir()] == ["polls"]


@pytest.mark.parametrize(("arguments", "word"), [
    (("--groups", "librari"), "did you mean 'library'?"),
    (("--no-typescript", "--no-python"), "no language is left"),
    (("--typescript", "--no-typescript"), "do not go together"),
    (("--check", "--clean"), "do not go together"),
    (("--max-workers", "0"), "--max-workers 0"),
])  # fmt: skip
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], word: str, groups: Path, call: Run
) -> None:
    code, _, said = call("generate_api", *arguments)
    assert (code, word in said) == (2, True), said
    assert not groups.exists()


def test_a_project_without_settings_is_told_what_to_write(settings: Settings, call: Run) -> None:
    code, _, said = call("generate_api")
    assert code == 2
    assert "SPECLOOM = OpenAPIClientConfig(" in said


def test_check_finds_what_is_out_of_date_and_writes_nothing(groups: Path, call: Run) -> None:
    code, _, said = call("generate_api", "--check")
    assert (code, "out-of-date" in said) == (1, True)
    assert not groups.exists()
    assert call("generate_api", "--no-archive")[0] == 0
    before = files(groups)
    assert call("generate_api", "--check")[0] == 0
    (groups / "clients" / "python" / "library" / "enums.py").unlink()
    code, _, said = call("generate_api", "--check")
    assert (code, "python/library" in said) == (1, True)
    assert set(files(groups)) == set(before) - {"clients/python/library/enums.py"}


def test_a_dry_run_lists_and_writes_nothing(groups: Path, call: Run) -> None:
    code, listed, _ = call("generate_api", "--dry-run")
    assert code == 0
    assert "clients/typescript/library/client.ts" in listed
    assert not groups.exists()


def test_another_folder_for_the_output(groups: Path, call: Run, tmp_path: Path) -> None:
    assert call("generate_api", "--output-dir", tmp_path / "elsewhere")[0] == 0
    assert (tmp_path / "elsewhere" / "schemas" / "library.yaml").is_file()
    assert not groups.exists()


def test_groups_are_listed_with_their_apps_and_those_that_are_in_none(groups: Path, call: Run) -> None:
    code, listed, _ = call("generate_api", "--list-groups")
    assert code == 0
    assert listed.splitlines()[:2] == ["library  Library v1", "  tests.django_project.library"]
    assert "  tests.django_project.billing" in listed.partition("in no group\n")[2].splitlines()


def test_validation_says_that_all_is_well_or_what_is_not(groups: Path, call: Run, settings: Settings) -> None:
    code, listed, said = call("generate_api", "--validate")
    assert (code, listed) == (0, "2 groups: in order\n"), said
    settings.SPECLOOM = OpenAPIClientConfig(
        enabled=True, groups=[OpenAPIGroupConfig(name="library", apps=["tests.django_project.librari"], title="Library")]
    )
    code, _, said = call("generate_api", "--validate")
    assert code == 1
    assert "tests.django_project.library" in said
    assert not groups.exists()


def test_the_menu_needs_a_terminal(groups: Path, call: Run) -> None:
    code, _, said = call("generate_api", "--interactive")
    assert (code, "needs a terminal" in said) == (2, True)


def test_zones_are_made_by_either_command(zones: Path, call: Run) -> None:
    assert call("revolution", "--generate", "--zones", "public", "desk", "--no-monorepo")[0] == 0
    first = files(zones / "clients")
    assert call("generate_api", "--check")[0] == 0
    assert call("revolution", "--zones", "public,desk", "--no-multithreading", "--max-workers", "3")[0] == 0
    assert files(zones / "clients") == first
    assert b"/apix/desk/" in b"".join(first.values())


def test_zones_can_be_looked_at(zones: Path, call: Run) -> None:
    code, listed, said = call("revolution", "--list-zones", "--status", "--show-urls", "--validate-zones", "--test-schemas")
    assert code == 0, said
    assert "desk  Desk v1 (signed in only)" in listed
    assert "nothing generated yet" in listed
    assert "  /apix/public/" in listed
    assert "2 zones: in order" in listed
    assert not zones.exists()


def test_archives_are_listed_compared_and_restored(groups: Path, call: Run) -> None:
    assert call("generate_api", "--python")[0] == 0
    [name] = [line.split()[0] for line in call("archive", "list")[1].splitlines()]
    assert "library" in call("archive", "show", name)[1]
    schema = groups / "schemas" / "library.yaml"
    schema.write_text(schema.read_text().replace("        title:", "        name:").replace("      - title\n", "      - name\n"))
    code, text, _ = call("archive", "diff", "latest", "--groups", "library", "--fail-on-breaking")
    assert code == 1
    assert "title" in text
    assert '"breaking": true' in call("archive", "diff", "--format", "json")[1]
    assert call("archive", "restore", name)[0] == 2
    assert call("archive", "restore", name, "--force")[0] == 0
    assert call("archive", "diff", "latest", "--fail-on-breaking")[0] == 0
    assert call("archive", "show", "1999")[0] == 2
