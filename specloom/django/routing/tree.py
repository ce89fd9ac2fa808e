"""Trees of URL patterns: walked, cut down, and rebuilt with other views; addresses, names and namespaces stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from types import ModuleType
from typing import TypeAlias

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RegexPattern, RoutePattern

from specloom.django.project import Group
from specloom.ir.diagnostics import SpecloomError

from .origins import error_place

Pattern: TypeAlias = URLPattern | URLResolver
View: TypeAlias = Callable[..., object]


class ZoneResolver(URLResolver):
    """The addresses of one zone. Its class is the mark by which they are found again in a project's URLconf."""

    group: Group

    @classmethod
    def of(cls, pattern: object, patterns: list[Pattern], group: Group) -> ZoneResolver:
        """A resolver of ``patterns`` below ``pattern`` that remembers whose they are."""
        made = cls(pattern, patterns)  # type: ignore[arg-type]  # the stubs do not know pattern objects of other kinds
        made.group = group
        return made


@dataclass(frozen=True, slots=True)
class Trail:
    """What leads to a pattern."""

    route: str = ""
    """The routes before it, as Django writes them one after the other."""
    modules: tuple[str, ...] = ()
    """The URLconf modules around it, below the root, outermost first."""
    namespaces: tuple[str, ...] = ()
    zone: Group | None = None

    def below(self, resolver: URLResolver) -> Trail:
        """The trail of what a resolver holds."""
        module = _module(resolver)
        return replace(
            self,
            route=self.route + str(resolver.pattern),
            modules=(*self.modules, module) if module else self.modules,
            namespaces=(*self.namespaces, resolver.namespace) if resolver.namespace else self.namespaces,
            zone=resolver.group if isinstance(resolver, ZoneResolver) else self.zone,
        )


def walk(patterns: Iterable[Pattern], trail: Trail = Trail()) -> Iterator[tuple[Trail, URLPattern]]:  # frozen
    """Every pattern that has a view, in the order in which Django tries them, with what leads to it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(children(pattern), trail.below(pattern))
        else:
            yield trail, pattern


def resolvers(patterns: Iterable[Pattern], trail: Trail = Trail()) -> Iterator[tuple[Trail, URLResolver]]:  # frozen
    """Every pattern that holds others, with what leads to it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield trail, pattern
            yield from resolvers(children(pattern), trail.below(pattern))


def path_of(trail: Trail, pattern: Pattern) -> str:
    """The path of a route as a document writes it, in the language that is active."""
    return _path(trail.route + str(pattern.pattern))


@lru_cache(maxsize=4096)
def _path(route: str) -> str:
    from drf_spectacular.generators import EndpointEnumerator

    return str(EndpointEnumerator([]).get_path_from_regex(route))  # type: ignore[no-untyped-call]  # untyped


def paths_of(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """The paths of a tree in the language that is active."""
    return tuple(path_of(trail, pattern) for trail, pattern in walk(patterns))


def pick(
    patterns: Iterable[Pattern], wanted: Callable[[Trail, URLPattern], bool], trail: Trail = Trail(),  # frozen
) -> list[Pattern]:
    """The part of a tree whose views are wanted; branches without any are gone, everything else is where it was."""
    kept: list[Pattern] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            branch = pick(children(pattern), wanted, trail.below(pattern))
            if branch:
                kept.append(rebuilt(pattern, branch))
        elif wanted(trail, pattern):
            kept.append(pattern)
    return kept


def zone_branches(patterns: Iterable[Pattern], zone: Group, contents: Callable[[], list[Pattern]]) -> list[Pattern]:
    """The part of a tree that is mounted for a zone of this name; with other ``contents`` where the zone has changed since."""
    kept: list[Pattern] = []
    for pattern in patterns:
        if isinstance(pattern, ZoneResolver):
            if pattern.group == zone:
                kept.append(pattern)
            elif pattern.group.name == zone.name:
                kept.append(ZoneResolver.of(pattern.pattern, contents(), zone))
        elif isinstance(pattern, URLResolver):
            branch = zone_branches(children(pattern), zone, contents)
            if branch:
                kept.append(rebuilt(pattern, branch))
    return kept


def with_views(patterns: Iterable[Pattern], change: Callable[[View], View]) -> list[Pattern]:
    """The same tree with each view changed."""
    changed: list[Pattern] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            changed.append(rebuilt(pattern, with_views(children(pattern), change)))
            continue
        view = change(pattern.callback)
        if view is not pattern.callback:
            pattern = copy(pattern)
            pattern.__dict__.pop("lookup_str", None)  # computed from the view that was there
            pattern.callback = view
        changed.append(pattern)
    return changed


def children(resolver: URLResolver) -> list[Pattern]:
    """What stands below a resolver. Raises :class:`SpecloomError`: its URLconf cannot be imported."""
    try:
        return list(resolver.url_patterns)
    except Exception as error:
        raise broken_urlconf(str(resolver.urlconf_name), error) from error


def broken_urlconf(name: str, error: Exception) -> SpecloomError:
    """What to say where a URLconf cannot be imported."""
    reason = f"{type(error).__name__}: {error}"
    if isinstance(error, SpecloomError):
        return error
    return SpecloomError.of("urlconf-import", f"the URLconf {name} cannot be imported: {reason}", place=error_place(error),
                            hint="python -c 'import ...' it, or run manage.py check, and mend what it says")


def rebuilt(resolver: URLResolver, patterns: list[Pattern], pattern: RoutePattern | RegexPattern | None = None) -> URLResolver:
    """A resolver that holds other patterns, below another pattern if one is given."""
    below = resolver.pattern if pattern is None else pattern
    if isinstance(resolver, ZoneResolver):
        return ZoneResolver.of(below, patterns, resolver.group)
    name = _module(resolver)
    if name is not None:  # who asks later whose URLconf this is, gets the same answer
        module = ModuleType(name)
        module.__dict__["urlpatterns"] = patterns
        return URLResolver(below, module, resolver.default_kwargs, resolver.app_name, resolver.namespace)
    return URLResolver(below, patterns, resolver.default_kwargs, resolver.app_name, resolver.namespace)


def _module(resolver: URLResolver) -> str | None:
    children(resolver)  # says what is wrong if it cannot be imported
    module = resolver.urlconf_module
    return module.__name__ if isinstance(module, ModuleType) else None
