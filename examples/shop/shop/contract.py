"""Answers are what the API's document says: a client for tests that looks at each of them."""

import json
import re
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft4Validator
from jsonschema.exceptions import best_match
from rest_framework.response import Response
from rest_framework.test import APIClient


class DocumentedClient(APIClient):
    """Sends requests, and fails where an answer is not one that the document has for them."""

    def request(self, **options: Any) -> Response:
        response = super().request(**options)
        sent = response.request
        operation = find_operation(sent["REQUEST_METHOD"], sent["PATH_INFO"])
        if operation is not None and response.status_code < 500:
            check(response, operation)
        return response


@cache
def document() -> dict[str, Any]:
    """The document, as JSON Schema has it."""
    return json_schema(SchemaGenerator().get_schema(request=None, public=True))


def json_schema(value: Any) -> Any:
    """Says ``nullable`` as JSON Schema does."""
    if isinstance(value, list):
        return [json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    converted = {key: json_schema(item) for key, item in value.items()}
    if converted.pop("nullable", None) is True:
        return {"anyOf": [converted, {"enum": [None]}]}
    return converted


@cache
def find_operation(method: str, path: str) -> dict[str, Any] | None:
    """The operation of a request; an address without parameters goes before one that has them."""
    for template, operations in sorted(document()["paths"].items(), key=lambda item: item[0].count("{")):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            return operations.get(method.lower())
    return None


def check(response: Response, operation: dict[str, Any]) -> None:
    """Raises ``AssertionError`` where the document has no such answer; an error it does not mention has a usual shape."""
    name, status = operation["operationId"], response.status_code
    described = operation["responses"].get(str(status))
    is_json = response.get("Content-Type") == "application/json"
    if described is None:
        assert status >= 400, f"{name}: the document has no {status}"
        schemas = [{"$ref": f"#/components/schemas/{error}"} for error in ("ErrorDetail", "ValidationError")]
    elif is_json:
        assert "application/json" in described.get("content", {}), f"{name}: the document has no JSON for {status}"
        schemas = [described["content"]["application/json"]["schema"]]
    else:
        assert "content" in described or not response.content, f"{name}: the document has no body for {status}"
        return
    problem = find_problem(json.loads(response.content), {"anyOf": schemas})
    assert problem is None, f"{name}, {status}: {problem}"


def check_value(value: Any, component: str) -> None:
    """Raises ``AssertionError`` where a value, one of a stream for instance, is not what the document says."""
    problem = find_problem(value, {"$ref": f"#/components/schemas/{component}"})
    assert problem is None, f"{component}: {problem}"


def find_problem(value: Any, schema: dict[str, Any]) -> str | None:
    """What is wrong with a value, and where in it."""
    validator = Draft4Validator({**schema, "components": document()["components"]})
    problem = best_match(validator.iter_errors(value))
    return problem and f"{problem.json_path}: {problem.message}"
