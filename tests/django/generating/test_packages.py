"""Copies of clients in packages of a monorepo: each holds what it asks for, and nothing of a person's is touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from specloom.django.generating import generate_project
from specloom.django.project import MonorepoPackage, Project
from specloom.jobs import Mode
from tests.harness.disk import state

from .projects import Documents, document, project, texts, without_archive


def monorepo(base: Path, *packages: MonorepoPackage) -> tuple[Project, Documents]:
    return project(base / "api", "public", "internal", change=lambda made: replace(without_archive(made), packages=packages))


def test_a_package_holds_its_groups_and_their_index(tmp_path: Path) -> None:
    web, admin = tmp_path / "web" / "src", tmp_path / "admin" / "src"
    made, documents = monorepo(
        tmp_path, MonorepoPackage(web, groups=("public",)), MonorepoPackage(admin), MonorepoPackage(tmp_path / "py", "python"),
    )
    summary = generate_project(made, describe=documents)
    assert summary.ok and [package.path for package in summary.packages] == [web, admin, tmp_path / "py"]
    outputs = made.outputs.clients / "typescript"
    assert texts(web / "public") == texts(outputs / "public")
    assert texts(admin) == texts(outputs)
    assert "InternalAPI" not in (web / "index.ts").read_text()
    assert texts(tmp_path / "py" / "internal") == texts(made.outputs.clients / "python" / "internal")
    before = state(tmp_path)
    assert generate_project(made, describe=documents, mode=Mode.CHECK).ok
    (web / "public" / "client.ts").unlink()
    assert generate_project(made, describe=documents, mode=Mode.CHECK).exit_code == 1
    assert generate_project(made, describe=documents, mode=Mode.CHECK, monorepo=False).ok
    assert generate_project(made, describe=documents).ok
    assert state(tmp_path).keys() == before.keys()


def test_only_its_own_stale_files_go(tmp_path: Path) -> None:
    web = tmp_path / "web"
    made, documents = monorepo(tmp_path, MonorepoPackage(web))
    web.mkdir()
    mine = {"package.json": "{}\n", "public/mine.ts": "// mine\n", "hooks/use.ts": "// mine\n"}
    for path, text in mine.items():
        (web / path).parent.mkdir(exist_ok=True)
        (web / path).write_text(text)
    generate_project(made, describe=documents)
    assert (web / "public" / "things0" / "client.ts").is_file()
    documents.answers["public"] = document("The public API", path="others")
    assert generate_project(made, describe=documents, groups=["public"]).ok
    assert not (web / "public" / "things0").exists() and (web / "public" / "others" / "client.ts").is_file()
    assert (web / "internal" / "client.ts").is_file() and "InternalAPI" in (web / "index.ts").read_text()
    assert {path: (web / path).read_text() for path in mine} == mine
    smaller = replace(made, groups=made.groups[:1])
    assert generate_project(smaller, describe=documents).ok
    assert not (web / "internal").exists() and "InternalAPI" not in (web / "index.ts").read_text()
    assert {path: (web / path).read_text() for path in mine} == mine


def test_an_index_of_the_packages_own_is_kept(tmp_path: Path) -> None:
    web = tmp_path / "web"
    made, documents = monorepo(tmp_path, MonorepoPackage(web))
    web.mkdir()
    (web / "index.ts").write_text('export * from "./public";\n')
    summary = generate_project(made, describe=documents)
    assert summary.ok and [found.code for found in summary.packages[0].diagnostics] == ["own-index-kept"]
    assert (web / "index.ts").read_text() == 'export * from "./public";\n'
    assert (web / "public" / "client.ts").is_file()


def test_a_package_in_which_something_is_in_the_way_is_named_and_the_rest_is_written(tmp_path: Path) -> None:
    web, other = tmp_path / "web", tmp_path / "other"
    made, documents = monorepo(tmp_path, MonorepoPackage(web), MonorepoPackage(other))
    (web / "public").mkdir(parents=True)
    (web / "public" / "client.ts").write_text("// mine\n")
    summary = generate_project(made, describe=documents)
    assert summary.exit_code == 1 and all(result.ok for result in summary.results)
    assert {package.path: package.ok for package in summary.packages} == {web: False, other: True}
    assert texts(web) == {"public/client.ts": "// mine\n"}
    assert texts(other) == texts(made.outputs.clients / "typescript")


@pytest.mark.parametrize("groups", [(), ("public",)])
def test_languages_of_one_package_lie_side_by_side(groups: tuple[str, ...], tmp_path: Path) -> None:
    made, documents = monorepo(tmp_path, *(MonorepoPackage(tmp_path / "all", each, groups) for each in ("typescript", "python")))
    assert generate_project(made, describe=documents).ok
    assert generate_project(made, describe=documents, languages=["python"]).ok
    found = texts(tmp_path / "all")
    assert {path.split("/")[0] for path in found} == {"typescript", "python"}
    assert "typescript/index.ts" in found and "typescript/public/client.ts" in found and "python/public/api.py" in found
    assert ("python/internal/api.py" in found) is (not groups)
