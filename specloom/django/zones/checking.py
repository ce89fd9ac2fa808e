"""What is wrong with a project before any document is made: apps that are not there, URLconfs that do not import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from django.apps import AppConfig, apps
from django.conf import settings

from specloom.django.configuration.findings import settings_file, shown
from specloom.django.configuration.loading import GROUPS, ZONES
from specloom.django.configuration.positions import setting_place
from specloom.django.project import Group, Project, Spelling
from specloom.ir.diagnostics import Diagnostic, Place, Severity, SpecloomError

from .matching import app_configs, is_wild, matched, own_apps, shared_apps, ungrouped_apps

if TYPE_CHECKING:
    from specloom.django.routing.tree import Pattern


def check_project(project: Project) -> tuple[Diagnostic, ...]:
    """What is wrong with a project, without making a document of it.

    Checked are: every name of an app has an app; every pattern has at least one; the root URLconf and the ``urls`` modules of
    the groups' apps import, and their patterns compile; each group has routes. Remarked are: an app in two groups, and the
    project's own apps that have addresses and are in no group.

    Returns:
        The findings, each with the app, its file and what to do: ``unknown-app``, ``urlconf-import``, ``url-pattern`` are
        errors; ``shared-app``, ``no-urls``, ``no-routes``, ``not-mounted``, ``no-monorepo`` warnings; ``ungrouped-app`` and
        the project's ``notes`` for information.
    """
    return tuple(dict.fromkeys(_findings(project)))


def _findings(project: Project) -> Iterator[Diagnostic]:
    yield from project.notes
    for group in project.groups:
        yield from unknown_apps(group, project.spelling)
    yield from _shared(project)
    broken = tuple(urls_findings(project))
    yield from broken
    if not broken:
        yield from _routes(project)
    yield from _ungrouped(project)
    yield from _monorepo(project)


def unknown_apps(group: Group, spelling: Spelling) -> Iterator[Diagnostic]:
    """The patterns of a group that name no installed app."""
    installed = tuple(apps.get_app_configs())
    what = "zone" if spelling is Spelling.ZONES else "group"
    file = settings_file(settings)
    for index, pattern in enumerate(group.apps):
        if matched(pattern, installed):
            continue
        message = f"the {what} {group.name} names the app {pattern!r}, which is not installed"
        if is_wild(pattern):
            message = f"the {what} {group.name} names apps by {pattern!r}, and no installed app is called so"
        yield Diagnostic(code="unknown-app", severity=Severity.ERROR, message=message, hint=_suggestion(pattern, installed),
                         file=file, place=_place(file, group, spelling, index))


def _place(file: str | None, group: Group, spelling: Spelling, index: int) -> Place | None:
    """Where the settings name an app of a group."""
    if file is None:
        return None
    match spelling:
        case Spelling.ZONES:
            return setting_place(file, ZONES, ("zones", group.name, "apps", index))
        case Spelling.GROUPS:
            return setting_place(file, GROUPS, ("groups", group.name, "apps", index))
        case _:
            assert_never(spelling)


def _suggestion(pattern: str, installed: tuple[AppConfig, ...]) -> str:
    if not is_wild(pattern) and _is_package(pattern):
        return f"add {pattern!r} to INSTALLED_APPS"
    below = pattern.removesuffix(".*")
    if below != pattern and matched(below, installed):
        return f"{pattern!r} is what is below {below!r}; name {below!r} itself"
    near = get_close_matches(pattern, [name for app in installed for name in (app.name, app.label)], n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    own = [app.name for app in own_apps()]
    return f"the project's apps are: {', '.join(own)}" if own else "add it to INSTALLED_APPS"


def _is_package(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _shared(project: Project) -> Iterator[Diagnostic]:
    for app, groups in shared_apps(project):
        names = " and ".join(group.name for group in groups)
        yield Diagnostic(
            code="shared-app", severity=Severity.WARNING, file=app_file(app),
            message=f"the app {app.name} is in {names}, so each of them has all its operations",
            hint="take it out of all but one, if that is not meant",
        )


def urls_findings(project: Project) -> Iterator[Diagnostic]:
    """What is wrong with the URLconfs that the groups' addresses come from."""
    from specloom.django.routing.routes import root_patterns

    own = {app.name: app for group in project.groups for app in app_configs(group)}
    before = len(own)
    for app in own.values():
        for finding in app_urls_findings(app):
            before -= 1
            yield finding
    if before < len(own):
        return  # the root URLconf includes them: it would only say the same again
    try:
        root_patterns()
    except SpecloomError as error:
        yield from error.diagnostics
    else:
        yield from _pattern_findings(settings.ROOT_URLCONF, None)


def app_urls_findings(app: AppConfig) -> Iterator[Diagnostic]:
    """What is wrong with an app's ``urls`` module, if it has one."""
    from specloom.django.routing.routes import urls_module

    try:
        module = urls_module(app)
    except SpecloomError as error:
        for found in error.diagnostics:
            yield found.model_copy(update={"message": f"{app.name}: {found.message}", "file": found.file or app_file(app)})
        return
    if module is not None:
        yield from _pattern_findings(module.__name__, app)


def _pattern_findings(urlconf: str, app: AppConfig | None) -> Iterator[Diagnostic]:
    """What Django's own checks say of the patterns of a URLconf, and those that do not compile, which they pass over."""
    from django.core.checks.messages import ERROR
    from django.core.checks.urls import check_resolver
    from django.urls import URLResolver
    from django.urls.resolvers import RegexPattern

    file = app_file(app) if app is not None else None
    resolver = URLResolver(RegexPattern(r"^/"), urlconf)
    try:
        messages = check_resolver(resolver)
    except Exception as error:  # whatever a pattern of the project's own does
        yield Diagnostic(code="url-pattern", severity=Severity.ERROR, file=file, hint="run manage.py check, which says more",
                         message=f"{urlconf}: {type(error).__name__}: {error}")
        return
    for message in messages:
        yield Diagnostic(
            code="url-pattern", severity=Severity.ERROR if message.level >= ERROR else Severity.WARNING, file=file,
            message=f"{urlconf}: {message.msg}", hint=message.hint,
        )
    if not any(message.level >= ERROR for message in messages):
        for problem in _uncompiled(resolver.url_patterns):
            yield Diagnostic(code="url-pattern", severity=Severity.ERROR, file=file, message=f"{urlconf}: {problem}",
                             hint="mend the pattern: nothing it should match is ever found")


def _uncompiled(patterns: Iterable[Pattern]) -> Iterator[str]:
    from django.core.exceptions import ImproperlyConfigured
    from django.urls import URLResolver

    for pattern in patterns:
        try:
            getattr(pattern.pattern, "regex", None)  # Django compiles it when it is asked for
        except ImproperlyConfigured as error:
            yield str(error)
        if isinstance(pattern, URLResolver):
            yield from _uncompiled(pattern.url_patterns)


def _routes(project: Project) -> Iterator[Diagnostic]:
    """What the routes of each group remark."""
    from specloom.django.routing import group_routes

    for group in project.groups:
        if not app_configs(group):
            continue  # said already
        try:
            yield from group_routes(project, group).diagnostics
        except SpecloomError as error:
            yield from error.diagnostics


def _ungrouped(project: Project) -> Iterator[Diagnostic]:
    what = "zone" if project.spelling is Spelling.ZONES else "group"
    for app in ungrouped_apps(project):
        if _has_urls(app) and not settings.ROOT_URLCONF.startswith(f"{app.name}."):
            yield Diagnostic(
                code="ungrouped-app", severity=Severity.INFO, file=app_file(app),
                message=f"the app {app.name} is in no {what}, so no client has its operations",
                hint=f"name it in the apps of a {what}, if it has an API",
            )


def _has_urls(app: AppConfig) -> bool:
    return (Path(app.path) / "urls.py").is_file() or (Path(app.path) / "urls" / "__init__.py").is_file()


def _monorepo(project: Project) -> Iterator[Diagnostic]:
    for package in project.packages:
        if not package.path.is_dir():
            yield Diagnostic(
                code="no-monorepo", severity=Severity.WARNING, file=str(package.path),
                message="is a package of a monorepo that gets copies of clients, and is not there",
                hint="create it, or run with --no-monorepo",
            )


def app_file(app: AppConfig) -> str:
    """The file that an app is known by: its ``urls`` module, else its package."""
    for name in ("urls.py", "urls/__init__.py", "__init__.py"):
        if (Path(app.path) / name).is_file():
            return shown(str(Path(app.path) / name))
    return shown(app.path)
