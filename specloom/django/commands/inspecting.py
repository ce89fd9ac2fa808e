"""What can be seen of a project without generating anything: groups, state, addresses, archives, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from specloom.django.project import Group, Project, Spelling
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show

from .base import FAILED


def list_groups(project: Project, display: Display) -> int:
    """Each group with its title and its apps, then the apps that are in none."""
    from specloom.django.zones import app_configs, ungrouped_apps

    for group in project.groups:
        display.result(f"{group.name}  {group.title} {group.version}{_traits(group)}")
        for app in app_configs(group):
            display.result(f"  {app.name}")
    left = [app.name for app in ungrouped_apps(project)]
    if left:
        display.result(f"in no {_word(project)}")
        for name in left:
            display.result(f"  {name}")
    return 0


def _word(project: Project) -> str:
    return "zone" if project.spelling is Spelling.ZONES else "group"


def _counted(project: Project) -> str:
    count = len(project.groups)
    return f"{count} {_word(project)}{'' if count == 1 else 's'}"


def _traits(group: Group) -> str:
    traits = [
        "" if group.public else "not public",
        "signed in only" if group.auth_required else "",
        f"at most {group.rate_limit}" if group.rate_limit else "",
    ]
    said = ", ".join(trait for trait in traits if trait)
    return f" ({said})" if said else ""


def status(project: Project, display: Display) -> int:
    """The groups, what is generated of each, and the newest archive."""
    from specloom.django.archiving import list_archives as archives

    list_groups(project, display)
    display.result(f"languages  {', '.join(project.languages) or 'none'}")
    display.result(f"output  {project.outputs.base}")
    for group in project.groups:
        made = [language for language in project.languages if project.outputs.client(language, group.name).is_dir()]
        described = "schema" if project.outputs.schema(group.name).is_file() else ""
        display.result(f"  {group.name}  {', '.join(filter(None, (described, *made))) or 'nothing generated yet'}")
    kept = archives(project.outputs.archive)
    display.result(f"archives  {len(kept)}{f', newest {kept[0].name}' if kept else ''}")
    return 0


def show_urls(project: Project, groups: Sequence[str], display: Display) -> int:
    """The address and view of every route of each group."""
    from specloom.django.generating.choosing import chosen_groups
    from specloom.django.routing import group_routes

    for group in chosen_groups(project, groups):
        display.result(group.name)
        for route in group_routes(project, group).views:
            display.result(f"  {route.path}  {route.view}")
    return 0


def validate(project: Project, display: Display, *, verbose: bool = False, schemas: bool = True) -> int:
    """Everything that is wrong with the settings, the apps, their addresses and (``schemas``) their documents."""
    from specloom.django.zones import check_project, check_schemas

    found = list(check_project(project))
    if schemas and not _errors(found):
        found += check_schemas(project)
    return _told(found, display, verbose=verbose, what=_counted(project))


def test_schemas(project: Project, groups: Sequence[str], display: Display, *, verbose: bool = False) -> int:
    """Makes the document of each group and shows what is wrong with it."""
    from specloom.django.generating.choosing import chosen_groups
    from specloom.django.openapi import group_document

    code = 0
    for group in chosen_groups(project, groups):
        made = group_document(project, group)
        paths = made.document.get("paths")
        what = f"{group.name}: {len(paths) if isinstance(paths, dict) else 0} paths in {made.seconds:.2f} s"
        code = max(code, _told(made.diagnostics, display, verbose=verbose, what=what))
    return code


def _told(found: Iterable[Diagnostic], display: Display, *, verbose: bool, what: str) -> int:
    diagnostics = tuple(found)
    show(display, diagnostics, verbose=verbose, notes=True)
    failed = bool(_errors(diagnostics))
    display.result(f"{what}: {'not in order' if failed else 'in order'}")
    return FAILED if failed else 0


def _errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [each for each in found if each.severity is Severity.ERROR]
