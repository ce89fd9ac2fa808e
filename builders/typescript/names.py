"""What things are called in TypeScript, and in which file they live: types, folders, clients, members, arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from specloom.builders.naming import NameAllocator, camel, clipped, kebab, numbered, pascal, type_name, words
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.schemas import IREnumSchema, IRSchema

from .nodes import Symbol, symbol


def _named(text: str) -> frozenset[str]:
    return frozenset(text.split())


RESERVED_WORDS = _named(
    "arguments as async await break case catch class const continue debugger default delete do else enum eval export extends"
    " false finally for function get if implements import in instanceof interface let new null of package private protected"
    " public return set static super switch this throw true try typeof undefined var void while with yield"
)
"""No name of a value; ``arguments``, ``eval`` and ``undefined`` are forbidden to be bound, the rest are words of the language."""

GLOBAL_TYPES = _named(
    "Array ArrayBuffer AsyncIterable BigInt Blob Boolean Date Error File FormData Function Headers Infinity Iterable JSON Map"
    " Math NaN Number Object Partial Pick Omit Promise Proxy Readonly ReadonlyArray ReadableStream Record Reflect RegExp Request"
    " Required Response Set String Symbol Uint8Array URL URLSearchParams WeakMap WeakSet"
)
"""Types of the platform that generated code uses or that a reader must be able to trust."""

RUNTIME_TYPES = _named("API APIError APIOptions APIPromise HttpClient RequestOptions")
"""Names of the runtime that every client has."""

_API_MEMBERS = _named(
    "http setToken setTokens getToken getRefreshToken clearTokens isAuthenticated setApiKey setBasic setBaseUrl getBaseUrl"
    " setLocale getLocale getCsrfToken constructor prototype"
)
_LOCAL_VALUES = _named(
    "data params options path styled queryParam page offset cursor url client key arg parse getAPIInstance encodeURIComponent"
    " constructor"
)
"""What the bodies of methods, fetchers and hooks mention: no argument may hide them."""

DEVICE_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)))
)
"""Names that Windows keeps for devices, with any ending and in any case."""

COMMON = "common"
ENUMS = "enums"
_FOLDER_BYTES = 80
_FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SYMBOL_WORDS = {
    "+": "Plus", "-": "Minus", "*": "Star", "/": "Slash", "<": "LessThan", ">": "GreaterThan", "=": "Equals", "!": "Not",
    "%": "Percent", "&": "And", "|": "Or", ".": "Dot", ",": "Comma", "?": "Question", "#": "Hash", "@": "At", "$": "Dollar",
    "~": "Tilde", "^": "Caret", ":": "Colon", "_": "Underscore", " ": "Space",
}  # fmt: skip


@lru_cache(maxsize=32_768)
def identifier(text: str, prefix: str = "_") -> str:
    """``text`` with everything left out that an identifier cannot hold; ``prefix`` before a digit."""
    kept = text if text.isidentifier() else "".join(c for c in text if f"a{c}".isidentifier() or c == "$")
    if not kept:
        return prefix
    return kept if kept[0] == "$" or kept[0].isidentifier() else f"{prefix}{kept}"


def type_identifier(text: str) -> str:
    """A type's name in PascalCase: ``Model200`` for ``200``."""
    return identifier(type_name(text), "Model")


def spelled_value(text: str) -> str:
    """A value's name of one that is spelled already, never a reserved word."""
    name = identifier(text, "call")
    return f"{name}_" if name in RESERVED_WORDS else name


@dataclass(frozen=True, slots=True)
class TagNames:
    """A tag: its folder, the property of ``API`` that holds its client, and the client's class."""

    folder: str
    property: str
    client: Symbol


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an API in TypeScript. ``types`` are by schema name, ``tags`` by tag."""

    types: Mapping[str, Symbol]
    tags: Mapping[str, TagNames]
    taken: frozenset[str]
    """Every type's name, reserved ones included: what further types must not be called."""
    taken_by_api: frozenset[str]
    """The names of the API's own types and clients."""
    diagnostics: tuple[Diagnostic, ...]


def names(api: IRContext) -> Names:
    """Names for the types and tags of ``api``; one scope for all types, so that no file ever needs an alias."""
    scope = NameAllocator(GLOBAL_TYPES | RUNTIME_TYPES)
    tags = _tags(api, scope)
    types: dict[str, Symbol] = {}
    diagnostics: list[Diagnostic] = []
    own_names = {type_identifier(name) for name in api.schemas}
    for name, schema in api.schemas.items():
        whole = type_identifier(name)
        short = _without_enum(whole) if isinstance(schema, IREnumSchema) else whole
        wanted = (whole,) if short == whole or short in own_names else (short, whole)
        given = scope.allocate(("schema", name), *wanted, f"{whole}Model").name
        types[name] = symbol(given, _module(schema, tags))
        if given not in wanted:
            diagnostics.append(_renamed("type", name, given, schema.pointer))
    own = frozenset(allocation.name for allocation in scope.allocations.values())
    return Names(types, tags, GLOBAL_TYPES | RUNTIME_TYPES | own, own, tuple(diagnostics))


def _tags(api: IRContext, scope: NameAllocator) -> dict[str, TagNames]:
    folders = NameAllocator(DEVICE_NAMES | {COMMON, "node_modules"}, fold=str.casefold)
    properties = NameAllocator(_API_MEMBERS | {"api"})
    groups = {tag.name: tag.group for tag in api.tags}
    found: dict[str, TagNames] = {}
    for tag in (*api.operations_by_tag, *(home for home in api.schemas_by_home if home is not None)):
        if tag in found:
            continue
        group = groups.get(tag)
        wanted = f"{_folder(group)}__{_folder(tag)}" if group else _folder(tag)
        folder = folders.allocate(tag, wanted, f"{wanted}-api").name
        camel_name = identifier(camel(words(tag)), "tag")
        name = properties.allocate(tag, camel_name, f"{camel_name}Api").name
        client = scope.allocate(("client", tag), f"{identifier(pascal(words(tag)), 'Tag')}Client").name
        found[tag] = TagNames(folder, name, symbol(client, f"{folder}/client"))
    return found


def _folder(tag: str) -> str:
    """A folder's name: ``tag`` where it is one, else its words with hyphens."""
    if _FOLDER.fullmatch(tag):
        return clipped(tag, _FOLDER_BYTES)
    kept = clipped(kebab(identifier(word, "") for word in words(tag)), _FOLDER_BYTES)
    return kept.strip("-") or "tag"


def _module(schema: IRSchema, tags: Mapping[str, TagNames]) -> str:
    if isinstance(schema, IREnumSchema):
        return ENUMS
    return f"{tags[schema.home].folder if schema.home is not None else COMMON}/models"


def _without_enum(name: str) -> str:
    return name.removesuffix("Enum") or name


def _renamed(what: str, wanted: str, given: str, pointer: str | None) -> Diagnostic:
    return Diagnostic(
        code="name-changed",
        severity=Severity.INFO,
        message=f"the {what} {wanted!r} is called {given} in TypeScript: its own name is taken or reserved",
        pointer=pointer,
    )


def enum_member_names(values: Iterable[tuple[str | bool | int | float, str | None]]) -> list[str]:
    """Names of an enum's members, from pairs of a value and the document's own name for it."""
    scope = NameAllocator(("constructor", "prototype", "__proto__"), escape=numbered)
    found: list[str] = []
    for at, (value, given) in enumerate(values):
        own = _member_name(given) if given else None
        text = str(value).lower() if isinstance(value, bool) else str(value)
        plain = identifier(text) if text.isidentifier() else None
        wanted = dict.fromkeys(name for name in (own, _member_name(text), plain, "Value") if name)
        found.append(scope.allocate(at, *wanted).name)
    return found


def _member_name(text: str) -> str:
    """``OnSale`` for ``on_sale``, ``Empty`` for nothing, ``Minus1`` for ``-1``, ``GreaterThan`` for ``>``."""
    if not text:
        return "Empty"
    sign = {"+": "Plus", "-": "Minus"}.get(text[0], "") if text[1:2].isalnum() else ""
    name = identifier(pascal(words(text)), "") if words(text) else ""
    if not name:
        return "".join(_SYMBOL_WORDS.get(c, "") for c in text)[:60] or "Value"
    if sign:
        return sign + name
    return name if name[0].isidentifier() else f"Value{name}"


def path_argument_names(wire_names: Iterable[str]) -> tuple[str, ...]:
    """Names of path parameters as arguments: camelCase, none of them hiding what a method's body mentions."""
    scope = NameAllocator(RESERVED_WORDS | _LOCAL_VALUES)
    found: list[str] = []
    for at, wire in enumerate(wire_names):
        name = identifier(camel(words(wire)), "value")
        found.append(scope.allocate(at, name, f"{name}Param").name)
    return tuple(found)


def property_names(parameters: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Properties of a parameter object, from pairs of wire name and location: the wire name, told apart by location."""
    scope = NameAllocator()
    return tuple(
        scope.allocate(at, wire, f"{wire}{location.capitalize()}").name for at, (wire, location) in enumerate(parameters)
    )
