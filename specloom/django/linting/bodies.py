"""The body of a function as it runs: what it holds itself, what its local names are given, whether its end is reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import libcst as cst
from libcst import helpers

from .names import targets
from .sources import walk

_LETTING_THROUGH = frozenset(["atomic", "open", "override", "cursor", "localcontext", "nullcontext"])


def own_nodes(function: cst.FunctionDef) -> Iterator[cst.CSTNode]:
    """What a function holds itself, without the functions, classes and lambdas in it."""
    waiting: list[cst.CSTNode] = [function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.FunctionDef | cst.ClassDef | cst.Lambda):
            continue
        yield node
        waiting.extend(reversed(node.children))


def local_values(function: cst.FunctionDef) -> Mapping[str, Sequence[cst.BaseExpression] | None]:
    """Each local name with every value it is given; ``None`` where it is bound in another way than ``name = value``.

    A parameter that is nothing else is there without a value.
    """
    found: dict[str, list[cst.BaseExpression] | None] = {}

    def other(names: Iterator[str]) -> None:
        found.update(dict.fromkeys(names))

    for node in own_nodes(function):
        match node:
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
                values = found.setdefault(name, [])
                if values is not None:
                    values.append(node.value)
            case cst.Assign():
                for target in node.targets:
                    other(targets(target.target))
            case cst.AnnAssign() | cst.AugAssign() | cst.For() | cst.CompFor() | cst.NamedExpr():
                other(targets(node.target))
            case cst.AsName():
                other(targets(node.name))
            case cst.ImportAlias():
                other(iter([node.evaluated_alias or node.evaluated_name.partition(".")[0]]))
            case cst.NameItem():
                other(iter([node.name.value]))
            case cst.Del():
                other(targets(node.target))
            case cst.MatchAs() | cst.MatchStar() if node.name is not None:
                other(iter([node.name.value]))
    params = function.params
    every = [*params.params, *params.kwonly_params, *params.posonly_params, params.star_kwarg, params.star_arg]
    for param in every:
        if isinstance(param, cst.Param):
            found[param.name.value] = None if param.name.value in found else []
    for inner in walk(function.body):
        if isinstance(inner, cst.FunctionDef | cst.ClassDef):
            found[inner.name.value] = None
    return found


def falls_through(body: Sequence[cst.BaseStatement | cst.BaseSmallStatement]) -> bool:
    """Whether the end of a block can be reached; a loop is taken as one that ends, but for ``while True`` without ``break``."""
    if not body:
        return True
    match body[-1]:
        case cst.Return() | cst.Raise():
            return False
        case cst.SimpleStatementLine(body=small):
            return falls_through(small)
        case cst.If(body=yes, orelse=orelse):
            if orelse is None:
                return True
            rest = falls_through([orelse]) if isinstance(orelse, cst.If) else falls_through(orelse.body.body)
            return rest or falls_through(yes.body)
        case cst.With(body=inner):
            return falls_through(inner.body)
        case cst.While(test=cst.Name(value="True"), body=inner):
            return any(isinstance(node, cst.Break) for node in walk(inner))
        case cst.Match(cases=[*_, cst.MatchCase(pattern=cst.MatchAs(pattern=None), guard=None)] as cases):
            return any(falls_through(case.body.body) for case in cases)
        case cst.Try(body=inner, handlers=handlers, orelse=after, finalbody=final):
            if final is not None and not falls_through(final.body.body):
                return False
            ends = falls_through(after.body.body) if after is not None else falls_through(inner.body)
            return ends or any(falls_through(handler.body.body) for handler in handlers)
    return True


def harmless(node: cst.With) -> bool:
    """A ``with`` that returns nothing, or whose context managers let through what is raised."""
    if not any(isinstance(inner, cst.Return) for inner in walk(node.body)):
        return True
    return all(
        isinstance(item.item, cst.Call)
        and (helpers.get_full_name_for_node(item.item.func) or "").rpartition(".")[2] in _LETTING_THROUGH
        for item in node.items
    )
