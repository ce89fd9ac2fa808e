"""Go models of a hostile document compile, satisfy every judge, and read and write what the document says."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

import specloom
from specloom.builders.go import nodes as go
from specloom.builders.go.losses import losses
from specloom.builders.go.models import model_files
from specloom.builders.go.names import allocate_names
from specloom.builders.go.shapes import Shapes
from specloom.builders.go.structs import fits_tag
from specloom.builders.go.types import TypeMapper
from specloom.builders.go.validation import CheckedField, Validation
from specloom.builders.go.validator import validate
from specloom.ir.types import Constraints, ScalarType
from specloom.printers.go import print_file
from tests.harness.go import check_staticcheck, gofmt_changes, run_tests, vet

HERE = Path(__file__).parent / "models"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go package of the hostile document, with the test that uses it."""
    root = tmp_path_factory.mktemp("hostile")
    for path, text in specloom.emit(specloom.load(HERE / "openapi.yaml"), "go").items():
        (root / path).write_text(text, encoding="utf-8")
    shutil.copy(HERE / "models_test.go", root)
    return root


def test_models_read_and_write_what_the_document_says(package: Path) -> None:
    assert run_tests(package) == []


def test_every_judge_is_satisfied(package: Path) -> None:
    assert gofmt_changes(package, ["."]) == []
    assert vet(package) == []
    assert check_staticcheck(package) == []


def _models(schemas: Mapping[str, object], **formats: go.Symbol) -> tuple[dict[str, str], list[str]]:
    """The text of each file with models, and what was lost."""
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}
    api = specloom.load(document)
    shapes = Shapes(api.schemas)
    types = TypeMapper(allocate_names(api, shapes), shapes)
    for format, symbol in formats.items():
        types = types.override(format, symbol)
    found = model_files(api, types, Validation(api, types), "shop")
    assert validate(found.files) == ()
    return {file.name: print_file(file) for file in found.files}, [d.code for d in found.diagnostics]


def test_presence_and_null_are_two_things() -> None:
    files, _ = _models(
        {
            "P": {
                "type": "object",
                "required": ["a", "b", "e", "f"],
                "properties": {
                    "a": {"type": "string"},
                    "b": {"type": ["string", "null"]},
                    "c": {"type": "string"},
                    "d": {"type": ["string", "null"]},
                    "e": {"type": "array", "items": {"type": "integer"}},
                    "f": {"type": ["array", "null"], "items": {"type": ["integer", "null"]}},
                    "g": {"type": "array", "items": {"type": "integer", "format": "int32"}},
                    "h": {"type": ["object", "null"], "additionalProperties": {"$ref": "#/components/schemas/P"}},
                },
            }
        }
    )
    assert (
        """
type P struct {
	A string                 `json:"a"`
	B *string                `json:"b"`
	C *string                `json:"c,omitzero"`
	D Nullable[string]       `json:"d,omitzero"`
	E []int64                `json:"e"`
	F *[]*int64              `json:"f"`
	G []int32                `json:"g,omitzero"`
	H Nullable[map[string]P] `json:"h,omitzero"`
}
"""
        in files["models.go"]
    )


def test_a_format_may_have_a_type_of_ones_own() -> None:
    schemas = {"P": {"type": "object", "properties": {"price": {"type": "string", "format": "money"}}}}
    files, _ = _models(schemas, money=go.Symbol("example.com/money", "Amount"))
    assert 'import "example.com/money"' in files["models.go"]
    assert "Price *money.Amount `json:" in files["models.go"]
    assert "*string" in _models(schemas)[0]["models.go"]


def test_a_struct_that_would_hold_itself_points_to_itself() -> None:
    object_of = {"type": "object", "required": ["next", "list"]}
    ref = {"$ref": "#/components/schemas/Node"}
    files, _ = _models({"Node": {**object_of, "properties": {"next": ref, "list": {"type": "array", "items": ref}}}})
    assert "Next *Node " in files["models.go"]
    assert "List []Node " in files["models.go"]


def test_what_go_cannot_say_is_said_in_a_diagnostic() -> None:
    lost = {
        "Tuple": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]},
        "Mixed": {"enum": ["a", 1]},
        "Never": {"type": "object", "properties": {"never": False}},
    }
    _, codes = _models(lost)
    assert codes == ["type-not-carried-over"] * 3
    pair = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}], "items": False}
    fine = {"Tuple": pair, "Enum": {"enum": ["a"]}}
    files, codes = _models(fine)
    assert codes == []
    assert "type Tuple = []string" in files["models.go"]


def test_a_file_may_be_null_without_a_loss() -> None:
    upload = {"type": ["string", "null"], "contentMediaType": "image/png"}
    api = specloom.load(
        {
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {
                "/a": {
                    "post": {
                        "requestBody": {
                            "content": {
                                "multipart/form-data": {
                                    "schema": {"type": "object", "properties": {"f": upload, "s": {"type": ["string", "null"]}}}
                                }
                            }
                        },
                        "responses": {"204": {"description": "d"}},
                    }
                }
            },
        }
    )
    shapes = Shapes(api.schemas)
    types = TypeMapper(allocate_names(api, shapes), shapes)
    assert [loss for schema in api.schemas.values() for loss in losses(schema, types)] == []


@pytest.mark.parametrize("name", ["", "-", "a,b", 'a"b', "a\\b", "`", "'", "\n", "🙂", "e\u0301", "…"])
def test_names_that_encoding_json_would_ignore_are_in_no_tag(name: str) -> None:
    assert not fits_tag(name)


@pytest.mark.parametrize("name", ["id", "@type", "a b", "a.b[0]", "名前", "é", "<&>", "_"])
def test_other_names_are(name: str) -> None:
    assert fits_tag(name)


def test_parameters_are_checked_as_models_are() -> None:
    api = specloom.load({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}})
    shapes = Shapes(api.schemas)
    validation = Validation(api, TypeMapper(allocate_names(api, shapes), shapes))
    short = ScalarType(type="string", constraints=Constraints(max_length=3, pattern="^a+$"))
    fields = [
        CheckedField("q", "Q", go.pointer(go.STRING), short, required=False),
        CheckedField("page", "Page", go.INT64, ScalarType(type="integer"), required=True),
    ]
    made = [go.type_declaration("ListParams", go.struct()), *validation.struct_methods("ListParams", fields)]
    text = print_file(go.file("a.go", "shop", made))
    assert 'v.length("q", l.Q, 0, 3)' in text
    assert "= pattern(`^a+$`)" in text
    assert "page" not in text
    assert list(validation.struct_methods("Other", fields[1:])) == []
