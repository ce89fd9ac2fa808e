"""Method names: the operationId less what the tag says."""

from __future__ import annotations

import pytest

from specloom.builders.naming import camel
from specloom.builders.operations import method_names
from specloom.ir.operations import IROperationObject


def _names(tag: str, *operations: str) -> dict[str, str]:
    made = []
    for text in operations:
        method, operation_id = text.split()
        made.append(IROperationObject.model_validate({"operation_id": operation_id, "method": method, "path": "/", "tag": tag}))
    names, _ = method_names(made)
    return {operation_id: camel(parts) for operation_id, parts in names.items()}


@pytest.mark.parametrize(
    ("tag", "operation", "expected"),
    [
        ("products", "get products_list", "list"),
        ("products", "get products_retrieve", "retrieve"),
        ("products", "get products_featured_list", "featured"),
        ("products", "post products_photo_create", "photo"),
        ("products", "patch products_partial_update", "partialUpdate"),
        ("products", "get getProduct", "get"),
        ("products", "get listProducts", "list"),
        ("products", "post createProduct", "create"),
        ("Categories", "delete categories_destroy", "destroy"),
        ("code-security", "get code-security/get-configuration", "getConfiguration"),
        ("users", "get users", "users"),
        ("default", "get ping", "ping"),
    ],
)
def test_a_method_name_drops_what_the_tag_says(tag: str, operation: str, expected: str) -> None:
    assert list(_names(tag, operation).values()) == [expected]


def test_a_clash_keeps_both_longer_names_and_says_so() -> None:
    names = _names("products", "get products_reviews_list", "post products_reviews_create", "get products_list")
    assert names == {
        "products_reviews_list": "reviewsList",
        "products_reviews_create": "reviewsCreate",
        "products_list": "list",
    }


def test_a_clash_of_what_was_made_longer_goes_on_to_the_whole_id() -> None:
    names = _names("users", "get users_list", "get list_users", "get users_me_list")
    assert names["users_me_list"] == "me"
    assert len(set(names.values())) == 3
