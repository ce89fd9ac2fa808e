"""A file: header, package clause, the imports that its declarations ask for, and the declarations."""

from __future__ import annotations

from collections.abc import Collection

from specloom.builders.go import nodes

from .comments import comment_lines
from .declarations import write_declaration
from .imports import Scope, import_declaration, settled


def print_file(file: nodes.File, taken: Collection[str] = ()) -> str:
    """The text of a file, as gofmt would write it.

    Args:
        file: what to print.
        taken: the names that the other files of the package declare, which no import may have.
    """
    body, scope = _body(file, {})
    names = dict(scope.packages)
    unlike = len(set(names.values())) < len(names) or not scope.bare.isdisjoint(names.values())
    if unlike or any(name in taken for name in names.values()):
        # A package's name is taken: all lines are made once more, with names that are free.
        names = settled(names, scope.bare.union(taken))
        body, _ = _body(file, names)
    head = comment_lines(file.header, "")
    if head:
        head.append("")
    imports = import_declaration(names)
    return "\n".join(
        [*head, *comment_lines(file.doc, ""), f"package {file.package}", *(["", *imports] if imports else []), *body, ""]
    )


def _body(file: nodes.File, names: dict[str, str]) -> tuple[list[str], Scope]:
    scope = Scope(names)
    lines: list[str] = []
    for declaration in file.declarations:
        lines.append("")
        write_declaration(scope, declaration, "", lines)
    return lines, scope
