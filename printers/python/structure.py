"""What is asked of statements before they are printed: what they are, the blank lines between them, the names they bind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import libcst as cst

from specloom.builders.python import nodes
from specloom.builders.python.nodes import Statement


def is_docstring(statement: cst.BaseSmallStatement) -> bool:
    """Whether a statement is documentation."""
    if type(statement) is not cst.Expr:
        return False
    value = statement.value
    return type(value) is cst.SimpleString and value.value.startswith('"""')


def statements_of(block: cst.BaseSuite) -> Sequence[Statement]:
    """The statements of a block."""
    # The factories put nothing else into a block, and asking each for its class is slow: libcst's are abstract ones.
    return cast("Sequence[Statement]", block.body)


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
    return isinstance(statement, cst.SimpleStatementLine) and isinstance(
        statement.body[0], cst.AnnAssign | cst.Assign | cst.Pass
    )


def bound_by(body: Iterable[Statement]) -> frozenset[str]:
    """Names that statements bind, not looking into them."""
    found: list[str] = []
    for statement in body:
        match statement:
            case cst.SimpleStatementLine(body=(cst.AnnAssign(target=cst.Name(value=value)),)):
                found.append(value)
            case cst.SimpleStatementLine(body=(cst.Assign(targets=targets),)):
                found += [t.target.value for t in targets if isinstance(t.target, cst.Name)]
            case cst.SimpleStatementLine():
                pass
            case cst.ClassDef(name=name) | cst.FunctionDef(name=name):
                found.append(name.value)
            case _:
                pass
    return frozenset(found)


def members_of(statement: Statement) -> frozenset[str]:
    """What a class or a function binds inside itself: members and parameters."""
    match statement:
        case cst.ClassDef(body=block):
            inner = statements_of(block)
            return bound_by(inner).union(*(members_of(s) for s in inner if isinstance(s, cst.FunctionDef)))
        case cst.FunctionDef(params=params):
            return frozenset(p.name.value for p in (*params.params, *params.kwonly_params))
        case _:
            return frozenset()
