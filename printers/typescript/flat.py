"""Expressions whose one-line text is known without laying them out: most of what Zod schemas are made of.

Prettier keeps them on one line wherever that fits, so their layout is made only where it does not (:func:`deferred`).
"""

from __future__ import annotations

from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import Expression

from .scope import Scope
from .strings import is_identifier, number_literal, object_key, regex_literal, string_literal

_LONG_CHAIN = 3
"""From so many calls on Prettier breaks a chain that fits, unless all its arguments are simple."""


def flat_text(scope: Scope, value: Expression) -> str | None:
    """The text of ``value`` on one line; ``None`` where it might break although it fits, or is of another kind."""
    kind = value.__class__
    if kind is nodes.Call or kind is nodes.Member:
        return _chain(scope, value)
    simple = _simple(scope, value)
    if simple is not None:
        return simple
    match value:
        case nodes.RegexLiteral(pattern=pattern, flags=flags):
            return regex_literal(pattern, flags)
        case nodes.ArrayLiteral(elements=elements):
            if any(isinstance(one, nodes.ObjectLiteral | nodes.ArrayLiteral) for one in elements):
                return None
            texts = [flat_text(scope, one) for one in elements]
            return None if None in texts else f"[{', '.join(text for text in texts if text is not None)}]"
        case _:
            return None


def _simple(scope: Scope, value: Expression) -> str | None:
    """Names, literals, and objects of them."""
    match value:
        case nodes.Ref(symbol=symbol):
            return scope.value(symbol)
        case nodes.Name(name=name):
            return name
        case nodes.NumberLiteral(value=number):
            return number_literal(number)
        case nodes.StringLiteral(value=text):
            return string_literal(text)
        case nodes.ObjectLiteral(members=members, broken=False) if members:
            texts = []
            for one in members:
                if not isinstance(one, nodes.Property) or one.doc is not nodes.NO_DOC or not is_identifier(one.key):
                    return None
                inner = _simple(scope, one.value)
                if inner is None or inner == one.key or isinstance(one.value, nodes.ObjectLiteral):
                    return None
                texts.append(f"{object_key(one.key)}: {inner}")
            return f"{{ {', '.join(texts)} }}"
        case _:
            return None


def _chain(scope: Scope, value: Expression) -> str | None:
    """``z.string().max(10)``: names and calls, one after the other."""
    texts: list[str] = []
    calls = 0
    all_simple = True
    while True:
        match value:
            case nodes.Call(callee=callee, args=args, type_args=(), optional=False):
                calls += 1
                shown: list[str] = []
                for one in args:
                    text = _simple(scope, one)
                    if text is None:
                        all_simple = False
                        text = flat_text(scope, one)
                        if text is None:
                            return None
                    shown.append(text)
                texts.append(f"({', '.join(shown)})")
                value = callee
            case nodes.Member(object=inner, name=name, optional=False) if is_identifier(name):
                texts.append(f".{name}")
                value = inner
            case nodes.Name() | nodes.Ref():
                texts.append(_simple(scope, value) or "")
                break
            case _:
                return None
    if calls >= _LONG_CHAIN and not all_simple:
        return None
    texts.reverse()
    return "".join(texts)
