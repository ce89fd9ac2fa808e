"""Nodes made without checks are the nodes that Pydantic makes with them, and copies are Pydantic's copies."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from specloom.ir.context import IRContext
from specloom.ir.node import IRNode, trusted
from specloom.ir.schemas import IRPropertyObject
from specloom.ir.types import NO_CONSTRAINTS, STRING, ReferenceType, ScalarType
from specloom.reading.document import read_document
from specloom.reading.lowering import lower

SHOP = Path(__file__).resolve().parents[2] / "examples" / "shop" / "openapi.yaml"


def _nodes(value: object) -> Iterator[IRNode]:
    match value:
        case IRNode():
            yield value
            for inner in value.__dict__.values():
                yield from _nodes(inner)
        case dict():
            for inner in value.values():
                yield from _nodes(inner)
        case tuple():
            for inner in value:
                yield from _nodes(inner)
        case _:
            pass


def _shop() -> IRContext:
    return lower(read_document(SHOP))


def _facts(node: IRNode) -> tuple[object, ...]:
    """Everything that anybody could see of a node."""
    return (
        type(node), node, repr(node), list(node.__dict__), node.model_fields_set, node.model_extra, node.model_dump(),
        node.model_dump_json(exclude_unset=True), node.__pydantic_private__,
    )


def test_a_trusted_node_is_the_one_that_checking_makes() -> None:
    kinds = {type(node): node for node in _nodes(_shop())}
    assert len(kinds) > 20
    for kind, node in kinds.items():
        given = {name: node.__dict__[name] for name in reversed(node.__dict__) if name in kind.model_fields}
        assert _facts(trusted(kind)(**given)) == _facts(kind(**given))
        needed = {name: given[name] for name, field in kind.model_fields.items() if field.is_required()}
        if all(field.default_factory is None for field in kind.model_fields.values()):
            assert _facts(trusted(kind)(**needed)) == _facts(kind(**needed))


def test_every_node_of_a_lowered_document_would_pass_the_checks() -> None:
    for node in _nodes(_shop()):
        given = {name: node.__dict__[name] for name in node.model_fields_set}
        assert _facts(type(node).model_validate(given, strict=True)) == _facts(node)


def test_a_trusted_node_is_frozen_hashable_and_travels() -> None:
    made = trusted(IRPropertyObject)(name="a", type=STRING, required=True)
    checked = IRPropertyObject(name="a", type=STRING, required=True)

    assert hash(made) == hash(checked)
    assert _facts(pickle.loads(pickle.dumps(made))) == _facts(made) == _facts(copy.copy(made)) == _facts(copy.deepcopy(made))
    with pytest.raises(ValidationError):
        made.name = "b"  # type: ignore[misc] # that is the point
    assert trusted(ScalarType)(type="string").constraints is NO_CONSTRAINTS


@pytest.mark.parametrize("update", [None, {}, {"name": "b"}, {"type": ReferenceType(name="A"), "title": "t"}])
@pytest.mark.parametrize("deep", [True, False])
def test_a_copy_is_pydantics_copy(update: dict[str, object] | None, deep: bool) -> None:
    node = IRPropertyObject(name="a", type=STRING, examples=({"a": [1]},))
    made, pydantics = node.model_copy(update=update, deep=deep), BaseModel.model_copy(node, update=update, deep=deep)

    assert _facts(made) == _facts(pydantics)
    assert (made.examples[0] is node.examples[0]) is not deep
    assert node == IRPropertyObject(name="a", type=STRING, examples=({"a": [1]},))
    assert node.model_fields_set == {"name", "type", "examples"}
