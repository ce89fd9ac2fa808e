"""Statements that break at their brackets alone, which nearly all do: their lines, found in one pass over the tokens.

Black searches: it breaks a line, looks at what came of it, and takes back what reads worse. Where brackets hold all that does
not fit, and no operator stands beside them, the search can end in one way only: a pair is opened, and what is in it stands on
one line or one element a line. Whatever is not of that kind is left to the search in ``layout``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from .leaves import (
    ATOM_OPEN,
    CLOSE,
    INDENT,
    OPEN,
    OPERATORS,
    SUBSCRIPT_CLOSE,
    SUBSCRIPT_OPEN,
    TERNARY_OPEN,
    WIDTH,
    columns,
)


class NeedsSearchError(Exception):
    """A statement that may break in more than one way."""


def broken_at_brackets(tokens: Sequence[str], indent: int, *, is_def: bool = False, is_import: bool = False) -> list[str]:
    """The lines of a statement that does not fit on one.

    Raises:
        NeedsSearchError: there is more to it than brackets.
    """
    statement = _Statement(tokens)
    if is_import:
        return statement.imported(indent)
    if is_def or tokens[0] == "class":
        return statement.headed(indent, is_def=is_def)
    return statement.simple(indent)


class _Statement:
    """Tokens with their pairs of brackets, shown or not, and the commas directly inside of each pair."""

    __slots__ = ("_closings", "_commas", "_tokens")

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._closings: dict[int, int] = {}
        self._commas: dict[int, list[int]] = {}
        openings: list[int] = []
        for index, token in enumerate(tokens):
            kind = _KINDS.get(token)
            if kind is None or kind == "operator":
                continue
            if kind == "opening" or token is OPEN or token is TERNARY_OPEN:
                openings.append(index)
                self._commas[index] = []
            elif kind != "comma":
                if tokens[index - 1] == ",":
                    raise NeedsSearchError
                self._closings[openings.pop()] = index
            elif openings:
                self._commas[openings[-1]].append(index)

    # --- kinds of statements

    def imported(self, indent: int) -> list[str]:
        """``from a import (b, c)``: always a name a line."""
        return self._opened(0, self._tokens.index(OPEN), len(self._tokens), indent, each=True)

    def headed(self, indent: int, *, is_def: bool) -> list[str]:
        """The head of a function or a class, which black breaks at its own parentheses."""
        if "(" not in self._tokens:
            raise NeedsSearchError
        opening = self._tokens.index("(")
        if is_def and not self._commas[opening]:
            raise NeedsSearchError  # a parameter that stands alone may get a comma
        return self._opened(0, opening, len(self._tokens), indent)

    def simple(self, indent: int) -> list[str]:
        """All others, which break in their value or in the union that is their type."""
        tokens = self._tokens
        start, stop = 0, (end := len(tokens))
        if tokens[-1] is CLOSE:
            stop = end - 1
            start = next(opening for opening, closing in self._closings.items() if closing == stop) + 1
        opening, operators = self._outline(start, stop)
        if operators:
            broken = start - 1 if start and self._is_union(start - 1, operators) else None
        elif opening is not None:
            broken = opening if self._closings[opening] == stop - 1 else None
        else:
            broken = 3 if self._breaks_its_type(start, indent) else None
        if broken is None:
            raise NeedsSearchError
        return self._opened(0, broken, end, indent)

    def _breaks_its_type(self, value: int, indent: int) -> bool:
        """Whether the value has nothing to break, and the type is a union that leaves it no room behind its own parenthesis."""
        tokens = self._tokens
        is_annotated = tokens[1:4] == [":", " ", OPEN] and tokens[3] is OPEN and self._closings[3] < value
        return is_annotated and columns(_text(tokens[:value], indent)) >= WIDTH and self._is_union(3)

    # --- their parts

    def _opened(self, start: int, opening: int, stop: int, indent: int, suffix: str = "", *, each: bool = False) -> list[str]:
        """What stands from ``start`` to ``stop``, broken at the pair of ``opening``."""
        tokens, closing = self._tokens, self._closings[opening]
        head = _text(tokens[start:opening], indent) + (tokens[opening] or "(")
        tail = INDENT * indent + (tokens[closing] or ")") + "".join(tokens[closing + 1 : stop]) + suffix
        if closing == opening + 1 or columns(head) > WIDTH or columns(tail) > WIDTH:
            raise NeedsSearchError
        return [head, *self._held(opening, indent + 1, each=each), tail]

    def _held(self, opening: int, indent: int, *, each: bool) -> Iterator[str]:
        """The lines of what is in a pair of brackets."""
        tokens, closing, commas = self._tokens, self._closings[opening], self._commas[opening]
        if not each and not (commas and self._is_display(opening)):
            text = _text(tokens[opening + 1 : closing], indent)
            if columns(text) <= WIDTH:
                yield text
                return
        starts, stops = [opening + 1], [*commas, closing]
        if commas:
            starts += [comma + 2 for comma in commas]
        elif not each:
            _, operators = self._outline(opening + 1, closing)
            starts += operators
            stops = [*(operator - 1 for operator in operators), closing]
        for start, stop in zip(starts, stops, strict=True):
            yield from self._element(start, stop, indent, "," if commas or each else "")

    def _element(self, start: int, stop: int, indent: int, suffix: str) -> list[str]:
        """An element of a list, or a member of a union."""
        text = _text(self._tokens[start:stop], indent) + suffix
        if columns(text) <= WIDTH:
            return [text]
        opening, operators = self._outline(start, stop)
        if opening is None or (operators and operators != [start]):
            raise NeedsSearchError
        closing = self._closings[opening]
        if self._tokens[opening] is OPEN:
            after, _ = self._outline(closing + 1, stop)
            if after is not None or not self._is_union(opening):
                raise NeedsSearchError
        elif closing != stop - 1:
            raise NeedsSearchError
        return self._opened(start, opening, stop, indent, suffix)

    def _outline(self, start: int, stop: int) -> tuple[int | None, list[int]]:
        """The first bracket of a range, and the signs of union in it that are in no bracket.

        Raises:
            NeedsSearchError: there is an operator of another kind.
        """
        tokens = self._tokens
        opening: int | None = None
        operators: list[int] = []
        index = start
        while index < stop:
            token = tokens[index]
            kind = _KINDS.get(token)
            if kind == "operator":
                if token != "|":
                    raise NeedsSearchError
                operators.append(index)
            elif kind == "opening" or kind == "hidden":
                if token is TERNARY_OPEN:
                    raise NeedsSearchError
                opening = index if opening is None else opening
                index = self._closings[index]
            index += 1
        return opening, operators

    def _is_union(self, opening: int, operators: Sequence[int] = ()) -> bool:
        """Whether these brackets have to be shown, as what they hold does not stand well without them."""
        tokens, closing = self._tokens, self._closings[opening]
        if not (operators or self._outline(opening + 1, closing)[1]):
            return False
        last = tokens[closing - 1]
        return tokens[opening + 1] not in _OPENINGS and (last is SUBSCRIPT_CLOSE or last not in _CLOSINGS)

    def _is_display(self, opening: int) -> bool:
        token = self._tokens[opening]
        return token is ATOM_OPEN or (token != "(" and token is not SUBSCRIPT_OPEN)


_OPENINGS: Final = ("(", "[", "{")
_CLOSINGS: Final = (")", "]", "}")
_Kind: TypeAlias = Literal["opening", "closing", "hidden", "comma", "operator"]
_KINDS: Final[Mapping[str, _Kind]] = {
    **dict.fromkeys(_OPENINGS, "opening"),
    **dict.fromkeys(_CLOSINGS, "closing"),
    **dict.fromkeys((*OPERATORS, "."), "operator"),
    OPEN: "hidden",
    ",": "comma",
}


def _text(tokens: Sequence[str], indent: int) -> str:
    return INDENT * indent + "".join(tokens)
