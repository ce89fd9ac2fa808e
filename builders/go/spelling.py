"""Go identifiers out of any text: PascalCase for what is exported, camelCase for what is not, initialisms in capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from specloom.builders.naming import SIGN_WORDS, pieces

_INITIALISMS = frozenset((
    "acl", "amqp", "api", "ascii", "cpu", "css", "db", "dns", "eof", "gid", "guid", "html", "http", "https", "id", "ip",
    "json", "qps", "ram", "rpc", "rtp", "sip", "sla", "smtp", "sql", "ssh", "tcp", "tls", "ts", "ttl", "udp", "ui", "uid",
    "uri", "url", "utf8", "uuid", "vm", "xml", "xmpp", "xsrf", "xss",
))  # fmt: skip
"""What Go writes in capitals wherever it stands (staticcheck ST1003)."""
_PLURALS = frozenset(("acls", "apis", "cpus", "dbs", "guids", "ids", "ips", "uids", "uris", "urls", "uuids", "vms"))
_ACRONYMS = {
    **{word: word.upper() for word in ("bic", "cors", "csrf", "csv", "iban", "isbn", "jwt", "pdf", "sdk", "sku", "sso")},
    "ipv4": "IPv4", "ipv6": "IPv6", "oauth": "OAuth", "oauth2": "OAuth2",
}  # fmt: skip
"""Further words that are written so where the text spells them in small letters."""
_SHOUTED = re.compile(r"(?=.*[A-Z]{2})[A-Z0-9]+(?:[\W_]+[A-Z0-9]+)+|[A-Z0-9]{6,}")


def exported(parts: Iterable[str], lead: str = "X") -> str:
    """An exported name of words: ``("user", "ids")`` is ``UserIDs``. ``lead`` comes before what no exported name begins with.

    A name is exported when its first character is an upper-case letter (Go spec, Exported identifiers), so scripts without
    case need one in front, as digits do.
    """
    found = _joined(tuple(parts))
    return found if found[:1].isupper() and found[0].isalpha() else lead + found


def unexported(parts: Iterable[str], lead: str = "x") -> str:
    """The name of a parameter or a variable, of words: ``("user", "id")`` is ``userID``. It may be a reserved word."""
    first, *rest = tuple(parts) or ("x",)
    found = _kept(first.lower()) + _joined(tuple(rest))
    return found if found[:1].isalpha() else lead + found


@lru_cache(maxsize=32_768)
def exported_name(text: str, lead: str = "X") -> str:
    """The exported name of any text: ``created_at`` is ``CreatedAt``, ``userIds`` is ``UserIDs``, ``-1`` is ``Minus1``."""
    return exported(identifier_words(text), lead)


@lru_cache(maxsize=32_768)
def unexported_name(text: str) -> str:
    """The name of a parameter or a variable of any text."""
    return unexported(identifier_words(text))


def identifier_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are spelled there, less what no identifier can hold.

    Signs become words where nothing else is there, or before the first word. What is shouted (``ON_SALE``) is in small
    letters, so that it is spelled as any other text.
    """
    found = tuple(kept for piece in pieces(text) if (kept := _kept(piece)))
    stripped = text.strip()
    if not found:
        return tuple(SIGN_WORDS.get(sign, "sign") for sign in stripped[:4]) or ("empty",)
    if _SHOUTED.fullmatch(stripped):
        found = tuple(piece.lower() for piece in found)
    if stripped[0] in "+-" and len(stripped) > 1:
        return (SIGN_WORDS[stripped[0]], *found)
    return found


def _kept(piece: str) -> str:
    """``piece`` less what is neither letter nor decimal digit (Go spec, Identifiers)."""
    return piece if piece.isascii() else "".join(filter(_may_stand, piece))


def _may_stand(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Nd" or category[0] == "L"


def _joined(parts: tuple[str, ...]) -> str:
    # Digits of neighbouring words keep apart: `1.5` and `15` are two names.
    found = ""
    for part in parts:
        word = _word(part)
        found += f"_{word}" if found[-1:].isdigit() and word[:1].isdigit() else word
    return found


@lru_cache(maxsize=32_768)
def _word(piece: str) -> str:
    low = piece.lower()
    if low in _INITIALISMS:
        return low.upper()
    if low in _PLURALS:
        return low[:-1].upper() + "s"
    if piece == low and low in _ACRONYMS:
        return _ACRONYMS[low]
    return piece[:1].upper() + piece[1:]


def receiver(type: str) -> str:
    """The receiver of a type's methods: its first letter; ``v`` is what validation writes to."""
    letter = type[0].lower()
    return letter if letter.isascii() and letter.isalpha() and letter != "v" else "m"
