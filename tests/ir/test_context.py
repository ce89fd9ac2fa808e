"""The context finds things, keeps their order, and survives JSON."""

from __future__ import annotations

from specloom.ir.context import IRContext, IRInfoObject, IRTagObject
from specloom.ir.diagnostics import Diagnostic, Place, Severity, SpecloomError
from specloom.ir.operations import (
    BodyKind,
    IRMediaTypeObject,
    IROperationObject,
    IRRequestBodyObject,
    IRResponseObject,
    Pagination,
    operation_references,
)
from specloom.ir.schemas import (
    Default,
    EnumMember,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    Role,
    schema_references,
)
from specloom.ir.types import STRING, ArrayType, ReferenceType, nullable

USER = ReferenceType(name="User")
JSON = "application/json"


def _operation(operation_id: str, tag: str, *statuses: str, **more: object) -> IROperationObject:
    content = (IRMediaTypeObject(media_type=JSON, kind=BodyKind.JSON, type=USER),)
    return IROperationObject.model_validate(
        {
            "operation_id": operation_id,
            "method": "get",
            "path": f"/{operation_id}",
            "tag": tag,
            "responses": tuple(IRResponseObject(status=status, contents=content) for status in statuses),
            **more,
        }
    )


def _context() -> IRContext:
    user = IRObjectSchema(
        name="User",
        role=Role.RESPONSE,
        properties=(
            IRPropertyObject(name="nick", type=nullable(STRING), default=Default(value=None)),
            IRPropertyObject(name="kind", type=ReferenceType(name="Kind"), required=True),
            IRPropertyObject(name="friends", type=ArrayType(items=USER)),
        ),
    )
    kind = IREnumSchema(name="Kind", members=(EnumMember(value="a"), EnumMember(value=1), EnumMember(value=True)))
    return IRContext(
        info=IRInfoObject(title="t", version="1"),
        tags=(IRTagObject(name="b"), IRTagObject(name="a"), IRTagObject(name="unused")),
        schemas={"User": user, "Kind": kind},
        operations=(
            _operation("one", "a", "200", "4XX", "default", pagination=Pagination(style="page", item_type=USER)),
            _operation("two", "b", "default"),
        ),
    )


def test_json_round_trip_keeps_everything() -> None:
    api = _context()
    again = IRContext.model_validate_json(api.model_dump_json())
    assert again == api
    assert again.schemas["User"].properties[0].default == Default(value=None)  # type: ignore[union-attr]  # it is an object
    members = again.enum_schemas[0].members
    assert [type(member.value) for member in members] == [str, int, bool]


def test_tags_keep_their_order_and_empty_ones_are_left_out() -> None:
    assert list(_context().operations_by_tag) == ["b", "a"]


def test_default_is_a_success_only_where_nothing_else_is() -> None:
    one, two = _context().operations
    assert [r.status for r in one.success_responses] == ["200"]
    assert [r.status for r in one.error_responses] == ["4XX", "default"]
    assert [r.status for r in two.success_responses] == ["default"]
    assert two.error_responses == ()


def test_references_are_found_in_order() -> None:
    api = _context()
    assert list(schema_references(api.schemas["User"])) == ["Kind", "User"]
    assert list(operation_references(api.operations[1])) == ["User"]


def test_values_of_one_kind_make_an_enum_of_that_kind() -> None:
    def of(*values: str | int | bool | float) -> str:
        return IREnumSchema(name="E", members=tuple(EnumMember(value=value) for value in values)).value_type

    assert of("a", "b") == "string"
    assert of(1, 2) == "integer"
    assert of(1, True) == of(True, False) == of(1.5) == of("a", 1) == "mixed"


def test_roles_are_listed() -> None:
    api = _context()
    assert [s.name for s in api.response_models] == ["User"]
    assert not api.has_request_response_split
    assert api.get_operation("two") is api.operations[1]
    assert api.get_schema("Nobody") is None


def test_multipart_is_decided_by_the_preferred_content() -> None:
    def body(*kinds: BodyKind) -> IRRequestBodyObject:
        return IRRequestBodyObject(contents=tuple(IRMediaTypeObject(media_type="x", kind=k, type=USER) for k in kinds))

    assert _operation("a", "a", request_body=body(BodyKind.MULTIPART, BodyKind.JSON)).is_multipart
    assert not _operation("a", "a", request_body=body(BodyKind.JSON, BodyKind.MULTIPART)).is_multipart


def test_a_diagnostic_shows_where_what_and_what_to_do() -> None:
    found = Diagnostic(
        code="dangling-ref",
        severity=Severity.WARNING,
        message="nothing is there",
        pointer="/a/~1b",
        place=Place(file="x.yaml", line=3, column=5),
        hint="add it",
    )
    assert str(found) == "x.yaml:3:5#/a/~1b: warning dangling-ref: nothing is there (add it)"


def test_an_error_shows_the_errors_among_its_diagnostics() -> None:
    warning = Diagnostic(code="w", severity=Severity.WARNING, message="meh")
    error = Diagnostic(code="e", severity=Severity.ERROR, message="bad")
    raised = SpecloomError([warning, error])
    assert str(raised) == "error e: bad"
    assert raised.diagnostics == (warning, error)
