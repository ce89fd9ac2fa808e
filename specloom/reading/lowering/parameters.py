"""Parameters: those of the path item and of the operation together, with the standard's defaults filled in."""

from __future__ import annotations

import re

from specloom.ir.operations import IRHeaderObject, IRParameterObject, Location, Style
from specloom.ir.types import STRING, IRType
from specloom.reading.pointers import JSON

from . import nodes
from .enums import without_bullets
from .naming import Hint, pascal
from .raw import Raw, Site, examples_of, mapping, sequence, text
from .schemas import Schemas

_DEFAULT_STYLE = {
    Location.PATH: Style.SIMPLE,
    Location.HEADER: Style.SIMPLE,
    Location.QUERY: Style.FORM,
    Location.COOKIE: Style.FORM,
}
_ALLOWED = {
    Location.PATH: (Style.SIMPLE, Style.LABEL, Style.MATRIX),
    Location.QUERY: (Style.FORM, Style.SPACE_DELIMITED, Style.PIPE_DELIMITED, Style.DEEP_OBJECT),
    Location.HEADER: (Style.SIMPLE,),
    Location.COOKIE: (Style.FORM,),
}
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
_TEMPLATE = re.compile(r"\{([^{}]*)\}")


def parameters(schemas: Schemas, path: str, lists: list[tuple[JSON, Site]], owner: str) -> tuple[IRParameterObject, ...]:
    """The parameters of ``lists``, where a later one of the same name and place replaces an earlier one; path ones first."""
    work = schemas.workspace
    found: dict[tuple[str, Location], IRParameterObject] = {}
    for values, site in lists:
        for index, value in enumerate(sequence(values)):
            raw, place = work.follow(value, site.at(index))
            if place.pointer.startswith("/components/"):
                made = _shared_parameter(schemas, raw, place)
            else:
                made = _parameter(schemas, raw, place, owner)
            if made is not None:
                found[made.name, made.location] = made
    in_path = {p.name: p for p in found.values() if p.location is Location.PATH}
    ordered: list[IRParameterObject] = []
    for name in dict.fromkeys(_TEMPLATE.findall(path)):
        declared = in_path.pop(name, None)
        if declared is None:
            work.warn(
                "path-parameter-not-declared",
                f"{{{name}}} is in the path but not declared; it is taken to be a string",
                lists[-1][1],
            )
            declared = nodes.parameter_object(name=name, location=Location.PATH, type=STRING, required=True, style=Style.SIMPLE)
        ordered.append(declared)
    for name in in_path:
        work.warn(
            "path-parameter-not-in-path", f"the path parameter {name!r} is not in the path {path}; it is left out", lists[-1][1]
        )
    return (*ordered, *(p for p in found.values() if p.location is not Location.PATH))


def _shared_parameter(schemas: Schemas, raw: Raw, site: Site) -> IRParameterObject | None:
    """A parameter that many operations refer to: made once, unless making it declares something, which is each time anew."""
    known = schemas.parameters
    if site in known:
        return known[site]
    before = len(schemas.workspace.declarations)
    made = _parameter(schemas, raw, site, "")
    if len(schemas.workspace.declarations) == before:
        known[site] = made
    return made


def _parameter(schemas: Schemas, raw: Raw, site: Site, owner: str) -> IRParameterObject | None:
    work = schemas.workspace
    name, where = raw.get("name"), raw.get("in")
    if not isinstance(name, str) or where not in _PLACES:
        return None
    location = _PLACES[str(where)]
    if location is Location.HEADER and name.lower() in _IGNORED_HEADERS:
        work.info("header-parameter-ignored", f"{name} is no parameter: OpenAPI says it otherwise (§4.8.12.1)", site)
        return None
    hint = Hint(owner, pascal(name) or "Parameter")
    media_type, schema, place = _described(raw, site)
    type = schemas.type_of(schema, place, hint, described=False) if schema is not None else STRING
    style = _style(schemas, raw, location, site)
    explode = raw.get("explode")
    inner = mapping(schema)
    description = text(raw.get("description")) or text(inner.get("description"))
    if description and "`" in description:
        description = without_bullets(description, schemas.values_of(type))
    return nodes.parameter_object(
        name=name,
        location=location,
        type=type,
        required=raw.get("required") is True or location is Location.PATH,
        style=style,
        explode=explode if isinstance(explode, bool) else style is Style.FORM,
        allow_reserved=raw.get("allowReserved") is True and location is Location.QUERY,
        media_type=media_type,
        description=description,
        deprecated=raw.get("deprecated") is True or inner.get("deprecated") is True,
        default=nodes.default(value=inner["default"]) if "default" in inner else None,
        examples=examples_of(raw) or examples_of(inner),
    )


_PLACES = {location.value: location for location in Location}


def _described(raw: Raw, site: Site) -> tuple[str | None, JSON, Site]:
    """Media type and schema of a parameter or header, and where the schema stands."""
    content = mapping(raw.get("content"))
    if "schema" not in raw and content:
        media_type, value = next(iter(content.items()))
        return media_type, mapping(value).get("schema", True), site.at("content", media_type, "schema")
    return None, raw.get("schema"), site.at("schema")


def _style(schemas: Schemas, raw: Raw, location: Location, site: Site) -> Style:
    given = raw.get("style")
    if given is None:
        return _DEFAULT_STYLE[location]
    style = next((s for s in _ALLOWED[location] if s.value == given), None)
    if style is None:
        schemas.workspace.warn("style-not-allowed", f"style {given!r} is not for {location.value} parameters", site.at("style"))
    return style or _DEFAULT_STYLE[location]


def headers(schemas: Schemas, value: JSON, site: Site, hint: Hint) -> tuple[IRHeaderObject, ...]:
    """The headers of a response or of a part of a multipart body; ``Content-Type`` is no header there (§4.8.17)."""
    found: list[IRHeaderObject] = []
    for name, each in mapping(value).items():
        if name.lower() == "content-type":
            continue
        raw, place = schemas.workspace.follow(each, site.at(name))
        _, schema, inner = _described(raw, place)
        type: IRType = STRING if schema is None else schemas.type_of(schema, inner, hint.then(pascal(name)), described=False)
        description = text(raw.get("description"))
        found.append(nodes.header_object(name=name, type=type, required=raw.get("required") is True, description=description))
    return tuple(found)
