"""Repairs of schemas: types that are none, keywords of the other version, shapes that JSON Schema does not have."""

from __future__ import annotations

from typing import Final

from specloom.ir.diagnostics import Severity
from specloom.reading.grammar import SCHEMA_3_1, Kind
from specloom.reading.pointers import ABSENT, JSON, Absent

from .finding import NONE, Finding, Node, Repair, Site

_TYPES: Final = frozenset({"string", "object", "array", "integer", "boolean", "number"})

_ALIASES: Final[dict[str, tuple[str, str | None]]] = {
    "int": ("integer", None), "int32": ("integer", "int32"), "int64": ("integer", "int64"), "long": ("integer", "int64"),
    "bool": ("boolean", None), "float": ("number", "float"), "double": ("number", "double"), "decimal": ("number", None),
    "dict": ("object", None), "map": ("object", None), "hash": ("object", None), "list": ("array", None),
    "str": ("string", None), "text": ("string", None), "date": ("string", "date"), "datetime": ("string", "date-time"),
    "date-time": ("string", "date-time"), "time": ("string", "time"), "uuid": ("string", "uuid"), "uri": ("string", "uri"),
    "email": ("string", "email"), "binary": ("string", "binary"), "file": ("string", "binary"),
}


def known_type(name: str) -> tuple[str, str | None] | None:
    """The JSON type (and format) behind a type name as people write it; None if there is none."""
    lower = name.strip().lower()
    if lower in _TYPES or lower == "null":
        return lower, None
    return _ALIASES.get(lower)


def mend_type(node: Node, site: Site) -> tuple[Finding, ...]:
    type_ = node["type"]
    if type(type_) is str:
        return NONE if type_ in _TYPES else _odd_type(type_, node, site)
    if isinstance(type_, list):
        return _type_list(type_, node, site)
    if type_ is None:
        return _null_type(node, site, Finding("null as a type is written in quotes", {"type": "null"}, "type"))
    return (Finding(f"{type_!r} is not a type; read as anything", {"type": ABSENT}, "type"),)


def _odd_type(name: str, node: Node, site: Site) -> tuple[Finding, ...]:
    if name == "null":
        if site.version == "3.1":
            return NONE
        return _null_type(node, site, Finding("the type null came with OpenAPI 3.1", {}, "type"))
    if name.strip().lower() in ("any", "anything", "mixed", "*", ""):
        return (Finding(f"{name!r} is not a type; no type is how a schema says anything", {"type": ABSENT}, "type"),)
    found = known_type(name)
    if found is None:
        return (Finding(f"{name!r} is not a type; read as anything", {"type": ABSENT}, "type",
                        hint="string, number, integer, boolean, array, object or null"),)
    type_, format_ = found
    changes: dict[str, JSON | Absent] = {"type": type_}
    if format_ is not None and (name.lower() == "file" or "format" not in node):
        changes["format"] = format_
    said = f"{type_} of format {format_}" if "format" in changes else type_
    return (Finding(f"{name!r} is not a type; read as {said}", changes, "type"),)


def _null_type(node: Node, site: Site, found: Finding) -> tuple[Finding, ...]:
    if site.version == "3.1":
        return (found,)
    changes: dict[str, JSON | Absent] = {"type": ABSENT, "enum": [None], "nullable": True}
    return (Finding(found.message, changes, "type", hint="write nullable: true at the schema that can be null"),)


def _type_list(types: list[JSON], node: Node, site: Site) -> tuple[Finding, ...]:
    names: list[JSON] = []
    findings: list[Finding] = []
    for item in types:
        found = ("null", None) if item is None else known_type(item) if isinstance(item, str) else None
        if found is None:
            findings.append(Finding(f"{item!r} is not a type; left out of the list", key="type"))
        elif found[0] not in names:
            names.append(found[0])
    if len(names) < len(types) and not findings:
        findings.append(Finding("a type stands twice in this list", key="type"))
    elif names != types and not findings:
        findings.append(Finding("types are written in lower case and in quotes", key="type"))
    if findings or not names:
        changes: dict[str, JSON | Absent] = {"type": names or ABSENT}
        findings = [Finding(f.message, changes, "type") for f in findings or [Finding("an empty list of types")]]
    if site.version == "3.0" and names:
        findings.append(Finding("lists of types came with OpenAPI 3.1; read as 3.0 would say it", _types_in_3_0(names, node),
                                "type"))
    return tuple(findings)


def _types_in_3_0(names: list[JSON], node: Node) -> dict[str, JSON | Absent]:
    real = [name for name in names if name != "null"]
    changes: dict[str, JSON | Absent] = {"type": ABSENT}
    if "null" in names:
        changes["nullable"] = True
        if not real:
            changes["enum"] = [None]
    if len(real) == 1:
        changes["type"] = real[0]
    elif real and "anyOf" not in node:
        changes["anyOf"] = [
            {"type": name, "items": node.get("items", {})} if name == "array" else {"type": name} for name in real
        ]
    return changes


def mend_missing_type(node: Node, site: Site) -> tuple[Finding, ...]:
    if "type" in node or "$ref" in node or not ("properties" in node or "items" in node):
        return NONE
    if any(key in node for key in ("allOf", "oneOf", "anyOf", "not", "enum", "const")):
        return NONE
    type_ = "object" if "properties" in node else "array"
    because = "properties" if type_ == "object" else "items"
    return (Finding(f"no type, but {because}: read as {type_}", {"type": type_}, severity=Severity.INFO),)


def mend_property_required(node: Node, site: Site) -> tuple[Finding, ...]:
    properties = node["properties"]
    if not isinstance(properties, dict):
        return NONE
    marked = [
        name for name, prop in properties.items()
        if type(prop) is dict and "required" in prop and isinstance(prop["required"], bool | str)
        and str(prop["required"]).lower() in ("true", "false")
    ]
    if not marked:
        return NONE
    mended: dict[str, JSON] = dict(properties)
    required = node.get("required")
    names: list[JSON] = list(required) if isinstance(required, list) else []
    for name in marked:
        prop = properties[name]
        assert isinstance(prop, dict)
        mended[name] = {key: value for key, value in prop.items() if key != "required"}
        if str(prop["required"]).lower() == "true" and name not in names:
            names.append(name)
    changes: dict[str, JSON | Absent] = {"properties": mended}
    if names:
        changes["required"] = names
    return tuple(
        Finding(f"required of the property {name!r} belongs in the list of its object; moved there", changes, "properties")
        for name in marked
    )


def mend_required(node: Node, site: Site) -> tuple[Finding, ...]:
    required = node["required"]
    if isinstance(required, bool):
        return (Finding("required is a list of property names; true or false says nothing here", {"required": ABSENT},
                        "required"),)
    if isinstance(required, list):
        if not required and site.version == "3.0":
            return (Finding("an empty list of required names says nothing", {"required": ABSENT}, "required", Severity.INFO),)
        texts = [name for name in required if isinstance(name, str)]
        if len(texts) == len(required) and len(set(texts)) < len(texts):
            return (Finding("a name stands twice among the required ones", {"required": list(dict.fromkeys(texts))},
                            "required"),)
    return NONE


def mend_enum(node: Node, site: Site) -> tuple[Finding, ...]:
    enum = node["enum"]
    findings: list[Finding] = []
    if not isinstance(enum, list):
        enum = [enum]
        findings.append(Finding("enum is a list of values", {"enum": enum}, "enum"))
    if not enum:
        return (Finding("an empty enum allows nothing; left out", {"enum": ABSENT}, "enum"),)
    type_ = node.get("type")
    if type_ == "string" and any(isinstance(v, bool | int | float) for v in enum):
        enum = [_spelled(v) for v in enum]
        findings.append(Finding("values of a string enum are texts; they want quotes", {"enum": enum}, "enum"))
    elif type_ == "integer" and any(isinstance(v, str) for v in enum):
        numbers = [int(v) if isinstance(v, str) and _is_whole(v) else v for v in enum]
        if not any(isinstance(v, str) for v in numbers):
            enum = numbers
            findings.append(Finding("values of an integer enum are numbers, without quotes", {"enum": enum}, "enum"))
    distinct = _distinct(enum)
    if len(distinct) < len(enum):
        findings.append(Finding("a value stands twice in this enum", {"enum": distinct}, "enum"))
    return tuple(findings)


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 40


def _spelled(value: JSON) -> JSON:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def _distinct(values: list[JSON]) -> list[JSON]:
    """Without repeated values; 1 and true are two values, 1 and 1.0 are one (JSON Schema 2020-12 §4.2.2)."""
    seen: set[tuple[bool, str]] = set()
    kept: list[JSON] = []
    for value in values:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        key = (number, repr(float(value)) if number and abs(value) < 2**53 else repr(value))  # type: ignore[arg-type] # a number
        if key not in seen:
            seen.add(key)
            kept.append(value)
    return kept


def mend_items(node: Node, site: Site) -> tuple[Finding, ...]:
    if "items" in node:
        items = node["items"]
        if not isinstance(items, list):
            return NONE
        if site.version == "3.1":
            rest = node.get("additionalItems", {})
            changes: dict[str, JSON | Absent] = {"prefixItems": items or ABSENT, "items": rest, "additionalItems": ABSENT}
            return (Finding("a list of item schemas is prefixItems since OpenAPI 3.1", changes, "items"),)
        one: JSON = items[0] if len(items) == 1 else {"anyOf": items} if items else {}
        return (Finding("items is one schema in OpenAPI 3.0; read as any of them", {"items": one}, "items"),)
    if node.get("type") == "array" and site.version == "3.0":
        return (Finding("an array has items; read as an array of anything", {"items": {}}),)
    return NONE


def mend_bounds(node: Node, site: Site) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        value = node.get(exclusive)
        if isinstance(value, bool) and site.version == "3.1":
            limit = node.get(plain)
            changes: dict[str, JSON | Absent] = {exclusive: ABSENT}
            if value and limit is not None:
                changes = {exclusive: limit, plain: ABSENT}
            findings.append(Finding(f"{exclusive} is a number since OpenAPI 3.1", changes, exclusive))
        elif isinstance(value, int | float) and not isinstance(value, bool) and site.version == "3.0":
            findings.append(Finding(f"{exclusive} is true or false in OpenAPI 3.0", {plain: value, exclusive: True}, exclusive))
    return tuple(findings)


def mend_nullable(node: Node, site: Site) -> tuple[Finding, ...]:
    if site.version == "3.0":
        return NONE
    message = "nullable went with OpenAPI 3.1; the type says null there"
    changes: dict[str, JSON | Absent] = {"nullable": ABSENT}
    if node["nullable"] is True:
        type_ = node.get("type")
        if isinstance(type_, str) and type_ != "null":
            changes["type"] = [type_, "null"]
        elif isinstance(type_, list) and "null" not in type_:
            changes["type"] = [*type_, "null"]
        elif "$ref" in node:
            changes["anyOf"] = [{"$ref": node["$ref"]}, {"type": "null"}]
            changes["$ref"] = ABSENT
        else:
            changes |= _nullable_choice(node)
        enum = node.get("enum")
        if isinstance(enum, list) and None not in enum:
            changes["enum"] = [*enum, None]
    return (Finding(message, changes, "nullable"),)


def _nullable_choice(node: Node) -> dict[str, JSON | Absent]:
    for key in ("anyOf", "oneOf"):
        options = node.get(key)
        if isinstance(options, list):
            return {key: [*options, {"type": "null"}]}
    every = node.get("allOf")
    if isinstance(every, list):
        return {"allOf": ABSENT, "anyOf": [{"allOf": every} if len(every) != 1 else every[0], {"type": "null"}]}
    return {}


def mend_examples(node: Node, site: Site) -> tuple[Finding, ...]:
    examples = node["examples"]
    if not isinstance(examples, dict):
        return NONE
    values: list[JSON] = [
        item["value"] if isinstance(item, dict) and "value" in item else item for item in examples.values()
    ]
    return (Finding("examples of a schema is a list of values", {"examples": values}, "examples"),)


def mend_composition(node: Node, site: Site) -> tuple[Finding, ...]:
    return tuple(
        Finding(f"an empty {key} says nothing", {key: ABSENT}, key) for key in ("allOf", "oneOf", "anyOf") if node.get(key) == []
    )


def mend_multiple_of(node: Node, site: Site) -> tuple[Finding, ...]:
    value = node["multipleOf"]
    if isinstance(value, int | float) and value <= 0:
        return (Finding("multipleOf is more than 0", {"multipleOf": ABSENT}, "multipleOf"),)
    return NONE


def mend_read_write(node: Node, site: Site) -> tuple[Finding, ...]:
    if node["writeOnly"] is True and node.get("readOnly") is True:
        return (Finding("readOnly and writeOnly exclude each other; read as neither",
                        {"readOnly": ABSENT, "writeOnly": ABSENT}, "writeOnly"),)
    return NONE


def mend_discriminator(node: Node, site: Site) -> tuple[Finding, ...]:
    value = node["discriminator"]
    if isinstance(value, dict) and not isinstance(value.get("propertyName"), str):
        return (Finding("a discriminator has a propertyName; left out", {"discriminator": ABSENT}, "discriminator"),)
    return NONE


def mend_dynamic_ref(node: Node, site: Site) -> tuple[Finding, ...]:
    if "$ref" in node or not isinstance(node["$dynamicRef"], str):
        return (Finding("$dynamicRef is not supported; left out", {"$dynamicRef": ABSENT}, "$dynamicRef"),)
    return (Finding("$dynamicRef is read as $ref: the anchor of this document counts",
                    {"$dynamicRef": ABSENT, "$ref": node["$dynamicRef"]}, "$dynamicRef"),)


def note_newer(node: Node, site: Site) -> tuple[Finding, ...]:
    if site.version == "3.1":
        return NONE
    return tuple(
        Finding(f"{key} came with OpenAPI 3.1; read as there", {}, key, Severity.INFO)
        for key in node if key in SCHEMA_3_1 and key != "examples"
    )


_S = Kind.SCHEMA
SCHEMA_REPAIRS: Final = (
    Repair("schema-type", "a type that is none: any, file, int, String, null and lists in 3.0", _S, ("type",), mend_type),
    Repair("boolean-required", "required: true on a property", _S, ("properties",), mend_property_required),
    Repair("boolean-required", "required that is no list of names", _S, ("required",), mend_required),
    Repair("schema-enum", "an enum that is no list, empty, repeated or of another type", _S, ("enum",), mend_enum),
    Repair("array-items", "an array without items, or with a list of them", _S, ("items", "type"), mend_items),
    Repair("type-inferred", "properties or items without a type", _S, ("properties", "items"), mend_missing_type),
    Repair("exclusive-bound", "exclusiveMinimum and exclusiveMaximum of the other version", _S,
           ("exclusiveMinimum", "exclusiveMaximum"), mend_bounds),
    Repair("nullable-3.1", "nullable in OpenAPI 3.1", _S, ("nullable",), mend_nullable),
    Repair("schema-examples", "examples of a schema that are no list", _S, ("examples",), mend_examples),
    Repair("empty-composition", "an empty allOf, oneOf or anyOf", _S, ("allOf", "oneOf", "anyOf"), mend_composition),
    Repair("multiple-of", "multipleOf that is not more than 0", _S, ("multipleOf",), mend_multiple_of),
    Repair("read-and-write-only", "readOnly and writeOnly at once", _S, ("writeOnly",), mend_read_write),
    Repair("discriminator-property", "a discriminator without propertyName", _S, ("discriminator",), mend_discriminator),
    Repair("dynamic-ref", "$dynamicRef, read as $ref", _S, ("$dynamicRef",), mend_dynamic_ref),
    Repair("newer-keyword", "a keyword of OpenAPI 3.1 in a 3.0 document", _S,
           tuple(key for key in SCHEMA_3_1 if key != "examples"), note_newer),
)
