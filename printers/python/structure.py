"""What is asked of statements before they are printed: what they are, the blank lines between them, the names they bind."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from specloom.builders.python import nodes
from specloom.builders.python.nodes import Statement
from specloom.builders.python.statements import bound_by, statements_of


def is_docstring(statement: cst.BaseSmallStatement) -> bool:
    """Whether a statement is documentation."""
    if type(statement) is not cst.Expr:
        return False
    value = statement.value
    return type(value) is cst.SimpleString and value.value.startswith('"""')


_BLOCKS = frozenset({cst.ClassDef, cst.FunctionDef})


def is_block(statement: Statement) -> bool:
    """Whether a statement is a class or a function."""
    return type(statement) in _BLOCKS


def _is_stub(statement: Statement) -> bool:
    return type(statement) is cst.FunctionDef and bool(statement.body.body) and statement.body.body[0] is nodes.STUB


def blank_lines(previous: Statement, statement: Statement, depth: int, first: bool = False) -> int:
    """How many empty lines stand between two statements of one block. ``first``: ``previous`` opens the block."""
    documents = type(statement) is cst.SimpleStatementLine and is_docstring(statement.body[0])
    if documents and not is_block(previous):
        return 0
    if type(statement) is cst.FunctionDef and _is_stub(previous):
        return 0
    if is_block(previous) or is_block(statement):
        return 1 if depth else 2
    if depth == 0:
        return 1
    opens = first and type(previous) is cst.SimpleStatementLine and is_docstring(previous.body[0])
    return 1 if opens and _in_class(statement) else 0


def _in_class(statement: Statement) -> bool:
    """Whether a statement after a docstring is a class's: a field, a member, ``pass``."""
    return type(statement) is cst.SimpleStatementLine and type(statement.body[0]) in _OF_CLASSES


_OF_CLASSES = frozenset({cst.AnnAssign, cst.Assign, cst.Pass})


def members_of(statement: Statement) -> frozenset[str]:
    """What a class or a function binds inside itself: members and parameters."""
    if type(statement) is cst.FunctionDef:
        return frozenset(_parameters(statement))
    if type(statement) is not cst.ClassDef:
        return frozenset()
    inner = statements_of(statement.body)
    return frozenset(bound_by(inner)).union(*(_parameters(s) for s in inner if type(s) is cst.FunctionDef))


def _parameters(function: cst.FunctionDef) -> Iterator[str]:
    return (p.name.value for p in (*function.params.params, *function.params.kwonly_params))
