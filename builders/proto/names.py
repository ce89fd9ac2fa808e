"""What everything is called in proto3: by buf's rules, and as in earlier runs; a name that had to change is a diagnostic."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from specloom.builders.naming import SIGN_WORDS, Allocation, NameAllocator, clipped, constant, pascal, snake, type_name, words
from specloom.ir.diagnostics import Diagnostic, Severity

from .lock import EMPTY_LOCK, Lock

_TYPE_RESERVED = frozenset({"None", "True", "False", "DESCRIPTOR"})
"""Messages, enums and rpcs that would break the Python made of them."""
FIELD_RESERVED = frozenset({"bool", "bytes", "float", "int", "str"})
"""Fields whose names would hide, in a .pyi, the types of the fields beside them."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
_FOLDER_RESERVED = frozenset(
    {
        *(word.lower() for word in keyword.kwlist), *_DEVICES, "google", "grpc", "common",
        # What begins a statement of proto3 cannot begin the name of a type there.
        "enum", "extend", "extensions", "group", "import", "map", "message", "oneof", "option", "optional", "package", "repeated",
        "required", "reserved", "returns", "rpc", "service", "stream", "syntax",
        # Packages of Java, which protoc takes as they are.
        "abstract", "boolean", "byte", "case", "catch", "char", "const", "default", "do", "double", "extends", "final", "float",
        "goto", "implements", "instanceof", "int", "interface", "long", "native", "new", "null", "private", "protected", "public",
        "short", "static", "strictfp", "super", "switch", "synchronized", "this", "throw", "throws", "transient", "void",
        "volatile",
    }
)  # fmt: skip
"""Parts of a package that would break what is made of it in Python or Java, that a disk refuses, or that are ours."""
_ROOT_RESERVED = frozenset(
    {
        "abc", "array", "ast", "base64", "calendar", "cmd", "code", "codecs", "collections", "contextlib", "copy",
        "csv", "ctypes", "datetime", "decimal", "difflib", "dis", "email", "encodings", "errno", "fractions",
        "functools", "gc", "glob", "hashlib", "heapq", "hmac", "html", "http", "inspect", "io", "itertools", "json",
        "keyword", "locale", "logging", "math", "mimetypes", "numbers", "operator", "os", "pathlib", "pickle",
        "platform", "profile", "queue", "random", "re", "resource", "sched", "secrets", "select", "selectors", "shelve",
        "signal", "site", "socket", "ssl", "stat", "statistics", "string", "struct", "subprocess", "sys", "tempfile",
        "test", "textwrap", "threading", "time", "timeit", "token", "tokenize", "trace", "traceback", "types", "typing",
        "unittest", "urllib", "uuid", "venv", "warnings", "weakref", "xml", "zipfile",
    }
)  # fmt: skip
"""Modules of Python's own, which a folder of that name would hide."""


@lru_cache(maxsize=65_536)
def ascii_words(text: str) -> tuple[str, ...]:
    """Words of ``text`` in ASCII letters and digits: accents go, letters of other scripts become their code points, and signs
    become words where nothing else is there, or in front.
    """
    found = words(text)
    if not text.isascii():
        found = tuple(plain for word in found for plain in _plain(word))
    stripped = text.strip()
    if not found:
        return tuple(SIGN_WORDS.get(c, "sign") for c in stripped[:4]) or ("empty",)
    if stripped[0] in "+-" and len(stripped) > 1:
        return (SIGN_WORDS[stripped[0]], *found)
    return found


def _plain(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word,)
    parts: list[str] = []
    fresh = True
    for c in unicodedata.normalize("NFKD", word.replace("ß", "ss")):
        if c.isascii() and c.isalnum():
            if fresh:
                parts.append("")
            parts[-1] += c.lower()
            fresh = False
        elif not unicodedata.combining(c):
            parts.append(f"u{ord(c):x}")
            fresh = True
    return tuple(parts)


def _led(name: str, lead: str) -> str:
    """``name``, behind ``lead`` where it begins with a digit; of a length that compilers and file systems bear."""
    return clipped(lead + name if name[:1].isdigit() else name, 480).rstrip("_")


@lru_cache(maxsize=65_536)
def field_name(wire: str) -> str:
    """The name a field wants: ``created_at`` for ``createdAt``."""
    return _led(snake(ascii_words(wire)), "field_")


@lru_cache(maxsize=65_536)
def message_name(text: str) -> str:
    """The name a message or an enum wants."""
    name = type_name(text)
    if not name.isascii() or not name[:1].isalpha():
        name = pascal(ascii_words(text))
    return _led(name, "Type")


@lru_cache(maxsize=65_536)
def json_name(name: str) -> str:
    """The JSON name that protoc makes of a field's name (protobuf.dev, "ProtoJSON Format"): ``createdAt``."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


@lru_cache(maxsize=65_536)
def _folded(name: str) -> str:
    """What no two fields of a message may have in common: their JSON names, which some languages compare without case."""
    return name.replace("_", "").lower()


def upper_snake(name: str) -> str:
    """The prefix of an enum's values: what buf's rule ENUM_VALUE_PREFIX makes of the enum's name."""
    out = [name[:1]]
    last = len(name) - 1
    for at in range(1, len(name)):
        c = name[at]
        if c.isupper() and (name[at - 1].islower() or (at < last and not name[at + 1].isupper() and not name[at + 1].isdigit())):
            out.append("_")
        out.append(c)
    return "".join(out).upper()


def type_escape(name: str, attempt: int) -> str:
    """``Status2``, but ``V1Type``, ``V1Type3``: buf wants no underscore."""
    if name[-1:].isdigit():
        return f"{name}Type" if attempt == 2 else f"{name}Type{attempt}"
    return f"{name}{attempt}"


def _field_escape(name: str, attempt: int) -> str:
    return f"{name}_value" if attempt == 2 else f"{name}_value_{attempt}"


def _folder_escape(name: str, attempt: int) -> str:
    return f"{name}_api" if attempt == 2 else f"{name}_api_{attempt}"


# --- names of earlier runs


class KeptNames:
    """Names that earlier runs gave, as the lock has them, so that what is added to a document renames nothing that was there."""

    def __init__(self, lock: Lock = EMPTY_LOCK) -> None:
        self._lock = lock
        self._types: dict[str, dict[str, str]] = {}
        # The lock has a name of its own only for what is not called as its key.
        for full_name in (*lock.messages, *lock.enums):
            package, _, name = full_name.rpartition(".")
            self._types.setdefault(package, {})[name] = name
        for package, names in lock.names.items():
            own = self._types.setdefault(package, {})
            for name in names.values():
                own.pop(name, None)
            own.update(names)

    def types(self, package: str) -> Mapping[str, str]:
        """Of the messages and enums of a package, by key."""
        return self._types.get(package, {})

    def fields(self, message: str) -> Mapping[str, str]:
        """Of the fields of a message, given its full name, by key."""
        return self._lock.field_names(message)

    def is_struct(self, message: str, key: str) -> bool:
        """Whether a field was a ``google.protobuf.Struct``: an object of which the document named no property then."""
        entry = self._lock.messages.get(message, {}).get(key)
        return entry is not None and entry.type == "google.protobuf.Struct"

    def values(self, enum: str) -> Mapping[str, str]:
        """Of the values of an enum, given its full name, by key."""
        return self._lock.value_names(enum)


NOTHING_KEPT = KeptNames()


class _Scope:
    """Names of one scope: those of earlier runs keep what they have, new ones get what is free."""

    __slots__ = ("_allocator", "_kept")

    def __init__(
        self,
        kept: Mapping[str, str],
        reserved: Collection[str] = (),
        *,
        fold: Callable[[str], str],
        escape: Callable[[str, int], str] | None = None,
    ) -> None:
        # Of two that had one name, one after the other, the later one keeps it.
        owners = {fold(name): key for key, name in kept.items()}
        self._kept = {key: name for key, name in kept.items() if owners[fold(name)] == key}
        self._allocator = NameAllocator({*reserved, *self._kept.values()} if kept else reserved, fold=fold, escape=escape)

    def name(self, key: str, *wanted: str) -> Allocation:
        known = self._kept.get(key)
        return self._allocator.allocate(key, *wanted) if known is None else Allocation(known, wanted[0])


# --- packages and tags


def package_name(title: str, given: str | None) -> str:
    """The package of all files: the given one, else made of the title; a version is added where there is none."""
    if given is not None:
        parts = given.split(".")
        return given if is_version(parts[-1]) else f"{given}.v1"
    name = clipped(snake(w for w in ascii_words(title) if w != "api") or "api", 60).strip("_")
    name = f"api_{name}" if name[:1].isdigit() else name
    return f"{name}_api.v1" if name in _FOLDER_RESERVED or name in _ROOT_RESERVED or is_version(name) else f"{name}.v1"


def is_version(part: str) -> bool:
    """Whether buf's rule PACKAGE_VERSION_SUFFIX takes ``part`` for a version: ``v1``, ``v1beta1``, ``v1p1alpha``, ``v1test``."""
    if part[:1] != "v":
        return False
    digits, rest = _leading_digits(part[1:])
    if not digits or digits[0] == "0":
        return False
    if rest.startswith("test"):
        return True
    if rest.startswith("p"):
        minor, rest = _leading_digits(rest[1:])
        if not minor:
            return False
        if not rest:
            return False
    for stage in ("alpha", "beta"):
        if rest.startswith(stage):
            return not rest[len(stage) :] or rest[len(stage) :].isdigit()
    return not rest


def _leading_digits(text: str) -> tuple[str, str]:
    size = next((at for at, c in enumerate(text) if not c.isdigit()), len(text))
    return text[:size], text[size:]


@dataclass(frozen=True, slots=True)
class TagNames:
    """What belongs to a tag: its package, its folder, its service."""

    package: str
    service: str

    @property
    def folder(self) -> str:
        """``acme/shop/products/v1``."""
        return self.package.replace(".", "/")


def tag_names(tags: Iterable[str], package: str) -> tuple[dict[str, TagNames], tuple[Diagnostic, ...]]:
    """The names of each tag. A tag is a package before the version: ``acme.shop.products.v1``."""
    *outer, version = package.split(".")
    folders = NameAllocator(_FOLDER_RESERVED, escape=_folder_escape)
    found: dict[str, TagNames] = {}
    diagnostics: list[Diagnostic] = []
    for tag in tags:
        wanted = clipped(_led(snake(ascii_words(tag)), "tag_"), 60).strip("_")
        # A package that ends in what looks like a version would be read as two.
        folder = folders.allocate(tag, f"{wanted}_api" if is_version(wanted) else wanted)
        if folder.changed and tag != "default":
            diagnostics.append(changed("package of the tag", tag, folder, None))
        parts = ascii_words(tag) if folder.name == wanted else (*ascii_words(tag), *ascii_words(folder.name[len(wanted) :]))
        name = pascal(ascii_words(tag) if tag == "default" else parts)
        name = clipped(f"Tag{name}" if name[:1].isdigit() else name, 240)
        service = name if name.endswith("Service") else f"{name}Service"
        found[tag] = TagNames(".".join((*outer, folder.name, version)), service)
    return found, tuple(diagnostics)


def common_package(package: str) -> str:
    """The package of all schemas: ``acme.shop.common.v1``."""
    *outer, version = package.split(".")
    return ".".join((*outer, "common", version))


# --- types and their members


class TypeNames:
    """The names of one package's messages and enums; case alone tells no two apart, because it does not in files of Java."""

    def __init__(self, package: str, kept: Mapping[str, str]) -> None:
        self.package = package
        self._scope = _Scope(kept, _TYPE_RESERVED, fold=str.casefold, escape=type_escape)
        self.diagnostics: list[Diagnostic] = []

    def give(self, key: str, *wanted: str, what: str = "", pointer: str | None = None) -> str:
        """A name for ``key``; with ``what``, a change of it is said."""
        allocation = self._scope.name(key, *wanted)
        if what and allocation.changed:
            self.diagnostics.append(changed(what, key, allocation, pointer))
        return allocation.name


def member_fields(
    wanted: Iterable[tuple[str, tuple[str, ...]]],
    kept: Mapping[str, str],
    *,
    what: str,
    pointer: str | None,
    reserved: frozenset[str] = FIELD_RESERVED,
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """A name for each field of a message, by key; no two of them with one JSON name, which protoc refuses.

    ``wanted``: pairs of key and the names that it wants, the best one first. ``what`` they are fields of. ``reserved``: names
    that are never given.
    """
    pairs = tuple(wanted)
    if kept:
        kept = {key: kept[key] for key, _ in pairs if key in kept}
    if not kept:
        plain = {key: names[0] for key, names in pairs}
        if reserved.isdisjoint(plain.values()) and len({_folded(name) for name in plain.values()}) == len(pairs):
            return plain, ()
    scope = _Scope(kept, reserved, fold=_folded, escape=_field_escape)
    found: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    if not kept:
        # Names that need no change come first, so that `user_id` keeps its name beside `userId`.
        for key, names in pairs:
            if names[0] == key.rpartition(" ")[2]:
                scope.name(key, *names)
    for key, names in pairs:
        allocation = scope.name(key, *names)
        found[key] = allocation.name
        if allocation.changed:
            diagnostics.append(changed("field", f"{what}.{key}", allocation, pointer))
    return found, tuple(diagnostics)


class ValueNames:
    """The names of all enum values of a package: they are in its scope, beside each other and beside its types."""

    def __init__(self) -> None:
        # Less the underscores, because protoc compares values as it does the PascalCase of C#: X_A1 and X_A_1 are one.
        self._allocator = NameAllocator(fold=lambda name: name.replace("_", ""))
        self.diagnostics: list[Diagnostic] = []

    def keep(self, enum: str, keys: Iterable[str], kept: Mapping[str, str]) -> None:
        """Gives values of an enum the names that they had, before any other value gets one."""
        for key in keys:
            if key in kept:
                self._allocator.allocate((enum, key), kept[key])

    def give(self, enum: str, values: Iterable[tuple[str, str]], pointer: str | None) -> tuple[str, dict[str, str]]:
        """The name of an enum's value 0, and of each other one by its key. ``values``: pairs of key and the words for it."""
        prefix = upper_snake(enum)
        zero = self._allocator.allocate((enum, None), f"{prefix}_UNSPECIFIED", f"{prefix}_VALUE_UNSPECIFIED").name
        found: dict[str, str] = {}
        for key, text in values:
            word = constant(ascii_words(text))
            wanted = (clipped(f"{prefix}_{word}", 480).rstrip("_"), clipped(f"{prefix}_VALUE_{word}", 480).rstrip("_"))
            allocation = self._allocator.allocate((enum, key), *wanted)
            found[key] = allocation.name
            if allocation.changed:
                self.diagnostics.append(changed("value", f"{enum}.{key}", allocation, pointer))
        return zero, found


def changed(kind: str, what: str, allocation: Allocation, pointer: str | None) -> Diagnostic:
    """A name that is not the one that was wanted."""
    return Diagnostic(
        code="name-changed",
        severity=Severity.INFO,
        message=f"the {kind} {what!r} is called {allocation.name!r} in proto, because {allocation.wanted!r} is taken or reserved",
        pointer=pointer,
    )
