"""Configuration files: found upward, read whole, and every fault shown where it stands."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Literal

import pytest

from specloom.configuration import find_configuration, finding, load_configuration, template
from specloom.configuration.positions import find_key
from specloom.configuration.sections import config_schema
from specloom.emitters.protocol import Emission, EmitterOptions
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, SpecloomError


class ScriptOptions(EmitterOptions):
    zod: bool = False
    fetchers: bool = False
    hooks: bool = False
    package_files: bool = False
    import_ending: Literal["", ".js", ".ts"] = ""


class SnakeOptions(EmitterOptions):
    package_files: bool = False


class GopherOptions(EmitterOptions):
    module: str | None = None
    package_name: str | None = None


class BufferOptions(EmitterOptions):
    package: str | None = None
    compile: bool = True


class Maker:
    def __init__(self, options_type: type[EmitterOptions]) -> None:
        self.options_type = options_type

    def emit(self, api: IRContext, options: EmitterOptions) -> Emission:
        return Emission({})


MAKERS = {
    "typescript": Maker(ScriptOptions), "python": Maker(SnakeOptions), "go": Maker(GopherOptions), "proto": Maker(BufferOptions),
    "my-docs": Maker(EmitterOptions),
}

FULL = """\
[documents.shop]
source = "openapi.yaml"
include = { tags = ["products"], paths = ["/api/**"], operations = ["users_*"], flags = ["x-public"] }
exclude = { deprecated = true }
allow = ["../shared/"]

[documents.shop.typescript]
output = "frontend/src/api"
zod = true
import_ending = ".js"

[documents.shop.my-docs]
output = "docs"

[[documents.shop.paging]]
style = "cursor"
parameter = "after"
next = "meta.next"

[[documents.shop.paging]]
operations = ["other"]
style = "link-header"

[documents.users]
source = "https://example.com/openapi.json"
strict = true
python.output = "backend/users"
"""


@pytest.fixture(autouse=True)
def makers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "emitter_names", lambda: tuple(MAKERS))
    monkeypatch.setattr(finding, "find_emitter", MAKERS.__getitem__)


def as_pyproject(text: str) -> str:
    return "[project]\nname = 'x'\n\n" + text.replace("[documents", "[tool.specloom.documents")


def faults(tmp_path: Path, text: str, name: str = "specloom.toml") -> tuple[Diagnostic, ...]:
    (tmp_path / name).write_text(text)
    with pytest.raises(SpecloomError) as caught:
        load_configuration(tmp_path / name)
    return caught.value.diagnostics


@pytest.mark.parametrize("name", ["specloom.toml", "pyproject.toml"])
def test_a_full_file_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FULL if name == "specloom.toml" else as_pyproject(FULL))
    configuration = load_configuration(tmp_path / name)
    shop, users = configuration.jobs
    assert (shop.name, shop.source, shop.strict, shop.allow) == ("shop", tmp_path / "openapi.yaml", False, ("../shared/",))
    assert shop.include.tags == ("products",)
    assert shop.exclude.deprecated is True
    assert [rule.style for rule in shop.paging] == ["cursor", "link-header"]
    assert [(t.emitter, t.output) for t in shop.targets] == [
        ("typescript", tmp_path / "frontend/src/api"), ("my-docs", tmp_path / "docs")
    ]
    assert shop.targets[0].options == ScriptOptions(zod=True, import_ending=".js")
    assert type(shop.targets[0].options) is ScriptOptions
    assert (users.source, users.strict) == ("https://example.com/openapi.json", True)
    assert [t.emitter for t in users.targets] == ["python"]


@pytest.mark.parametrize(("change", "code", "line", "column", "hint"), [
    (("zod = true", "zood = true"), "config-unknown-key", 9, 1, "did you mean 'zod'?"),
    (("documents.shop.typescript", "documents.shop.typscript"), "config-unknown-key", 7, 2, "did you mean 'typescript'?"),
    (("strict = true", "stric = true"), "config-unknown-key", 26, 1, "did you mean 'strict'?"),
    (("deprecated = true", "depricated = true"), "config-unknown-key", 4, 13, "did you mean 'deprecated'?"),
    (("tags = [", "tag = ["), "config-unknown-key", 3, 13, "did you mean 'tags'?"),
    (('next = "meta', 'nxt = "meta'), "config-unknown-key", 18, 1, "did you mean 'next'?"),
    (('import_ending = ".js"', 'import_ending = ".mjs"'), "config-invalid", 10, 1, None),
    (("zod = true", "zod = 3"), "config-invalid", 9, 1, None),
    (('output = "docs"', ""), "config-missing-key", 12, 2, None),
    (('source = "openapi.yaml"', ""), "config-missing-key", 1, 2, None),
    (('parameter = "after"', ""), "config-invalid", 15, 3, None),
    (('"backend/users"', '"docs"'), "config-same-output", 27, 1, None),
    (('[documents.shop]', '[documents.shop'), "config-syntax", 1, 16, None),
])
def test_each_fault_is_shown_where_it_stands(
    tmp_path: Path, change: tuple[str, str], code: str, line: int, column: int, hint: str | None
) -> None:
    found = faults(tmp_path, FULL.replace(*change))
    assert code in [diagnostic.code for diagnostic in found]
    first = next(diagnostic for diagnostic in found if diagnostic.code == code)
    assert first.place is not None
    assert (first.place.line, first.place.column) == (line, column)
    if hint:
        assert first.hint == hint


def test_all_faults_are_shown_at_once(tmp_path: Path) -> None:
    text = FULL.replace("zod = true", "zood = true").replace("strict = true", "strict = 'perhaps'")
    assert [d.code for d in faults(tmp_path, text)] == ["config-unknown-key", "config-invalid"]


def test_faults_in_pyproject_have_their_own_lines(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, as_pyproject(FULL.replace("zod", "zood")), "pyproject.toml")
    assert str(found).startswith(f"{tmp_path}/pyproject.toml:12:1: error config-unknown-key")


@pytest.mark.parametrize("text", ["", "[documents]", "# nothing\n"])
def test_a_file_without_documents_is_an_error(tmp_path: Path, text: str) -> None:
    assert [d.code for d in faults(tmp_path, text)] == ["config-empty"]


def test_a_document_that_is_no_table_is_an_error(tmp_path: Path) -> None:
    assert [d.code for d in faults(tmp_path, "documents.shop = 3\n")] == ["config-invalid"]
    assert [d.code for d in faults(tmp_path, "documents = 3\n")] == ["config-invalid"]


def test_the_nearest_file_is_found_upward(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_configuration(deep) is None
    (tmp_path / "pyproject.toml").write_text("[tool.specloom.documents]\n")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert find_configuration(deep) == tmp_path / "pyproject.toml"
    (tmp_path / "specloom.toml").write_text("")
    assert find_configuration(deep) == tmp_path / "specloom.toml"
    (deep / "specloom.toml").write_text("")
    assert find_configuration(deep) == deep / "specloom.toml"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SpecloomError) as caught:
        load_configuration(tmp_path / "nope.toml")
    assert [d.code for d in caught.value.diagnostics] == ["config-unreadable"]


def test_keys_are_found_behind_quotes_dots_and_long_strings() -> None:
    text = 'a."b c".d = 1\n[x]\ntext = """\n[y]\nz = 1\n"""\n[["q\'s"]]\nk = {m = {n = 1}, o = 2}\n[["q\'s"]]\nk = 3\n'
    def place(*path: str | int) -> tuple[int | None, int | None]:
        found = find_key(text, "f", path)
        return found.line, found.column

    assert place("a", "b c", "d") == (1, 1)
    assert place("x", "text") == (3, 1)
    assert place("y", "z") == (None, None)
    assert place("q's", 0, "k", "o") == (8, 19)
    assert place("q's", 1, "k") == (10, 1)
    assert place("x", "unknown") == (2, 2)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("name", ["shop", "My API!", "日本"])
def test_the_template_is_a_configuration_also_with_every_comment_taken_away(
    tmp_path: Path, shared: bool, name: str
) -> None:
    file = tmp_path / ("pyproject.toml" if shared else "specloom.toml")
    text = template(name, 'open"api.yaml', shared=shared)
    file.write_text(text)
    (document,) = load_configuration(file).jobs
    assert (document.name, document.source) == (name, tmp_path / 'open"api.yaml')
    assert [t.emitter for t in document.targets] == ["typescript", "python"]
    spoken = "\n".join(line.removeprefix("# ") if "=" in line or line.startswith("# [") else line for line in text.split("\n"))
    file.write_text(spoken)
    (document,) = load_configuration(file).jobs
    assert document.include.paths == ("/api/**",)
    assert document.paging[0].items == "data.items"
    assert [t.emitter for t in document.targets] == ["typescript", "python", "go", "proto"]


def test_the_schema_accepts_what_is_read_and_names_every_key() -> None:
    schema = config_schema({name: maker.options_type for name, maker in MAKERS.items()})
    text = json.dumps(schema)
    for key in ("zod", "import_ending", "my-docs", "size_parameter", "deprecated", "output", "allow"):
        assert f'"{key}"' in text
    assert tomllib.loads(FULL)["documents"].keys() == {"shop", "users"}
