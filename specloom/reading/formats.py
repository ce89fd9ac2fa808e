"""Which description format a document is in; the ones that are not OpenAPI 3 are refused by name, with the way out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal

from specloom.ir.diagnostics import SpecloomError

from .pointers import JSON


def _has(value: JSON, key: str) -> bool:
    return isinstance(value, dict) and key in value


_OTHERS: Final[tuple[tuple[str, str, str, Callable[[dict[str, JSON]], bool]], ...]] = (
    ("swagger-2", "this is a Swagger 2.0 document, not OpenAPI 3",
     "convert it first: npx swagger2openapi swagger.json -o openapi.yaml, or https://converter.swagger.io",
     lambda root: "swagger" in root),
    ("not-openapi", "this is an AsyncAPI document: it describes messages, not HTTP operations",
     "give the OpenAPI document of the same service", lambda root: "asyncapi" in root),
    ("not-openapi", "this is a Postman collection, not OpenAPI",
     "convert it first: npx postman-to-openapi collection.json openapi.yaml",
     lambda root: "info" in root and "item" in root),
    ("not-openapi", "this is an Arazzo document: it describes workflows over an API, not the API",
     "give the OpenAPI document it names under sourceDescriptions", lambda root: "arazzo" in root),
    ("not-openapi", "this is an OpenAPI overlay: it changes a document, it is none",
     "apply it first, and give the result", lambda root: "overlay" in root),
    ("not-openapi", "this is a Google API discovery document, not OpenAPI",
     "convert it to OpenAPI 3 first", lambda root: "discoveryVersion" in root),
    ("not-openapi", "this is an Insomnia export, not OpenAPI", "export the design document as OpenAPI 3",
     lambda root: "__export_format" in root),
    ("not-openapi", "this is an HTTP archive (HAR), not OpenAPI", "convert it first: npx har-to-openapi",
     lambda root: _has(root.get("log"), "entries")),
    ("not-openapi", "this is a GraphQL introspection result, not OpenAPI", "specloom reads OpenAPI 3 only",
     lambda root: "__schema" in root or _has(root.get("data"), "__schema")),
    ("not-openapi", "this is a JSON Schema, not an OpenAPI document",
     "put it under components/schemas of an OpenAPI 3.1 document",
     lambda root: any(key in root for key in ("$schema", "$defs", "definitions")) or ("type" in root and "properties" in root)),
)

UNKNOWN: Final = frozenset({"yaml-syntax", "not-openapi"})
"""Codes of refusals that may be said better by looking at the text."""

_HINT: Final = "give an OpenAPI 3.0 or 3.1 document: an object that starts with openapi: 3.1.0"

_TEXTS: Final[tuple[tuple[str, str, str], ...]] = (
    (r"\s*#%RAML", "this is a RAML document, not OpenAPI", "convert it first: npx oas-raml-converter, or export OpenAPI 3"),
    (r"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", "this is an HTML page, not OpenAPI",
     "give the document the page shows; its address often ends in openapi.json or /schema/"),
    (r"\s*<(?:\?xml|[\w:]+[\s>])", "this is XML (WSDL, WADL?), not OpenAPI", _HINT),
    (r"\s*(?:#[^\n]*\n|\"\"\"(?:.|\n)*?\"\"\"|\s)*(?:extend\s+)?(?:schema\s*[@{]|(?:type|interface|enum|scalar|"
     r"union|input|directive)\s+[@\w]+[^:\n]*[{=(])", "this is a GraphQL schema, not OpenAPI", "specloom reads OpenAPI 3 only"),
    (r"\s*(?:syntax\s*=\s*[\"']proto|package\s+[\w.]+;)", "this is a Protocol Buffers file, not OpenAPI",
     "specloom reads OpenAPI 3 only"),
    (r"FORMAT:\s*1A", "this is an API Blueprint, not OpenAPI", "convert it first: npx apib2swagger"),
    (r"\s*(?:#{1,6} |---\s*\n(?:.|\n)*?\n---\s*\n\s*#{1,6} )[^\n]*\n"
     r"(?=(?:.|\n)*(?:^|\n)(?:#{1,6} \S|```|[*-] \[|[A-Z][^\n:]*[.!?]\s*(?:\n|$)))",
     "this looks like Markdown, not OpenAPI", _HINT),
)


def refuse_text(text: str, file: str | None) -> SpecloomError | None:
    """The refusal of a text that is in some known language other than JSON and YAML; None if it is in none of them."""
    head = text[:20_000]
    for pattern, message, hint in _TEXTS:
        if re.match(pattern, head, re.IGNORECASE if "html" in pattern else 0):
            return SpecloomError.of("not-openapi", message, file=file, pointer="", hint=hint)
    return None


def recognise(value: JSON, file: str | None) -> Literal["3.0", "3.1"]:
    """The version of a document to read it as: 3.2 and later 3.x are read as 3.1.

    Raises:
        SpecloomError: ``not-openapi``, ``swagger-2`` or ``openapi-version``.
    """
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else "plain text" if isinstance(value, str) else "a single value"
        raise SpecloomError.of("not-openapi", f"the document is {kind}, not an object", file=file, pointer="", hint=_HINT)
    version = value.get("openapi")
    if version is None:
        for code, message, hint, matches in _OTHERS:
            if matches(value):
                raise SpecloomError.of(code, message, file=file, pointer="", hint=hint)
        raise SpecloomError.of("not-openapi", "the document has no openapi key", file=file, pointer="", hint=_HINT)
    found = re.match(r"\s*v?(\d+)(?:\.(\d+))?(?:\.|\s*$|-|\D)", str(version))
    if isinstance(version, bool | dict | list) or not found:
        raise SpecloomError.of("openapi-version", "the openapi key does not hold a version", file=file, pointer="/openapi",
                               hint="write openapi: 3.1.0 (or 3.0.3)")
    major, minor = int(found[1]), int(found[2] or 0)
    if major != 3:
        raise SpecloomError.of("openapi-version", f"OpenAPI {major}.{minor} is not supported", file=file, pointer="/openapi",
                               hint="specloom reads OpenAPI 3.0, 3.1 and 3.2" if major > 3 else "convert it to OpenAPI 3.1")
    return "3.0" if minor == 0 else "3.1"
