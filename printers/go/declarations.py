"""Declarations, in bodies and at the top of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from specloom.builders.go import nodes
from specloom.printers.doc.aligned import aligned

from . import statements
from .comments import comment_lines
from .expressions import expression
from .imports import Scope
from .types import parameters, signature, type_parameters, type_text


def write_declaration(scope: Scope, node: nodes.Declaration, tab: str, out: list[str]) -> None:
    """Appends the lines of a declaration with its comment to ``out``."""
    out += comment_lines(node.doc, tab)
    match node:
        case nodes.TypeDeclaration():
            params = type_parameters(scope, node.params, of_type=True)
            equal = "= " if node.alias else ""
            scope.bare.add(node.name)
            out.append(f"{tab}type {node.name}{params} {equal}{type_text(scope, node.type, tab)}")
        case nodes.Function():
            scope.bare.add(node.name)
            receiver = "" if node.receiver is None else f"({parameters(scope, (node.receiver,), tab)}) "
            params = type_parameters(scope, node.type_params, of_type=False)
            head = f"func {receiver}{node.name}{params}{signature(scope, node.type, tab)}"
            # gofmt counts the blank after `func` twice here, and not in a literal.
            out.append(head + statements.function_body(scope, f"{head} ", node.body, tab, one_line=node.one_line))
        case nodes.Values():
            _write_values(scope, node, tab, out)
        case _:
            assert_never(node)


def _write_values(scope: Scope, node: nodes.Values, tab: str, out: list[str]) -> None:
    specs = node.specs
    if not node.grouped and len(specs) == 1:
        out += comment_lines(specs[0].doc, tab)
        out.append(f"{tab}{node.word} {' '.join(_cells(scope, specs[0], tab))}")
        return
    if not specs:
        out.append(f"{tab}{node.word} ()")
        return
    out.append(f"{tab}{node.word} (")
    inner = tab + "\t"
    if len(specs) == 1:
        out += comment_lines(specs[0].doc, inner)
        out.append(inner + " ".join(_cells(scope, specs[0], inner)))
    else:
        _write_specs(scope, specs, inner, out)
    out.append(tab + ")")


def _write_specs(scope: Scope, specs: Sequence[nodes.ValueSpec], tab: str, out: list[str]) -> None:
    run: list[tuple[str, ...]] = []
    for at, (spec, typed) in enumerate(zip(specs, _typed_runs(specs), strict=True)):
        comment = comment_lines(spec.doc, tab)
        if comment or spec.blank_before:
            out += [tab + line for line in aligned(run)]
            run.clear()
            if spec.blank_before and at:
                out.append("")
            out += comment
        cells = _cells(scope, spec, tab)
        if typed and spec.type is None:
            cells = (cells[0], "", *cells[1:])
        run.append(cells)
    out += [tab + line for line in aligned(run)]


def _cells(scope: Scope, spec: nodes.ValueSpec, tab: str) -> tuple[str, ...]:
    scope.bare.update(spec.names)
    cells = [", ".join(spec.names)]
    if spec.type is not None:
        cells.append(type_text(scope, spec.type, tab))
    if spec.values:
        cells.append("= " + ", ".join([expression(scope, value, tab) for value in spec.values]))
    return tuple(cells)


def _typed_runs(specs: Sequence[nodes.ValueSpec]) -> list[bool]:
    """For each spec whether its row keeps a cell for a type (``go/printer``, ``keepTypeColumn``).

    Of neighbours with values, all keep it if one has a type.
    """
    kept = [False] * len(specs)
    start = 0
    while start < len(specs):
        stop = start
        while stop < len(specs) and specs[stop].values:
            stop += 1
        if any(spec.type is not None for spec in specs[start:stop]):
            kept[start:stop] = [True] * (stop - start)
        start = stop + 1
    return kept
