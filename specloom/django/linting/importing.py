"""Adds imports to a module where a person would: into the line that imports from there already, else sorted into its group."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import libcst as cst
from libcst import helpers

from .commas import put
from .edits import Need

_FRAMEWORK = ("rest_framework", "drf_spectacular", "django")
_Body = list[cst.SimpleStatementLine | cst.BaseCompoundStatement]


def with_imports(tree: cst.Module, needs: Iterable[Need]) -> cst.Module:
    """The module with each name imported once."""
    body: _Body = list(tree.body)
    for need in dict.fromkeys(needs):
        _add(body, need)
    return tree.with_changes(body=body)


def _add(body: _Body, need: Need) -> None:
    for at, line in enumerate(body):
        found = _import_from(line)
        if found is not None and _named(line) == need.module and not isinstance(found.names, cst.ImportStar):
            names = [alias.evaluated_name for alias in found.names]
            if need.name in names:
                return
            after = len([name for name in names if _sorted_as(name) < _sorted_as(need.name)]) if _is_sorted(names) else len(names)
            grown = found.with_changes(names=put(found.names, after, cst.ImportAlias(cst.Name(need.name)), _opening(found)))
            body[at] = cst.ensure_type(line, cst.SimpleStatementLine).with_changes(body=[grown])
            return
    _insert(body, need)


def _insert(body: _Body, need: Need) -> None:
    new = cst.SimpleStatementLine([cst.ImportFrom(_dotted(need.module), [cst.ImportAlias(cst.Name(need.name))])])
    groups = _groups(body)
    kind = _kind(need.module)
    mine = [group for group in groups if any(_kind(_named(body[at])) == kind for at in group)]
    if mine:
        framework = [group for group in mine if any(_named(body[at]).startswith(_FRAMEWORK) for at in group)]
        group = (framework or mine)[0]
        later = [at for at in group if _import_from(body[at]) is not None and _named(body[at]) > need.module]
        if later:
            _before(body, later[0], new)
        else:
            last = [at for at in group if _named(body[at])][-1]
            body.insert(last + 1, new)
        return
    earlier = [group for group in groups if all(_kind(_named(body[at])) < kind for at in group)]
    if earlier:
        body.insert(earlier[-1][-1] + 1, new.with_changes(leading_lines=[cst.EmptyLine(indent=False)]))
    elif groups:
        first = groups[0][0]
        _before(body, first, new)
        _set_apart(body, first + 1)
    else:
        at = 1 if body and _is_docstring(body[0]) else 0
        body.insert(at, new.with_changes(leading_lines=[cst.EmptyLine(indent=False)] if at else []))
        _set_apart(body, at + 1)


def _before(body: _Body, at: int, new: cst.SimpleStatementLine) -> None:
    """The new line takes the blank lines above its neighbour, which keeps its comments."""
    neighbour = cst.ensure_type(body[at], cst.SimpleStatementLine)
    lines = list(neighbour.leading_lines)
    blank = next((index for index, line in enumerate(lines) if line.comment is not None), len(lines))
    body[at] = neighbour.with_changes(leading_lines=lines[blank:])
    body.insert(at, new.with_changes(leading_lines=lines[:blank]))


def _set_apart(body: _Body, at: int) -> None:
    if at < len(body):
        lines = list(body[at].leading_lines)
        if not lines or lines[0].comment is not None:
            body[at] = body[at].with_changes(leading_lines=[cst.EmptyLine(indent=False), *lines])


def _groups(body: _Body) -> list[list[int]]:
    """The imports at the top of the module, in the groups that blank lines make of them."""
    groups: list[list[int]] = []
    for at, line in enumerate(body):
        if at == 0 and _is_docstring(line):
            continue
        if not isinstance(line, cst.SimpleStatementLine) or not isinstance(line.body[0], cst.Import | cst.ImportFrom):
            break
        apart = any(each.comment is None for each in line.leading_lines)
        if apart or not groups:
            groups.append([])
        groups[-1].append(at)
    return groups


def _kind(module: str) -> int:
    """0 ``__future__``, 1 the standard library, 2 others, 3 relative."""
    top = module.partition(".")[0]
    return 0 if top == "__future__" else 3 if not top else 1 if top in sys.stdlib_module_names else 2


def _named(line: cst.BaseStatement) -> str:
    """The module of an import, empty for a relative one."""
    found = _import_from(line)
    if found is not None:
        return "" if found.relative else _module(found)
    match line:
        case cst.SimpleStatementLine(body=[cst.Import(names=names)]):
            return names[0].evaluated_name
    return ""


def _import_from(line: cst.BaseStatement) -> cst.ImportFrom | None:
    match line:
        case cst.SimpleStatementLine(body=[cst.ImportFrom() as found]):
            return found
    return None


def _module(found: cst.ImportFrom) -> str:
    return helpers.get_full_name_for_node(found.module) or "" if found.module is not None else ""


def _opening(found: cst.ImportFrom) -> cst.BaseParenthesizableWhitespace | None:
    return found.lpar.whitespace_after if found.lpar is not None else None


def _is_sorted(names: Sequence[str]) -> bool:
    return list(names) == sorted(names, key=_sorted_as)


def _sorted_as(name: str) -> tuple[int, str]:
    """As isort has it: constants, classes, the rest."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)


def _is_docstring(line: cst.BaseStatement) -> bool:
    match line:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString())]):
            return True
    return False


def _dotted(name: str) -> cst.Name | cst.Attribute:
    first, *rest = name.split(".")
    node: cst.Name | cst.Attribute = cst.Name(first)
    for part in rest:
        node = cst.Attribute(node, cst.Name(part))
    return node
