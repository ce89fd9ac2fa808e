"""Schemas that refer to themselves, have another name, travel in variants, or took the place of others."""

from __future__ import annotations

from specloom.comparing import Change
from tests.comparing.documents import JSON, compared, document, media, using, verdicts

STRING, INTEGER = {"type": "string"}, {"type": "integer"}


def ref(name: str) -> JSON:
    return {"$ref": f"#/components/schemas/{name}"}


def thing(properties: JSON, *required: str) -> JSON:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def where(change: Change) -> str:
    return f"{change.place.schema}: {'.'.join(step.name or step.kind for step in change.place.steps)}"


def test_recursion_ends_and_a_change_is_said_once() -> None:
    def tree(leaf: JSON) -> dict[str, JSON]:
        return {
            "Thing": thing({"left": ref("Thing"), "rest": {"type": "array", "items": ref("Other")}, "leaf": leaf}),
            "Other": thing({"back": ref("Thing"), "alias": ref("Alias")}),
            "Alias": {"type": "array", "items": ref("Alias")},
        }

    old, new = (using(tree(leaf), sent=True, answered=True) for leaf in (STRING, INTEGER))
    assert verdicts(compared(old, old)) == []
    (change,) = compared(old, new).changes
    assert (change.code, where(change)) == ("type-changed", "Thing: leaf")


def test_a_recursive_schema_with_another_name() -> None:
    old = using({"Thing": thing({"a": ref("Node")}), "Node": thing({"next": ref("Node"), "b": STRING})}, answered=True)
    new = using({"Thing": thing({"a": ref("Knot")}), "Knot": thing({"next": ref("Knot"), "b": STRING})}, answered=True)
    assert verdicts(compared(old, new)) == [("schema-renamed", "S")]


def test_another_name_and_other_content_are_not_a_renaming() -> None:
    old = using({"Thing": thing({"a": ref("User")}), "User": thing({"b": STRING, "c": STRING})}, answered=True)
    new = using({"Thing": thing({"a": ref("Person")}), "Person": thing({"b": STRING})}, answered=True)
    assert [(change.code, where(change)) for change in compared(old, new).changes] == [
        ("type-renamed", "Thing: a"),
        ("property-removed", "Person: c"), ("schema-added", "Person: "), ("schema-removed", "User: "),
    ]


def test_another_schema_in_the_place_of_one_is_judged_there() -> None:
    schemas = {"User": thing({"b": STRING, "c": STRING}), "Person": thing({"b": STRING})}
    old = using({"Thing": thing({"a": ref("User"), "z": ref("Person")}), **schemas}, answered=True)
    new = using({"Thing": thing({"a": ref("Person"), "z": ref("Person")}), **schemas}, answered=True)
    assert [(change.code, where(change)) for change in compared(old, new).changes] == [
        ("type-renamed", "Thing: a"), ("property-removed", "Thing: a.c"),
    ]


def test_a_member_of_a_union_with_another_name() -> None:
    members = {"Cat": thing({"lives": INTEGER}), "Dog": thing({"name": STRING})}
    old = using({"Thing": {"oneOf": [ref("Cat"), ref("Dog")]}, **members}, answered=True)
    new = using({"Thing": {"oneOf": [ref("Cat"), ref("Hound")]}, "Cat": members["Cat"], "Hound": members["Dog"]}, answered=True)
    assert verdicts(compared(old, new)) == [("schema-renamed", "S")]


def test_variants_of_a_schema_are_one_place() -> None:
    """The schema of a document whose properties travel one way becomes several here; a change of it stays one."""
    def user(name: JSON) -> dict[str, JSON]:
        return {"Thing": thing({
            "id": {"type": "integer", "readOnly": True}, "secret": {"type": "string", "writeOnly": True}, "name": name,
        }, "id")}

    old, new = (using(user(name), sent=True, answered=True) for name in (STRING, INTEGER))
    (change,) = compared(old, new).changes
    assert (change.code, where(change), len(change.uses)) == ("type-changed", "Thing: name", 2)


def test_a_property_that_travels_one_way_is_judged_by_that_way() -> None:
    def user(id: JSON, *required: str) -> dict[str, JSON]:
        return {"Thing": thing({"id": id, "name": STRING}, *required)}

    read_only, nullable = {"type": "integer", "readOnly": True}, {"type": ["integer", "null"], "readOnly": True}
    both = {"sent": True, "answered": True}
    forth = compared(using(user(read_only), **both), using(user(read_only, "id"), **both))
    assert verdicts(forth) == [("required-added", "C")]
    assert verdicts(compared(using(user(read_only), **both), using(user(nullable), **both))) == [("nullable-added", "B")]
    write_only = {"type": "integer", "writeOnly": True}
    assert verdicts(compared(using(user(write_only), **both), using(user(write_only, "id"), **both))) == [("required-added", "B")]


def test_a_property_that_clients_may_no_longer_send() -> None:
    def user(id: JSON) -> JSON:
        return using({"Thing": thing({"id": id, "name": STRING})}, sent=True, answered=True)

    codes = verdicts(compared(user(INTEGER), user({**INTEGER, "readOnly": True})))
    assert codes == [("property-removed", "B"), ("read-only-added", "C")]
    codes = verdicts(compared(user(INTEGER), user({**INTEGER, "writeOnly": True})))
    assert codes == [("write-only-added", "C"), ("property-removed", "B")]


def test_flags_of_schemas_that_have_no_variants() -> None:
    for flag in ("readOnly", "writeOnly"):
        old, new = (using({"Thing": thing({"id": {**INTEGER, **flags}, "name": STRING})}) for flags in ({}, {flag: True}))
        word = {"readOnly": "read-only", "writeOnly": "write-only"}[flag]
        assert verdicts(compared(old, new)) == [(f"{word}-added", "S")]
        assert verdicts(compared(new, old)) == [(f"{word}-removed", "C")]


def test_inline_schemas_are_places_of_what_is_around_them() -> None:
    def api(inner: JSON, id: str = "a") -> JSON:
        schema = thing({"list": {"type": "array", "items": thing({"inner": thing({"b": inner})})}})
        return document({"/a": {"get": {"operationId": id, "responses": {"200": {"description": "", **media(schema)}}}}})

    (change,) = compared(api(STRING), api(INTEGER)).changes
    assert [step.name or step.kind for step in change.place.steps] == ["200", "list", "items", "inner", "b"]
    assert change.place.operation == "GET /a"
    assert change.place.pointer == (
        "/paths/~1a/get/responses/200/content/application~1json/schema/properties/list/items/properties/inner/properties/b"
    )
    # their names are ours, and nothing to speak of
    assert verdicts(compared(api(STRING), api(STRING, "another"))) == [("operation-id-changed", "S")]


def test_a_schema_that_came_and_went_with_its_use_is_not_compared_with_itself() -> None:
    """What only an operation used that is gone now is no use that counts."""
    def api(path: str, schema: JSON) -> JSON:
        listing = {"operationId": path.strip("/"), "responses": {"200": {"description": "", **media(ref("Thing"))}}}
        return document({path: {"get": listing}}, {"Thing": schema})

    found = verdicts(compared(api("/a", thing({"a": STRING})), api("/b", thing({"a": INTEGER}))))
    assert found == [("operation-added", "C"), ("operation-removed", "B"), ("type-changed", "S")]
