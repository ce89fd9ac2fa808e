"""The routes of one group: as a tree that a URLconf may be made of, and as a list to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from django.apps import AppConfig
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils import translation
from django.utils.module_loading import module_has_submodule

from specloom.django.project import Group, Project, Spelling
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

from .origins import containing_app, module_file, view_module, view_name
from .placing import below_label
from .policies import policy, under
from .shadows import shadowed
from .tree import (
    Pattern,
    Trail,
    View,
    ZoneResolver,
    broken_urlconf,
    path_of,
    pick,
    walk,
    with_views,
    zone_branches,
)

_NEVER = ("django.", "drf_spectacular.", "specloom.")
"""Views of these are no API of an app that happens to mount them."""


@dataclass(frozen=True, slots=True)
class RouteInfo:
    """One address."""

    path: str
    """As a document writes it: ``/api/books/{pk}/``."""
    name: str | None
    """What ``reverse()`` knows it by, with its namespaces."""
    app: str | None
    """The label of the app that it is counted to."""
    view: str
    """The dotted name of the view's class or function."""
    callback: View


@dataclass(frozen=True, slots=True)
class Routes:
    """What a group serves. ``mounted``: whether the project's root URLconf really has it, or only would."""

    patterns: list[Pattern]
    views: tuple[RouteInfo, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    mounted: bool = True


def group_routes(project: Project, group: Group) -> Routes:
    """Finds the routes of a group.

    A *group* has the routes of the root URLconf whose views belong to its apps, where they really are. A view of a library
    (its app is in no group) counts to the app whose URLconf mounts it. A *zone* has what ``add_revolution_urls`` mounted for
    it, wherever that was done. Where the root URLconf has nothing of it, the group's routes are what its apps' ``urls`` modules
    would be below ``/{api_prefix}/{prefix}/{app label}/``, and a warning says so.

    Args:
        project: what the settings ask for.
        group: one of its groups.

    Returns:
        The routes, with the group's policies on the views.

    Raises:
        SpecloomError: ``urlconf-import``, or ``django-config``: a policy cannot take effect.
    """
    return _routes(project.spelling, project.api_prefix, group, project.groups, get_resolver(settings.ROOT_URLCONF),
                   _installed(project, group))


def urlconf(project: Project, group: Group) -> ModuleType:
    """A URLconf of the routes of one group alone, made in memory; the same module for the same question.

    Raises:
        SpecloomError: as :func:`group_routes`.
    """
    return _urlconf(project.spelling, project.api_prefix, group, project.groups, get_resolver(settings.ROOT_URLCONF),
                    _installed(project, group))


def forget_routes() -> None:
    """Forgets what was found before: for tests, and where apps or URLconfs have changed."""
    _routes.cache_clear()
    _urlconf.cache_clear()


def root_patterns() -> list[Pattern]:
    """What the project serves. Raises :class:`SpecloomError`: the root URLconf cannot be imported."""
    try:
        return list(get_resolver(settings.ROOT_URLCONF).url_patterns)
    except Exception as error:
        raise broken_urlconf(str(settings.ROOT_URLCONF), error) from error


def zone_route(api_prefix: str, group: Group) -> str:
    """The route below which a zone's addresses are: ``api/public/``."""
    return "".join(f"{part}/" for part in (api_prefix.strip("/"), group.prefix) if part)


def zone_resolver(api_prefix: str, group: Group) -> ZoneResolver:
    """The addresses of a zone, where the settings put them. Raises as :func:`group_routes`."""
    return ZoneResolver.of(RoutePattern(zone_route(api_prefix, group)), zone_patterns(group), group)


def zone_patterns(group: Group) -> list[Pattern]:
    """The ``urls`` modules of a zone's apps, each below its app's label, with the zone's policies on their views."""
    from specloom.django.zones.matching import app_configs

    modules = [(app.label, urls_module(app)) for app in app_configs(group)]
    with translation.override(settings.LANGUAGE_CODE):  # routes may be translated
        patterns: list[Pattern] = [below_label(label, module, group.prefix) for label, module in modules if module is not None]
    asked = policy(group)
    return with_views(patterns, under(asked)) if asked else patterns


def _left_out(group: Group, owners: Iterable[str | None]) -> tuple[Diagnostic, ...]:
    """The apps of a group that have a ``urls`` module which the root URLconf does not include."""
    from specloom.django.zones.matching import app_configs

    served = frozenset(owners)
    return tuple(
        Diagnostic(
            code="not-mounted", severity=Severity.WARNING, file=module_file(f"{app.name}.urls"),
            message=f"the root URLconf has no route of the app {app.name} of {group.name}",
            hint=f'mount it in {settings.ROOT_URLCONF}: path("...", include("{app.name}.urls"))',
        )
        for app in app_configs(group) if app.name not in served and urls_module(app) is not None
    )


def _without_urls(group: Group) -> tuple[Diagnostic, ...]:
    from specloom.django.zones.matching import app_configs

    return tuple(
        Diagnostic(
            code="no-urls", file=module_file(app.name),
            severity=Severity.WARNING if {app.name, app.label} & set(group.apps) else Severity.INFO,  # found by a wildcard
            message=f"the app {app.name} of {group.name} has no urls module, so nothing of it is served",
            hint=f"write {app.name}/urls.py with urlpatterns, or take the app out of {group.name}",
        )
        for app in app_configs(group) if urls_module(app) is None and f"{app.name}.urls" != settings.ROOT_URLCONF
    )


def urls_module(app: AppConfig) -> ModuleType | None:
    """An app's URLconf; ``None`` if it has none, or if that is the project's root, which is no app's own.

    Raises:
        SpecloomError: ``urlconf-import``.
    """
    name = f"{app.name}.urls"
    if app.module is None or name == settings.ROOT_URLCONF or not module_has_submodule(app.module, "urls"):
        return None
    try:
        module = import_module(name)
    except Exception as error:
        raise broken_urlconf(name, error) from error
    if not isinstance(getattr(module, "urlpatterns", None), list | tuple):
        raise SpecloomError.of("urlconf-import", f"{name} has no list urlpatterns", file=module_file(name),
                               hint="urlpatterns = [path(...), ...]")
    return module


@lru_cache(maxsize=256)
def _urlconf(
    spelling: Spelling, api_prefix: str, group: Group, groups: tuple[Group, ...], root: URLResolver,
    installed: tuple[object, ...],
) -> ModuleType:
    module = ModuleType(f"specloom_urlconf_{group.name}", f"The addresses of {group.name}, made in memory.")
    module.__dict__["urlpatterns"] = _routes(spelling, api_prefix, group, groups, root, installed).patterns
    return module


@lru_cache(maxsize=256)
def _routes(
    spelling: Spelling, api_prefix: str, group: Group, groups: tuple[Group, ...], root: URLResolver,
    installed: tuple[object, ...],
) -> Routes:
    del root, installed  # they are asked of Django; here they only tell one answer from another
    with translation.override(settings.LANGUAGE_CODE):
        return _found(spelling, api_prefix, group, groups)


def _found(spelling: Spelling, api_prefix: str, group: Group, groups: tuple[Group, ...]) -> Routes:
    match spelling:
        case Spelling.GROUPS:
            claimed = _claimed(groups)
            names = _names(group)
            patterns = pick(root_patterns(), lambda trail, pattern: _owner(trail, pattern, claimed) in names)
            found = _left_out(group, (_owner(trail, pattern, claimed) for trail, pattern in walk(patterns)))
        case Spelling.ZONES:
            patterns = zone_branches(root_patterns(), group, lambda: zone_patterns(group))
            claimed = frozenset()
            found = _without_urls(group)
    if patterns:
        views = _views(patterns, claimed)
        return Routes(patterns, views, (*found, *shadowed((route.path, route.callback) for route in views)))
    patterns = [zone_resolver(api_prefix, group)]
    views = _views(patterns, claimed)
    return Routes(patterns, views, (*_without_urls(group), _not_mounted(spelling, group, bool(views)), *shadowed(
        (route.path, route.callback) for route in views
    )), mounted=False)


def _not_mounted(spelling: Spelling, group: Group, anything: bool) -> Diagnostic:
    if not anything:
        return Diagnostic(code="no-routes", severity=Severity.WARNING, message=f"{group.name} has no route at all",
                          hint="its apps need urls modules with views of REST framework")
    match spelling:
        case Spelling.GROUPS:
            message = f"the root URLconf has no route of {group.name}; its apps' own URLconfs were read instead"
            hint = f"mount them in {settings.ROOT_URLCONF}: path(\"api/\", include(\"app.urls\"))"
        case Spelling.ZONES:
            message = f"the zone {group.name} is not mounted, so its addresses answer nothing yet"
            hint = f"urlpatterns = add_revolution_urls(urlpatterns) in {settings.ROOT_URLCONF}"
    return Diagnostic(code="not-mounted", severity=Severity.WARNING, message=message, hint=hint)


def _names(group: Group) -> frozenset[str]:
    from specloom.django.zones.matching import app_configs

    return frozenset(app.name for app in app_configs(group))


def _claimed(groups: Iterable[Group]) -> frozenset[str]:
    return frozenset(name for group in groups for name in _names(group))


def _owner(trail: Trail, pattern: URLPattern, claimed: frozenset[str]) -> str | None:
    """The name of the app that a route is counted to."""
    module = view_module(pattern.callback)
    app = containing_app(module)
    if (app is None or app.name not in claimed) and not module.startswith(_NEVER):
        around = (containing_app(name) for name in reversed(trail.modules))
        app = next((found for found in around if found is not None), app)
    return app.name if app is not None else None


def _views(patterns: Iterable[Pattern], claimed: frozenset[str]) -> tuple[RouteInfo, ...]:
    from django.apps import apps

    labels = {app.name: app.label for app in apps.get_app_configs()}
    return tuple(
        RouteInfo(
            path=path_of(trail, pattern),
            name=":".join((*trail.namespaces, pattern.name)) if pattern.name else None,
            app=labels.get(_owner(trail, pattern, claimed) or ""),
            view=view_name(pattern.callback),
            callback=pattern.callback,
        )
        for trail, pattern in walk(patterns)
    )


def _installed(project: Project, group: Group) -> tuple[object, ...]:
    """What an answer depends on beside the question: which apps there are, and a zone's own URLconfs."""
    from django.apps import apps

    from specloom.django.zones.matching import app_configs

    names = tuple(app.name for app in apps.get_app_configs())
    match project.spelling:
        case Spelling.GROUPS:
            return names
        case Spelling.ZONES:
            return (*names, *(urls_module(app) for app in app_configs(group)))
