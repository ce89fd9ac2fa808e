"""The archive of generations: what ``manage.py archive list|show|diff|restore`` does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from specloom.django.project import Project
from specloom.terminal.progress import Display

from .base import FAILED

Format = Literal["text", "json", "markdown"]


def list_archives(project: Project, display: Display) -> int:
    """The archives, newest first."""
    from specloom.django import archiving

    for archive in archiving.list_archives(project.outputs.archive):
        display.result(f"{archive.name}  {', '.join(archive.groups)}  {', '.join(archive.languages)}")
    return 0


def show_archive(project: Project, name: str, display: Display) -> int:
    """What one archive holds."""
    from specloom.django import archiving

    archive = archiving.show(project.outputs.archive, name)
    display.result(f"{archive.name}  specloom {archive.metadata.version}, {len(archive.metadata.files)} files")
    for group, held in archive.metadata.groups.items():
        display.result(f"  {group}  {held.operations} operations, {held.files} files, {', '.join(held.languages)}")
    for group, reason in archive.metadata.failed.items():
        display.result(f"  {group}  failed: {reason}")
    return 0


def show_changes(
    project: Project, old: str, new: str | None, groups: Sequence[str], display: Display, *, format: Format, fail: bool
) -> int:
    """What changed between two archives, or from one to the current output; 1 on breaking changes where ``fail``."""
    from specloom.django import archiving

    found = archiving.diff(project, old, new, groups=groups)
    shown = {"text": found.text, "json": found.json, "markdown": found.markdown}
    display.result(shown[format]().rstrip())
    return FAILED if fail and found.breaking else 0


def restore(
    project: Project, name: str, groups: Sequence[str], languages: Sequence[str], display: Display, *, force: bool
) -> int:
    """Puts what an archive holds in the place of the current output, all or none."""
    from specloom.django import archiving

    for planned in archiving.restore(project, name, groups=groups, languages=languages, force=force):
        written = len(planned.created) + len(planned.changed)
        display.line(f"{planned.target}: {written} written, {len(planned.deleted)} deleted, {len(planned.unchanged)} unchanged")
    return 0
