"""Whatever is wrong, the command line says one clear thing with a code, a place and a hint, and the target is as it was."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from specloom.writing import disk
from tests.cli.command_line import CommandLine

HEAD = 'openapi: 3.0.3\ninfo: {title: Shop, version: "1"}\n'
GOOD = HEAD + 'paths:\n  /users:\n    get: {operationId: users, responses: {"200": {description: ok}}}\n'
BOMB = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * 10)}]" for n in range(9))

DOCUMENTS: dict[str, tuple[str, str | bytes]] = {
    "not YAML": ("yaml", "paths: [1, 2\ninfo: }\n"),
    "not JSON": ("json", '{"openapi": "3.0.3", "info" 1}'),
    "not text": ("yaml", b"\x89PNG\r\n\x1a\n\xff\xfe\xfd" * 10),
    "not OpenAPI": ("yaml", "kind: Deployment\nmetadata: {name: x}\n"),
    "a list": ("yaml", "- 1\n- 2\n"),
    "Swagger 2.0": ("yaml", 'swagger: "2.0"\ninfo: {title: x, version: "1"}\npaths: {}\n'),
    "OpenAPI 4": ("yaml", 'openapi: 4.0.0\ninfo: {title: x, version: "1"}\npaths: {}\n'),
    "empty": ("yaml", ""),
    "blank": ("yaml", "  \n# only a comment\n"),
    "50 MB": ("yaml", GOOD + "# " + "x" * 50_000_000),
    "10,000 levels": ("json", '{"openapi": "3.0.3", "x": ' + "[" * 10_000 + "]" * 10_000 + "}"),
    "10,000 levels of YAML": ("yaml", HEAD + "x: " + "[" * 10_000 + "]" * 10_000 + "\n"),
    "an alias bomb": ("yaml", HEAD + BOMB + "\npaths: {}\n"),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_bad_document(specloom: CommandLine, kind: str) -> None:
    ending, content = DOCUMENTS[kind]
    file = specloom.folder / f"api.{ending}"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    done = specloom("generate", file.name, "--typescript", "ts", "--python", "py")
    assert done.exit_code == 1
    said = done.stderr
    assert re.search(rf"^error [a-z]+(-[a-z0-9]+)*: {re.escape(file.name)}(:\d+:\d+|#|:)", said, re.MULTILINE), said
    assert "hint: " in said
    assert "Traceback" not in said
    assert "internal error" not in said
    assert len(said) < 2000
    assert [path.name for path in specloom.folder.iterdir()] == [file.name]


def test_references_that_lead_in_a_circle_or_out_of_the_folder(specloom: CommandLine) -> None:
    specloom.write("secret.yaml", "Secret: {type: string}\n")
    specloom.write("in/api.yaml", GOOD + (
        "components:\n  schemas:\n"
        "    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n"
        "    C: {$ref: '../secret.yaml#/Secret'}\n    D: {$ref: 'https://example.com/x.yaml#/X'}\n"
    ))
    done = specloom("generate", "in/api.yaml", "--typescript", "ts", "--strict")
    assert done.exit_code == 1
    for code, line in (("ref-loop", 9), ("ref-outside", 10), ("url-not-allowed", 11)):
        assert re.search(rf"error {code}.*?in/api.yaml:{line}:", done.stderr, re.DOTALL), done.stderr
    assert "allow" in done.stderr
    assert "internal error" not in done.stderr
    assert not (specloom.folder / "ts").exists()
    allowed = specloom("check", "in/api.yaml", "--allow", "../secret.yaml")
    assert "ref-outside" not in allowed.stderr


def test_a_target_that_cannot_be_written(specloom: CommandLine) -> None:
    specloom.write("api.yaml", GOOD)
    specloom.write("file", "mine")
    done = specloom("generate", "api.yaml", "--typescript", "file")
    assert done.exit_code == 1
    assert "error target-not-a-folder: file: " in done.stderr
    below = specloom("generate", "api.yaml", "--typescript", "file/below")
    assert below.exit_code == 1
    assert "internal error" not in below.stderr
    assert specloom.tree(".") == {"api.yaml": GOOD, "file": "mine"}


@pytest.mark.parametrize(("failure", "code", "word"), [
    (OSError(errno.ENOSPC, "No space left on device"), 1, "disk-full"),
    (PermissionError(errno.EACCES, "Permission denied"), 1, "not-permitted"),
    (KeyboardInterrupt(), 130, ""),
])
def test_a_full_disk_and_an_interrupt_leave_the_target_as_it_was(
    specloom: CommandLine, monkeypatch: pytest.MonkeyPatch, failure: BaseException, code: int, word: str
) -> None:
    specloom.write("api.yaml", GOOD)
    assert specloom("generate", "api.yaml", "--typescript", "ts").exit_code == 0
    specloom.write("ts/mine.ts", "mine")
    before = specloom.tree("ts")
    specloom.write("api.yaml", GOOD.replace("users", "people"))
    replace, count = disk.replace, 0

    def failing(source: str, destination: str) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise failure
        replace(source, destination)

    monkeypatch.setattr(disk, "replace", failing)
    done = specloom("generate", "api.yaml", "--typescript", "ts")
    assert done.exit_code == code
    assert word in done.stderr
    assert specloom.tree("ts") == before
    monkeypatch.setattr(disk, "replace", replace)
    assert specloom("generate", "api.yaml", "--typescript", "ts").exit_code == 0
    assert "people.ts" in specloom.tree("ts")
    assert specloom.tree("ts")["mine.ts"] == "mine"


def test_another_run_in_the_same_folder(specloom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    from specloom.writing.locking import locked

    specloom.write("api.yaml", GOOD)
    monkeypatch.setattr("specloom.writing.target.locked", lambda target, wait: locked(target, wait=0.05))
    with locked((specloom.folder / "ts").resolve(), wait=0):
        done = specloom("generate", "api.yaml", "--typescript", "ts")
    assert done.exit_code == 1
    assert "error target-busy: ts: " in done.stderr
    assert "hint: " in done.stderr
    assert not (specloom.folder / "ts").exists()


def test_a_folder_as_the_document(specloom: CommandLine, tmp_path: Path) -> None:
    specloom.write("docs/openapi.yaml", GOOD)
    done = specloom("generate", "docs", "--typescript", "ts")
    assert done.exit_code == 1
    assert "docs/openapi.yaml" in done.stderr
