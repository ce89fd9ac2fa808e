"""``generate_ts_client`` and its sisters: from a file to a client, without any configuration."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import specloom

SHOP = Path(__file__).parents[3] / "examples" / "shop" / "openapi.yaml"
LANGUAGES = {
    "generate_ts_client": "typescript", "generate_python_client": "python", "generate_go_client": "go", "generate_proto": "proto"
}  # fmt: skip


def run(name: str, *arguments: object) -> tuple[str, str]:
    out, error = StringIO(), StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=error)
    return out.getvalue(), error.getvalue()


@pytest.mark.parametrize("command", LANGUAGES)
def test_a_client_is_what_the_emitter_makes(command: str, tmp_path: Path) -> None:
    options = ["--option", "compile=false"] if command == "generate_proto" else []
    _, said = run(command, "--openapi-schema", SHOP, "--output", tmp_path / "out", *options)
    assert "created" in said
    made = specloom.emit(specloom.load(SHOP), LANGUAGES[command], **({"compile": False} if options else {}))
    written = {path: (tmp_path / "out" / path).read_text() for path in made}
    assert written == dict(made)
    run(command, "--openapi-schema", SHOP, "--output", tmp_path / "out", "--check", *options)


def test_switches_are_options(tmp_path: Path) -> None:
    run("generate_ts_client", "--openapi-schema", SHOP, "--output", tmp_path, "--hooks", "--option", "import_ending=.js")
    made = specloom.emit(specloom.load(SHOP), "typescript", hooks=True, import_ending=".js")
    assert {path: (tmp_path / path).read_text() for path in made} == dict(made)


def test_a_dry_run_and_a_check_write_nothing(tmp_path: Path) -> None:
    listed, _ = run("generate_go_client", "--openapi-schema", SHOP, "--output", tmp_path / "go", "--dry-run")
    assert "created" in listed
    with pytest.raises(CommandError) as caught:
        run("generate_go_client", "--openapi-schema", SHOP, "--output", tmp_path / "go", "--check")
    assert caught.value.returncode == 1
    assert not (tmp_path / "go").exists()


@pytest.mark.parametrize(("arguments", "code", "word"), [
    (["--openapi-schema", "nowhere.yaml"], 1, "nowhere.yaml"),
    (["--openapi-schema", SHOP, "--option", "zodd=true"], 2, "did you mean 'zod'?"),
    (["--openapi-schema", SHOP, "--option", "zod"], 2, "KEY=VALUE"),
])  # fmt: skip
def test_bad_input_is_told_in_words(arguments: list[object], code: int, word: str, tmp_path: Path) -> None:
    out, error = StringIO(), StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("generate_ts_client", *map(str, arguments), "--output", str(tmp_path / "ts"), stdout=out, stderr=error)
    assert caught.value.returncode == code
    assert word in error.getvalue() + str(caught.value)
    assert "Traceback" not in error.getvalue()
    assert not (tmp_path / "ts").exists()
