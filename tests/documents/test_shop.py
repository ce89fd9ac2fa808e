"""The example shop: openapi-pydantic accepts it, and it has what it is there to show."""

from __future__ import annotations

import yaml
from openapi_pydantic.v3.v3_0 import OpenAPI

from tests.harness.emitting import SHOP

SHOWN = [
    *("?page=4", "?offset=400", "?cursor=", "discriminator", "deepObject", "deprecated:"),
    *("text/event-stream", "application/x-ndjson", "multipart/form-data", "text/csv", "application/pdf"),
    *("NullEnum", "BlankEnum", "x-enum-varnames", "sessionid", "jwtAuth"),
]


def test_the_shop_is_a_whole_document() -> None:
    document = yaml.safe_load(SHOP.read_text())
    api = OpenAPI.model_validate(document)
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) >= 60
    declared = {tag.name for tag in api.tags or ()}
    assert {tag for operation in operations for tag in operation["tags"]} == declared
    text = SHOP.read_text()
    assert not [word for word in SHOWN if word not in text]
