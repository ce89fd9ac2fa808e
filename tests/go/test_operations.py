"""Operations in Go: what a generated client sends and makes of answers, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import specloom
from specloom.emitters.protocol import Emission
from specloom.ir.context import IRContext
from specloom.ir.paging import PagingRule
from tests.harness import go
from tests.harness.tools import write_files

HERE = Path(__file__).parent / "operations"
_PAGING = (
    PagingRule(operations=("list_numbers",), style="page", parameter="page", items="results", next="next"),
    PagingRule(operations=("list_offsets",), style="offset", parameter="offset", items="results", total="count"),
    PagingRule(operations=("list_cursors",), style="cursor", parameter="cursor", items="results", next="next"),
    PagingRule(operations=("list_links",), style="next-link", items="results", next="next"),
    PagingRule(operations=("list_headers",), style="link-header"),
)


@pytest.fixture(scope="module")
def calls() -> Emission:
    return specloom.emit(specloom.load(HERE / "document.yaml", paging=_PAGING), "go", package_name="calls")


def _api(*operations: tuple[str, str, Mapping[str, object]], **more: object) -> IRContext:
    paths: dict[str, dict[str, object]] = {}
    for method, path, operation in operations:
        paths.setdefault(path, {})[method] = {"tags": ["things"], "responses": {"204": {"description": "Done."}}, **operation}
    return specloom.load({"openapi": "3.1.0", "info": {"title": "Things", "version": "1"}, "paths": paths, **more})


def _functions(text: str) -> list[str]:
    return re.findall(r"^func \(s \*\w+\) (\w+)\(", text, re.MULTILINE)


def test_calls_arrive_as_described_and_answers_are_read(calls: Emission, tmp_path: Path) -> None:
    """Tests in Go, against a server that keeps what came."""
    write_files({**calls, "calls_test.go": (HERE / "calls_test.go").read_text()}, tmp_path)
    assert go.gofmt_changes(tmp_path, [str(path) for path in sorted(tmp_path.glob("*.go"))]) == []
    assert [*go.vet(tmp_path), *go.check_staticcheck(tmp_path)] == []
    assert go.run_tests(tmp_path) == []


def test_an_argument_hides_nothing_that_the_method_says(calls: Emission) -> None:
    signature = re.search(r"^func .*\) Odd\((.*?)\) error", calls["calls.go"], re.MULTILINE)
    assert signature is not None
    names = re.findall(r"(\w+)(?= |,)", signature[1])
    assert not {"context", "req", "type", "s", "do"} & set(names)
    assert {d.code for d in calls.diagnostics if "'odd." in d.message} == {"name-changed"}


def test_parameters_of_one_name_in_two_places_are_two_fields() -> None:
    parameters = [{"name": "id", "in": place, "schema": {"type": "string"}} for place in ("query", "header", "cookie")]
    text = specloom.emit(_api(("get", "/a", {"operationId": "a", "parameters": parameters})), "go")["things.go"]
    assert re.findall(r"^\t(\w+) +\*string$", text, re.MULTILINE) == ["ID", "IDHeader", "IDCookie"]
    for line in ('req.query("id", params.ID)', 'req.header("id", params.IDHeader)', 'req.cookie("id", params.IDCookie)'):
        assert line in text


@pytest.mark.parametrize(
    ("operations", "names"),
    [
        ((("get", "/things", "things_list"), ("post", "/things", "things_create")), ["List", "Create"]),
        ((("get", "/a", "getURLForID"), ("get", "/b", "get-url_for-id")), ["GetURLForID", "GetURLForID2"]),
        ((("get", "/a", "1st"), ("get", "/b", "名前")), ["Call1st", "Call名前"]),
    ],
)
def test_methods_are_named_once_in_go_spelling(operations: tuple[tuple[str, str, str], ...], names: list[str]) -> None:
    api = _api(*((method, path, {"operationId": name}) for method, path, name in operations))
    assert _functions(specloom.emit(api, "go")["things.go"]) == names


def test_a_media_type_with_the_same_type_is_not_a_method_of_its_own() -> None:
    schema = {"type": "object", "properties": {"name": {"type": "string"}}}
    content = {media_type: {"schema": schema} for media_type in ("application/json", "application/x-www-form-urlencoded")}
    content["text/plain"] = {"schema": {"type": "string"}}
    operation = {"operationId": "things_create", "requestBody": {"required": True, "content": content}}
    emission = specloom.emit(_api(("post", "/things", operation)), "go")
    found = [d.message for d in emission.diagnostics if d.code == "media-type-not-carried-over"]
    assert _functions(emission["things.go"])[1:] == ["CreateWithText"]
    assert len(found) == 1 and "application/x-www-form-urlencoded" in found[0] and "text/plain" not in found[0]


def test_headers_of_parts_and_client_certificates_are_reported() -> None:
    encoding = {"photo": {"headers": {"X-Part": {"schema": {"type": "string"}}}}}
    schema = {"type": "object", "properties": {"photo": {"type": "string", "format": "binary"}}}
    content = {"multipart/form-data": {"schema": schema, "encoding": encoding}}
    api = _api(
        ("post", "/things", {"operationId": "things_create", "requestBody": {"content": content}}),
        components={"securitySchemes": {"mtls": {"type": "mutualTLS"}}}, security=[{"mtls": []}],
    )  # fmt: skip
    codes = [d.code for d in specloom.emit(api, "go").diagnostics]
    assert codes.count("part-header-not-carried-over") == 1
    assert codes.count("security-not-carried-over") == 1


def test_paging_that_cannot_be_followed_is_reported() -> None:
    page = {"type": "object", "properties": {"results": {"type": "array", "items": {"type": "string"}}}}
    operation = {
        "operationId": "things_list",
        "parameters": [{"name": "page", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}],
        "responses": {"200": {"description": "Some.", "content": {"application/json": {"schema": page}}}},
    }
    document = {
        "openapi": "3.1.0", "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"get": {"tags": ["things"], **operation}}},
    }  # fmt: skip
    rule = PagingRule(operations=("things_list",), style="page", parameter="page", items="results")
    emission = specloom.emit(specloom.load(document, paging=[rule]), "go")
    assert _functions(emission["things.go"]) == ["List"]
    assert "paging-not-carried-over" in [d.code for d in emission.diagnostics]


def test_comments_say_summary_endpoint_arguments_errors() -> None:
    problem = {"type": "object", "required": ["detail"], "properties": {"detail": {"type": "string"}}}
    wrong = {"description": "Wrong.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    operation = {
        "operationId": "things_read", "summary": "Read a thing", "description": "Read a thing.", "deprecated": True,
        "parameters": [{"name": "id", "in": "path", "required": True, "description": "Whose?", "schema": {"type": "string"}}],
        "responses": {"204": {"description": "Done."}, "404": wrong, "422": wrong, "default": wrong},
    }  # fmt: skip
    api = _api(("get", "/things/{id}", operation), components={"schemas": {"Problem": problem}})
    text = specloom.emit(api, "go")["things.go"]
    comment = text[text.index("// Read") : text.index("func (s *ThingsService) Read(")]
    assert comment.splitlines() == [
        "// Read a thing.",
        "//",
        "//\tGET /things/{id}",
        "//",
        "// Arguments:",
        "//",
        "//   - id: Whose?",
        "//",
        "// A 404, a 422 or any other status is an [*ErrorOf] of [Problem].",
        "//",
        "// Deprecated: the API's description says so.",
    ]
