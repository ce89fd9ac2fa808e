"""Archives: each run is one, complete or not there; which are kept; and which is the latest."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.django import ArchiveManager
from specloom.django.archiving import Archive, Entry, Metadata, clean, expired, find_archive, list_archives, show, store
from specloom.django.archiving.stamps import free_name, stamp
from specloom.django.project import ArchivePolicy
from specloom.ir.diagnostics import SpecloomError
from specloom.writing import disk
from tests.django.generating.projects import project
from tests.harness.disk import Disk

NOW = datetime(2026, 11, 21, 20, 7, 15, tzinfo=UTC)
FOREVER = ArchivePolicy(days=None)


def entries(text: str = "one") -> list[Entry]:
    client = {"client.ts": f"{text}\n", "deep/er/models.ts": "same\n"}
    public = {"typescript": client, "python": {"api.py": "same\n"}}
    return [
        Entry("public", f"openapi: {text}\n", public, operations=3, seconds=0.25),
        Entry("internal", "openapi: same\n", {"typescript": client}),
    ]


def whole(archive: Archive) -> bool:
    """Whether an archive holds just what its metadata says."""
    found = {path.relative_to(archive.path).as_posix(): path for path in archive.path.rglob("*") if path.is_file()}
    del found["metadata.json"]
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()} == archive.metadata.files


def test_a_run_becomes_a_folder_named_by_its_time(tmp_path: Path) -> None:
    root = tmp_path / "deep" / "archive"
    path = store(root, entries(), FOREVER, failed={"broken": "no serializer"}, seconds=1.5, now=NOW)
    assert path == root / "2026-11-21_20-07-15"
    found = show(root, "latest")
    assert found.path == path and whole(found) and found.created == NOW
    assert (path / "clients" / "typescript" / "public" / "deep" / "er" / "models.ts").read_text() == "same\n"
    assert (path / "schemas" / "internal.yaml").read_text() == "openapi: same\n"
    assert found.groups == ("public", "internal") and found.languages == ("typescript", "python")
    public = found.metadata.groups["public"]
    assert (public.operations, public.files, public.seconds) == (3, 4, 0.25)
    assert found.metadata.failed == {"broken": "no serializer"} and found.metadata.seconds == 1.5
    assert (root / "latest").is_symlink() and (root / "latest" / "metadata.json").is_file()
    assert {entry.name for entry in root.iterdir()} == {path.name, "latest"}


def test_runs_of_one_second_do_not_collide(tmp_path: Path) -> None:
    names = [store(tmp_path, entries(str(at)), FOREVER, now=NOW).name for at in range(12)]
    assert names[:3] == ["2026-11-21_20-07-15", "2026-11-21_20-07-15-2", "2026-11-21_20-07-15-3"]
    assert [archive.name for archive in list_archives(tmp_path)] == names[::-1]
    assert (tmp_path / "latest").resolve().name == names[-1]
    assert all(whole(archive) for archive in list_archives(tmp_path))


def test_a_clock_that_goes_back_does_not_put_a_run_before_earlier_ones(tmp_path: Path) -> None:
    for moment in (NOW, NOW - timedelta(hours=1), NOW - timedelta(days=90)):
        path = store(tmp_path, entries(), ArchivePolicy(days=30, count=1), now=moment)
        assert [archive.path for archive in list_archives(tmp_path)] == [path] == [(tmp_path / "latest").resolve()]
    assert path.name == "2026-11-21_20-07-15-3"


def test_the_time_is_that_of_utc() -> None:
    from datetime import timezone

    assert free_name(NOW.astimezone(timezone(timedelta(hours=9))), ()) == "2026-11-21_20-07-15"


def test_what_is_the_same_is_on_the_disk_once_and_what_was_changed_does_not_spread(tmp_path: Path) -> None:
    first = store(tmp_path, entries("one"), FOREVER, now=NOW)
    changed = first / "clients" / "python" / "public" / "api.py"
    changed.write_text("changed\n")
    second = store(tmp_path, entries("two"), FOREVER, now=NOW)
    same = Path("clients/typescript/public/deep/er/models.ts")
    assert (first / same).stat().st_ino == (second / same).stat().st_ino
    assert (second / changed.relative_to(first)).read_text() == "same\n"
    assert [whole(archive) for archive in list_archives(tmp_path)] == [True, False]


def test_without_links_latest_is_a_file_with_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("A required privilege is not held by the client")

    monkeypatch.setattr(disk, "link", refuse)
    for at in range(2):
        path = store(tmp_path, entries(str(at)), FOREVER, now=NOW)
        assert (tmp_path / "latest").read_text() == f"{path.name}\n"
        assert find_archive(tmp_path, "latest").path == path


def test_latest_is_never_put_over_a_folder(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    (tmp_path / "latest" / "mine").write_text("mine")
    with pytest.raises(SpecloomError) as caught:
        store(tmp_path, entries(), FOREVER)
    assert [found.code for found in caught.value.diagnostics] == ["in-the-way"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["latest"]


def test_only_what_is_an_archive_is_listed_and_removed(tmp_path: Path) -> None:
    old = NOW - timedelta(days=400)
    for moment in (old, old, NOW):
        store(tmp_path, entries(), FOREVER, now=moment)
    others = [tmp_path / "2020-01-01_00-00-00", tmp_path / "2020-13-01_00-00-00", tmp_path / "notes"]
    for folder in others:
        folder.mkdir()
        (folder / "mine").write_text("mine")
    linked = tmp_path / "2020-01-01_00-00-01"
    linked.symlink_to(tmp_path / "2026-11-21_20-07-15", target_is_directory=True)
    assert len(list_archives(tmp_path)) == 3
    gone = clean(tmp_path, ArchivePolicy(days=30), now=NOW)
    assert [archive.created for archive in gone] == [old, old]
    assert [archive.created for archive in list_archives(tmp_path)] == [NOW]
    assert all((folder / "mine").read_text() == "mine" for folder in others) and linked.is_symlink()
    assert clean(tmp_path, ArchivePolicy(days=0), now=NOW + timedelta(days=999)) == ()
    assert whole(list_archives(tmp_path)[0])
    assert clean(tmp_path / "absent", ArchivePolicy()) == ()


def archive(moment: datetime, number: int) -> Archive:
    name = free_name(moment, ()) + (f"-{number}" if number > 1 else "")
    return Archive(Path(name), Metadata(created=moment, version="1", groups={}, seconds=0, files={}))


@given(
    st.lists(st.tuples(st.integers(0, 90 * 86400), st.integers(1, 11)), unique=True, max_size=20),
    st.none() | st.integers(0, 60), st.none() | st.integers(0, 12), st.randoms(),
)
def test_what_a_policy_keeps(ages: list[tuple[int, int]], days: int | None, count: int | None, random: object) -> None:
    archives = [archive(NOW - timedelta(seconds=age), number) for age, number in ages]
    random.shuffle(archives)  # type: ignore[attr-defined]
    gone = expired(archives, ArchivePolicy(days=days, count=count), NOW)
    kept = [one for one in archives if one not in gone]
    assert len(kept) + len(gone) == len(archives)
    if archives:
        newest = max(archives, key=lambda one: one.order)
        assert newest in kept
        if count is not None:
            assert len(kept) <= max(count, 1)
        if days is not None:
            assert all(NOW - one.created <= timedelta(days=days) for one in kept if one is not newest)
        for one in gone:  # nothing goes without a reason, and nothing goes before what is older
            rank = sum(other.order > one.order for other in archives)
            assert (days is not None and NOW - one.created > timedelta(days=days)) or (count is not None and rank >= count)
    assert all(one.order > other.order for one in kept for other in gone)


@given(st.text(max_size=30) | st.from_regex(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(-\d+)?"))
def test_a_name_is_one_of_an_archive_or_none(name: str) -> None:
    found = stamp(name)
    if found is not None:
        moment, number = found
        assert free_name(moment, ()) + (f"-{number}" if "-" in name[19:] else "") == name


def test_the_policy_holds_after_each_run(tmp_path: Path) -> None:
    for at in range(5):
        store(tmp_path, entries(str(at)), ArchivePolicy(days=2, count=3), now=NOW + timedelta(days=at))
    assert [archive.created.day for archive in list_archives(tmp_path)] == [25, 24, 23]
    assert len(list(tmp_path.iterdir())) == 4


def test_stopped_at_any_step_there_are_only_whole_archives_and_no_traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = Disk(monkeypatch)

    def prepared(root: Path) -> Path:
        edge.disarm()
        for at in range(2):
            store(root, entries(str(at)), FOREVER, now=NOW - timedelta(days=60 - at))
        return root

    def run(root: Path) -> None:
        store(root, entries("new"), ArchivePolicy(days=30), now=NOW)

    root = prepared(tmp_path / "count")
    edge.count = 0
    run(root)
    for fatal in range(1, edge.count + 1):
        root = prepared(tmp_path / str(fatal))
        edge.arm(fatal, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            run(root)
        edge.disarm()
        found = list_archives(root)
        assert found and all(whole(archive) for archive in found)
        assert {entry.name for entry in root.iterdir()} == {*(archive.name for archive in found), "latest"}
        assert (root / "latest" / "metadata.json").is_file()
        run(root)
        assert len(list_archives(root)) in (1, 2)


@pytest.mark.parametrize(("name", "code", "hint"), [
    ("2026-11-22", "unknown-archive", "2026-11-21"), ("2026-11-21", "ambiguous-archive", "2026-11-21_20-07-16"),
    ("", "unknown-archive", "2026"),
])
def test_an_archive_is_found_by_how_its_name_begins(name: str, code: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(SpecloomError) as caught:
        find_archive(tmp_path, "latest")
    assert [found.code for found in caught.value.diagnostics] == ["no-archive"]
    for second in range(2):
        store(tmp_path, entries(), FOREVER, now=NOW + timedelta(seconds=second))
    assert find_archive(tmp_path, "2026-11-21_20-07-16").name == find_archive(tmp_path, "latest").name
    assert find_archive(tmp_path, "2026-11-21_20-07-15").created == NOW
    with pytest.raises(SpecloomError) as caught:
        find_archive(tmp_path, name)
    assert [found.code for found in caught.value.diagnostics] == [code]
    assert hint in (caught.value.diagnostics[0].hint or "")


def test_the_manager_by_its_familiar_names(tmp_path: Path) -> None:
    made, _ = project(tmp_path, "public")
    manager = ArchiveManager(made)
    assert manager.list_archives() == ()
    path = manager.archive_files(entries())
    assert [archive.path for archive in manager.list_archives()] == [path] == [manager.get_archive().path]
    assert manager.clean_old_archives(keep_days=0) == ()
