"""Names in TypeScript: unique, never reserved, the same on every run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from specloom.builders.typescript.names import (
    DEVICE_NAMES,
    GLOBAL_TYPES,
    RESERVED_WORDS,
    enum_member_names,
    names,
    path_argument_names,
    property_names,
)
from specloom.ir.context import IRContext, IRInfoObject, IRTagObject
from specloom.ir.operations import IROperationObject
from specloom.ir.schemas import EnumMember, IREnumSchema, IRObjectSchema
from specloom.printers.typescript.strings import is_identifier

INFO = IRInfoObject(title="Shop", version="1")


def _api(*schemas: IRObjectSchema | IREnumSchema, tags: tuple[str, ...] = ()) -> IRContext:
    return IRContext(
        info=INFO,
        schemas={schema.name: schema for schema in schemas},
        tags=tuple(IRTagObject(name=tag) for tag in tags),
        operations=tuple(
            IROperationObject(operation_id=f"op{at}", method="get", path=f"/{at}", tag=tag) for at, tag in enumerate(tags)
        ),
    )


def _enum(name: str) -> IREnumSchema:
    return IREnumSchema(name=name, members=(EnumMember(value="a"),))


def test_types_keep_their_names_and_enums_lose_their_suffix() -> None:
    found = names(_api(IRObjectSchema(name="Product"), _enum("ProductStatusEnum"), IRObjectSchema(name="simple-user")))
    assert [symbol.name for symbol in found.types.values()] == ["Product", "ProductStatus", "SimpleUser"]
    assert [symbol.module for symbol in found.types.values()] == ["common/models", "enums", "common/models"]
    assert found.diagnostics == ()


def test_an_enum_keeps_its_suffix_where_the_short_name_is_anothers() -> None:
    found = names(_api(_enum("StatusEnum"), IRObjectSchema(name="Status")))
    assert [symbol.name for symbol in found.types.values()] == ["StatusEnum", "Status"]


def test_a_type_never_hides_the_platforms() -> None:
    found = names(_api(IRObjectSchema(name="Error"), IRObjectSchema(name="Record"), IRObjectSchema(name="API")))
    assert [symbol.name for symbol in found.types.values()] == ["ErrorModel", "RecordModel", "APIModel"]
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["name-changed"] * 3


def test_folders_are_safe_and_differ_in_more_than_case() -> None:
    tags = ("Users", "users", "../../etc", "con", "common", "Git Objects", "..", "日本", "")
    found = names(_api(tags=tags))
    folders = [found.tags[tag].folder for tag in tags]
    assert folders == ["users", "users-api", "etc", "con-api", "common-api", "git-objects", "tag", "日本", "tag-api"]
    assert len({folder.casefold() for folder in folders}) == len(folders)


def test_a_tag_never_hides_a_member_of_the_api() -> None:
    found = names(_api(tags=("http", "get token", "accounts")))
    assert [tag.property for tag in found.tags.values()] == ["httpApi", "getTokenApi", "accounts"]


def test_enum_members() -> None:
    values = ["on_sale", "sold-out", "", "+1", "-1", "1", "constructor", "__proto__", "ASC", "asc", ">=", "日本"]
    assert enum_member_names((value, None) for value in values) == [
        "OnSale", "SoldOut", "Empty", "Plus1", "Minus1", "Value1", "Constructor", "Proto", "Asc", "asc", "GreaterThanEquals",
        "日本",
    ]  # fmt: skip
    assert enum_member_names([(1, None), (-1, None), (True, None), (2, "two")]) == ["Value1", "Minus1", "True", "Two"]


def test_arguments_hide_nothing_that_a_method_mentions() -> None:
    assert path_argument_names(["path", "data", "user-id", "class", "1", "data_param"]) == (
        "pathParam", "dataParam", "userId", "classParam", "value1", "dataParamParam",
    )  # fmt: skip


def test_parameters_of_one_name_are_told_apart_by_where_they_travel() -> None:
    assert property_names([("id", "query"), ("id", "header"), ("idHeader", "query")]) == ("id", "idHeader", "idHeaderQuery")


@given(st.lists(st.text(), max_size=12, unique=True))
def test_any_schema_names_make_types_of_their_own(given_names: list[str]) -> None:
    found = names(_api(*(IRObjectSchema(name=name) for name in given_names))).types
    spelled = [symbol.name for symbol in found.values()]
    assert len(set(spelled)) == len(given_names)
    assert all(is_identifier(name) for name in spelled)
    assert not (GLOBAL_TYPES | RESERVED_WORDS) & set(spelled)


@given(st.lists(st.text(), max_size=12, unique=True))
def test_any_tags_make_folders_within_the_target(tags: list[str]) -> None:
    found = names(_api(tags=tuple(tags)))
    for tag in found.tags.values():
        assert "/" not in tag.folder and ".." not in tag.folder and tag.folder.casefold() not in DEVICE_NAMES
        assert is_identifier(tag.property) and is_identifier(tag.client.name)


@given(st.lists(st.one_of(st.text(), st.integers()), max_size=12, unique_by=lambda value: (type(value), value)))
def test_any_values_make_members_of_their_own(values: list[str | int]) -> None:
    found = enum_member_names((value, None) for value in values)
    assert len(set(found)) == len(values)
    assert all(is_identifier(name) for name in found)
