"""TypedDicts stand after what they spell out, also where a union or an alias stands between."""

from __future__ import annotations

import ast

import specloom


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _models(schemas: dict[str, object]) -> str:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {
            "/things": {
                "post": {
                    "operationId": "create",
                    "tags": ["things"],
                    "requestBody": {"content": {"application/json": {"schema": _ref("Thing")}}},
                    "responses": {"204": {"description": "Done."}},
                }
            }
        },
        "components": {"schemas": schemas},
    }
    return specloom.emit(specloom.load(document), "python")["models/things.py"]


def _defined(text: str) -> list[str]:
    found = []
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.ClassDef):
            found.append(statement.name)
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            found.append(statement.targets[0].id)
    return found


def test_a_dict_follows_the_members_of_a_union_that_it_spells_out() -> None:
    order = _defined(
        _models(
            {
                "Thing": {"type": "object", "properties": {"x-payment": _ref("Payment")}},
                "Payment": {"oneOf": [_ref("Card"), _ref("Iban")]},
                "Card": {"type": "object", "required": ["card"], "properties": {"card": {"type": "string"}}},
                "Iban": {"type": "object", "required": ["iban"], "properties": {"iban": {"type": "string"}}},
            }
        )
    )
    assert order.index("ThingDict") > max(order.index("CardDict"), order.index("IbanDict"))


def test_dicts_made_by_calls_that_need_each_other_through_a_union_are_said_with_models() -> None:
    text = _models(
        {
            "Thing": {"type": "object", "properties": {"x-other": _ref("Other")}},
            "Other": {"oneOf": [_ref("Thing"), _ref("Leaf")]},
            "Leaf": {"type": "object", "properties": {"x-leaf": {"type": "string"}}},
        }
    )
    ast.parse(text)
    assert "ThingDict" in _defined(text)
