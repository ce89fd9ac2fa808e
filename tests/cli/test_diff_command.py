"""``diff``: three ways to show a comparison, exit codes, and documents that cannot be read."""

from __future__ import annotations

import json

import pytest

from tests.cli.command_line import CommandLine

OLD = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /things:
    get: {operationId: things, responses: {"200": {description: ok}}}
  /more:
    get: {operationId: more, responses: {"200": {description: ok}}}
"""
MORE = OLD + '  /most:\n    get: {operationId: most, responses: {"200": {description: ok}}}\n'
LESS = OLD.partition("  /more")[0]


@pytest.fixture
def documents(specloom: CommandLine) -> CommandLine:
    for name, text in (("old.yaml", OLD), ("more.yaml", MORE), ("less.yaml", LESS)):
        specloom.write(name, text)
    return specloom


def test_exit_codes(documents: CommandLine) -> None:
    assert documents("diff", "old.yaml", "less.yaml").exit_code == 0
    assert documents("diff", "old.yaml", "less.yaml", "--fail-on-breaking").exit_code == 1
    assert documents("diff", "old.yaml", "more.yaml", "--fail-on-breaking").exit_code == 0
    assert documents("diff", "old.yaml").exit_code == 2
    assert documents("diff", "old.yaml", "more.yaml", "--format", "html").exit_code == 2


def test_text(documents: CommandLine) -> None:
    done = documents("diff", "old.yaml", "less.yaml")
    assert done.stdout == (
        "Shop 1: 1 breaking\n\nGET /more\n  BREAKING        removed: more\n                  clients that call it get no answer\n"
    )
    assert documents("diff", "old.yaml", "old.yaml").stdout == "Shop 1: no changes\n"


def test_json(documents: CommandLine) -> None:
    shown = json.loads(documents("diff", "old.yaml", "more.yaml", "--format", "json").stdout)
    assert [(change["code"], change["operation"]) for change in shown["changes"]] == [("operation-added", "GET /most")]
    assert shown["breaking"] is False


def test_markdown(documents: CommandLine) -> None:
    shown = documents("diff", "old.yaml", "less.yaml", "--format", "markdown").stdout
    assert "### Breaking changes (1)" in shown
    assert "**`GET /more`**" in shown


def test_documents_at_fault_are_shown_both_and_nothing_is_compared(documents: CommandLine) -> None:
    documents.write("broken.yaml", "- no\n")
    done = documents("diff", "broken.yaml", "missing.yaml", "--format", "json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "broken.yaml" in done.stderr
    assert "missing.yaml" in done.stderr


def test_warnings_do_not_stop_it_but_are_shown(documents: CommandLine) -> None:
    documents.write("odd.yaml", OLD.replace("{description: ok}", "{$ref: '#/components/responses/Nope'}", 1))
    done = documents("diff", "old.yaml", "odd.yaml")
    assert done.exit_code == 0
    assert "dangling-ref" in done.stderr
    assert "dangling-ref" not in done.stdout
    assert documents("diff", "old.yaml", "odd.yaml", "--strict").exit_code == 1
