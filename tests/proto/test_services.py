"""What operations become: services, rpcs, requests, answers, HTTP bindings; judged by the descriptors that protoc makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from google.api.annotations_pb2 import http
from google.api.http_pb2 import HttpRule
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet

import specloom
from tests.harness.proto import descriptors
from tests.harness.tools import write_files

_TEXT = {"schema": {"type": "string"}}


def operation(name: str, *tags: str, **more: object) -> dict[str, Any]:
    answer = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}}
    return {"operationId": name, "tags": list(tags or ("products",)), "responses": answer, **more}


def parameter(name: str, where: str, **schema: object) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema or {"type": "string"}}


DOCUMENT: Mapping[str, Any] = {
    "openapi": "3.0.3", "info": {"title": "Acme Shop", "version": "1"},
    "paths": {
        "/products/": {
            "get": operation("products_list", summary="List.", description="All of them.", deprecated=True),
            "post": operation("products_create", requestBody={"required": True, "content": {
                "application/json": {"schema": {"type": "object", "additionalProperties": {"type": "string"}}}}}),
            "head": operation("products_check"),
        },
        "/products/{product-id}/": {
            "parameters": [parameter("product-id", "path", type="integer")],
            "get": operation("products_retrieve", parameters=[
                parameter("product_id", "query"), parameter("body", "header"), parameter("sid", "cookie")]),
            "patch": operation("products_partial_update"), "delete": operation("products_destroy"),
        },
        "/products/featured/": {"get": operation("products_featured_list")},
        "/products/{id}/photo/": {"put": operation("products_photo_update", parameters=[parameter("id", "path")], requestBody={
            "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}})},
        "/orders/{id}:cancel": {"post": operation("orders_cancel_create", "orders", parameters=[parameter("id", "path")])},
        "/orders/{id}.{format}": {"get": operation("orders_export_retrieve", "orders", parameters=[
            parameter("id", "path"), parameter("format", "path")])},
        "/orders/{ids}/many": {"get": operation("getOrders", "orders", parameters=[
            parameter("ids", "path", type="array", items={"type": "integer"})])},
        "/orders/events": {"get": operation("orders_events", "orders", responses={
            "200": {"description": "", "content": {"text/event-stream": {"schema": {"type": "integer"}}}}})},
        "/a/{x}": {"get": operation("a", "common", parameters=[parameter("x", "path")])},
        "/a/{y}": {"get": operation("b", "common", parameters=[parameter("y", "path")])},
        "/empty": {"delete": operation("None", "class", responses={"204": {"description": ""}})},
        "/several": {"get": operation("several", "google", responses={
            "200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}},
            "202": {"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}}})},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def emission() -> specloom.Emission:
    return specloom.emit(specloom.load(DOCUMENT), "proto", compile=False)


@pytest.fixture(scope="module")
def found(emission: specloom.Emission, tmp_path_factory: pytest.TempPathFactory) -> FileDescriptorSet:
    folder = tmp_path_factory.mktemp("services")
    protos = {path: text for path, text in emission.items() if path.endswith(".proto")}
    write_files(protos, folder)
    return descriptors(folder, protos)


def file(found: FileDescriptorSet, path: str) -> FileDescriptorProto:
    return next(file for file in found.file if file.name == path)


def rules(found: FileDescriptorSet, tag: str) -> dict[str, HttpRule | None]:
    """The binding of each rpc of a tag."""
    (service,) = file(found, f"acme_shop/{tag}/v1/service.proto").service
    return {m.name: m.options.Extensions[http] if m.options.HasExtension(http) else None for m in service.method}


def fields(found: FileDescriptorSet, tag: str, message: str) -> dict[str, str]:
    """The JSON name of each field of a message of a tag."""
    messages = {m.name: m for m in file(found, f"acme_shop/{tag}/v1/messages.proto").message_type}
    return {field.name: field.json_name for field in messages[message].field}


def test_rpcs_say_what_is_done_to_what(found: FileDescriptorSet) -> None:
    assert list(rules(found, "products")) == [
        "ListProducts", "CreateProduct", "CheckProduct", "GetProduct", "PatchProduct", "DeleteProduct", "ListFeaturedProducts",
        "UpdateProductPhoto",
    ]  # fmt: skip
    assert list(rules(found, "orders")) == ["CancelOrder", "GetOrderExport", "GetOrders", "OrdersEvents"]


def test_every_rpc_has_a_request_and_a_response_of_its_own(found: FileDescriptorSet) -> None:
    for file in found.file:
        for service in file.service:
            assert service.name.endswith("Service")
            for method in service.method:
                assert method.input_type == f".{file.package}.{method.name}Request"
                assert method.output_type == f".{file.package}.{method.name}Response"


def test_bindings_are_the_http_requests(found: FileDescriptorSet) -> None:
    products, orders = rules(found, "products"), rules(found, "orders")
    assert products["ListProducts"] == HttpRule(get="/products/", response_body="body")
    assert products["CreateProduct"] == HttpRule(post="/products/", body="body", response_body="body")
    assert products["GetProduct"] == HttpRule(get="/products/{path_product_id}/", response_body="body")
    check = products["CheckProduct"]
    assert check is not None
    assert (check.custom.kind, check.custom.path) == ("HEAD", "/products/")
    assert orders["CancelOrder"] == HttpRule(post="/orders/{id}:cancel", response_body="body")


def test_what_a_binding_cannot_say_is_a_diagnostic(found: FileDescriptorSet, emission: specloom.Emission) -> None:
    assert rules(found, "orders")["GetOrderExport"] is None
    assert list(rules(found, "common_api").values())[1] is None
    said = [d.message for d in emission.diagnostics if d.code == "http-binding-not-carried-over"]
    assert len(said) == 2
    assert "/orders/{id}.{format}" in said[0]


def test_parameters_of_every_place_are_fields(found: FileDescriptorSet) -> None:
    assert fields(found, "products", "GetProductRequest") == {
        "path_product_id": "product-id", "product_id": "product_id", "body": "body", "sid": "sid",
    }  # fmt: skip


def test_a_variable_of_a_path_is_a_scalar(found: FileDescriptorSet) -> None:
    (request,) = [m for m in file(found, "acme_shop/orders/v1/messages.proto").message_type if m.name == "GetOrdersRequest"]
    assert (request.field[0].type, request.field[0].label) == (request.field[0].TYPE_STRING, request.field[0].LABEL_OPTIONAL)


def test_bodies(found: FileDescriptorSet) -> None:
    messages = {m.name: m for m in file(found, "acme_shop/products/v1/messages.proto").message_type}
    assert messages["UpdateProductPhotoRequest"].field[1].type == messages["UpdateProductPhotoRequest"].field[1].TYPE_BYTES
    assert [nested.name for nested in messages["CreateProductRequest"].nested_type] == ["BodyEntry"]
    assert fields(found, "google_api", "SeveralResponse") == {"body": "body", "body_202": "body202"}
    assert fields(found, "class_api", "None2Response") == {}


def test_what_streams_is_a_stream(found: FileDescriptorSet) -> None:
    (service,) = file(found, "acme_shop/orders/v1/service.proto").service
    assert [method.name for method in service.method if method.server_streaming] == ["OrdersEvents"]


def test_documentation_and_deprecation_come_along(found: FileDescriptorSet, emission: specloom.Emission) -> None:
    (service,) = file(found, "acme_shop/products/v1/service.proto").service
    assert [method.name for method in service.method if method.options.deprecated] == ["ListProducts"]
    assert "  // List.\n  //\n  // All of them.\n  rpc ListProducts(" in emission["acme_shop/products/v1/service.proto"]


def test_a_new_operation_renames_no_other(emission: specloom.Emission) -> None:
    paths = {"/new": {"get": operation("listProducts", "products")}, **DOCUMENT["paths"]}
    again = specloom.emit(
        specloom.load({**DOCUMENT, "paths": paths}), "proto", compile=False, lock=emission["specloom.lock.json"]
    )["acme_shop/products/v1/service.proto"]
    for line in emission["acme_shop/products/v1/service.proto"].splitlines():
        assert line in again
    assert "rpc ListProducts2(" in again
