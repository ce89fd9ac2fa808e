"""Makes the document of one group: drf-spectacular's generator over the group's own URLconf."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from time import perf_counter
from typing import TYPE_CHECKING, cast

from specloom.django.project import Group, Project, Spelling
from specloom.django.routing import Routes, group_routes, urlconf
from specloom.django.routing.policies import asks_to_sign_in
from specloom.django.routing.routes import zone_route
from specloom.django.routing.tree import paths_of
from specloom.ir.diagnostics import Diagnostic, SpecloomError

from .generator import Watch, generator_class
from .notes import failure, notes
from .plain import plain
from .remarks import operation_clashes, remarks

if TYPE_CHECKING:
    from rest_framework.request import Request

SPECTACULAR = RLock()
"""drf-spectacular keeps its settings and its remarks in globals, so only one document is made at a time."""


@dataclass(frozen=True, slots=True)
class GroupDocument:
    """One group's API in OpenAPI."""

    group: Group
    document: dict[str, object]
    """Plain data, as a YAML or JSON reader gives it: what ``specloom.load`` takes."""
    text: str
    """The document as drf-spectacular's YAML renderer writes it."""
    diagnostics: tuple[Diagnostic, ...]
    """What drf-spectacular and the routes remarked. An error names a view that crashed and is not in the document."""
    seconds: float
    """How long drf-spectacular took for the document."""
    rendering: float
    """How long its renderer took for the text."""


def group_document(project: Project, group: Group) -> GroupDocument:
    """Makes a group's document.

    Everything of it is public: it does not depend on who asks. Names in it depend on no other group.

    Args:
        project: what the settings ask for.
        group: one of its groups.

    Returns:
        The document, its text and what was remarked. A view that crashes is an error among the diagnostics, and everything
        else is in the document all the same.

    Raises:
        SpecloomError: ``urlconf-import``, ``django-config``, or ``schema-failed``: there is no document at all.
    """
    from django.conf import settings
    from django.utils import translation
    from drf_spectacular.renderers import OpenApiYamlRenderer

    with SPECTACULAR, translation.override(settings.LANGUAGE_CODE):
        started = perf_counter()
        routes = group_routes(project, group)
        watch = Watch(group, sign_in=asks_to_sign_in(group))
        found = schema(project, group, routes, watch)
        made = perf_counter()
        text = cast("bytes", OpenApiYamlRenderer().render(found)).decode("utf-8")  # type: ignore[no-untyped-call]  # untyped
        rendered = perf_counter()
    document = cast("dict[str, object]", plain(found))
    said = (*routes.diagnostics, *notes(project, group, watch), *watch.diagnostics)
    return GroupDocument(group, document, text, said, made - started, rendered - made)


def served_document(project: Project, group: Group, request: Request, version: str | None = None) -> dict[str, object]:
    """A group's document for who asks for it over HTTP.

    It is that of :func:`group_document`, but for what the request decides: the language, the version, the part that the
    asking user may see (where SERVE_PUBLIC is off), and ``servers`` where the site is below a path of its server.

    Raises:
        SpecloomError: as :func:`group_document`.
    """
    with SPECTACULAR:
        watch = Watch(group, sign_in=asks_to_sign_in(group))
        found = schema(project, group, group_routes(project, group), watch, request, version)
    below = str(request.META.get("SCRIPT_NAME", "")).rstrip("/")
    if below and "servers" not in found:
        found["servers"] = [{"url": below}]
    return found


def schema(
    project: Project, group: Group, routes: Routes, watch: Watch, request: Request | None = None, version: str | None = None,
) -> dict[str, object]:
    """The document as drf-spectacular gives it, not yet plain; the remarks go to ``watch``.

    Raises:
        SpecloomError: ``schema-failed``.
    """
    from drf_spectacular.settings import patched_settings, spectacular_settings

    module = urlconf(project, group)
    try:
        with SPECTACULAR, patched_settings(_patches(project, group, routes)), _heard(watch):
            generator = generator_class(spectacular_settings.DEFAULT_GENERATOR_CLASS, watch)(
                urlconf=module, api_version=version or _api_version(group)
            )
            public = request is None or bool(spectacular_settings.SERVE_PUBLIC)
            found = generator.get_schema(request=request, public=public)  # type: ignore[no-untyped-call]  # it is not typed
    except Exception as error:
        raise SpecloomError((*watch.diagnostics, failure(group, error))) from error
    return cast("dict[str, object]", found)


@contextmanager
def _heard(watch: Watch) -> Iterator[None]:
    """drf-spectacular's remarks go to ``watch`` instead of stderr, and leave nothing behind."""
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.settings import spectacular_settings

    traces = len(GENERATOR_STATS._traces)
    try:
        with GENERATOR_STATS.silence():
            yield
    finally:
        del GENERATOR_STATS._traces[traces:]  # an exception leaves them there
        if not spectacular_settings.DISABLE_ERRORS_AND_WARNINGS:
            watch.diagnostics.extend(remarks(GENERATOR_STATS._warn_cache, GENERATOR_STATS._error_cache))
            watch.diagnostics.extend(operation_clashes(GENERATOR_STATS._warn_cache, watch.views))
        GENERATOR_STATS.reset()


def _patches(project: Project, group: Group, routes: Routes) -> Mapping[str, object]:
    """What a group's document has of its own, in the words of SPECTACULAR_SETTINGS."""
    from drf_spectacular.settings import spectacular_settings

    patches: dict[str, object] = {"TITLE": group.title, "VERSION": None if _api_version(group) else group.version}
    if group.description:
        patches["DESCRIPTION"] = group.description
    if spectacular_settings.SCHEMA_PATH_PREFIX is None or _zone_beside(project, spectacular_settings.SCHEMA_PATH_PREFIX_TRIM):
        prefix = path_prefix(_leading(project, group), paths_of(routes.patterns))
        if prefix is not None:
            patches["SCHEMA_PATH_PREFIX"] = prefix
    return patches


def _zone_beside(project: Project, trimmed: bool) -> bool:
    """Whether SCHEMA_PATH_PREFIX is not meant for these addresses: zones have their own, beside the project's."""
    return project.spelling is Spelling.ZONES and not trimmed


def path_prefix(leading: str, paths: Iterable[str]) -> str | None:
    """The start of paths that says nothing of what they are about, as a regular expression; tags are named after what follows.

    Left to itself drf-spectacular takes what all paths of a document have in common, so one more app would rename every
    operation, and a lone viewset below ``/api/`` would get the tag ``api``. So it is fixed here: all up to ``leading`` (the
    API's prefix, and the zone's), and a version. ``None`` where the paths do not have that in one place.
    """
    if not leading:
        return None
    starts = {path[: path.find(f"/{leading}/")] if f"/{leading}/" in path else None for path in paths}
    if len(starts) != 1 or None in starts:
        return None
    [start] = starts
    return f"{re.escape(f'{start}/{leading}')}(/v[0-9]+)?"


def _leading(project: Project, group: Group) -> str:
    match project.spelling:
        case Spelling.GROUPS:
            return project.api_prefix.strip("/")
        case Spelling.ZONES:
            return zone_route(project.api_prefix, group).strip("/")


def _api_version(group: Group) -> str | None:
    """The version that DRF's versioning is asked for: the group's, if it is one of those allowed, or there is no default."""
    from rest_framework.settings import api_settings

    if group.version in (api_settings.ALLOWED_VERSIONS or ()):
        return group.version
    return None
