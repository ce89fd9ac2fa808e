"""Paths as a tree of folders and files, the deeper ones only counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def tree(paths: Iterable[str], *, depth: int = 2) -> Iterator[str]:
    """Lines of a tree: folders first, each level sorted; below ``depth`` a folder only says how many files it holds."""
    yield from _level([path.split("/") for path in paths], depth, "")


def _level(paths: list[list[str]], depth: int, indent: str) -> Iterator[str]:
    folders: dict[str, list[list[str]]] = {}
    for path in sorted(paths):
        if len(path) > 1:
            folders.setdefault(path[0], []).append(path[1:])
    files = sorted(path[0] for path in paths if len(path) == 1)
    names = [*folders, *files]
    for index, name in enumerate(names):
        last = index == len(names) - 1
        below = folders.get(name)
        folded = f"  {len(below)} file{'' if len(below) == 1 else 's'}" if below and depth <= 1 else ""
        yield f"{indent}{'└── ' if last else '├── '}{name}{'/' if below else ''}{folded}"
        if below and depth > 1:
            yield from _level(below, depth - 1, indent + ("    " if last else "│   "))
