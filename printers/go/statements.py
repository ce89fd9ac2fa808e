"""Statements and bodies, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from specloom.builders.go import nodes

from . import declarations
from .comments import comment_lines
from .expressions import expression, header
from .imports import Scope
from .types import byte_size

_LONGEST_ONE_LINE_BODY: Final = 100
"""gofmt (``funcBody``): with the header, in bytes."""
_MOST_ONE_LINE_STATEMENTS: Final = 5
_CASE_WIDTH: Final = 100


def function_body(scope: Scope, head: str, body: Sequence[nodes.Statement], tab: str, *, one_line: bool) -> str:
    """What follows the head of a function: a blank and a body in braces."""
    if (one_line or not body) and len(body) <= _MOST_ONE_LINE_STATEMENTS:
        lines: list[str] = []
        write_body(scope, body, "", lines)
        text = "; ".join(lines)
        simple = all(isinstance(statement, _SIMPLE) for statement in body) and len(lines) == len(body)
        if simple and "\n" not in head + text and byte_size(head) + byte_size(text) <= _LONGEST_ONE_LINE_BODY:
            return f" {{ {text} }}" if text else " {}"
    lines = []
    write_body(scope, body, tab + "\t", lines)
    return " {\n" + "".join([f"{line}\n" for line in lines]) + tab + "}"


_SIMPLE: Final = (
    nodes.Return, nodes.ExpressionStatement, nodes.Define, nodes.Assign, nodes.Step, nodes.Defer, nodes.Go, nodes.Branch,
)  # fmt: skip


def write_body(scope: Scope, body: Iterable[nodes.Statement], tab: str, out: list[str]) -> None:
    """Appends the lines of statements to ``out``; blank lines stand between two of them only."""
    blank = False
    begun = False
    for statement in body:
        if isinstance(statement, nodes.BlankLine):
            blank = begun
            continue
        if blank:
            out.append("")
            blank = False
        _write(scope, statement, tab, out)
        begun = True


def _write(scope: Scope, statement: nodes.Statement, tab: str, out: list[str]) -> None:
    match statement:
        case nodes.ExpressionStatement() | nodes.Define() | nodes.Assign() | nodes.Step():
            out.append(tab + _simple(scope, statement, tab))
        case nodes.If():
            _write_if(scope, statement, tab, out)
        case nodes.Return():
            out.append(f"{tab}return {_returned(scope, statement.values, tab)}" if statement.values else tab + "return")
        case nodes.Values() | nodes.TypeDeclaration():
            declarations.write_declaration(scope, statement, tab, out)
        case nodes.Comment():
            out += comment_lines(statement.text, tab)
        case nodes.BlankLine():
            out.append("")
        case nodes.For():
            _write_block(scope, f"{tab}for {_clauses(scope, statement, tab)}", statement.body, tab, out)
        case nodes.Range():
            scope.bare.update(statement.names)
            names = f"{', '.join(statement.names)} := " if statement.names else ""
            _write_block(scope, f"{tab}for {names}range {header(scope, statement.subject, tab)} ", statement.body, tab, out)
        case nodes.Switch():
            init = "" if statement.init is None else _before_block(scope, statement.init, tab) + "; "
            subject = "" if statement.subject is None else header(scope, statement.subject, tab) + " "
            _write_cases(scope, f"{tab}switch {init}{subject}{{", statement.cases, tab, out)
        case nodes.TypeSwitch():
            if statement.name is not None:
                scope.bare.add(statement.name)
            name = "" if statement.name is None else f"{statement.name} := "
            subject = header(scope, nodes.TypeAssertion(statement.subject, _TYPE), tab)
            _write_cases(scope, f"{tab}switch {name}{subject} {{", statement.cases, tab, out)
        case nodes.Defer():
            out.append(f"{tab}defer {expression(scope, statement.call, tab)}")
        case nodes.Go():
            out.append(f"{tab}go {expression(scope, statement.call, tab)}")
        case nodes.Block():
            _write_block(scope, tab, statement.body, tab, out)
        case nodes.Labeled():
            out.append(f"{tab[1:]}{statement.label}:")
            _write(scope, statement.statement, tab, out)
        case nodes.Branch():
            out.append(tab + (statement.word if statement.label is None else f"{statement.word} {statement.label}"))
        case _:
            assert_never(statement)


_TYPE: Final = nodes.Name("type")


def _returned(scope: Scope, values: Sequence[nodes.Expression], tab: str) -> str:
    """gofmt indents all values where more than one goes over lines (``go/printer``, ``indentList``)."""
    texts = [expression(scope, value, tab) for value in values]
    if len(texts) > 1 and sum("\n" in text for text in texts) > 1:
        texts = [expression(scope, value, tab + "\t") for value in values]
    return ", ".join(texts)


def _simple(scope: Scope, statement: nodes.SimpleStatement, tab: str) -> str:
    match statement:
        case nodes.ExpressionStatement():
            return expression(scope, statement.value, tab)
        case nodes.Define():
            scope.bare.update(statement.names)
            depth = 2 if len(statement.names) > 1 and len(statement.values) > 1 else 1
            values = ", ".join([expression(scope, value, tab, depth) for value in statement.values])
            return f"{', '.join(statement.names)} := {values}"
        case nodes.Assign():
            depth = 2 if len(statement.targets) > 1 and len(statement.values) > 1 else 1
            targets = ", ".join([expression(scope, target, tab, depth) for target in statement.targets])
            values = ", ".join([expression(scope, value, tab, depth) for value in statement.values])
            return f"{targets} {statement.operator} {values}"
        case nodes.Step():
            return expression(scope, statement.target, tab, 2) + statement.operator
    assert_never(statement)


def _before_block(scope: Scope, statement: nodes.SimpleStatement, tab: str) -> str:
    scope.before_block = True
    text = _simple(scope, statement, tab)
    scope.before_block = False
    return text


def _clauses(scope: Scope, loop: nodes.For, tab: str) -> str:
    condition = "" if loop.condition is None else header(scope, loop.condition, tab)
    if loop.init is None and loop.post is None:
        return condition + " " if condition else ""
    init = "" if loop.init is None else _before_block(scope, loop.init, tab)
    post = "" if loop.post is None else _before_block(scope, loop.post, tab) + " "
    return f"{init}; {condition}; {post}"


def _write_block(scope: Scope, head: str, body: Iterable[nodes.Statement], tab: str, out: list[str]) -> None:
    out.append(head + "{")
    write_body(scope, body, tab + "\t", out)
    out.append(tab + "}")


def _write_if(scope: Scope, statement: nodes.If, tab: str, out: list[str]) -> None:
    head = tab + "if "
    while True:
        init = "" if statement.init is None else _before_block(scope, statement.init, tab) + "; "
        out.append(f"{head}{init}{header(scope, statement.condition, tab)} {{")
        write_body(scope, statement.body, tab + "\t", out)
        otherwise = statement.otherwise
        if len(otherwise) == 1 and isinstance(otherwise[0], nodes.If):
            statement = otherwise[0]
            head = tab + "} else if "
            continue
        if otherwise:
            out.append(tab + "} else {")
            write_body(scope, otherwise, tab + "\t", out)
        out.append(tab + "}")
        return


def _write_cases(scope: Scope, head: str, cases: Iterable[nodes.Case], tab: str, out: list[str]) -> None:
    out.append(head)
    for case in cases:
        if case.values is None:
            out.append(tab + "default:")
        else:
            out.append(_filled(f"{tab}case ", [expression(scope, value, tab) for value in case.values], tab + "\t"))
        write_body(scope, case.body, tab + "\t", out)
    out.append(tab + "}")


def _filled(head: str, values: Sequence[str], tab: str) -> str:
    """The values of a case, on as many lines as they need."""
    line = head + ", ".join(values) + ":"
    if len(line) <= _CASE_WIDTH or "\n" in line:
        return line
    lines: list[str] = []
    line = head
    for at, value in enumerate(values):
        text = value + (":" if at == len(values) - 1 else ",")
        if at == 0:
            line += text
        elif len(line) + 1 + len(text) > _CASE_WIDTH:
            lines.append(line)
            line = tab + text
        else:
            line += " " + text
    return "\n".join([*lines, line])
