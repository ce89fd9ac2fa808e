"""What comparing two parts yields: findings, not judged yet, and links to the schemas that stand behind the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specloom.ir.schemas import IRSchema

from .changes import Place, Step, Use


@dataclass(frozen=True, slots=True)
class At:
    """A place on the way down, as what it adds to the place above: its words are put together only where something is found.

    ``only`` is the one way in which what stands here travels, ``None`` for both.
    """

    above: At | Place
    tokens: tuple[str, ...] = ()
    step: Step | None = None
    only: Use | None = None

    def into(self, kind: str, name: str = "", *tokens: str) -> At:
        """The place one step further; ``tokens`` lead there in the document."""
        return At(self, tokens, Step(kind, name), self.only)

    def below(self, *tokens: str) -> At:
        """The place that ``tokens`` lead to, which needs no words."""
        return At(self, tokens, None, self.only)

    def travelling(self, only: Use | None) -> At:
        """The same place, of something that travels one way only."""
        return self if only is None else At(self, (), None, only)

    @property
    def place(self) -> Place:
        """The whole place."""
        way: list[At] = []
        at: At | Place = self
        while isinstance(at, At):
            way.append(at)
            at = at.above
        pointer = at.pointer + "".join(f"/{escaped(token)}" for each in reversed(way) for token in each.tokens)
        return Place(pointer, at.operation, at.schema, at.steps + tuple(each.step for each in reversed(way) if each.step))


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference by the rule ``code``. ``unless`` names a renaming of a schema that makes it not worth a word."""

    code: str
    at: At
    old: str | None = None
    new: str | None = None
    unless: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two schemas that stand at one place, so that they are to be compared."""

    old: str
    new: str
    at: At


Found = Iterator[Finding | Link]


@dataclass(frozen=True)
class Sides:
    """The schemas of both documents."""

    old: Mapping[str, IRSchema]
    new: Mapping[str, IRSchema]

    def declared(self, name: str, side: Mapping[str, IRSchema]) -> str | None:
        """The name that the document gave a schema or the one it is a variant of; ``None`` for one that stood inline."""
        schema = side[name]
        while schema.inline:
            base = side.get(schema.base) if schema.base is not None else None
            if base is None or base.pointer != schema.pointer or base is schema:
                return None
            schema = base
        return schema.name

    def renamed(self, old: str, new: str) -> tuple[str, str] | None:
        """The two declared names, where the old one is gone and the new one was not there before."""
        was, is_now = self.declared(old, self.old), self.declared(new, self.new)
        if was is None or is_now is None or was == is_now or is_declared(was, self.new) or is_declared(is_now, self.old):
            return None
        return was, is_now


def is_declared(name: str, side: Mapping[str, IRSchema]) -> bool:
    """Whether a document has a schema of that name, and not only an inline one that happens to be called so here."""
    return name in side and not side[name].inline


def escaped(token: str) -> str:
    """A token of a JSON pointer (RFC 6901 §3)."""
    return token.replace("~", "~0").replace("/", "~1")
