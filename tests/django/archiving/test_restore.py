"""Back to an archive, and what changed since it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from specloom.django.archiving import ArchiveManager, Entry, diff, find_archive, list_archives, restore, store
from specloom.django.generating import generate_project
from specloom.django.project import ArchivePolicy, Project
from specloom.ir.diagnostics import SpecloomError
from specloom.jobs import Mode
from tests.django.generating.projects import Documents, document, project, texts
from tests.harness.disk import Disk, state


def twice(base: Path) -> tuple[Project, Documents, dict[str, str], dict[str, str]]:
    """A project generated twice, the second time without a field; and what its output was each time."""
    made, documents = project(base, "public", "internal")
    generate_project(made, describe=documents, languages=["typescript", "proto"])
    first = texts(base)
    documents.answers["public"] = document("The public API", ("id",), path="others")
    generate_project(made, describe=documents, languages=["typescript", "proto"])
    return made, documents, first, texts(base)


def test_everything_is_as_it_was(tmp_path: Path) -> None:
    made, documents, first, second = twice(tmp_path)
    assert first != second
    newest, oldest = list_archives(made.outputs.archive)
    plans = restore(made, oldest.name)
    assert texts(tmp_path) == first and any(plan.deleted for plan in plans)
    documents.answers["public"] = document("The public API", path="things0")
    assert generate_project(made, describe=documents, languages=["typescript", "proto"], mode=Mode.CHECK).ok
    restore(made, newest.name)
    assert texts(tmp_path) == second
    before = state(tmp_path)
    restore(made, "latest")
    assert state(tmp_path) == before


def test_only_some_of_it(tmp_path: Path) -> None:
    made, _, first, second = twice(tmp_path)
    oldest = list_archives(made.outputs.archive)[-1].name
    restore(made, oldest, groups=["internal"])
    assert texts(tmp_path) == second
    restore(made, oldest, groups=["public"], languages=["typescript"])
    found = texts(tmp_path)
    assert all(found[path] == text for path, text in first.items() if not path.startswith("clients/proto"))
    assert all(found[path] == text for path, text in second.items() if path.startswith("clients/proto"))
    for asked in ({"groups": ["pubic"]}, {"languages": ["python"]}):
        with pytest.raises(SpecloomError) as caught:
            restore(made, oldest, **asked)  # type: ignore[arg-type]
        assert caught.value.diagnostics[0].code.startswith("unknown-")


def test_a_person_and_a_damaged_archive_stop_it_and_nothing_is_touched(tmp_path: Path) -> None:
    made, _, _, _ = twice(tmp_path)
    oldest = list_archives(made.outputs.archive)[-1]
    mine = made.outputs.clients / "typescript" / "internal" / "client.ts"
    generated = mine.read_text()
    mine.write_text("// mine\n")
    before = state(tmp_path)
    with pytest.raises(SpecloomError) as caught:
        restore(made, oldest.name)
    assert state(tmp_path) == before and "edited-file" in [found.code for found in caught.value.diagnostics]
    mine.write_text(generated)
    (oldest.path / "clients" / "typescript" / "public" / "client.ts").write_text("changed\n")
    before = state(tmp_path)
    with pytest.raises(SpecloomError) as caught:
        ArchiveManager(made).restore(oldest.name)
    assert state(tmp_path) == before and [found.code for found in caught.value.diagnostics] == ["archive-damaged"]


def test_stopped_at_any_step_it_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = Disk(monkeypatch)
    made, _ = project(tmp_path, "public", "internal")
    for at, text in enumerate(("old", "new")):
        client = {"client.ts": text, f"{text}.ts": text}
        entries = [Entry(name, f"{text}\n", {"typescript": client}) for name in ("public", "internal")]
        store(made.outputs.archive, entries, ArchivePolicy(), now=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=at))
    newest, oldest = (archive.name for archive in list_archives(made.outputs.archive))
    restore(made, newest)
    after = texts(tmp_path)
    edge.count = 0
    restore(made, oldest)
    total, before = edge.count, texts(tmp_path)
    seen = set()
    for fatal in range(1, total + 1):
        restore(made, oldest)
        edge.arm(fatal, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            restore(made, newest)
        edge.disarm()
        seen.add(texts(tmp_path) == after)
        assert texts(tmp_path) in (before, after)
        assert not [path for path in tmp_path.rglob(".*") if path.name != ".specloom.json"]
    assert seen == {True, False}


def test_what_changed_between_two_archives_and_since_one(tmp_path: Path) -> None:
    made, documents, _, _ = twice(tmp_path)
    newest, oldest = list_archives(made.outputs.archive)
    found = diff(made, oldest.name, newest.name)
    assert found.breaking and (found.old, found.new) == (oldest.name, newest.name)
    assert {group.group: group.status for group in found.groups} == {"public": "changed", "internal": "same"}
    assert "internal: nothing changed" in found.text() and "public: breaking changes" in found.text()
    assert "# " in found.markdown() and "## internal" in found.markdown()
    data = json.loads(found.json())
    assert data["breaking"] is True and data["groups"]["internal"] == {"status": "same", "breaking": False, "comparison": None}
    assert data["groups"]["public"]["comparison"]["changes"]

    back = diff(made, newest.name, oldest.name, groups=["internal"])
    assert not back.breaking and [group.group for group in back.groups] == ["internal"]
    assert not diff(made).breaking and diff(made).new == "current"
    documents.answers["public"] = document("The public API", ("id", "more"), path="others")
    generate_project(made, describe=documents, archive=False, languages=["typescript"])
    since = diff(made)
    assert not since.breaking and since.groups[0].status == "changed" and "more" in since.text()
    (made.outputs.schemas / "internal.yaml").unlink()
    assert diff(made).breaking and "the group is gone" in diff(made).text()
    with pytest.raises(SpecloomError):
        diff(made, groups=["absent"])


def test_an_archive_holds_the_groups_that_went_well(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "internal")
    documents.answers["internal"] = ZeroDivisionError()
    path = generate_project(made, describe=documents, languages=["typescript"]).archive
    found = find_archive(made.outputs.archive, "latest")
    assert found.path == path and found.groups == ("public",) and list(found.metadata.failed) == ["internal"]
    assert found.metadata.seconds > 0
    documents.answers["public"] = ZeroDivisionError()
    assert generate_project(made, describe=documents).archive is None
    off = replace(made, archive=ArchivePolicy(enabled=False))
    documents.answers["public"] = document("The public API")
    assert generate_project(off, describe=documents, languages=["typescript"]).archive is None
    assert generate_project(made, describe=documents, languages=["typescript"], archive=False).archive is None
    assert len(list_archives(made.outputs.archive)) == 1
