"""Links of Markdown as those of Go comments: ``[text]`` where it is read, ``[text]: url`` at the end (``go/doc/comment``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_LINK: Final = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()<>]+)\)")


class Links:
    """The links of one comment. Grows while its lines are made."""

    __slots__ = ("_urls",)

    def __init__(self) -> None:
        self._urls: dict[str, str] = {}

    def moved(self, line: str) -> str:
        """The line, where links have lost their URL to the end of the comment."""
        return _LINK.sub(self._text, line) if "](http" in line else line

    def _text(self, link: re.Match[str]) -> str:
        text, url = link[1], link[2]
        if " ".join(text.split()) != text or "''" in text or "``" in text or self._urls.setdefault(text, url) != url:
            return link[0]
        return f"[{text}]"

    def __bool__(self) -> bool:
        return bool(self._urls)

    def definitions(self, texts: Iterable[str]) -> list[str] | None:
        """The lines for the end, if Go sees each link in ``texts``, which are paragraphs; else nothing may be moved."""
        seen = {text for paragraph in texts for text in _bracketed(paragraph)}
        return [f"[{text}]: {url}" for text, url in self._urls.items()] if seen.issuperset(self._urls) else None


def _bracketed(paragraph: str) -> Iterator[str]:
    """What Go takes for the text of a link (``parseLinkedText``): with a bracket that was left open before, it is another."""
    inside = False
    text: list[str] = []
    for character in paragraph:
        if character == "[":
            inside = True
        elif character == "]":
            if inside:
                yield "".join(text)
            inside = False
            text.clear()
        elif inside:
            text.append(" " if character in "\n\t" else character)
