"""The lock in its folder: read before files are made, written with them, and never taken for what a person must not touch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import specloom
from specloom.cli.app import app
from specloom.emitters.proto import ProtoOptions
from specloom.ir.diagnostics import SpecloomError
from specloom.jobs import Mode, Target

LOCK = "specloom.lock.json"
THING = "acme.shop.common.v1.Thing"


def document(folder: Path, *properties: str) -> Path:
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in properties}}
    data = {
        "openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "components": {"schemas": {"Thing": schema}},
        "paths": {"/things": {"get": {"operationId": "things_list", "tags": ["things"], "responses": {"200": {
            "description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
        }}}}},
    }
    (folder / "api.json").write_text(json.dumps(data))
    return folder / "api.json"


def generate(folder: Path, *properties: str, mode: Mode = Mode.WRITE, force: bool = False) -> specloom.JobResult:
    target = Target("proto", folder / "out", ProtoOptions(package="acme.shop.v1", compile=False))
    return specloom.generate(document(folder, *properties), targets=[target], mode=mode, force=force)


def fields(folder: Path) -> dict[str, int]:
    found = json.loads((folder / "out" / LOCK).read_text())["messages"][THING]
    return {key: entry["number"] for key, entry in found.items() if "removed" not in entry}


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def messages(folder: Path) -> str:
    return (folder / "out/acme/shop/common/v1/messages.proto").read_text()


def test_a_second_run_goes_by_the_lock_of_the_first(tmp_path: Path) -> None:
    generate(tmp_path, "a", "b", "c")
    generate(tmp_path, "d", "c", "a")
    assert fields(tmp_path) == {"a": 1, "c": 3, "d": 4}
    assert "reserved 2;" in messages(tmp_path) and 'reserved "b";' in messages(tmp_path)
    assert "optional string d = 4;" in messages(tmp_path)


def test_in_memory_the_lock_is_an_option(tmp_path: Path) -> None:
    options: dict[str, object] = {"package": "acme.shop.v1", "compile": False}
    first = specloom.emit(specloom.load(document(tmp_path, "a", "b")), "proto", **options)
    assert first.shared == (LOCK,)
    second = specloom.emit(specloom.load(document(tmp_path, "b", "c")), "proto", lock=first[LOCK], **options)
    found = json.loads(second[LOCK])["messages"][THING]
    assert {key: entry["number"] for key, entry in found.items()} == {"a": 1, "b": 2, "c": 3}
    specloom.write(first, tmp_path / "out")
    (tmp_path / "out" / LOCK).write_text(second[LOCK])
    assert specloom.write(second, tmp_path / "out").is_current is False
    assert specloom.plan(second, tmp_path / "out").is_current


def test_a_lock_that_a_person_merged_is_read_and_written_over(tmp_path: Path) -> None:
    generate(tmp_path, "a")
    lock = tmp_path / "out" / LOCK
    data = json.loads(lock.read_text())
    data["messages"][THING]["theirs"] = {"number": 7, "type": "string"}
    lock.write_text(json.dumps(data, indent=8))
    result = generate(tmp_path, "theirs", "a", "new")
    assert fields(tmp_path) == {"a": 1, "theirs": 7, "new": 8}
    assert LOCK in result.targets[0].plan.changed
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert LOCK in generate(tmp_path, "theirs", "a", "new").targets[0].plan.unchanged


def test_the_lock_outlives_the_output(tmp_path: Path) -> None:
    generate(tmp_path, "a", "b")
    manifest = json.loads((tmp_path / "out/.specloom.json").read_text())
    assert LOCK not in manifest["files"] and manifest["shared"] == [LOCK]
    specloom.write({"other.txt": "x\n"}, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").rglob("*") if path.is_file()) == [".specloom.json", "other.txt", LOCK]
    generate(tmp_path, "b", "a")
    assert fields(tmp_path) == {"a": 1, "b": 2}


def test_check_sees_that_only_the_lock_would_change(tmp_path: Path) -> None:
    generate(tmp_path, "a")
    assert generate(tmp_path, "a", mode=Mode.CHECK).ok
    lock = tmp_path / "out" / LOCK
    lock.write_text(lock.read_text().replace("Commit this file", "Keep this file"))
    before = lock.read_bytes()
    with pytest.raises(SpecloomError, match=r"out-of-date.*specloom\.lock\.json"):
        generate(tmp_path, "a", mode=Mode.CHECK)
    assert lock.read_bytes() == before


def test_a_lock_that_is_gone_is_an_error(tmp_path: Path) -> None:
    generate(tmp_path, "a", "b")
    (tmp_path / "out" / LOCK).unlink()
    with pytest.raises(SpecloomError, match="shared-file-missing"):
        generate(tmp_path, "b", "a")
    assert "a = 1" in messages(tmp_path)
    generate(tmp_path, "b", "a", force=True)
    assert fields(tmp_path) == {"a": 2, "b": 1}


def test_a_lock_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    generate(tmp_path, "a")
    (tmp_path / "out" / LOCK).write_bytes(b"\xff\xfe{")
    with pytest.raises(SpecloomError, match="not-utf-8"):
        generate(tmp_path, "a", force=True)


def test_the_command_that_an_error_names_repairs_the_lock(tmp_path: Path) -> None:
    generate(tmp_path, "a", "b")
    lock = tmp_path / "out" / LOCK
    row = '      "b": {"number": 2, "type": "string"}\n'
    other = '      "b": {"number": 2, "type": "string"},\n      "c": {"number": 2, "type": "string"}\n'
    assert row in lock.read_text()
    lock.write_text(lock.read_text().replace(row, f"<<<<<<< HEAD\n{row}=======\n{other}>>>>>>> branch\n"))
    with pytest.raises(SpecloomError) as caught:
        generate(tmp_path, "a", "b", "c", force=True)
    (found,) = caught.value.diagnostics
    assert found.code == "lock-conflict" and found.file == str(lock)
    assert found.hint is not None and f"`specloom lock repair {tmp_path / 'out'}`" in found.hint

    done = CliRunner().invoke(app, ["lock", "repair", str(tmp_path / "out")], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    assert f"{THING}: 'b' and 'c' had one number, 2; 'c' has 3 now" in done.stdout
    generate(tmp_path, "a", "b", "c")
    assert fields(tmp_path) == {"a": 1, "b": 2, "c": 3}
    assert not (tmp_path / "out/.specloom.tmp").exists()

    again = CliRunner().invoke(app, ["lock", "repair", str(tmp_path / "out")], catch_exceptions=False)
    assert (again.exit_code, again.stdout) == (0, f"{lock} is whole\n")


@pytest.mark.parametrize(("content", "code"), [(None, "no-lock"), ("hello", "damaged-lock"), ('{"version": 9}', "lock-newer")])
def test_what_cannot_be_repaired_stays_as_it_is(tmp_path: Path, content: str | None, code: str) -> None:
    if content is not None:
        (tmp_path / LOCK).write_text(content)
    done = CliRunner().invoke(app, ["lock", "repair", str(tmp_path)], catch_exceptions=False)
    assert done.exit_code == 1 and code in done.stderr
    assert (tmp_path / LOCK).exists() == (content is not None)
    assert content is None or (tmp_path / LOCK).read_text() == content
