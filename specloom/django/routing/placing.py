"""Where an app's routes stand in a zone: below the app's label, but no address says one word twice in a row."""

from __future__ import annotations

import re
from copy import copy
from types import ModuleType

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RegexPattern, RoutePattern

from .tree import Pattern, Trail, children, path_of, pick, rebuilt


def below_label(label: str, module: ModuleType, prefix: str = "") -> URLResolver:
    """An app's URLconf below the app's label.

    What ``products.urls`` calls ``products/`` is not at ``products/products/``, and the app ``billing`` of the zone
    ``billing`` is not at ``billing/billing/``. Where a route is depends on no other route.

    Args:
        label: the app's.
        module: the app's URLconf.
        prefix: what the zone's own addresses end with.
    """
    whole = path("", include(module))
    assert isinstance(whole, URLResolver)
    if label == prefix:
        return rebuilt(whole, [_without(label, child) for child in children(whole)])

    starts = re.compile(rf"/{re.escape(label)}(?:[/.]|$)")  # a dot: the same with a format, as in books.json

    def says_it(trail: Trail, pattern: URLPattern) -> bool:
        return starts.match(path_of(trail, pattern)) is not None

    if not pick(children(whole), says_it):
        return rebuilt(whole, children(whole), RoutePattern(f"{label}/"))
    placed: list[Pattern] = []
    for child in children(whole):  # one by one: the order stays that of the app
        placed.extend(pick([child], says_it))
        others = pick([child], lambda trail, pattern: not says_it(trail, pattern))
        if others:
            placed.append(URLResolver(RoutePattern(f"{label}/"), others))
    return rebuilt(whole, placed)


def _without(word: str, child: Pattern) -> Pattern:
    """A pattern less a word that its route starts with; as it is where that is not plainly to be seen."""
    pattern = child.pattern
    route = str(pattern)
    endpoint = not isinstance(child, URLResolver)
    plain = isinstance(getattr(pattern, "_route", None) or getattr(pattern, "_regex", None), str)  # else it is translated
    if plain and isinstance(pattern, RoutePattern) and route.startswith(f"{word}/"):
        shorter: RoutePattern | RegexPattern = RoutePattern(route.removeprefix(f"{word}/"), pattern.name, endpoint)
    elif plain and isinstance(pattern, RegexPattern) and route.startswith(f"^{word}/"):
        shorter = RegexPattern("^" + route.removeprefix(f"^{word}/"), pattern.name, endpoint)
    elif isinstance(child, URLResolver) and route in ("", "^"):
        return rebuilt(child, [_without(word, each) for each in children(child)])
    else:
        return child
    if isinstance(child, URLResolver):
        return rebuilt(child, children(child), shorter)
    changed = copy(child)
    changed.pattern = shorter
    return changed
