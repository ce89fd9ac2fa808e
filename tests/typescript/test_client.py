"""A tag's client: signatures, calls, comments, paging, of operations that are made by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import specloom
from specloom.builders.typescript import nodes as ts
from specloom.ir import types as ir
from specloom.ir.context import IRContext, IRInfoObject, IRTagObject
from specloom.ir.operations import (
    BodyKind,
    IRMediaTypeObject,
    IROperationObject,
    IRParameterObject,
    IRRequestBodyObject,
    IRResponseObject,
    Location,
    Pagination,
    Style,
)
from specloom.ir.schemas import IRObjectSchema, IRPropertyObject
from tests.harness.emitting import SHOP
from tests.harness.typescript import prettier_changes

PRODUCT = ir.ReferenceType(name="Product")
PAGE = IRObjectSchema(
    name="ProductPage",
    home="products",
    properties=(
        IRPropertyObject(name="results", type=ir.ArrayType(items=PRODUCT), required=True),
        IRPropertyObject(name="next", type=ir.nullable(ir.ScalarType(type="string", format="uri"))),
    ),
)


def _json(type: ir.IRType, media_type: str = "application/json") -> IRMediaTypeObject:
    return IRMediaTypeObject(media_type=media_type, kind=BodyKind.JSON, type=type)


def _query(
    name: str, type: ir.IRType, *, required: bool = False, style: Style = Style.FORM, explode: bool = True
) -> IRParameterObject:
    return IRParameterObject(name=name, location=Location.QUERY, type=type, required=required, style=style, explode=explode)


def _client(*operations: IROperationObject) -> str:
    product = IRObjectSchema(name="Product", home="products", properties=(IRPropertyObject(name="id", type=ir.INTEGER),))
    api = IRContext(
        info=IRInfoObject(title="Shop", version="1"),
        tags=(IRTagObject(name="products"),),
        schemas={"Product": product, "ProductPage": PAGE},
        operations=operations,
    )
    emission = specloom.emit(api, "typescript")
    assert not [d for d in emission.diagnostics if d.severity is specloom.Severity.ERROR]
    return emission["products/client.ts"]


def _operation(operation_id: str, method: str = "get", path: str = "/p", **more: object) -> IROperationObject:
    return IROperationObject.model_validate(
        {"operation_id": operation_id, "method": method, "path": path, "tag": "products", **more}
    )


def _ok(*contents: IRMediaTypeObject, status: str = "200") -> IRResponseObject:
    return IRResponseObject(status=status, contents=contents)


def test_required_parameters_make_the_object_required_and_an_optional_body_comes_before() -> None:
    text = _client(
        _operation(
            "products_search", "post",
            parameters=(_query("q", ir.STRING, required=True), _query("page", ir.INTEGER)),
            request_body=IRRequestBodyObject(contents=(_json(PRODUCT),)),
            responses=(_ok(_json(PRODUCT)),),
        )
    )  # fmt: skip
    assert "    data: Product | undefined,\n    params: ProductSearchParams,\n    options?: RequestOptions,\n" in text


def test_styles_travel_as_short_words() -> None:
    array = ir.ArrayType(items=ir.STRING)
    text = _client(
        _operation(
            "products_list",
            parameters=(
                _query("a", array, explode=False),
                _query("b", ir.STRING, explode=False),
                _query("c", array, style=Style.PIPE_DELIMITED, explode=False),
                _query("filter[x]", ir.MapType(values=ir.STRING), style=Style.DEEP_OBJECT),
            ),
            responses=(_ok(_json(PRODUCT)),),
        )
    )
    for line in (
        '["a", params.a, "csv"],',
        '["b", params.b],',
        '["c", params.c, "pipes"],',
        '["filter[x]", params["filter[x]"], "deep"],',
    ):
        assert f"        {line}\n" in text


def test_path_parameters_are_encoded_and_styled() -> None:
    at = IRParameterObject(
        name="at", location=Location.PATH, type=ir.ArrayType(items=ir.NUMBER), required=True, style=Style.MATRIX, explode=True
    )
    name = IRParameterObject(name="path", location=Location.PATH, type=ir.STRING, required=True, style=Style.SIMPLE)
    text = _client(_operation("products_at", path="/p/`{path}`/{at}", parameters=(name, at), responses=(_ok(),)))
    assert 'path`/p/\\`${pathParam}\\`/${styled("matrix*", "at", at)}`' in text


def test_all_pages() -> None:
    text = _client(
        _operation(
            "products_list",
            parameters=(_query("page", ir.INTEGER),),
            responses=(_ok(_json(ir.ReferenceType(name="ProductPage"))),),
            pagination=Pagination(style="page", parameter="page", items=("results",), next=("next",), item_type=PRODUCT),
        )
    )
    assert "  ): Paged<Product, ProductPage> {\n" in text
    assert "Page.numbered((page) => this.list({ ...params, page }, options), {\n" in text


def test_what_answers_become() -> None:
    def answer(*responses: IRResponseObject) -> str:
        text = _client(_operation("products_get_it", responses=responses))
        return next(line.strip() for line in text.splitlines() if "getIt(" in line)

    text_body = IRMediaTypeObject(media_type="text/plain", kind=BodyKind.TEXT, type=ir.STRING)
    binary = IRMediaTypeObject(media_type="image/png", kind=BodyKind.BINARY, type=ir.UploadType())
    events = IRMediaTypeObject(media_type="text/event-stream", kind=BodyKind.EVENTS, type=PRODUCT)
    lines = IRMediaTypeObject(media_type="application/jsonl", kind=BodyKind.JSON_LINES, type=PRODUCT)
    head = "getIt(options?: RequestOptions):"
    assert answer(_ok(_json(PRODUCT))) == f"{head} APIPromise<Product> {{"
    assert answer(_ok(_json(PRODUCT)), _ok(status="204")) == f"{head} APIPromise<Product | undefined> {{"
    assert answer(_ok(status="204")) == f"{head} APIPromise<void> {{"
    assert answer(_ok(text_body)) == f"{head} APIPromise<string> {{"
    assert answer(_ok(binary)) == f"{head} APIPromise<Blob> {{"
    assert answer(_ok(_json(PRODUCT), text_body)) == f"{head} APIPromise<Product | string> {{"
    assert answer(_ok(events)) == f"{head} EventStream<Product> {{"
    assert answer(_ok(lines)) == f"{head} JSONLines<Product> {{"
    assert answer() == f"{head} APIPromise<Response> {{"


def test_several_media_types_are_the_callers_choice() -> None:
    form = IRMediaTypeObject(media_type="multipart/form-data", kind=BodyKind.MULTIPART, type=PRODUCT)
    text = _client(
        _operation(
            "products_create", "post",
            request_body=IRRequestBodyObject(required=True, contents=(_json(PRODUCT), form)),
            responses=(_ok(_json(PRODUCT)),),
        )
    )  # fmt: skip
    assert 'contentType?: "application/json" | "multipart/form-data";' in text
    assert 'type: options?.contentType ?? "application/json",' in text


def test_errors_are_typed_and_said() -> None:
    text = _client(
        _operation(
            "products_list", responses=(_ok(_json(PRODUCT)), _ok(_json(PRODUCT), status="404"), _ok(_json(PRODUCT), status="4XX"))
        )
    )
    assert 'export interface ListProductsErrors {\n  404: Product;\n  "4XX": Product;\n}' in text
    assert "   * @throws {@link APIError} 404, 4XX with a {@link Product}\n" in text


@pytest.mark.parametrize("ending", ["", ".js", ".ts"])
def test_every_import_ends_as_asked_and_stays_a_fixed_point(ending: str, tmp_path: Path) -> None:
    emission = specloom.emit(specloom.load(SHOP), "typescript", hooks=True, import_ending=ending)
    paths = [path for path in emission if path.endswith(".ts")]
    for path in paths:
        found = re.findall(r'^.*\bfrom "(\..*)";$', emission[path], re.MULTILINE)
        assert all(one.endswith(ending) if ending else not one.endswith((".js", ".ts")) for one in found), path
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(emission[path])
    assert prettier_changes(tmp_path, paths) == []


def test_a_tag_may_be_called_like_a_file_of_the_runtime() -> None:
    from specloom.printers.typescript import print_file

    http, local = ts.symbol("HttpClient", "http"), ts.symbol("Thing", "http/models")
    text = print_file(ts.file("http/client.ts", ts.export_type("Both", ts.tuple_of(ts.type_ref(http), ts.type_ref(local)))))
    assert 'from "../http";' in text
    assert 'from "./models";' in text
