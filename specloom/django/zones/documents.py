"""What is wrong with the documents of a project: whether each can be made and read, and whose operations have one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from specloom.django.project import Group, Project
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

_CLASH = "operation-id-clash"
_DUPLICATE = "operation-id-duplicate"


def check_schemas(project: Project, groups: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """Makes the document of each group, in memory, and says what is wrong with it.

    Args:
        project: what the settings ask for.
        groups: the names of the groups it is about; all where none is named.

    Returns:
        The findings in the order of the groups; each message names the group. Two operations of one name are an error
        here, ``operation-id-clash``: a document of them can be made, but only with names that change with the next view.
    """
    return tuple(dict.fromkeys(
        found for group in project.groups if not groups or group.name in groups for found in schema_findings(project, group)
    ))


def schema_findings(project: Project, group: Group) -> Iterator[Diagnostic]:
    """What is wrong with the document of one group."""
    from specloom.api import load
    from specloom.django.openapi import group_document

    try:
        made = group_document(project, group)
        yield from _about(group, made.diagnostics)
        yield from _about(group, load(made.document).diagnostics)
    except SpecloomError as error:
        yield from _about(group, error.diagnostics)


def _about(group: Group, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    for each in found:
        clash = each.code in (_CLASH, _DUPLICATE)
        yield each.model_copy(update={
            "code": _CLASH if clash else each.code,
            "severity": Severity.ERROR if clash else each.severity,
            "message": each.message if group.name in each.message else f"{group.name}: {each.message}",
        })
