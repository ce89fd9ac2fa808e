"""The words that name an inline schema by its place or by what tells it from its neighbours."""

from __future__ import annotations

from specloom.reading.pointers import JSON, split

from .enums import enum_values
from .kinds import Kinds
from .naming import Hint, beyond, pascal, singular
from .raw import Raw, Site, mapping, sequence, text

_PLACES = ("components", "schemas", "definitions", "$defs", "paths", "parameters", "requestBodies", "requestBody", "responses")
_STRUCTURE = frozenset((*_PLACES, "content", "schema", "properties", "items", "additionalProperties", "allOf", "oneOf", "anyOf"))


def pointer_hint(place: Site) -> Hint:
    """What a schema would be called that references point at: the words of its pointer that are no structure."""
    tokens = split(place.pointer)
    if is_declared_place(place):
        return Hint("", tokens[-1])
    words = ""
    for index, token in enumerate(tokens):
        if token == "items" and words:
            words = singular(words)
        elif token == "additionalProperties" and words:
            words += "Value"
        elif not (token in _STRUCTURE and (index == 0 or tokens[index - 1] not in ("properties", "schemas"))):
            words += pascal(token)
    stem = place.file.rsplit("/", 1)[-1].split(".")[0]
    return Hint("", words or pascal(stem) or "Schema")


def member_words(kinds: Kinds, member: Raw, site: Site, index: int, around: Raw, owner: str) -> str:
    """What tells one inline member of a union from the others: a constant, its title, what it extends, else its number."""
    discriminator = mapping(around.get("discriminator")).get("propertyName")
    if isinstance(discriminator, str):
        values = enum_values(mapping(mapping(member.get("properties")).get(discriminator)))
        if values and len(values) == 1 and isinstance(values[0], str) and pascal(values[0]):
            return pascal(values[0])
    elif discriminator is None and (literal := _telling_literal(member, sequence(around.get("oneOf") or around.get("anyOf")))):
        return literal
    title = text(member.get("title"))
    if title and pascal(title) and len(title) <= 40:
        return pascal(title)
    for part in sequence(member.get("allOf")):
        name = str(mapping(part).get("$ref", "")).rsplit("/", 1)[-1]
        if pascal(name):
            return beyond(pascal(name), pascal(owner))
    if kinds.kind(member, site) == "enum":
        return "Enum"
    return f"Option{index + 1}"


def _telling_literal(member: Raw, members: list[JSON]) -> str | None:
    """The value of the one property that every inline member has a constant of, each another one."""
    for name in mapping(member.get("properties")):
        constants = [
            enum_values(mapping(mapping(mapping(each).get("properties")).get(name)))
            for each in members
            if "$ref" not in mapping(each)
        ]
        words = [pascal(c[0]) for c in constants if c and len(c) == 1 and isinstance(c[0], str)]
        if len(words) == len(constants) == len(set(words)) > 1 and all(words):
            own = enum_values(mapping(mapping(member["properties"]).get(name))) or [""]
            return pascal(str(own[0]))
    return None


def is_declared_place(place: Site) -> bool:
    """Whether a pointer leads to a place for named schemas."""
    tokens = split(place.pointer)
    return len(tokens) >= 2 and (tokens[-2] in ("$defs", "definitions") or tokens[:-1] == ("components", "schemas"))
