"""Repairs of paths and operations: path templates and the parameters they name, methods, leftovers of Swagger 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from specloom.reading.grammar import METHODS, Kind
from specloom.reading.pointers import ABSENT, JSON, Absent

from .finding import NONE, Finding, Node, Repair, Site

_TEMPLATE: Final = re.compile(r"\{([^{}]*)\}")
_IGNORED_HEADERS: Final = ("accept", "content-type", "authorization")


def template_names(path: str) -> list[str]:
    """The parameter names of a path template, each once, in order (OpenAPI 3.1.1 §4.4)."""
    return list(dict.fromkeys(_TEMPLATE.findall(path)))


def _list(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []


def _identity(parameter: Node) -> tuple[str, str]:
    return str(parameter.get("name")), str(parameter.get("in")).lower()


def mend_duplicates(node: Node, site: Site) -> tuple[Finding, ...]:
    seen: set[tuple[str, str]] = set()
    kept: list[JSON] = []
    messages: list[str] = []
    for item in _list(node["parameters"]):
        target = site.target(item)
        if not target:
            kept.append(item)
            continue
        name, place = _identity(target)
        if (name, place) in seen and target.get("name") is not None:
            messages.append(f"the {place} parameter {name!r} stands twice; the first one counts")
            continue
        seen.add((name, place))
        if place == "header" and name.lower() in _IGNORED_HEADERS:
            messages.append(f"a parameter named {name} is ignored: media types and security say it")
            continue
        kept.append(item)
    return tuple(Finding(message, {"parameters": kept}, "parameters") for message in messages)


def mend_undeclared(node: Node, site: Site) -> tuple[Finding, ...]:
    if site.template is None or "{" not in site.template:
        return NONE
    parameters = _list(node.get("parameters"))
    declared = _declared([*parameters, *_list(site.path_item.get("parameters"))], site)
    added: list[JSON] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in template_names(site.template) if name not in declared
    ]
    changes: dict[str, JSON | Absent] = {"parameters": [*parameters, *added]}
    return tuple(
        Finding(f"the path names {{{_named(item)}}}, but no parameter is declared; read as text", changes,
                "parameters" if "parameters" in node else None) for item in added
    )


def _named(parameter: JSON) -> JSON:
    return parameter.get("name") if isinstance(parameter, dict) else None


def _declared(parameters: Iterable[JSON], site: Site) -> set[str]:
    return {name for name, place in (_identity(site.target(item)) for item in parameters) if place == "path"}


def mend_unused(node: Node, site: Site) -> tuple[Finding, ...]:
    if site.template is None:
        return NONE
    names = template_names(site.template)
    unused = [
        item for item in _list(node["parameters"])
        if (target := site.target(item)) and str(target.get("in")).lower() == "path" and str(target.get("name")) not in names
    ]
    if not unused:
        return NONE
    kept: list[JSON] = [item for item in _list(node["parameters"]) if not any(item is other for other in unused)]
    return tuple(
        Finding(f"the path parameter {site.target(item).get('name')!r} is not in the path; left out", {"parameters": kept},
                "parameters") for item in unused
    )


def mend_swagger_body(node: Node, site: Site) -> tuple[Finding, ...]:
    parameters = _list(node["parameters"])
    targets = [(item, site.target(item)) for item in parameters]
    bodies = [target for _, target in targets if target.get("in") == "body"]
    fields = [target for _, target in targets if target.get("in") == "formData"]
    if not bodies and not fields:
        return NONE
    kept: list[JSON] = [item for item, target in targets if target.get("in") not in ("body", "formData")]
    changes: dict[str, JSON | Absent] = {"parameters": kept}
    if "requestBody" not in node:
        changes["requestBody"] = _body(bodies[0]) if bodies else _form(fields)
    message = "a body is requestBody, since OpenAPI 3.0; its parameters became one"
    return (Finding(message, changes, "parameters"),)


def _body(parameter: Node) -> dict[str, JSON]:
    schema = parameter.get("schema", {})
    return {"content": {"application/json": {"schema": schema}}, "required": parameter.get("required") is True}


def _form(fields: list[Node]) -> dict[str, JSON]:
    skipped = ("name", "in", "required", "collectionFormat", "allowEmptyValue")
    properties: dict[str, JSON] = {}
    for item in fields:
        schema = item.get("schema")
        properties[str(item.get("name"))] = (
            schema if isinstance(schema, dict) else {key: value for key, value in item.items() if key not in skipped}
        )
    required: list[JSON] = [str(item.get("name")) for item in fields if item.get("required") is True]
    schema_: dict[str, JSON] = {"type": "object", "properties": properties}
    if required:
        schema_["required"] = required
    upload = any(item.get("type") == "file" for item in fields)
    media = "multipart/form-data" if upload else "application/x-www-form-urlencoded"
    return {"content": {media: {"schema": schema_}}, "required": bool(required)}


def mend_responses(node: Node, site: Site) -> tuple[Finding, ...]:
    if site.version == "3.0" and node.get("responses") is None:
        return (Finding("an operation has responses; read as one of any kind", {"responses": {"default": {"description": ""}}}),)
    return NONE


def mend_methods(node: Node, site: Site) -> tuple[Finding, ...]:
    wrong = [key for key in node if key not in METHODS and key.lower() in METHODS]
    if not wrong:
        return NONE
    mended: dict[str, JSON] = {}
    for key, value in node.items():
        name = key.lower() if key in wrong and key.lower() not in node else key
        if key not in wrong or name != key:
            mended.setdefault(name, value)
    return tuple(Finding(f"the method {key} is written {key.lower()}", key=key, replace=mended) for key in wrong)


def note_query(node: Node, site: Site) -> tuple[Finding, ...]:
    return tuple(
        Finding(f"{key} is new in OpenAPI 3.2 and not carried over", {key: ABSENT}, key)
        for key in ("query", "additionalOperations") if key in node
    )


def mend_paths(node: Node, site: Site) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    mended: dict[str, JSON] = {}
    shapes: dict[str, str] = {}
    for path, item in node.items():
        if path.startswith("x-"):
            mended[path] = item
            continue
        name = path
        if not path.startswith("/"):
            name = "/" + path
            if name in node or name in mended:
                findings.append(Finding(f"{path!r} is {name!r} once more; left out", key=path))
                continue
            findings.append(Finding(f"the path {path!r} starts with a slash", key=path))
        shape = _TEMPLATE.sub("{}", name)
        if shape in shapes:
            findings.append(Finding(f"{name!r} and {shapes[shape]!r} are the same path to a server", key=path))
        shapes.setdefault(shape, name)
        if "?" in name or "#" in name:
            findings.append(Finding(f"the path {name!r} holds a query or a fragment; sent as it is", key=path,
                                    hint="declare query parameters"))
        mended[name] = item
    if list(mended) == list(node):
        return tuple(findings)
    return tuple(Finding(f.message, key=f.key, hint=f.hint, replace=mended) for f in findings)


_O, _I = Kind.OPERATION, Kind.PATH_ITEM
OPERATION_REPAIRS: Final = (
    Repair("path-template", "paths without a leading slash, or equal but for parameter names", Kind.PATHS, (), mend_paths),
    Repair("method-case", "a method in upper case", _I, (), mend_methods),
    Repair("openapi-3.2", "the query method and additionalOperations", _I, ("query", "additionalOperations"), note_query),
    Repair("parameter-duplicate", "parameters that stand twice, or that HTTP says otherwise", _I, ("parameters",),
           mend_duplicates),
    Repair("path-parameter-unused", "a path parameter that the path does not name", _I, ("parameters",), mend_unused),
    Repair("swagger-2-leftover", "in: body and in: formData", _O, ("parameters",), mend_swagger_body),
    Repair("parameter-duplicate", "parameters that stand twice, or that HTTP says otherwise", _O, ("parameters",),
           mend_duplicates),
    Repair("path-parameter-unused", "a path parameter that the path does not name", _O, ("parameters",), mend_unused),
    Repair("path-parameter-undeclared", "a path that names an undeclared parameter", _O, (), mend_undeclared),
    Repair("operation-responses", "an operation without responses", _O, (), mend_responses),
)

