"""Repairs of what stands around the operations: info, servers, tags, components, security schemes."""

from __future__ import annotations

import re
from typing import Final

from specloom.ir.diagnostics import Severity
from specloom.reading.grammar import METHODS, Kind
from specloom.reading.pointers import ABSENT, JSON, Absent

from .finding import NONE, Finding, Node, Repair, Site

_COMPONENT_NAME: Final = re.compile(r"[A-Za-z0-9._-]+\Z")


def mend_document(node: Node, site: Site) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    if not isinstance(node.get("info"), dict):
        findings.append(Finding("a document has info: a title and a version", {"info": {"title": "API", "version": "0.0.0"}},
                                "info" if "info" in node else None))
    if not isinstance(node.get("paths"), dict):
        if site.version == "3.0":
            findings.append(Finding("a document has paths; read as one without operations", {"paths": {}},
                                    "paths" if "paths" in node else None))
        elif not any(isinstance(node.get(key), dict) for key in ("webhooks", "components")):
            findings.append(Finding("a document has paths, webhooks or components; read as one without", {"paths": {}}))
    return tuple(findings)


def note_no_operations(node: Node, site: Site) -> tuple[Finding, ...]:
    items = [node.get("paths"), node.get("webhooks")]
    for group in items:
        for item in group.values() if isinstance(group, dict) else ():
            if isinstance(item, dict) and any(key in METHODS or key == "$ref" or key.lower() in METHODS for key in item):
                return NONE
    return (Finding("the document describes no operation", severity=Severity.INFO,
                    key="paths" if "paths" in node else None),)


def note_version(node: Node, site: Site) -> tuple[Finding, ...]:
    version = str(node["openapi"])
    found = re.match(r"\s*v?3\.(\d+)", version)
    minor = int(found[1]) if found else 0
    if minor > 2:
        return (Finding(f"OpenAPI {version} is not known yet; read as 3.1", key="openapi"),)
    if minor == 2:
        return (Finding("OpenAPI 3.2 is read as 3.1; what is new in it is not carried over", key="openapi",
                        severity=Severity.INFO),)
    return NONE


def mend_info(node: Node, site: Site) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    if node.get("title") is None:
        findings.append(Finding("a document has a title; read as API", {"title": "API"}))
    version = node.get("version")
    if version is None:
        findings.append(Finding("a document has a version; read as 0.0.0", {"version": "0.0.0"}))
    elif isinstance(version, int | float) and not isinstance(version, bool):
        text = site.references.spelling("", "/info/version") or str(version)
        findings.append(Finding(f"the version is a text: write it in quotes; read as {text!r}", {"version": text}, "version"))
    return tuple(findings)


def mend_server(node: Node, site: Site) -> tuple[Finding, ...]:
    url = node.get("url")
    if not isinstance(url, str):
        return (Finding("a server has a url; left out", drop=True),) if not isinstance(url, int | float) else NONE
    variables = node.get("variables")
    known: dict[str, JSON] = variables if isinstance(variables, dict) else {}
    findings: list[Finding] = []
    missing = [name for name in dict.fromkeys(re.findall(r"\{([^{}]+)\}", url)) if name not in known]
    if missing:
        added: dict[str, JSON] = {**known, **{name: {"default": name} for name in missing}}
        findings += [Finding(f"the url names {{{name}}}, but no variable is declared; its name stands in for it",
                             {"variables": added}, "url") for name in missing]
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|\{", url) and url.strip() != "/":
        findings.append(Finding(f"the url {url!r} is relative to where the document is served from", key="url",
                                severity=Severity.INFO, hint="callers give the base URL"))
    return tuple(findings)


def mend_variable(node: Node, site: Site) -> tuple[Finding, ...]:
    if node.get("default") is None:
        enum = node.get("enum")
        first = enum[0] if isinstance(enum, list) and enum else ""
        return (Finding(f"a server variable has a default; read as {first!r}", {"default": first}),)
    return NONE


def mend_tags(node: Node, site: Site) -> tuple[Finding, ...]:
    seen: set[str] = set()
    kept: list[JSON] = []
    messages: list[str] = []
    tags = node["tags"]
    for tag in tags if isinstance(tags, list) else ():
        name = tag.get("name") if isinstance(tag, dict) else tag
        if isinstance(name, str) and name in seen:
            messages.append(f"the tag {name!r} is described twice; the first one counts")
            continue
        if isinstance(name, str):
            seen.add(name)
        kept.append(tag)
    return tuple(Finding(message, {"tags": kept}, "tags") for message in messages)


def note_component_names(node: Node, site: Site) -> tuple[Finding, ...]:
    return tuple(
        Finding(f"{name!r} has characters a component's name does not have", key=f"{section}/{name}",
                hint="letters, digits, dot, dash and underscore")
        for section, members in node.items()
        if isinstance(members, dict) and not section.startswith("x-")
        for name in members if not _COMPONENT_NAME.match(name)
    )


_SCHEME_TYPES: Final = {t.lower(): t for t in ("apiKey", "http", "oauth2", "openIdConnect", "mutualTLS")}


def mend_scheme(node: Node, site: Site) -> tuple[Finding, ...]:
    type_ = node.get("type")
    if type_ == "basic":
        return (Finding("basic is a scheme of the type http, since OpenAPI 3.0", {"type": "http", "scheme": "basic"}, "type"),)
    if type_ == "bearer":
        return (Finding("bearer is a scheme of the type http", {"type": "http", "scheme": "bearer"}, "type"),)
    right = _SCHEME_TYPES.get(type_.lower()) if isinstance(type_, str) else None
    if right is None:
        return (Finding(f"{type_!r} is not a type of security scheme; left out", key="type" if "type" in node else None,
                        drop=True, hint="apiKey, http, oauth2, openIdConnect or mutualTLS"),)
    findings: list[Finding] = []
    if right != type_:
        findings.append(Finding(f"the type of a security scheme is written {right}", {"type": right}, "type"))
    missing = _missing(right, node)
    if missing:
        return (Finding(f"a security scheme of the type {right} has {missing}; left out", drop=True),)
    if right == "oauth2" and not isinstance(node.get("flows"), dict):
        findings.append(_swagger_flow(node))
    return tuple(findings)


def _missing(type_: str, node: Node) -> str | None:
    if type_ == "apiKey":
        if not isinstance(node.get("name"), str):
            return "a name"
        if node.get("in") not in ("query", "header", "cookie"):
            return "in: query, header or cookie"
    if type_ == "http" and not isinstance(node.get("scheme"), str):
        return "a scheme, such as bearer"
    return None


_FLOWS: Final = {"implicit": "implicit", "password": "password", "application": "clientCredentials",
                 "accessCode": "authorizationCode"}


def _swagger_flow(node: Node) -> Finding:
    flow = node.get("flow")
    if not isinstance(flow, str) or flow not in _FLOWS:
        return Finding("an oauth2 scheme has flows; read as one without", {"flows": {}})
    moved: dict[str, JSON] = {key: node[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in node}
    changes: dict[str, JSON | Absent] = dict.fromkeys([*moved, "flow"], ABSENT)
    return Finding("the flow of an oauth2 scheme stands under flows, since OpenAPI 3.0",
                   {**changes, "flows": {_FLOWS[flow]: moved}}, "flow")


def mend_flow(node: Node, site: Site) -> tuple[Finding, ...]:
    scopes = node.get("scopes")
    if isinstance(scopes, list):
        return (Finding("scopes is an object: name and what it allows",
                        {"scopes": {str(scope): "" for scope in scopes if isinstance(scope, str)}}, "scopes"),)
    if scopes is None:
        return (Finding("a flow has scopes; read as none", {"scopes": {}}),)
    return NONE


def _drops_without(key: str, what: str) -> Repair:
    def mend(node: Node, site: Site) -> tuple[Finding, ...]:
        return NONE if node.get(key) is not None else (Finding(f"{what} has a {key}; left out", drop=True),)

    kind = {"an external documentation": Kind.EXTERNAL_DOCS, "a tag": Kind.TAG, "a license": Kind.LICENSE}[what]
    return Repair("missing-field", f"{what} without its {key}", kind, (), mend)


_D = Kind.DOCUMENT
ROOT_REPAIRS: Final = (
    Repair("openapi-version", "a version later than those specloom knows", _D, ("openapi",), note_version),
    Repair("document-parts", "a document without info or paths", _D, (), mend_document),
    Repair("no-operations", "a document without operations", _D, (), note_no_operations),
    Repair("tag-duplicate", "a tag that is described twice", _D, ("tags",), mend_tags),
    Repair("info", "info without title or version, a number as version", Kind.INFO, (), mend_info),
    Repair("server-url", "a server without url, with undeclared variables, or a relative one", Kind.SERVER, (), mend_server),
    Repair("server-variable", "a server variable without default", Kind.SERVER_VARIABLE, (), mend_variable),
    Repair("component-name", "a component's name with other characters", Kind.COMPONENTS, (), note_component_names),
    Repair("security-scheme", "a security scheme of no known type, or without what it needs", Kind.SECURITY_SCHEME, (),
           mend_scheme),
    Repair("oauth-scopes", "a flow without an object of scopes", Kind.OAUTH_FLOW, (), mend_flow),
    _drops_without("url", "an external documentation"),
    _drops_without("name", "a tag"),
    _drops_without("name", "a license"),
)
