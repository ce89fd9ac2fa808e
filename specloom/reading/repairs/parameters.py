"""Repairs of parameters, headers, bodies, responses and media types, leftovers of Swagger 2.0 among them."""

from __future__ import annotations

import re
from typing import Final

from specloom.ir.diagnostics import Severity
from specloom.reading.grammar import Kind
from specloom.reading.pointers import ABSENT, JSON, Absent

from .finding import NONE, Finding, Node, Repair, Site

LOCATIONS: Final = ("path", "query", "header", "cookie")
_STYLES: Final = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
_SCHEMA_KEYS: Final = (
    "type", "format", "items", "enum", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
    "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "multipleOf",
)
_COLLECTIONS: Final[dict[str, tuple[str | None, bool]]] = {
    "csv": (None, False), "multi": ("form", True), "ssv": ("spaceDelimited", False), "pipes": ("pipeDelimited", False),
}


def mend_location(node: Node, site: Site) -> tuple[Finding, ...]:
    place = node.get("in")
    if place in LOCATIONS:
        return NONE
    if place == "querystring":
        return (Finding("in: querystring is new in OpenAPI 3.2 and not carried over; the parameter is left out", key="in",
                        drop=True),)
    lower = place.strip().lower() if isinstance(place, str) else None
    if lower in LOCATIONS:
        return (Finding(f"the place of a parameter is written {lower}", {"in": lower}, "in"),)
    if place is None:
        return (Finding("a parameter says in which place it is; left out", drop=True, hint="in: path, query, header or cookie"),)
    return (Finding(f"{place!r} is not the place of a parameter; left out", key="in", drop=True,
                    hint="in: path, query, header or cookie"),)


def mend_name(node: Node, site: Site) -> tuple[Finding, ...]:
    name = node.get("name")
    if name is None or name == "" or isinstance(name, dict | list):
        return (Finding("a parameter has a name; left out", drop=True),)
    return NONE


def mend_path_required(node: Node, site: Site) -> tuple[Finding, ...]:
    if node.get("in") == "path" and node.get("required") is not True:
        return (Finding("a path parameter is always required", {"required": True}, "required" if "required" in node else None),)
    return NONE


def mend_swagger_parameter(node: Node, site: Site) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    if "schema" not in node and "content" not in node and any(key in node for key in ("type", "items", "enum")):
        moved: dict[str, JSON] = {key: node[key] for key in _SCHEMA_KEYS if key in node}
        changes: dict[str, JSON | Absent] = dict.fromkeys(moved, ABSENT)
        findings.append(Finding("the type of a parameter stands in its schema, since OpenAPI 3.0",
                                {**changes, "schema": moved}, "type" if "type" in node else None))
    collection = node.get("collectionFormat")
    if isinstance(collection, str) and collection in _COLLECTIONS:
        style, explode = _COLLECTIONS[collection]
        change: dict[str, JSON | Absent] = {"collectionFormat": ABSENT, "explode": explode}
        if style is not None:
            change["style"] = style
        findings.append(Finding("collectionFormat became style and explode in OpenAPI 3.0", change, "collectionFormat"))
    return tuple(findings)


def mend_style(node: Node, site: Site) -> tuple[Finding, ...]:
    place = node.get("in", "header")
    style = node["style"]
    if isinstance(place, str) and place in _STYLES and style not in _STYLES[place]:
        return (Finding(f"{style!r} is not a style of {place} parameters; the usual one is taken", {"style": ABSENT}, "style",
                        hint=", ".join(_STYLES[place])),)
    return NONE


def mend_schema_or_content(node: Node, site: Site) -> tuple[Finding, ...]:
    content = node.get("content")
    if "schema" in node:
        if "content" in node:
            return (Finding("a parameter has a schema or content, not both; the schema counts", {"content": ABSENT}, "content"),)
        return NONE
    if isinstance(content, dict) and content:
        if len(content) > 1:
            first = next(iter(content))
            return (Finding(f"content of a parameter is one media type; {first} counts", {"content": {first: content[first]}},
                            "content"),)
        return NONE
    return (Finding("neither schema nor content; read as text", {"schema": {"type": "string"}, "content": ABSENT}),)


def mend_examples(node: Node, site: Site) -> tuple[Finding, ...]:
    examples = node["examples"]
    if not isinstance(examples, list):
        return NONE
    named: dict[str, JSON] = {
        f"example{number}": item if isinstance(item, dict) and "value" in item else {"value": item}
        for number, item in enumerate(examples, 1)
    }
    return (Finding("examples is an object of named examples here", {"examples": named or ABSENT}, "examples"),)


def mend_description(node: Node, site: Site) -> tuple[Finding, ...]:
    if node.get("description") is None:
        return (Finding("a response has a description", {"description": ""}),)
    return NONE


def mend_swagger_response(node: Node, site: Site) -> tuple[Finding, ...]:
    schema = node["schema"]
    changes: dict[str, JSON | Absent] = {"schema": ABSENT}
    if "content" not in node:
        changes["content"] = {"application/json": {"schema": schema}}
    return (Finding("the schema of a response stands under content, since OpenAPI 3.0", changes, "schema"),)


def mend_body_content(node: Node, site: Site) -> tuple[Finding, ...]:
    if isinstance(node.get("content"), dict):
        return NONE
    if isinstance(node.get("schema"), dict):
        changes: dict[str, JSON | Absent] = {"schema": ABSENT, "content": {"application/json": {"schema": node["schema"]}}}
        return (Finding("the schema of a body stands under content, since OpenAPI 3.0", changes, "schema"),)
    return (Finding("a body has content; read as one of any kind", {"content": {}}),)


def mend_media_types(node: Node, site: Site) -> tuple[Finding, ...]:
    content = node["content"]
    if not isinstance(content, dict):
        return NONE
    wrong = {name: _SHORT.get(name.strip().lower()) for name in content if "/" not in name}
    if not wrong:
        return NONE
    kept: dict[str, JSON] = {}
    for name, value in content.items():
        better = wrong.get(name) if name in wrong else name
        kept.setdefault(better or name, value)
    return tuple(
        Finding(f"{name!r} is not a media type" + (f"; read as {better}" if better else ""), {"content": kept}, "content")
        for name, better in wrong.items()
    )


_SHORT: Final = {
    "json": "application/json", "xml": "application/xml", "text": "text/plain", "html": "text/html", "*": "*/*",
    "form": "application/x-www-form-urlencoded", "multipart": "multipart/form-data", "binary": "application/octet-stream",
}


def note_schemaless(node: Node, site: Site) -> tuple[Finding, ...]:
    if node.get("schema") is None and "itemSchema" not in node and "$ref" not in node:
        return (Finding("a media type without a schema is read as anything", severity=Severity.INFO),)
    return NONE


def mend_statuses(node: Node, site: Site) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    kept: dict[str, JSON] = {}
    for key, value in node.items():
        if key.startswith("x-") or _STATUS.fullmatch(key):
            kept[key] = value
            continue
        status = key.strip()
        status = "default" if status.lower() == "default" else status.upper()
        status = status.removesuffix(".0")
        status = f"{status[0]}XX" if re.fullmatch(r"[1-5](?:\*\*|\*|--)", status) else status
        if not _STATUS.fullmatch(status):
            findings.append(Finding(f"{key!r} is not a status; left out", key=key, hint="200, 2XX or default"))
        elif status in node or status in kept:
            findings.append(Finding(f"{key!r} is {status} once more; left out", key=key))
        else:
            findings.append(Finding(f"the status {key!r} is written {status}", key=key))
            kept[status] = value
    return tuple(Finding(f.message, key=f.key, hint=f.hint, replace=kept) for f in findings)


_STATUS: Final = re.compile(r"[1-5](?:[0-9][0-9]|XX)|default")

_P, _H = Kind.PARAMETER, Kind.HEADER
PARAMETER_REPAIRS: Final = (
    Repair("parameter-name", "a parameter without a name", _P, (), mend_name),
    Repair("parameter-location", "a parameter in no known place", _P, (), mend_location),
    Repair("path-parameter-required", "a path parameter that is not required", _P, (), mend_path_required),
    Repair("swagger-2-leftover", "a parameter's type beside its name, collectionFormat", _P,
           ("type", "items", "enum", "collectionFormat"), mend_swagger_parameter),
    Repair("parameter-style", "a style its place does not have", _P, ("style",), mend_style),
    Repair("parameter-content", "both or neither of schema and content", _P, (), mend_schema_or_content),
    Repair("examples-shape", "a list of examples", _P, ("examples",), mend_examples),
    Repair("swagger-2-leftover", "a header's type beside its description", _H, ("type", "items", "enum"), mend_swagger_parameter),
    Repair("parameter-style", "a style headers do not have", _H, ("style",), mend_style),
    Repair("parameter-content", "both or neither of schema and content", _H, (), mend_schema_or_content),
    Repair("examples-shape", "a list of examples", _H, ("examples",), mend_examples),
    Repair("swagger-2-leftover", "a response with its schema beside the description", Kind.RESPONSE, ("schema",),
           mend_swagger_response),
    Repair("response-description", "a response without a description", Kind.RESPONSE, (), mend_description),
    Repair("media-type-name", "a media type without a slash", Kind.RESPONSE, ("content",), mend_media_types),
    Repair("body-content", "a body without content", Kind.REQUEST_BODY, (), mend_body_content),
    Repair("media-type-name", "a media type without a slash", Kind.REQUEST_BODY, ("content",), mend_media_types),
    Repair("examples-shape", "a list of examples", Kind.MEDIA_TYPE, ("examples",), mend_examples),
    Repair("media-type-schema", "a media type without a schema", Kind.MEDIA_TYPE, (), note_schemaless),
    Repair("response-status", "a status that is none, or written otherwise", Kind.RESPONSES, (), mend_statuses),
)
