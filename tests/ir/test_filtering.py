"""Filters keep the operations that are asked for and the schemas these use, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.ir.context import IRContext, IRInfoObject, IRTagObject
from specloom.ir.diagnostics import SpecloomError
from specloom.ir.filtering import OperationFilter, filter_operations, path_pattern
from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject, IRResponseObject
from specloom.ir.schemas import IRObjectSchema, IRPropertyObject, IRSchema, Role, schema_references
from specloom.ir.types import ArrayType, ReferenceType
from specloom.ir.usage import schema_homes, used_schemas


def schema(name: str, *mentions: str, **more: Role | str) -> IRObjectSchema:
    properties = tuple(
        IRPropertyObject(name=f"p{index}", type=ArrayType(items=ReferenceType(name=mention)))
        for index, mention in enumerate(mentions)
    )
    return IRObjectSchema.model_validate({"name": name, "properties": properties, **more})


def operation(operation_id: str, tag: str, path: str, *mentions: str, **more: object) -> IROperationObject:
    contents = tuple(
        IRMediaTypeObject(media_type="application/json", kind=BodyKind.JSON, type=ReferenceType(name=name)) for name in mentions
    )
    more.setdefault("tags", (tag,))
    return IROperationObject.model_validate({
        "operation_id": operation_id, "method": "get", "path": path, "tag": tag,
        "responses": (IRResponseObject(status="200", contents=contents),), **more,
    })


def context(schemas: Iterable[IRSchema], operations: Iterable[IROperationObject]) -> IRContext:
    schemas, operations = list(schemas), tuple(operations)
    homes = schema_homes({s.name: s for s in schemas}, operations)
    return IRContext(
        info=IRInfoObject(title="t", version="1"),
        tags=tuple(IRTagObject(name=name) for name in dict.fromkeys(o.tag for o in operations)),
        schemas={s.name: s.model_copy(update={"home": homes[s.name]}) for s in schemas},
        operations=operations,
    )


SHOP = context(
    [
        schema("User", "Address", "User"), schema("Address"), schema("Product", "Category"), schema("Category", "Category"),
        schema("Order", "User", "Product"), schema("Unused", "Category"),
        schema("UserRequest", role=Role.REQUEST, base="User"),
    ],
    [
        operation("users_list", "users", "/api/users", "User"),
        operation("users_create", "users", "/api/users/new", "UserRequest", extensions={"x-public": False}),
        operation("users_retrieve", "users", "/api/users/{id}", "User", deprecated=True),
        operation("products_list", "products", "/api/products", "Product",
                  extensions={"x-public": True, "x-audience": ["public", "partner"]}),
        operation("orders_list", "orders", "/internal/orders", "Order", tags=("orders", "reports")),
    ],
)
NAMES = [o.operation_id for o in SHOP.operations]


def ids(api: IRContext) -> list[str]:
    return [o.operation_id for o in api.operations]


@pytest.mark.parametrize(("include", "exclude", "expected"), [
    ({"tags": ("users",)}, {}, ["users_list", "users_create", "users_retrieve"]),
    ({"tags": ("users", "products")}, {"deprecated": True}, ["users_list", "users_create", "products_list"]),
    ({"tags": ("report*",)}, {}, ["orders_list"]),
    ({"paths": ("/api/*",)}, {}, ["users_list", "products_list"]),
    ({"paths": ("/api/**",)}, {}, ["users_list", "users_create", "users_retrieve", "products_list"]),
    ({"paths": ("/api/users/{id}",)}, {}, ["users_retrieve"]),
    ({"operations": ("*_list",), "tags": ("users", "orders")}, {}, ["users_list", "orders_list"]),
    ({"flags": ("x-public",)}, {}, ["products_list"]),
    ({"flags": ("x-audience=partner",)}, {}, ["products_list"]),
    ({"flags": ("x-public=false",)}, {}, ["users_create"]),
    ({"deprecated": True}, {}, ["users_retrieve"]),
    ({"deprecated": False}, {"flags": ("x-public",)}, ["users_list", "users_create", "orders_list"]),
    ({}, {"paths": ("/api/users/**",), "tags": ("orders",)}, ["products_list"]),
])
def test_which_operations_are_kept(include: dict[str, Any], exclude: dict[str, Any], expected: list[str]) -> None:
    assert ids(filter_operations(SHOP, OperationFilter(**include), OperationFilter(**exclude))) == expected


def test_only_schemas_in_use_are_kept_in_their_order() -> None:
    api = filter_operations(SHOP, OperationFilter(tags=("orders",)))
    assert list(api.schemas) == ["User", "Address", "Product", "Category", "Order"]
    assert [tag.name for tag in api.tags] == ["orders"]


def test_homes_are_found_anew() -> None:
    assert SHOP.schemas["Product"].home is None
    api = filter_operations(SHOP, exclude=OperationFilter(tags=("orders",)))
    assert {name: found.home for name, found in api.schemas.items()} == {
        "User": "users", "Address": "users", "Product": "products", "Category": "products", "UserRequest": "users"
    }


def test_a_variant_does_not_name_a_base_that_went() -> None:
    api = filter_operations(SHOP, OperationFilter(operations=("users_create",)))
    assert {name: found.base for name, found in api.schemas.items()} == {"UserRequest": None}


def test_without_filters_the_context_is_the_same_object() -> None:
    assert filter_operations(SHOP) is SHOP


def test_an_idle_pattern_is_a_warning_that_names_the_nearest() -> None:
    api = filter_operations(SHOP, OperationFilter(tags=("users", "product")))
    (found,) = api.diagnostics
    assert found.code == "filter-matches-nothing"
    assert found.hint == "did you mean 'products'?"


def test_filters_that_leave_nothing_are_an_error() -> None:
    with pytest.raises(SpecloomError) as caught:
        filter_operations(SHOP, OperationFilter(tags=("nope",)))
    assert [d.code for d in caught.value.diagnostics] == ["filter-matches-nothing", "nothing-left"]


@pytest.mark.parametrize(("pattern", "path", "matches"), [
    ("/a/*", "/a/b", True), ("/a/*", "/a/b/c", False), ("/a/**", "/a/b/c", True), ("/a/**", "/a", True), ("/a/**", "/ab", False),
    ("/a/**/z", "/a/b/c/z", True), ("/a.b", "/axb", False), ("/a/[id]", "/a/[id]", True), ("/?", "/x", True), ("/?", "//", False),
    ("**", "/any/thing", True),
])
def test_path_patterns(pattern: str, path: str, matches: bool) -> None:
    assert bool(path_pattern(pattern).fullmatch(path)) is matches


@given(st.data())
def test_any_filter_keeps_exactly_the_closure_of_what_it_kept(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 8))
    names = [f"S{index}" for index in range(count)]
    mention = st.lists(st.sampled_from(names), max_size=3)
    schemas = [schema(name, *data.draw(mention)) for name in names]
    operations = [
        operation(f"o{index}", data.draw(st.sampled_from(["a", "b", "c"])), f"/{index}", *data.draw(mention))
        for index in range(data.draw(st.integers(1, 6)))
    ]
    api = context(schemas, operations)
    wanted = data.draw(st.sampled_from([o.tag for o in operations]))
    kept = filter_operations(api, OperationFilter(tags=(wanted,)))
    assert ids(kept) == [o.operation_id for o in operations if o.tag == wanted]
    for name, found in kept.schemas.items():
        assert set(schema_references(found)) <= set(kept.schemas), name
    homeless = set(names) - used_schemas(api.schemas, operations)
    waiting = list(homeless)
    while waiting:  # what a schema without a home mentions has none either
        fresh = set(schema_references(api.schemas[waiting.pop()])) - homeless
        homeless |= fresh
        waiting += fresh
    for name in names:  # against the plain definition: use by each tag, one tag at a time
        users = {o.tag for o in operations if name in used_schemas(api.schemas, [o])}
        homed = len(users) == 1 and name not in homeless
        assert api.schemas[name].home == (users.pop() if homed else None)
        assert (name in kept.schemas) == any(name in used_schemas(api.schemas, [o]) for o in kept.operations)
