"""What is asked of statements again and again: those of a block, the names that they bind, the expressions in them.

They are told apart by their exact class, which is several times faster than asking libcst's abstract classes about a stranger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import libcst as cst

from .nodes import Statement


def statements_of(block: cst.BaseSuite) -> Sequence[Statement]:
    """The statements of a block."""
    return cast("Sequence[Statement]", block.body)  # the factories put nothing else into a block


def bound_by(body: Iterable[Statement]) -> Iterator[str]:
    """Names that statements bind, in order, not looking into them."""
    for statement in body:
        if type(statement) is cst.SimpleStatementLine:
            small = statement.body[0]
            if type(small) is cst.AnnAssign:
                if isinstance(small.target, cst.Name):
                    yield small.target.value
            elif type(small) is cst.Assign:
                yield from (t.target.value for t in small.targets if isinstance(t.target, cst.Name))
        elif type(statement) is cst.ClassDef or type(statement) is cst.FunctionDef:
            yield statement.name.value


def annotations_in(small: cst.BaseSmallStatement) -> Sequence[cst.BaseExpression]:
    """The type that a line says, if any."""
    return (small.annotation.annotation,) if type(small) is cst.AnnAssign else ()


def values_in(small: cst.BaseSmallStatement) -> Sequence[cst.BaseExpression]:
    """The value that a line has, if any; documentation is none."""
    if type(small) is cst.AnnAssign or type(small) is cst.Return:
        return () if small.value is None else (small.value,)
    if type(small) is cst.Assign:
        return (small.value,)
    if type(small) is cst.Expr:
        return () if type(small.value) is cst.SimpleString else (small.value,)
    return ()
