"""What the documentation of a document becomes in comments."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from specloom.builders.documentation import default_sentence, example_sentence
from specloom.ir.operations import IROperationObject, IRParameterObject
from specloom.ir.schemas import EnumMember, IRPropertyObject, IRSchemaObject, Role
from specloom.ir.types import IRType, LiteralType, without_null

from .names import ascii_words

_WIDTH = 100


def schema_comment(schema: IRSchemaObject) -> str:
    """Of a message or an enum: the document's words, else, for what is sent, what it is sent for."""
    if schema.description and schema.description.strip():
        return wrapped(schema.description)
    title = (schema.title or "").strip()
    if title and title.replace(" ", "").lower() != schema.name.lower():
        return wrapped(title)
    if schema.base is not None and schema.role is Role.REQUEST:
        return f"What is sent to create or replace a {schema.base}."
    if schema.base is not None and schema.role is Role.PATCH:
        return f"What is sent to change a {schema.base}."
    return ""


def property_comment(prop: IRPropertyObject) -> str:
    """Of a field: the document's words, the one value it may have, what a value left out means, an example."""
    text = prop.description or prop.title or ""
    if not (text or prop.default or prop.examples or isinstance(prop.type, LiteralType)):
        return ""
    constant = _constant(prop.type)
    default = "" if prop.required else default_sentence(prop.default)
    return _joined((text, constant, default, "" if constant else example_sentence(prop)))


def parameter_comment(parameter: IRParameterObject) -> str:
    """Of a field of a request."""
    default = "" if parameter.required else default_sentence(parameter.default)
    return _joined((parameter.description or "", _constant(parameter.type), default))


def operation_comment(operation: IROperationObject) -> str:
    """Of an rpc: summary, then description. Nothing is said twice."""
    summary, description = (operation.summary or "").strip(), (operation.description or "").strip()
    if description.rstrip(".").casefold() == summary.rstrip(".").casefold():
        description = ""
    return _joined((summary, description))


def value_comment(member: EnumMember) -> str:
    """Of an enum's value: what it is in JSON, and the document's words, where they say more."""
    shown, description = shown_value(member.value), (member.description or "").strip()
    if ascii_words(description) == ascii_words(shown):
        return shown
    if "\n" in description or len(shown) + len(description) > _WIDTH - 2:
        return _joined((shown, description))
    return f"{shown}: {description}" if description else shown


def shown_value(value: str | bool | int | float) -> str:
    """A value as it is in JSON, a plain text without its quotes."""
    if isinstance(value, str) and value.isprintable() and value and value == value.strip() and not value.startswith('"'):
        return value
    return json.dumps(value, ensure_ascii=False)


def _constant(type: IRType) -> str:
    bare = without_null(type)
    if isinstance(bare, LiteralType) and bare.value is not None:
        shown = shown_value(bare.value)
        return f"Always `{shown}`." if len(shown) <= 60 else ""
    return ""


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(wrapped(part) for part in parts if part and not part.isspace())


@lru_cache(maxsize=16_384)
def wrapped(text: str) -> str:
    """``text`` with lines of at most 100 characters, where words, tables and code allow it."""
    text = text.strip()
    if len(text) <= _WIDTH and "\n" not in text:
        return text
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        line = line.rstrip()
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if not line and lines and not lines[-1]:
            continue
        if fenced or len(line) <= _WIDTH or line.startswith(("|", "    ")):
            lines.append(line)
        else:
            lines += _lines(line)
    return "\n".join(lines)


def _lines(line: str) -> list[str]:
    """One line as several; those of a list's item hang below its text."""
    indent = len(line) - len(line.lstrip())
    mark = 2 if line[indent : indent + 2] in ("- ", "* ", "+ ") else 0
    hanging = " " * (indent + mark)
    found: list[str] = []
    current = " " * indent
    room = False
    for word in line.split():
        if room and len(current) + 1 + len(word) > _WIDTH:
            found.append(current)
            current, room = hanging, False
        current = f"{current} {word}" if room else current + word
        room = True
    found.append(current)
    return found
