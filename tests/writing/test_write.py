"""What writing does to a folder with files of specloom's and of the user's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from specloom.ir.diagnostics import SpecloomError
from specloom.writing import MANIFEST_NAME, plan, write
from specloom.writing.locking import locked

FILES: dict[str, str | bytes] = {"index.ts": "export {};\n", "users/models.ts": "export type User = {};\n",
                                   "users/logo.png": b"\x89PNG\r\n\0"}


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest; an empty folder counts too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if path.name != MANIFEST_NAME and (path.is_file() or not any(path.iterdir()))
    }


def as_bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}


def codes(error: SpecloomError) -> list[str]:
    return [diagnostic.code for diagnostic in error.diagnostics]


def test_the_target_holds_what_was_made_and_the_second_run_touches_nothing(tmp_path: Path) -> None:
    out = tmp_path / "new" / "api"
    done = write(FILES, out)
    assert tree(out) == as_bytes(FILES)
    assert done.created == tuple(sorted(FILES))
    before = {path: path.stat().st_mtime_ns for path in (out, *out.rglob("*"))}
    again = write(FILES, out)
    assert again.unchanged == tuple(sorted(FILES))
    assert again.is_current
    assert {path: path.stat().st_mtime_ns for path in (out, *out.rglob("*"))} == before


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    before = {path: (tmp_path / path).stat().st_ino for path in FILES}
    done = write({**FILES, "index.ts": "export const a = 1;\n"}, tmp_path)
    assert (done.changed, done.created, done.deleted) == (("index.ts",), (), ())
    after = {path: (tmp_path / path).stat().st_ino for path in FILES}
    assert [path for path in FILES if before[path] != after[path]] == ["index.ts"]


def test_what_is_no_longer_made_goes_with_its_folders_and_python_traces(tmp_path: Path) -> None:
    write({**FILES, "old/deep/a.py": "a = 1\n", "old/b.py": "", "with_user/c.py": ""}, tmp_path)
    (tmp_path / "old/deep/__pycache__").mkdir()
    (tmp_path / "old/deep/__pycache__/a.cpython-311.pyc").write_bytes(b"")
    (tmp_path / "with_user/mine.txt").write_text("mine")
    done = write(FILES, tmp_path)
    assert done.deleted == ("old/b.py", "old/deep/a.py", "with_user/c.py")
    assert tree(tmp_path) == as_bytes({**FILES, "with_user/mine.txt": "mine"})
    assert not (tmp_path / "old").exists()


def test_a_file_edited_by_hand_stops_everything_until_forced(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "index.ts").write_text("// mine\n")
    before = tree(tmp_path)
    with pytest.raises(SpecloomError) as caught:
        write({**FILES, "users/models.ts": "changed\n", "index.ts": "changed\n"}, tmp_path)
    assert codes(caught.value) == ["edited-file"]
    assert "index.ts" in str(caught.value)
    assert "--force" in str(caught.value)
    assert tree(tmp_path) == before
    write({**FILES, "index.ts": "changed\n"}, tmp_path, force=True)
    assert tree(tmp_path) == as_bytes({**FILES, "index.ts": "changed\n"})


def test_a_file_that_is_the_users_own_stops_everything_until_forced(tmp_path: Path) -> None:
    (tmp_path / "index.ts").write_text("// mine\n")
    with pytest.raises(SpecloomError) as caught:
        write(FILES, tmp_path)
    assert codes(caught.value) == ["foreign-file"]
    assert tree(tmp_path) == {"index.ts": b"// mine\n"}
    write(FILES, tmp_path, force=True)
    assert tree(tmp_path) == as_bytes(FILES)


def test_an_equal_file_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "index.ts").write_text("export {};\n")
    write(FILES, tmp_path)
    write({}, tmp_path)
    assert tree(tmp_path) == {}


def test_an_edited_file_no_longer_made_stays_and_is_the_users_from_then_on(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "index.ts").write_text("// mine\n")
    done = write({}, tmp_path)
    assert done.kept == ("index.ts",)
    assert [diagnostic.code for diagnostic in done.diagnostics] == ["edited-file-kept"]
    assert tree(tmp_path) == {"index.ts": b"// mine\n"}
    assert write({}, tmp_path).kept == ()
    with pytest.raises(SpecloomError) as caught:
        write(FILES, tmp_path)
    assert codes(caught.value) == ["foreign-file"]


def test_a_deleted_file_is_made_again(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "index.ts").unlink()
    assert write(FILES, tmp_path).created == ("index.ts",)
    assert tree(tmp_path) == as_bytes(FILES)


def test_line_endings_turned_by_git_are_no_edit_and_no_change(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    for path in ("index.ts", "users/models.ts", MANIFEST_NAME):
        (tmp_path / path).write_bytes((tmp_path / path).read_bytes().replace(b"\n", b"\r\n"))
    planned = plan(FILES, tmp_path)
    assert planned.is_current
    write(FILES, tmp_path)
    assert (tmp_path / "index.ts").read_bytes() == b"export {};\r\n"
    write({"index.ts": "new\n"}, tmp_path)
    assert tree(tmp_path) == {"index.ts": b"new\n"}


def test_the_users_other_files_are_never_looked_at(tmp_path: Path) -> None:
    mine = {"mine.ts": "mine", "users/mine.ts": "mine too", "node_modules/x/index.js": "x"}
    for path, text in mine.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    write(FILES, tmp_path)
    write({"other.ts": ""}, tmp_path)
    assert tree(tmp_path) == as_bytes({"other.ts": "", **mine})


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    write({"users": "file"}, tmp_path)
    write({"users/a/b.ts": "deep"}, tmp_path)
    assert tree(tmp_path) == {"users/a/b.ts": b"deep"}
    write({"users": "file"}, tmp_path)
    assert tree(tmp_path) == {"users": b"file"}


def test_a_file_of_the_users_where_a_folder_goes_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("mine")
    for force in (False, True):
        with pytest.raises(SpecloomError) as caught:
            write(FILES, tmp_path, force=force)
        assert codes(caught.value) == ["in-the-way"]
    assert tree(tmp_path) == {"users": b"mine"}


def test_a_folder_of_the_users_where_a_file_goes_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "index.ts").mkdir()
    (tmp_path / "index.ts/mine").write_text("mine")
    with pytest.raises(SpecloomError) as caught:
        write(FILES, tmp_path, force=True)
    assert codes(caught.value) == ["in-the-way"]


def test_the_permissions_of_a_replaced_file_stay(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "index.ts").chmod(0o640)
    write({**FILES, "index.ts": "new\n"}, tmp_path)
    assert (tmp_path / "index.ts").stat().st_mode & 0o777 == 0o640


def test_the_manifest_does_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    write(FILES, tmp_path / "a")
    write(dict(reversed(FILES.items())), tmp_path / "b")
    assert (tmp_path / "a" / MANIFEST_NAME).read_bytes() == (tmp_path / "b" / MANIFEST_NAME).read_bytes()


@pytest.mark.parametrize(("content", "code"), [
    (b"not json", "manifest-damaged"),
    (b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n", "manifest-damaged"),
    (b'{"version": 2}', "manifest-newer"),
    (b'{"files": {"../../x": "' + b"0" * 64 + b'"}}', "manifest-damaged"),
    (b'{"files": {"x": "no hash"}}', "manifest-damaged"),
    (b"\xff\xfe", "manifest-damaged"),
    (b"", "manifest-damaged"),
])
def test_a_damaged_manifest_is_an_error_with_a_remedy_that_works(tmp_path: Path, content: bytes, code: str) -> None:
    write(FILES, tmp_path)
    (tmp_path / MANIFEST_NAME).write_bytes(content)
    with pytest.raises(SpecloomError) as caught:
        write({**FILES, "index.ts": "new\n"}, tmp_path)
    assert codes(caught.value) == [code]
    assert "--force" in str(caught.value)
    assert tree(tmp_path) == as_bytes(FILES)
    write({**FILES, "index.ts": "new\n"}, tmp_path, force=True)
    assert tree(tmp_path) == as_bytes({**FILES, "index.ts": "new\n"})
    assert write({**FILES, "index.ts": "new\n"}, tmp_path).is_current


def test_a_symbolic_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    out.mkdir()
    (elsewhere / "secret").write_text("secret")
    (out / "users").symlink_to(elsewhere)
    (out / "index.ts").symlink_to(elsewhere / "secret")
    with pytest.raises(SpecloomError) as caught:
        write(FILES, out, force=True)
    assert codes(caught.value) == ["leaves-target", "leaves-target"]
    assert tree(elsewhere) == {"secret": b"secret"}


def test_a_stale_file_is_not_deleted_through_a_link_that_leads_out(tmp_path: Path) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    write(FILES, out)
    (out / "users").rename(elsewhere)
    (out / "users").symlink_to(elsewhere)
    with pytest.raises(SpecloomError) as caught:
        write({"index.ts": FILES["index.ts"]}, out, force=True)
    assert codes(caught.value) == ["leaves-target"]
    assert len(tree(elsewhere)) == 2


def test_a_target_reached_by_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write(FILES, tmp_path / "link")
    assert tree(tmp_path / "real") == as_bytes(FILES)


def test_a_link_in_a_circle_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(SpecloomError):
        write(FILES, tmp_path / "a")


def test_a_file_as_target_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for target in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SpecloomError):
            write(FILES, target, force=True)
    assert (tmp_path / "file").read_text() == "mine"


def test_planning_changes_nothing(tmp_path: Path) -> None:
    write({**FILES, "old.ts": ""}, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.rglob("*"))}
    planned = plan({"index.ts": "new\n", "new.ts": "", "users/logo.png": FILES["users/logo.png"]}, tmp_path)
    assert (planned.created, planned.changed, planned.unchanged, planned.deleted) == (
        ("new.ts",), ("index.ts",), ("users/logo.png",), ("old.ts", "users/models.ts")
    )
    assert not planned.is_current
    assert {path: path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.rglob("*"))} == before


def test_two_runs_at_once_the_second_waits_and_then_says_so(tmp_path: Path) -> None:
    out = (tmp_path / "out").resolve()
    with locked(out, wait=0):
        with pytest.raises(SpecloomError) as caught:
            write(FILES, out, wait=0.01)
        assert codes(caught.value) == ["target-busy"]
        assert not out.exists()
        write(FILES, tmp_path / "other", wait=0)
    write(FILES, out, wait=0)
    assert tree(out) == as_bytes(FILES)


def test_without_a_home_the_lock_lies_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no-folder").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "no-folder" / "state"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = (tmp_path / "out").resolve()
    with locked(out, wait=0), pytest.raises(SpecloomError):
        write(FILES, out, wait=0)


@pytest.mark.parametrize("spelled", ["users.ts", "Users.ts"])
def test_a_name_that_changes_only_its_case_ends_as_the_new_name(tmp_path: Path, spelled: str) -> None:
    write({"Users.ts": "a\n"}, tmp_path)
    write({spelled: "a\n"}, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {spelled, MANIFEST_NAME}
    assert (tmp_path / spelled).read_text() == "a\n"
