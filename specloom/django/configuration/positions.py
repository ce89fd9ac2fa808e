"""The line on which a setting is written, so that a finding can point at it: Python keeps values, not where they came from."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path

from specloom.ir.diagnostics import Place

Key = int | str

_POSITIONS: Mapping[str, Sequence[str]] = {
    "get_revolution_config": ("project_root", "zones", "debug", "monorepo"),
    "setup_revolution": ("project_root", "zones", "debug"),
    "create_revolution_zones": (),
}
"""The names of arguments that are given by position."""
_LONGEST = 50
"""How often a name may stand for another, and how deep settings are."""


def setting_place(file: str, root: str, path: Sequence[Key]) -> Place:
    """The place of the setting at ``path`` below ``root``, or of what is nearest above it.

    Followed are calls with keywords, dicts, lists and tuples (by index, or by the ``name`` of what is in them), and names that
    the same file gives to one of these.
    """
    try:
        text = Path(file).read_text("utf-8")
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError, RecursionError):
        return Place(file=file)
    names = dict(_assignments(tree))
    if root not in names:
        return Place(file=file)
    place, value = names[root]
    for key in path[:_LONGEST]:
        below = _below(_followed(value, names), key, names)
        if below is None:
            break
        place, value = below
    before = text.split("\n")[place.lineno - 1].encode()[: place.col_offset]  # Python counts bytes
    return Place(file=file, line=place.lineno, column=len(before.decode()) + 1)


_Found = tuple[ast.expr | ast.keyword, ast.expr]


def _assignments(tree: ast.Module) -> list[tuple[str, _Found]]:
    """What each name of the file is last given, with where it is written."""
    found: list[tuple[str, _Found]] = []
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                found.append((name, (target, value)))
            case ast.AnnAssign(target=ast.Name(id=name) as target, value=ast.expr() as value):
                found.append((name, (target, value)))
    return found


def _followed(value: ast.expr, names: Mapping[str, _Found]) -> ast.expr:
    for _ in range(_LONGEST):
        if not isinstance(value, ast.Name) or value.id not in names:
            break
        value = names[value.id][1]
    return value


def _below(value: ast.expr, key: Key, names: Mapping[str, _Found]) -> _Found | None:
    match value:
        case ast.Call():
            return _argument(value, key, names)
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return next(((at, each) for at, each in pairs if isinstance(at, ast.Constant) and at.value == key), None)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) if isinstance(key, int):
            return (elements[key], elements[key]) if key < len(elements) else None
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return next(((each, each) for each in elements if _is_called(_followed(each, names), str(key))), None)
        case _:
            return None


def _is_called(value: ast.expr, name: str) -> bool:
    found = _below(value, "name", {})
    return found is not None and isinstance(found[1], ast.Constant) and found[1].value == name


def _argument(call: ast.Call, key: Key, names: Mapping[str, _Found]) -> _Found | None:
    for keyword in call.keywords:
        if keyword.arg == key:
            return keyword, keyword.value
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "create_revolution_zones" and call.args:
        return _below(_followed(call.args[0], names), key, names)
    given = dict(zip(_POSITIONS.get(name, ()), call.args, strict=False))
    found = given.get(str(key))
    return None if found is None else (found, found)
