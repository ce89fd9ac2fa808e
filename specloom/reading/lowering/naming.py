"""Names of what stood inline: words of where it stood, in PascalCase, each given once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"[^A-Z]+|[A-Z]+(?![^A-Z])|[A-Z][^A-Z]*")
_LONGEST = 120


class Hint(NamedTuple):
    """What a schema that stands inline would be called: ``owner`` is the declaration around it, ``words`` where in it."""

    owner: str
    words: str

    @property
    def name(self) -> str:
        """Both together; the owner alone where nothing else is said."""
        return pascal(self.owner) + self.words if self.words else self.owner

    def inside(self, name: str) -> Hint:
        """The hint of the property ``name`` of what has this hint."""
        return Hint(self.name, pascal(name))

    def item(self) -> Hint:
        """The hint of an array's items."""
        return Hint(self.owner, singular(self.words))

    def then(self, words: str) -> Hint:
        """This hint with ``words`` at its end."""
        return Hint(self.owner, self.words + words)


def pascal(text: str) -> str:
    """``text`` in PascalCase: ``created_at`` is ``CreatedAt``, ``issues/list-for-org`` is ``IssuesListForOrg``."""
    if text.isalnum():
        return text[0].upper() + text[1:]
    return "".join([word[0].upper() + word[1:] for word in _WORD.findall(text)])


def singular(words: str) -> str:
    """One of ``words``: the English singular where that is plain to see, else ``words`` and ``Item``."""
    low = words.lower()
    if len(words) > 4 and low.endswith("ies"):
        return words[:-3] + "y"
    if len(words) > 4 and low.endswith(("sses", "xes", "ches", "shes")):
        return words[:-2]
    if len(words) > 2 and low.endswith("s") and not low.endswith(("ss", "us", "is", "news", "series")):
        return words[:-1]
    return words + "Item"


def beyond(words: str, others: str) -> str:
    """``words`` less those that ``others`` begins with too: ``RuleCreation`` after ``RuleDetailed`` is ``Creation``."""
    own, known = _HUMP.findall(words), _HUMP.findall(others)
    while own and known and own[0] == known[0]:
        own, known = own[1:], known[1:]
    return "".join(own) or words


class Names:
    """The names of one context. Components have theirs from the start, so nothing inline can take one."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def take(self, wanted: str) -> str:
        """``wanted``, or where that is taken, ``wanted`` and the first free number from 2 on."""
        wanted = wanted[:_LONGEST] or "Value"
        name = wanted
        if name in self._taken:
            number = self._next.get(wanted, 2)
            while (name := f"{wanted}{number}") in self._taken:
                number += 1
            self._next[wanted] = number + 1
        self._taken.add(name)
        return name
