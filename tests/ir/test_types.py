"""The sum of types has one spelling for everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from specloom.ir.types import (
    ANYTHING,
    BOOLEAN,
    INTEGER,
    NEVER,
    NULL,
    NUMBER,
    STRING,
    ArrayType,
    Constraints,
    IRType,
    LiteralType,
    MapType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    allows_null,
    children,
    nullable,
    references,
    replace,
    same_type,
    union,
    without_null,
)

scalars = st.sampled_from(
    [STRING, INTEGER, NUMBER, BOOLEAN, NULL, NEVER, UploadType(), ScalarType(type="string", format="date-time")]
) | st.builds(LiteralType, value=st.text() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
leaves = scalars | st.builds(ReferenceType, name=st.sampled_from(["A", "B", "C"])) | st.just(ANYTHING)


def _deeper(inner: st.SearchStrategy[IRType]) -> st.SearchStrategy[IRType]:
    return (
        st.builds(ArrayType, items=inner, min_items=st.none() | st.integers(0, 5))
        | st.builds(MapType, values=inner)
        | st.builds(TupleType, items=st.lists(inner, max_size=3).map(tuple), rest=inner)
        | st.lists(inner, max_size=4).map(union)
    )


any_type = st.recursive(leaves, _deeper, max_leaves=12)


@given(st.lists(any_type, max_size=5))
def test_a_union_is_flat_without_duplicates_and_null_is_last(members: list[IRType]) -> None:
    made = union(members)
    if not isinstance(made, UnionType):
        return
    assert len(made.members) >= 2
    assert not any(isinstance(member, UnionType) or member in (ANYTHING, NEVER) for member in made.members)
    assert all(not same_type(a, b) for i, a in enumerate(made.members) for b in made.members[:i])
    assert NULL not in made.members[:-1]
    assert union(made.members) == made
    assert union([made, made]) == made


@given(any_type)
def test_null_is_taken_away_and_given_back(type: IRType) -> None:
    assert allows_null(nullable(type))
    assert nullable(nullable(type)) == nullable(type)
    assert not allows_null(without_null(type)) or type == ANYTHING


@given(any_type)
def test_json_round_trip(type: IRType) -> None:
    adapter: TypeAdapter[IRType] = TypeAdapter(IRType)
    assert same_type(adapter.validate_json(adapter.dump_json(type)), type)


def test_true_and_one_are_two_literals() -> None:
    assert union([LiteralType(value=True), LiteralType(value=1)]) == UnionType(
        members=(LiteralType(value=True), LiteralType(value=1))
    )
    assert union([LiteralType(value=1), LiteralType(value=1.0)]) == LiteralType(value=1)


def test_anything_swallows_the_rest_and_never_adds_nothing() -> None:
    assert union([STRING, ANYTHING, NULL]) == ANYTHING
    assert union([STRING, NEVER]) == STRING
    assert union([]) == NEVER


@given(any_type)
def test_replacing_nothing_shares_everything(type: IRType) -> None:
    assert replace(type, lambda inner: inner) is type


@given(any_type)
def test_replacing_reaches_every_reference(type: IRType) -> None:
    renamed = replace(type, lambda t: ReferenceType(name="Z") if isinstance(t, ReferenceType) else t)
    assert set(references(renamed)) <= {"Z"}
    assert bool(set(references(renamed))) == bool(set(references(type)))


def test_children_are_in_order() -> None:
    made = TupleType(items=(STRING, ReferenceType(name="A")), rest=ArrayType(items=ReferenceType(name="B")))
    assert children(made) == (STRING, ReferenceType(name="A"), ArrayType(items=ReferenceType(name="B")))
    assert list(references(made)) == ["A", "B"]


def test_nodes_are_frozen_and_refuse_unknown_keys() -> None:
    with pytest.raises(ValueError, match="frozen"):
        STRING.format = "x"  # type: ignore[misc]  # the point of the test
    with pytest.raises(ValueError, match="Extra inputs"):
        Constraints.model_validate({"min_lenght": 1})
