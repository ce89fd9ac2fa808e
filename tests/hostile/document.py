"""A document with a named slot in every place where an author may write text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for text, and harmless texts that show each shape which output may have for that place."""

    name: str
    harmless: tuple[str, ...]
    prefix: str = ""
    """Put before a hostile text, to keep the place what it is."""
    without: str = ""
    """Characters left out of a hostile text, because the place is another one with them: braces make a path parameter."""

    def filled(self, text: str) -> str:
        """The text as it goes into the place."""
        return self.prefix + "".join(char for char in text if char not in self.without)


_TEXT = ("Plain words.", "Plain words.\n\nMore of them.", "")
_NAME = ("plain", "x-plain", "class", "constructor", "__proto__", "1", "*")

SLOTS: tuple[Slot, ...] = (
    Slot("info_title", ("Plain API", "")),
    Slot("info_version", ("1", "")),
    Slot("info_description", _TEXT),
    Slot("server_url", (*("https://" + "".join(f"{{v{at}}}." for at in range(count)) + "example" for count in range(5)), "")),
    Slot("server_description", _TEXT),
    Slot("tag", (*_NAME, "")),
    Slot("tag_description", _TEXT),
    Slot("path_segment", ("plain", "pla in", ""), without="{}"),
    Slot("operation_id", _NAME),
    Slot("summary", _TEXT),
    Slot("description", _TEXT),
    Slot("query_name", (*_NAME, "id", "body", "options", "data", "self", "")),
    Slot("query_description", _TEXT),
    Slot("query_default", ("plain", "")),
    Slot("header_name", _NAME, "X-"),
    Slot("path_name", (*_NAME, "body", ""), without="{}"),
    Slot("schema_name", (*_NAME, "Error")),
    Slot("schema_title", _TEXT),
    Slot("schema_description", _TEXT),
    Slot("property_name", (*_NAME, "kind", "label", "model_config", "a,b")),
    Slot("property_description", _TEXT),
    Slot("property_default", ("plain", "")),
    Slot("property_example", ("plain", "")),
    Slot("property_format", ("plain", "")),
    Slot("pattern", ("^a+$", "[", "(?<=a)b", "", "\\p{L}")),
    Slot("enum_value", ("plain", "other", "x-plain", "")),
    Slot("enum_description", _TEXT),
    Slot("const_value", ("plain", "", "card")),
    Slot("discriminator_value", ("plain", "")),
    Slot("request_media_type", ("application/x-plain+json", "application/json"), "application/x-plain+json; a="),
    Slot("response_description", _TEXT),
    Slot("scheme_name", _NAME),
    Slot("scheme_parameter", ("X-Key", "plain", "")),
)


def document(text: Mapping[str, str]) -> dict[str, JsonValue]:
    """The document, each slot filled with its text or its first harmless one."""
    t = {slot.name: text.get(slot.name, slot.harmless[0]) for slot in SLOTS}
    for slot in SLOTS:
        if slot.name in text:
            t[slot.name] = text[slot.name]
    thing: JsonValue = {"$ref": "#/components/schemas/" + _pointer(t["schema_name"])}
    return {
        "openapi": "3.1.0",
        "info": {"title": t["info_title"], "version": t["info_version"], "description": t["info_description"]},
        "servers": [{"url": t["server_url"], "description": t["server_description"]}],
        "tags": [{"name": t["tag"], "description": t["tag_description"]}],
        "security": [{t["scheme_name"]: []}],
        "paths": {
            f"/things/{t['path_segment']}/x/{{{t['path_name']}}}": {
                "post": {
                    "operationId": t["operation_id"],
                    "tags": [t["tag"]],
                    "summary": t["summary"],
                    "description": t["description"],
                    "parameters": [
                        {"name": t["path_name"], "in": "path", "required": True, "schema": {"type": "string"}},
                        {
                            "name": t["query_name"],
                            "in": "query",
                            "description": t["query_description"],
                            "schema": {"type": "string", "default": t["query_default"]},
                        },
                        {"name": t["header_name"], "in": "header", "schema": {"type": "string"}},
                    ],
                    "requestBody": {"required": True, "content": {t["request_media_type"]: {"schema": thing}}},
                    "responses": {
                        "200": {"description": t["response_description"], "content": {"application/json": {"schema": thing}}},
                        "400": {"description": t["response_description"], "content": {"application/json": {"schema": thing}}},
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {t["scheme_name"]: {"type": "apiKey", "in": "header", "name": t["scheme_parameter"]}},
            "schemas": {
                t["schema_name"]: {
                    "type": "object",
                    "title": t["schema_title"],
                    "description": t["schema_description"],
                    "required": ["fixed"],
                    "properties": {
                        t["property_name"]: {
                            "type": "string",
                            "description": t["property_description"],
                            "default": t["property_default"],
                            "examples": [t["property_example"]],
                            "format": t["property_format"],
                        },
                        "fixed": {"type": "string", "const": t["const_value"]},
                        "matched": {"type": "string", "pattern": t["pattern"]},
                        "chosen": {"$ref": "#/components/schemas/ChoiceOfTheShop"},
                        "payment": {"$ref": "#/components/schemas/PaymentInTheShop"},
                    },
                },
                "ChoiceOfTheShop": {
                    "type": "string",
                    "description": t["enum_description"],
                    "enum": [t["enum_value"], "other"],
                },
                "PaymentInTheShop": {
                    "oneOf": [{"$ref": "#/components/schemas/CardInTheShop"}, {"$ref": "#/components/schemas/IbanInTheShop"}],
                    "discriminator": {
                        "propertyName": "type",
                        "mapping": {
                            t["discriminator_value"]: "#/components/schemas/CardInTheShop",
                            "iban": "#/components/schemas/IbanInTheShop",
                        },
                    },
                },
                "CardInTheShop": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
                "IbanInTheShop": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
            },
        },
    }


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
