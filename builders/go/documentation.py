"""What comments say about types, fields and constants: the document's words, made sentences that begin with the name."""

from __future__ import annotations

import re

from specloom.builders.documentation import default_sentence, example_text
from specloom.builders.naming import words
from specloom.ir.schemas import EnumMember, IRPropertyObject, IRSchemaObject, Role

from . import nodes as go


def named_sentence(name: str, text: str) -> str:
    """``text`` as Go's comments begin: with what they are about.

    A noun phrase becomes ``Product is a thing the shop sells.``, a verb ``Product describes ...``; anything else follows the
    name and a colon. Markdown that begins with no word stays as it is.
    """
    text = text.strip()
    if not text or not text[0].isalnum():
        return text
    first, space, rest = text.partition(" ")
    if first == name or first.removesuffix("'s") == name:
        return text
    if space and first.lower() in _VERBS:
        return f"{name} {first.lower()} {rest}"
    if space and (first in _PRONOUNS or (first in _DETERMINERS and not _CLAUSE.search(rest.partition(".")[0]))):
        return f"{name} is {first.lower()} {rest}"
    return f"{name}: {text}"


_DETERMINERS = frozenset(("A", "All", "An", "Any", "Each", "Every", "Information", "One", "Several", "Some", "The"))
_PRONOUNS = frozenset((
    "Anybody", "Anything", "Everything", "How", "Somebody", "Someone", "Something", "What", "When", "Where", "Whether",
    "Which", "Who",
))  # fmt: skip
_VERBS = frozenset((
    "allows", "captures", "configures", "contains", "controls", "defines", "describes", "determines", "encapsulates", "enables",
    "gives", "has", "holds", "identifies", "indicates", "is", "keeps", "lists", "provides", "represents", "returns", "says",
    "shows", "specifies", "stores", "tells", "wraps",
))  # fmt: skip
_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|will|can|must|should|may|does|do|cannot|needs)\b", re.IGNORECASE)


def _first_words(schema: IRSchemaObject, name: str) -> str:
    said = _said(schema)
    return named_sentence(name, said) if said else ""


def _said(schema: IRSchemaObject) -> str:
    """The description, or the title, that says more than the name does."""
    for text in (schema.description, schema.title):
        if text and text.strip():
            found = set(words(text))
            return "" if len(found) <= 6 and found.issubset(words(schema.name)) else text.strip()
    return ""


def schema_doc(schema: IRSchemaObject, name: str, base: str | None = None, otherwise: str = "") -> go.Doc:
    """Of a type: the document's words; else, for what is sent, what it is sent for; else what the caller knows."""
    text = _first_words(schema, name)
    if not text and base is not None and schema.role in (Role.REQUEST, Role.PATCH):
        what = "create or replace" if schema.role is Role.REQUEST else "change"
        text = f"{name} is what is sent to {what} {with_article(base)}."
    return go.doc(text or otherwise, *_deprecation(schema.deprecated))


def union_doc(schema: IRSchemaObject | None, name: str, holds: str) -> go.Doc:
    """Of a union: what it holds, then the document's words."""
    if schema is None:
        return go.doc(holds)
    return go.doc(holds, _said(schema), *_deprecation(schema.deprecated))


def property_doc(prop: IRPropertyObject) -> go.Doc:
    """Of a field: the document's words, and what a value left out means."""
    if prop.description is None and prop.title is None and prop.default is None and not prop.examples and not prop.deprecated:
        return go.NO_DOC
    parts = [(prop.description or _telling(prop)).strip()]
    default = "" if prop.required else default_sentence(prop.default, mark="")
    further = " ".join(part for part in (default, _example(prop)) if part)
    return go.doc(parts[0], further, *_deprecation(prop.deprecated))


def member_doc(member: EnumMember) -> go.Doc:
    """Of a constant, where the document says more than the value does."""
    said = (member.description or "").strip()
    same = _folded(said) in (_folded(str(member.value)), _folded(member.name or ""))
    return go.doc("" if same else said, *_deprecation(member.deprecated))


def with_article(name: str) -> str:
    """``a [Payment]``, ``an [Order]``."""
    vowel = name[0] in "AEIOUX" and not _LIKE_CONSONANT.match(name) and (name[0] != "X" or not name[1:2].islower())
    return f"{'an' if vowel else 'a'} [{name}]"


_LIKE_CONSONANT = re.compile("Eu|One|UU?I|UR|Uni|Us|Ut")


def _deprecation(deprecated: bool) -> tuple[go.Deprecated, ...]:
    return (go.deprecated(),) if deprecated else ()


def _telling(prop: IRPropertyObject) -> str:
    """A title that says more than the name does."""
    said = (prop.title or "").strip()
    return "" if _folded(said) == _folded(prop.name) else said


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _example(prop: IRPropertyObject) -> str:
    text = example_text(prop)
    return f"For example {text}." if text is not None and text.isprintable() else ""
