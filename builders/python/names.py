"""What everything is called in Python; where a name that users see had to change, a diagnostic."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from pydantic import BaseModel

from specloom.builders.naming import SIGN_WORDS, Allocation, NameAllocator, constant, pascal, snake, type_name, words
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import IROperationObject, IRParameterObject
from specloom.ir.recursion import components
from specloom.ir.schemas import IREnumSchema, IRObjectSchema, IRSchema, schema_references

from .nodes import Symbol

_KEYWORDS = frozenset(keyword.kwlist)
_MODEL_MEMBERS = frozenset(n for n in dir(BaseModel) if not n.startswith("_")) | {"self"}
"""What a field of a model must not be called: pydantic refuses it, or it would hide a method."""
_FIELD_RESERVED = _KEYWORDS | _MODEL_MEMBERS
_CLIENT_MEMBERS = frozenset(
    (
        "aclose", "base_url", "clear_tokens", "close", "get_base_url", "get_refresh_token", "get_token", "http",
        "is_authenticated", "options", "refresh", "self", "set_api_key", "set_base_url", "set_basic", "set_locale",
        "set_token", "with_response",
    )
)  # fmt: skip
"""Members of the runtime's clients, and what their constructor uses: no attribute of a tag."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
_METHOD_RESERVED = _KEYWORDS | {"self"}


def trailing_underscore(name: str, attempt: int) -> str:
    """``class_``, then ``class_3``."""
    return f"{name}_" if attempt == 2 else f"{name}_{attempt}"


def identifier_words(text: str) -> tuple[str, ...]:
    """Words of ``text`` of which an identifier can be made; signs become words where nothing else is there, or in front."""
    found = tuple(w for w in ("".join(c for c in word if f"a{c}".isidentifier()) for word in words(text)) if w)
    stripped = text.strip()
    if not found:
        return tuple(SIGN_WORDS.get(c, "sign") for c in stripped[:4]) or ("empty",)
    if stripped[0] in "+-" and len(stripped) > 1:
        return (SIGN_WORDS[stripped[0]], *found)
    return found


def _led(name: str, lead: str) -> str:
    """``name``, behind ``lead`` where it begins with a digit or the like."""
    return name if name.isidentifier() or keyword.iskeyword(name) else unicodedata.normalize("NFKC", lead + name)


@lru_cache(maxsize=16_384)
def field_name(wire: str) -> str:
    """The name a field or parameter wants: ``created_at`` for ``createdAt``."""
    return _led(snake(identifier_words(wire)), "field_")


def class_name(text: str) -> str:
    """The name a class wants."""
    name = type_name(text)
    if not (name.isascii() and name.isidentifier()):
        name = pascal(identifier_words(text))
    return _led(name, "Type")


@lru_cache(maxsize=16_384)
def constant_name(text: str) -> str:
    """The name an enum member wants."""
    return _led(constant(identifier_words(text)), "VALUE_")


@dataclass(frozen=True, slots=True)
class TagNames:
    """What belongs to a tag: its modules' name, the client's attribute, and the classes."""

    module: str
    attribute: str
    client: str
    sync_client: str


@dataclass(frozen=True, slots=True)
class Names:
    """All public names of a package, given once."""

    schemas: Mapping[str, Symbol]
    """The class or alias of each schema."""
    dicts: Mapping[str, Symbol]
    """The TypedDict of each object schema; only those that are written are mentioned."""
    fields: Mapping[str, Mapping[str, str]]
    """Of each object schema: wire name to Python name."""
    tags: Mapping[str, TagNames]
    diagnostics: tuple[Diagnostic, ...]


def allocate_names(api: IRContext) -> Names:
    """Name everything in ``api`` that outlives one operation."""
    diagnostics: list[Diagnostic] = []
    tags = _tags(api, diagnostics)
    classes = NameAllocator(_KEYWORDS)
    schemas: dict[str, Symbol] = {}
    given = {schema.name: _class(schema, api, classes) for schema in api.schemas.values()}
    homes = _homes(api, tags)
    for name, schema in api.schemas.items():
        allocation = given[name]
        schemas[name] = Symbol(homes[name], allocation.name)
        if allocation.changed:
            diagnostics.append(_changed("class", schema.name, allocation, schema.pointer))
    dicts: dict[str, Symbol] = {}
    fields: dict[str, Mapping[str, str]] = {}
    for name, schema in api.schemas.items():
        if isinstance(schema, IRObjectSchema):
            symbol = schemas[name]
            dicts[name] = Symbol(symbol.module, classes.allocate(("dict", name), symbol.name + "Dict").name)
            fields[name] = _fields(schema, diagnostics)
    return Names(schemas, dicts, fields, tags, tuple(diagnostics))


def _class(schema: IRSchema, api: IRContext, classes: NameAllocator) -> Allocation:
    wanted = class_name(schema.name)
    if isinstance(schema, IREnumSchema) and wanted.endswith("Enum") and len(wanted) > 4:
        # ProductStatusEnum is ProductStatus, unless that is another schema.
        short = wanted[:-4]
        if short not in api.schemas and short.isidentifier() and not keyword.iskeyword(short):
            return classes.allocate(schema.name, short, wanted)
    return classes.allocate(schema.name, wanted)


def _home(schema: IRSchema, tags: Mapping[str, TagNames]) -> str:
    if isinstance(schema, IREnumSchema):
        return ".enums"
    tag = None if schema.home is None else tags.get(schema.home)
    return f".models.{'common' if tag is None else tag.module}"


_MOST_FIELDS = 5_000
"""How many fields a module holds at most: pyright gives up where it is to follow more than 30,720 names and calls at once."""


def _homes(api: IRContext, tags: Mapping[str, TagNames]) -> dict[str, str]:
    """The module of each schema. What would be too large a module is several, of which each only needs those before it."""
    found = {name: _home(schema, tags) for name, schema in api.schemas.items()}
    sizes: dict[str, int] = {}
    for name, schema in api.schemas.items():
        sizes[found[name]] = sizes.get(found[name], 0) + _size(schema)
    taken = {".models.common", *(f".models.{tag.module}" for tag in tags.values())}
    for module in [module for module, size in sizes.items() if size > _MOST_FIELDS and module != ".enums"]:
        needs = {name: tuple(schema_references(api.schemas[name])) for name, home in found.items() if home == module}
        part, filled, number = module, 0, 1
        for component in components(needs):
            size = sum(_size(api.schemas[name]) for name in component)
            if filled and filled + size > _MOST_FIELDS:
                number = next(n for n in count(number + 1) if f"{module}_{n}" not in taken)
                part, filled = f"{module}_{number}", 0
            filled += size
            found.update(dict.fromkeys(component, part))
    return found


def _size(schema: IRSchema) -> int:
    return len(schema.properties) + 1 if isinstance(schema, IRObjectSchema) else 1


def _tags(api: IRContext, diagnostics: list[Diagnostic]) -> dict[str, TagNames]:
    modules = NameAllocator(_KEYWORDS | _DEVICES | {"common"}, fold=str.casefold, escape=trailing_underscore)
    attributes = NameAllocator(_KEYWORDS | _CLIENT_MEMBERS, escape=trailing_underscore)
    classes = NameAllocator({"APIClient", "SyncAPIClient"})
    found: dict[str, TagNames] = {}
    homes = [schema.home for schema in api.schemas.values() if schema.home is not None]
    for tag in dict.fromkeys([*(t.name for t in api.tags), *(o.tag for o in api.operations), *homes]):
        parts = identifier_words(tag)
        wanted = _led(snake(parts), "tag_")
        attribute = attributes.allocate(tag, wanted)
        if attribute.changed:
            diagnostics.append(_changed("tag", tag, attribute, None))
        client = _led(pascal(parts), "Tag") + "Client"
        found[tag] = TagNames(
            modules.allocate(tag, wanted).name,
            attribute.name,
            classes.allocate((tag, "async"), client).name,
            classes.allocate((tag, "sync"), "Sync" + client).name,
        )
    return found


def _fields(schema: IRObjectSchema, diagnostics: list[Diagnostic]) -> Mapping[str, str]:
    wanted = {prop.name: field_name(prop.name) for prop in schema.properties}
    if _FIELD_RESERVED.isdisjoint(wanted.values()) and len(set(wanted.values())) == len(schema.properties):
        return wanted
    names = NameAllocator(_FIELD_RESERVED, escape=trailing_underscore)
    # Names that need no change come first, so that `user_id` keeps its name beside `userId`.
    for prop in schema.properties:
        if field_name(prop.name) == prop.name:
            names.allocate(prop.name, prop.name)
    for prop in schema.properties:
        allocation = names.allocate(prop.name, field_name(prop.name))
        if allocation.changed:
            diagnostics.append(_changed("field", f"{schema.name}.{prop.name}", allocation, schema.pointer))
    return {prop.name: names[prop.name] for prop in schema.properties}


def member_names(schema: IREnumSchema) -> tuple[str, ...]:
    """The names of an enum's members, in order."""
    names = NameAllocator({"_", "__"})
    found = []
    for member in schema.members:
        text = member.name if member.name else "TRUE" if member.value is True else str(member.value)
        found.append(names.allocate((type(member.value), member.value), constant_name(text)).name)
    return tuple(found)


def method_name(parts: Iterable[str]) -> str:
    """The name an operation's method wants."""
    return _led(snake(p for part in parts for p in identifier_words(part)), "call_")


def methods() -> NameAllocator:
    """A scope for the methods of one client."""
    return NameAllocator(_METHOD_RESERVED, escape=trailing_underscore)


def parameter_names(
    operation: IROperationObject, parameters: Iterable[IRParameterObject], reserved: Iterable[str]
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """A Python name for each parameter, none of them ``reserved``; ``id`` of the path keeps its name before that of the query."""
    names = NameAllocator({*_KEYWORDS, "self", *reserved}, escape=trailing_underscore)
    found: list[str] = []
    diagnostics: list[Diagnostic] = []
    for parameter in parameters:
        wanted = field_name(parameter.name)
        allocation = names.allocate((parameter.location, parameter.name), wanted, f"{parameter.location.value}_{wanted}")
        found.append(allocation.name)
        if allocation.changed:
            what = f"{operation.operation_id}.{parameter.name}"
            diagnostics.append(_changed("parameter", what, allocation, operation.pointer))
    return tuple(found), tuple(diagnostics)


def _changed(kind: str, what: str, allocation: Allocation, pointer: str | None) -> Diagnostic:
    return Diagnostic(
        code="name-changed",
        severity=Severity.INFO,
        message=f"the {kind} {what!r} is called {allocation.name!r} in Python, "
        f"because {allocation.wanted!r} is taken or reserved",
        pointer=pointer,
    )
