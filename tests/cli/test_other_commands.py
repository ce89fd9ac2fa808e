"""``check``, ``inspect``, ``init``, ``config-schema``, ``--version``; and what all commands have in common."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import pytest

from specloom.ir.context import IRContext
from tests.cli.command_line import CommandLine

DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: 1.0}
paths:
  /users/{id}:
    get: {operationId: users_one, tags: [users], responses: {"200": {$ref: '#/components/responses/Nope'}}}
  /things:
    get: {operationId: things, tags: [things], responses: {"200": {description: ok}}}
"""


def test_check_shows_every_kind_with_lines(specloom: CommandLine) -> None:
    specloom.write("api.yaml", DOCUMENT)
    done = specloom("check", "api.yaml")
    assert done.exit_code == 0
    assert "dangling-ref" in done.stderr
    assert "api.yaml:5:" in done.stderr
    assert done.stdout.startswith("api.yaml: 2 operations")
    assert specloom("check", "api.yaml", "--strict").exit_code == 1


def test_check_as_json(specloom: CommandLine) -> None:
    specloom.write("api.yaml", DOCUMENT)
    found = json.loads(specloom("check", "api.yaml", "--format", "json").stdout)
    dangling = next(each for each in found if each["code"] == "dangling-ref")
    assert dangling["place"]["line"] == 5
    assert dangling["severity"] == "warning"


def test_check_as_json_of_no_document(specloom: CommandLine) -> None:
    specloom.write("api.yaml", "[1, 2]\n")
    done = specloom("check", "api.yaml", "--format", "json")
    assert done.exit_code == 1
    assert [each["severity"] for each in json.loads(done.stdout)] == ["error"]


def test_check_as_sarif(specloom: CommandLine) -> None:
    specloom.write("a folder/api.yaml", DOCUMENT)
    log = json.loads(specloom("check", "a folder/api.yaml", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "a%20folder/api.yaml"
        assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_inspect_prints_the_ir(specloom: CommandLine) -> None:
    specloom.write("api.yaml", DOCUMENT)
    done = specloom("inspect", "api.yaml", "--include-tag", "users")
    assert done.exit_code == 0
    api = IRContext.model_validate_json(done.stdout)
    assert [operation.operation_id for operation in api.operations] == ["users_one"]


def test_inspect_of_no_document_is_1_with_nothing_on_stdout(specloom: CommandLine) -> None:
    specloom.write("api.yaml", "- no\n")
    done = specloom("inspect", "api.yaml")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr


def test_inspect_of_a_text_that_is_no_unicode(specloom: CommandLine) -> None:
    specloom.write("api.json", '{"openapi": "3.0.3", "info": {"title": "\\ud800", "version": "1"}, "paths": {}}')
    done = specloom("inspect", "api.json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["info"]["title"] == "\ud800"


def test_init_writes_a_configuration_that_generate_takes(specloom: CommandLine) -> None:
    specloom.write("schema.yml", DOCUMENT)
    assert specloom("init", "--name", "shop").exit_code == 0
    assert tomllib.loads((specloom.folder / "specloom.toml").read_text())["documents"]["shop"]["source"] == "schema.yml"
    done = specloom("generate")
    assert done.exit_code == 0, done.output
    assert specloom.tree("frontend/src/api")


def test_init_adds_to_pyproject_and_never_overwrites(specloom: CommandLine) -> None:
    specloom.write("pyproject.toml", "[project]\nname = 'x'")
    assert specloom("init", "openapi.json", "--pyproject").exit_code == 0
    parsed = tomllib.loads((specloom.folder / "pyproject.toml").read_text())
    assert parsed["project"] == {"name": "x"}
    (document,) = parsed["tool"]["specloom"]["documents"].values()
    assert document["source"] == "openapi.json"
    before = specloom.tree(".")
    again = specloom("init")
    assert again.exit_code == 1
    assert "config-exists" in again.stderr
    assert specloom.tree(".") == before


def test_config_schema_names_the_options_of_every_emitter(specloom: CommandLine) -> None:
    schema = json.loads(specloom("config-schema").stdout)
    text = json.dumps(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for key in ("zod", "import_ending", "formatter", "paging", "output"):
        assert f'"{key}"' in text


def test_the_version(specloom: CommandLine) -> None:
    done = specloom("--version")
    assert done.exit_code == 0
    assert done.stdout.startswith("specloom ")


@pytest.mark.parametrize("arguments", [
    ("--help",), ("generate", "--help"), ("check", "--help"), ("--version",), ("generate",), ("--show-completion",)
])
def test_help_is_there_without_the_heavy_imports(specloom: CommandLine, arguments: tuple[str, ...]) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['specloom', *{arguments!r}]\n"
        "from specloom.cli.app import app\n"
        "try:\n    app()\n"
        "finally:\n    sys.stderr.write('\\nLOADED ' + ' '.join(sorted({n.partition('.')[0] for n in sys.modules})))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=specloom.folder, check=False)
    loaded = done.stderr.rpartition("LOADED ")[2].split()
    assert "typer" in loaded
    heavy = {"libcst", "black", "openapi_pydantic"}
    if arguments != ("generate",):
        heavy |= {"yaml", "httpx"}  # pydantic is typer's own
    assert heavy.isdisjoint(loaded)


def test_importing_specloom_costs_nothing_and_names_are_there() -> None:
    code = (
        "import sys, specloom\n"
        "assert 'pydantic' not in sys.modules\n"
        "assert set(specloom.__all__) <= set(dir(specloom))\n"
        "for name in specloom.__all__: getattr(specloom, name)\n"
        "assert not {'libcst', 'black', 'typer'} & set(sys.modules)\n"
        "specloom.nope\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith("AttributeError: module 'specloom' has no attribute 'nope'"), done.stderr


def test_python_m_specloom() -> None:
    done = subprocess.run([sys.executable, "-m", "specloom", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("specloom ")
