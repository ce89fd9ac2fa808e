"""Paging that a caller describes reaches the operations it fits, and says where it does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from specloom.ir.context import IRContext, IRInfoObject
from specloom.ir.operations import (
    BodyKind,
    IRMediaTypeObject,
    IROperationObject,
    IRParameterObject,
    IRResponseObject,
    Location,
    Pagination,
)
from specloom.ir.paging import PagingRule, describe_paging
from specloom.ir.schemas import IRAliasSchema, IRObjectSchema, IRPropertyObject
from specloom.ir.types import INTEGER, STRING, ArrayType, IRType, ReferenceType, nullable


def get(operation_id: str, answer: IRType, *query: str) -> IROperationObject:
    content = IRMediaTypeObject(media_type="application/json", kind=BodyKind.JSON, type=answer)
    return IROperationObject(
        operation_id=operation_id, method="get", path="/" + operation_id, pointer=f"/paths/~1{operation_id}/get",
        parameters=tuple(IRParameterObject(name=name, location=Location.QUERY, type=STRING) for name in query),
        responses=(IRResponseObject(status="200", contents=(content,)),),
    )


def obj(name: str, **properties: IRType) -> IRObjectSchema:
    return IRObjectSchema(name=name, properties=tuple(IRPropertyObject(name=n, type=t) for n, t in properties.items()))


ITEM = ReferenceType(name="Item")
API = IRContext(
    info=IRInfoObject(title="t", version="1"),
    schemas={schema.name: schema for schema in (
        obj("Item", id=INTEGER),
        IRAliasSchema(name="Items", type=ArrayType(items=ITEM)),
        obj("Page", data=nullable(ReferenceType(name="Inner"))),
        obj("Inner", items=ReferenceType(name="Items"), cursor=STRING, count=INTEGER),
    )},
    operations=(
        get("list_items", ReferenceType(name="Page"), "after", "limit"),
        get("list_plain", ReferenceType(name="Items"), "offset"),
        get("get_item", ITEM),
    ),
)
CURSOR: dict[str, Any] = {"style": "cursor", "parameter": "after", "size_parameter": "limit", "items": "data.items",
                          "next": "data.cursor", "total": "data.count"}


def test_a_rule_that_fits_describes_the_operation() -> None:
    api = describe_paging(API, [PagingRule(operations=("list_items",), **CURSOR)])
    (first, second, third) = api.operations
    assert first.pagination == Pagination(
        style="cursor", parameter="after", size_parameter="limit", items=("data", "items"), item_type=ITEM,
        next=("data", "cursor"), total=("data", "count"),
    )
    assert first.is_list
    assert (second, third) == API.operations[1:]
    assert api.diagnostics == ()


@pytest.mark.parametrize("items", ["", "$", "$."])
def test_the_body_itself_may_be_the_array(items: str) -> None:
    rule = PagingRule(operations=("list_plain",), style="offset", parameter="offset", items=items)
    pagination = describe_paging(API, [rule]).operations[1].pagination
    assert pagination is not None
    assert (pagination.items, pagination.item_type) == ((), ITEM)


def test_a_star_applies_where_it_fits_and_is_silent_elsewhere() -> None:
    api = describe_paging(API, [PagingRule(**CURSOR)])
    assert [o.pagination is not None for o in api.operations] == [True, False, False]
    assert api.diagnostics == ()


def test_the_first_rule_counts() -> None:
    rules = [PagingRule(operations=("list_p*",), style="link-header"), PagingRule(style="offset", parameter="offset")]
    pagination = describe_paging(API, rules).operations[1].pagination
    assert pagination is not None
    assert pagination.style == "link-header"


@pytest.mark.parametrize(("change", "reason"), [
    ({"parameter": "afer"}, "no query parameter 'afer'"),
    ({"items": "data.rows"}, "no array at 'data.rows'"),
    ({"items": ""}, "is no array"),
    ({"next": "data.nxt"}, "no 'data.nxt'"),
])
def test_a_rule_that_does_not_fit_the_operation_it_names_says_why(change: dict[str, str], reason: str) -> None:
    api = describe_paging(API, [PagingRule(operations=("list_items",), **{**CURSOR, **change})])
    assert api.operations == API.operations
    (found,) = api.diagnostics
    assert found.code == "paging-does-not-fit"
    assert reason in found.message
    assert found.pointer == "/paths/~1list_items/get"


def test_a_rule_for_no_operation_says_so() -> None:
    (found,) = describe_paging(API, [PagingRule(operations=("nope_*",), style="link-header")]).diagnostics
    assert found.code == "paging-matches-nothing"


@pytest.mark.parametrize("rule", [
    {"style": "page"}, {"style": "cursor", "parameter": "x"}, {"style": "next-link"}, {"style": "pages"},
    {"style": "link-header", "operation": ["x"]},
])
def test_an_incomplete_rule_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PagingRule(**rule)
