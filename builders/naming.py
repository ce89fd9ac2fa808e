"""Names: words out of any text, words into any case, and one name for one thing within a scope."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

SIGN_WORDS: Mapping[str, str] = {
    "+": "plus", "-": "minus", "*": "asterisk", "/": "slash", "\\": "backslash", "<": "less", ">": "greater", "=": "equal",
    "!": "not", "?": "question", ".": "dot", ",": "comma", ":": "colon", ";": "semicolon", "%": "percent", "&": "and",
    "|": "or", "~": "tilde", "^": "caret", "#": "hash", "@": "at", "$": "dollar", "_": "underscore", " ": "space",
    "(": "open", ")": "close", "[": "open", "]": "close", "{": "open", "}": "close", "'": "quote", '"': "quote", "`": "quote",
}  # fmt: skip
"""Words for texts of signs only, and for a sign before a word."""

@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of ``text``, lower case: at separators, at camel-case humps, around initials, never before a digit.

    >>> words("HTTPServer_v2-userIDs")
    ('http', 'server', 'v2', 'user', 'ids')
    """
    return tuple(piece.lower() for piece in pieces(text))


def pieces(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are spelled there.

    >>> pieces("HTTPServer_v2-userIDs")
    ('HTTP', 'Server', 'v2', 'user', 'IDs')
    """
    found: list[str] = []
    is_ascii = text.isascii()
    for run in _SEPARATORS.split(text if is_ascii else unicodedata.normalize("NFKC", text)):
        start = 0
        for end in [hump.start() for hump in _CAPITAL.finditer(run, 1)] if is_ascii else range(1, len(run)):
            if _begins_word(run, start, end):
                found.append(run[start:end])
                start = end
        if run:
            found.append(run[start:])
    return tuple(found)


_SEPARATORS = re.compile(r"[\W_]+")
_CAPITAL = re.compile(r"[A-Z]")


def _begins_word(run: str, start: int, at: int) -> bool:
    """Whether a new word begins at ``at``, the current one having begun at ``start``."""
    if not run[at].isupper():
        return False
    if not run[at - 1].isupper():
        return True
    if at + 1 == len(run) or not run[at + 1].islower():
        return False
    plural_initials = run[at + 1] == "s" and (at + 2 == len(run) or not run[at + 2].islower())
    return not plural_initials


def type_name(text: str) -> str:
    """PascalCase, and what is PascalCase already stays as it is spelled: ``OAuth2Token``, ``HTTPError``.

    >>> type_name("paginated_product-list"), type_name("HTTPError")
    ('PaginatedProductList', 'HTTPError')
    """
    return text if _PASCAL.fullmatch(text) else pascal(words(text))


_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")


def pascal(parts: Iterable[str]) -> str:
    """``ProductStatus``."""
    return "".join(part[:1].upper() + part[1:] for part in parts)


def camel(parts: Iterable[str]) -> str:
    """``productStatus``."""
    first, *rest = tuple(parts) or ("",)
    return first + pascal(rest)


def snake(parts: Iterable[str]) -> str:
    """``product_status``."""
    return "_".join(parts)


def constant(parts: Iterable[str]) -> str:
    """``PRODUCT_STATUS``."""
    return "_".join(part.upper() for part in parts)


def kebab(parts: Iterable[str]) -> str:
    """``product-status``."""
    return "-".join(parts)


_SAME_IN_PLURAL = frozenset({"data", "media", "metadata", "news", "series", "sms", "species"})


def singular(word: str) -> str:
    """The singular of an English plural, for naming one item of a list; a word that is none comes back as it is."""
    if len(word) < 4 or word in _SAME_IN_PLURAL or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "uses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def plural(word: str) -> str:
    """The plural of an English noun; a word that is one already comes back as it is."""
    if word in _SAME_IN_PLURAL or singular(word) != word:
        return word
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


@dataclass(frozen=True, slots=True)
class Allocation:
    """A name that was given, and the one that was wanted, where they differ."""

    name: str
    wanted: str

    @property
    def changed(self) -> bool:
        """Whether the wanted name was taken or reserved."""
        return self.name != self.wanted


class NameAllocator:
    """One scope's names: no two things get the same one, no reserved word is ever given.

    Asking twice for one ``key`` answers the same name. A scope lives as long as the emission that made it.

    Parameters: ``reserved`` words that are never given; ``fold`` maps a name to what must be unique of it (``str.casefold`` for
    file names); ``escape`` makes another candidate of a reserved or taken name, given the name and the number of the attempt.
    """

    __slots__ = ("_escape", "_fold", "_given", "_reserved", "_taken")

    def __init__(
        self,
        reserved: Collection[str] = (),
        *,
        fold: Callable[[str], str] = str,
        escape: Callable[[str, int], str] | None = None,
    ) -> None:
        self._fold = fold
        self._reserved = frozenset(fold(word) for word in reserved)
        self._escape = escape or numbered
        self._taken: set[str] = set()
        self._given: dict[object, Allocation] = {}

    def allocate(self, key: object, *wanted: str) -> Allocation:
        """A name for ``key``: the first of ``wanted`` that is free, else the last one escaped until it is."""
        known = self._given.get(key)
        if known is not None:
            return known
        name = next((w for w in wanted if self._is_free(w)), None)
        attempt = 1
        while name is None:
            attempt += 1
            candidate = self._escape(wanted[-1], attempt)
            name = candidate if self._is_free(candidate) else None
        self._taken.add(self._fold(name))
        allocation = self._given[key] = Allocation(name, wanted[0])
        return allocation

    def __getitem__(self, key: object) -> str:
        return self._given[key].name

    @property
    def allocations(self) -> Mapping[object, Allocation]:
        """All names given, by key, in order."""
        return self._given

    def _is_free(self, name: str) -> bool:
        folded = self._fold(name)
        return folded not in self._reserved and folded not in self._taken


def clipped(name: str, size: int = 120) -> str:
    """``name`` cut to at most ``size`` bytes of UTF-8: file systems take 255 for one name, and endings and numbers come after."""
    return name if len(name) * 4 <= size else name.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def numbered(name: str, attempt: int) -> str:
    """``name2``, ``name3``; an underscore between where the name ends in a digit."""
    return f"{name}_{attempt}" if name[-1:].isdigit() else f"{name}{attempt}"


def duplicates(names: Iterable[str]) -> list[str]:
    """Every name that stands there before, once for each time it stands there again."""
    names = tuple(names)
    if len(set(names)) == len(names):
        return []
    seen: set[str] = set()
    found: list[str] = []
    for name in names:
        if name in seen:
            found.append(name)
        seen.add(name)
    return found
