"""What is to be said of a document beside drf-spectacular's own remarks: settings and views that do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from specloom.django.project import Group, Project, Spelling
from specloom.django.routing.origins import class_place, dotted_name, error_place
from specloom.ir.diagnostics import Diagnostic, Severity

from .generator import Watch


def notes(project: Project, group: Group, watch: Watch) -> Iterator[Diagnostic]:
    """All of it, in a fixed order."""
    yield from _settings_notes()
    yield from _openness(project, group, watch)
    yield from _unversioned(group, watch)
    yield from _unused(group, watch)


def _settings_notes() -> Iterator[Diagnostic]:
    from drf_spectacular.openapi import AutoSchema
    from drf_spectacular.settings import spectacular_settings
    from rest_framework.settings import api_settings

    if not issubclass(cast("type", api_settings.DEFAULT_SCHEMA_CLASS), AutoSchema):
        yield Diagnostic(
            code="schema-class-unset", severity=Severity.INFO,
            message="REST_FRAMEWORK does not name drf-spectacular's schema class; the document was made with it all the same",
            hint='REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}',
        )

    if "COMPONENT_SPLIT_REQUEST" not in (spectacular_settings.user_settings or {}):
        yield Diagnostic(
            code="split-request-unset", severity=Severity.INFO,
            message="SPECTACULAR_SETTINGS does not say COMPONENT_SPLIT_REQUEST, so one schema is for what is sent and received",
            hint='SPECTACULAR_SETTINGS = {"COMPONENT_SPLIT_REQUEST": True} tells clients apart what they may send',
        )


def _openness(project: Project, group: Group, watch: Watch) -> Iterator[Diagnostic]:
    """Operations of a *group* that let anybody in though it says ``auth_required``: only zones put that on views."""
    if project.spelling is Spelling.GROUPS and watch.opened:
        one, *others = watch.opened
        yield Diagnostic(
            code="open-view", severity=Severity.WARNING,
            message=f"{group.name} says auth_required, but {one}{f' and {len(others)} more' if others else ''} "
                    "let anybody in; the document says that they do not",
            hint="give the view permission_classes = [IsAuthenticated], or make the group a zone",
        )


def _unversioned(group: Group, watch: Watch) -> Iterator[Diagnostic]:
    """Views that drf-spectacular passed over, which it does where it does not know of which version they are."""
    for what, view in watch.unasked.items():
        if getattr(view, "versioning_class", None) is not None:
            yield Diagnostic(
                code="no-version", severity=Severity.WARNING, place=class_place(view),
                message=f"{dotted_name(view)} has versions, but {group.version} is none, so {what} is not in the document",
                hint='say which there are: REST_FRAMEWORK = {"ALLOWED_VERSIONS": [...], "DEFAULT_VERSION": ...}, and give '
                     f"{group.name} one of them as its version",
            )


def _unused(group: Group, watch: Watch) -> Iterator[Diagnostic]:
    """Patterns that find nothing are misspelled, or meant for another address."""
    for pattern in dict.fromkeys((*group.include_patterns, *group.exclude_patterns)):
        if pattern in watch.unused:
            yield Diagnostic(
                code="unused-pattern", severity=Severity.WARNING,
                message=f"{group.name}: the pattern {pattern!r} finds no path, so it neither includes nor excludes anything",
                hint="patterns are searched for in whole paths, as in '^/api/public/books/'",
            )


def failure(group: Group, error: Exception) -> Diagnostic:
    """What to say where there is no document at all."""
    return Diagnostic(
        code="schema-failed", severity=Severity.ERROR, place=error_place(error),
        message=f"drf-spectacular cannot make a document of {group.name}: {type(error).__name__}: {error}",
        hint="the line named is the project's own that was last at work: often a hook of SPECTACULAR_SETTINGS",
    )
