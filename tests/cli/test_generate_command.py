"""``specloom generate``: what is written, what is said, and with which exit code it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine

DOCUMENT = """\
openapi: 3.0.3
info: {title: Shop, version: "1"}
paths:
  /users:
    get: {operationId: users_list, tags: [users], responses: {"200": {description: ok}}}
  /odd:
    get: {operationId: odd_one, tags: [odd], responses: {"200": {description: ok}}}
  /old:
    get: {operationId: old_one, tags: [users], deprecated: true, x-public: true, responses: {"200": {description: ok}}}
"""
CONFIGURATION = """\
[documents.shop]
source = "api.yaml"
exclude = {tags = ["odd"]}
[documents.shop.typescript]
output = "out/ts"
zod = true
[documents.shop.python]
output = "out/py"
[documents.other]
source = "api.yaml"
[documents.other.python]
output = "out/other"
"""


@pytest.fixture(autouse=True)
def document(specloom: CommandLine) -> Path:
    return specloom.write("api.yaml", DOCUMENT)


def test_both_targets_are_written_with_their_options(specloom: CommandLine) -> None:
    done = specloom("generate", "api.yaml", "--typescript", "ts", "--python", "py", "--zod", "--package-files",
                    "--import-ending", ".js")
    assert done.exit_code == 0
    written = specloom.tree("ts")
    assert set(written) == {"users_list.ts", "odd_one.ts", "old_one.ts", "options.ts", ".specloom.json"}
    assert "zod=True" in written["options.ts"]
    assert "hooks=False" in written["options.ts"]
    assert "import_ending='.js'" in written["options.ts"]
    assert "package_files=True" in specloom.tree("py")["client.py"]
    assert "typescript ts: 4 created" in done.stderr
    assert "done in" in done.stderr


@pytest.mark.parametrize(("filters", "expected"), [
    (("--include-tag", "users"), {"users_list", "old_one"}),
    (("--include-tag", "users", "--exclude-deprecated"), {"users_list"}),
    (("--exclude-tag", "users"), {"odd_one"}),
    (("--include-path", "/o*"), {"odd_one", "old_one"}),
    (("--exclude-path", "/odd", "--exclude-path", "/old"), {"users_list"}),
    (("--include-operation", "*_one", "--exclude-operation", "odd*"), {"old_one"}),
    (("--include-flag", "x-public"), {"old_one"}),
    (("--exclude-flag", "x-public=true"), {"users_list", "odd_one"}),
])
def test_filters(specloom: CommandLine, filters: tuple[str, ...], expected: set[str]) -> None:
    assert specloom("generate", "api.yaml", "--typescript", "ts", *filters).exit_code == 0
    assert {name.removesuffix(".ts") for name in specloom.tree("ts")} - {"options", ".specloom.json"} == expected


def test_go_and_proto_have_folders_and_proto_its_package(specloom: CommandLine) -> None:
    done = specloom("generate", "api.yaml", "--go", "go", "--proto", "pb", "--proto-package", "acme.shop.v1")
    assert done.exit_code == 0
    assert set(specloom.tree("go")) == {"client.py", ".specloom.json"}
    assert "package='acme.shop.v1'" in specloom.tree("pb")["service.proto"]
    assert specloom("generate", "api.yaml", "--go", "go", "--proto-package", "acme.shop.v1").exit_code == 2


def test_check_writes_nothing_and_ends_with_1_where_the_output_is_out_of_date(specloom: CommandLine) -> None:
    command = ("generate", "api.yaml", "--typescript", "ts", "--python", "py")
    missing = specloom(*command, "--check")
    assert missing.exit_code == 1
    assert "out-of-date" in missing.stderr
    assert not (specloom.folder / "ts").exists()
    assert specloom(*command).exit_code == 0
    assert specloom(*command, "--check").exit_code == 0
    specloom.write("api.yaml", DOCUMENT.replace("users_list", "users_all"))
    before = specloom.tree("ts")
    changed = specloom(*command, "--check")
    assert changed.exit_code == 1
    assert "1 missing, 1 no longer generated" in changed.stderr
    assert specloom.tree("ts") == before


def test_dry_run_lists_and_writes_nothing(specloom: CommandLine) -> None:
    specloom("generate", "api.yaml", "--typescript", "ts")
    specloom.write("api.yaml", DOCUMENT.replace("users_list", "users_all").replace("/odd", "/odder"))
    before = specloom.tree("ts")
    done = specloom("generate", "api.yaml", "--typescript", "ts", "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == ["created ts/users_all.ts", "changed ts/odd_one.ts", "deleted ts/users_list.ts"]
    assert "nothing written" in done.stderr
    assert specloom.tree("ts") == before


def test_a_file_edited_by_hand_is_an_error_and_no_target_is_written(specloom: CommandLine) -> None:
    command = ("generate", "api.yaml", "--typescript", "ts", "--python", "py")
    specloom(*command)
    specloom.write("py/client.py", "mine")
    specloom.write("api.yaml", DOCUMENT.replace("users_list", "users_all").replace("Shop", "Store"))
    before = specloom.tree("ts")
    done = specloom(*command)
    assert done.exit_code == 1
    assert "edited-file" in done.stderr
    assert specloom.tree("ts") == before
    assert specloom.tree("py")["client.py"] == "mine"
    assert specloom(*command, "--force").exit_code == 0
    assert "Store" in specloom.tree("py")["client.py"]


def test_strict_makes_errors_of_warnings_also_of_an_emitter(specloom: CommandLine) -> None:
    done = specloom("generate", "api.yaml", "--typescript", "ts", "--strict")
    assert done.exit_code == 1
    assert "error name-changed: api.yaml:7:5: odd_one is renamed" in done.stderr
    assert not (specloom.folder / "ts").exists()
    assert specloom("generate", "api.yaml", "--typescript", "ts", "--strict", "--exclude-tag", "odd").exit_code == 0


def test_a_bad_document_is_1_and_says_where(specloom: CommandLine) -> None:
    specloom.write("api.yaml", 'swagger: "2.0"\n')
    done = specloom("generate", "api.yaml", "--typescript", "ts")
    assert done.exit_code == 1
    assert "api.yaml:1:1" in done.stderr
    assert specloom("generate", "nope.yaml", "--typescript", "ts").exit_code == 1


@pytest.mark.parametrize("arguments", [
    ("generate", "api.yaml"),
    ("generate", "--typescript", "ts"),
    ("generate", "--exclude-deprecated"),
    ("generate", "api.yaml", "--typescript", "ts", "--check", "--dry-run"),
    ("generate", "api.yaml", "--typescript", "ts", "--check", "--force"),
    ("generate", "api.yaml", "--typescript", "ts", "--check", "--watch"),
    ("generate", "api.yaml", "--typescript", "ts", "--document", "shop"),
    ("generate", "api.yaml", "--python", "py", "--zod"),
    ("generate", "api.yaml", "--typescript", "ts", "--import-ending", ".mjs"),
    ("generate", "api.yaml", "--target", "typescript"),
    ("generate", "api.yaml", "--typescript", "ts", "--option", "zod"),
    ("generate", "api.yaml", "--typescript", "ts", "--option", "python.formatter=none"),
    ("generate", "api.yaml", "--typescript", "ts", "--nope"),
    ("generate",),
    ("nope",),
    ("check", "api.yaml", "--format", "xml"),
])
def test_wrong_usage_is_2_and_does_nothing(specloom: CommandLine, arguments: tuple[str, ...]) -> None:
    done = specloom(*arguments)
    assert done.exit_code == 2, done.output
    assert done.stderr.strip()
    assert [path.name for path in specloom.folder.iterdir()] == ["api.yaml"]


def test_any_option_can_be_given_by_its_name(specloom: CommandLine) -> None:
    done = specloom("generate", "api.yaml", "--target", "python=py", "--option", "python.formatter=none", "--option",
                    "package_files=true")
    assert done.exit_code == 0, done.output
    assert "package_files=True, formatter='none'" in specloom.tree("py")["client.py"]
    assert specloom("generate", "api.yaml", "--python", "py", "--formatter", "none").exit_code == 0
    assert "package_files=False, formatter='none'" in specloom.tree("py")["client.py"]


def test_without_a_spec_the_configuration_says_what_to_do(specloom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    specloom.write("specloom.toml", CONFIGURATION)
    deep = specloom.folder / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    done = specloom("generate")
    assert done.exit_code == 0, done.output
    assert set(specloom.tree("out/ts")) == {"users_list.ts", "old_one.ts", "options.ts", ".specloom.json"}
    assert "zod=True" in specloom.tree("out/ts")["options.ts"]
    assert "client.py" in specloom.tree("out/py")
    assert "client.py" in specloom.tree("out/other")
    assert specloom("generate", "--check").exit_code == 0


def test_one_document_of_the_configuration(specloom: CommandLine) -> None:
    specloom.write("mine.toml", CONFIGURATION)
    assert specloom("generate", "--config", "mine.toml", "--document", "other").exit_code == 0
    assert not (specloom.folder / "out/ts").exists()
    wrong = specloom("generate", "--config", "mine.toml", "--document", "oter")
    assert wrong.exit_code == 2
    assert "shop, other" in wrong.stderr


def test_a_wrong_configuration_is_2_and_shows_the_line(specloom: CommandLine) -> None:
    specloom.write("specloom.toml", CONFIGURATION.replace("zod =", "zood ="))
    done = specloom("generate")
    assert done.exit_code == 2
    assert "specloom.toml:6:1" in done.stderr
    assert "did you mean 'zod'?" in done.stderr


def test_two_targets_in_one_folder_are_refused(specloom: CommandLine) -> None:
    done = specloom("generate", "api.yaml", "--typescript", "out", "--python", "./out")
    assert done.exit_code == 1
    assert "same-output" in done.stderr


@pytest.mark.parametrize("targets", [("--typescript", "ts"), ("--typescript", "ts", "--python", "py")])
@pytest.mark.parametrize("debug", [True, False])
def test_a_defect_is_told_without_a_traceback(
    specloom: CommandLine, targets: tuple[str, ...], debug: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SPECLOOM_DEBUG", raising=False)
    specloom.write("api.yaml", DOCUMENT.replace("users_list", "broken"))
    done = specloom(*(["--debug"] if debug else []), "generate", "api.yaml", *targets)
    monkeypatch.delenv("SPECLOOM_DEBUG", raising=False)
    assert done.exit_code == 70
    assert "ZeroDivisionError: a defect of the emitter" in done.stderr
    assert "bug of specloom" in done.stderr
    assert ("Traceback" in done.stderr) is debug
    assert not (specloom.folder / "ts").exists()


def test_the_order_of_targets_and_the_number_of_processes_do_not_show_in_the_files(
    specloom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    specloom("generate", "api.yaml", "--typescript", "a/ts", "--python", "a/py")
    monkeypatch.setattr("specloom.workers.can_fork", lambda: False)
    specloom("generate", "api.yaml", "--python", "b/py", "--typescript", "b/ts")
    assert specloom.tree("a") == specloom.tree("b")
    assert len(specloom.tree("a")) == 7
