"""Whatever is edited in a description: a number in use never moves, none is given twice, and what is removed is reserved."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.builders.proto import nodes as n
from specloom.builders.proto.lock import HIGHEST_FIELD
from specloom.builders.proto.nodes import Enum, Field, Message, ProtoFile
from specloom.builders.proto.numbering import EMPTY_LOCK, Entry, Lock, Numbered, number, parse, text
from specloom.builders.proto.repairing import repair
from specloom.ir.diagnostics import SpecloomError
from specloom.printers.proto import print_file
from tests.harness.proto import descriptors, unformatted

PACKAGE = "acme.v1"
TYPES = [n.STRING, n.INT64, n.BOOL, n.map_of(n.STRING)]
ODD_KEYS = ['"', "\\", "<<<<<<< a", "é", "\ud800", "\u2028", "note"]
KEYS = st.one_of(st.sampled_from("abcdefgh"), st.text(min_size=1, max_size=3), st.sampled_from(ODD_KEYS))


@dataclass(slots=True)
class Description:
    """What an API says, as far as numbers go: properties and values by key, in their order."""

    messages: dict[str, dict[str, int]] = field(default_factory=dict)
    enums: dict[str, list[str]] = field(default_factory=dict)

    def file(self) -> ProtoFile:
        declarations = [self._message(name, fields) for name, fields in self.messages.items()]
        enums = [
            n.enum(name, [n.unspecified(f"{name}_UNSPECIFIED"), *(n.enum_value(_name(key, name), key=key) for key in keys)])
            for name, keys in self.enums.items()
        ]
        return n.file("acme/v1/messages.proto", PACKAGE, [*declarations, *enums])

    @staticmethod
    def _message(name: str, fields: dict[str, int]) -> Message:
        made = [n.field(_name(key, "f").lower(), TYPES[kind], key=key) for key, kind in fields.items()]
        arms = [each for each in made if each.type == n.BOOL]
        plain = [each for each in made if each.type != n.BOOL]
        return n.message(name, [*plain, *([n.one_of("one_kind", arms)] if arms else [])])


def _name(key: str, prefix: str) -> str:
    return f"{prefix}_{key.encode('utf-8', 'surrogatepass').hex()}"


SCOPES = st.sampled_from(["A", "B", "C"])
EDITS = st.one_of(
    st.tuples(st.just("set"), SCOPES, KEYS, st.integers(0, len(TYPES) - 1)),
    st.tuples(st.just("set"), SCOPES, KEYS, st.integers(0, len(TYPES) - 1)),
    st.tuples(st.just("drop"), SCOPES, KEYS, st.just(0)),
    st.tuples(st.just("reverse"), SCOPES, KEYS, st.just(0)),
    st.tuples(st.just("rename"), SCOPES, KEYS, st.integers(0, 5)),
    st.tuples(st.just("remove"), SCOPES, KEYS, st.just(0)),
    st.tuples(st.just("run"), SCOPES, KEYS, st.just(0)),
)


def edited(description: Description, edit: tuple[str, str, str, int]) -> Description:
    """The description after one edit; schemas and enums are edited alike."""
    what, scope, key, kind = edit
    made = Description({name: dict(fields) for name, fields in description.messages.items()},
                       {name: list(keys) for name, keys in description.enums.items()})
    fields, values = made.messages.setdefault(scope, {}), made.enums.setdefault(f"K{scope}", [])
    match what:
        case "set":
            fields[key] = kind
            values += [key] if key not in values else []
        case "drop":
            fields.pop(key, None)
            values[:] = [each for each in values if each != key]
        case "reverse":
            made.messages = dict(reversed([*made.messages.items()]))
            made.messages[scope] = dict(reversed([*fields.items()]))
            values.reverse()
        case "rename" if fields:
            old = [*fields][kind % len(fields)]
            made.messages[scope] = {key if each == old else each: value for each, value in fields.items()}
        case "remove":
            del made.messages[scope], made.enums[f"K{scope}"]
    return made


def entries_of(made: Numbered) -> dict[tuple[str, str], tuple[int, str]]:
    """(scope, key) -> number and type of everything in use, read from the nodes."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for file in made.files:
        for declaration in file.declarations:
            if isinstance(declaration, Message):
                for each in _fields(declaration):
                    assert each.number is not None
                    found[declaration.name, each.key] = each.number, str(each.type)
            elif isinstance(declaration, Enum):
                for value in declaration.values[1:]:
                    assert value.number is not None
                    found[declaration.name, value.key] = value.number, ""
    return found


def _fields(message: Message) -> list[Field]:
    return [each for member in message.members for each in (member.fields if isinstance(member, n.OneOf) else (member,))
            if isinstance(each, Field)]


@settings(max_examples=120, deadline=None)
@given(st.lists(EDITS, max_size=25))
def test_no_edit_moves_a_number(edits: list[tuple[str, str, str, int]]) -> None:
    description, lock = Description(), EMPTY_LOCK
    given_ever: dict[tuple[str, int], tuple[str, str]] = {}
    """(scope, number) -> the key and the type it was first given to."""
    before: dict[tuple[str, str], tuple[int, str]] = {}
    for edit in [*edits, ("run", "A", "a", 0)]:
        description = edited(description, edit)
        made = number([description.file()], lock)
        lock = made.lock
        now = entries_of(made)
        for place, (given_number, _) in now.items():
            if place in before:
                assert before[place][0] == given_number, "a number in use moved"
        for (scope, key), (given_number, kind) in now.items():
            owner, _ = given_ever.setdefault((scope, given_number), (key, kind))
            assert owner == key, "a number was given to something else"
        for file in made.files:
            for declaration in file.declarations:
                assert isinstance(declaration, Message | Enum)
                _check_reserved(declaration, given_ever, now)
        assert parse(text(lock)) == lock
        again = number([description.file()], parse(text(lock)))
        assert (again.files, again.lock, again.diagnostics) == (made.files, lock, ())
        before = now


def _check_reserved(node: Message | Enum, ever: dict[tuple[str, int], tuple[str, str]],
                    now: dict[tuple[str, str], tuple[int, str]]) -> None:
    used = {found[0] for (scope, _), found in now.items() if scope == node.name}
    gone = {given for scope, given in ever if scope == node.name} - used
    assert set(node.reserved) == gone and len(node.reserved) == len(gone)
    names = {each.name for each in (_fields(node) if isinstance(node, Message) else node.values)}
    keys = {key for (scope, _), (key, _) in ever.items() if scope == node.name}
    prefix = "f" if isinstance(node, Message) else node.name
    every = {_name(key, prefix).lower() if prefix == "f" else _name(key, prefix) for key in keys}
    assert set(node.reserved_names) == every - names


@settings(max_examples=6, deadline=None)
@given(st.lists(st.lists(EDITS, min_size=5, max_size=25), min_size=8, max_size=8))
def test_protoc_and_buf_accept_what_is_reserved(runs: list[list[tuple[str, str, str, int]]]) -> None:
    texts = {}
    for index, edits in enumerate(runs):
        description, lock = Description(), EMPTY_LOCK
        for edit in edits:
            description = edited(description, edit)
            made = number([description.file()], lock)
            lock = made.lock
        texts[f"r{index}/messages.proto"] = print_file(replace(made.files[0], package=f"r{index}"))
    with tempfile.TemporaryDirectory() as folder:
        assert not unformatted(texts, Path(folder))
        assert len(descriptors(Path(folder), texts).file) == len(texts)


def test_numbers_in_document_order() -> None:
    fields = [n.field(key, n.STRING, key=key) for key in ("z", "a", "m")]
    status = n.enum("Status", [n.unspecified("STATUS_UNSPECIFIED"), n.enum_value("STATUS_ON", key="on")])
    inner = n.message("Inner", [n.field("x", n.STRING, key="x")])
    arms = n.one_of("value", [n.field("b", n.STRING, key="b")])
    made = number([n.file("p.proto", PACKAGE, [n.message("M", [fields[0], arms, inner, status, *fields[1:]])])])
    assert print_file(made.files[0]) == """\
syntax = "proto3";

package acme.v1;

message M {
  string z = 1;

  oneof value {
    string b = 2;
  }

  message Inner {
    string x = 1;
  }

  enum Status {
    STATUS_UNSPECIFIED = 0;
    STATUS_ON = 1;
  }

  string a = 3;
  string m = 4;
}
"""
    assert text(made.lock) == """\
{
  "note": "Numbers of fields and enum values. Commit this file and never delete it: by it no number ever moves.",
  "version": 1,
  "messages": {
    "acme.v1.M": {
      "a": {"number": 3, "type": "string"},
      "b": {"number": 2, "type": "string"},
      "m": {"number": 4, "type": "string"},
      "z": {"number": 1, "type": "string"}
    },
    "acme.v1.M.Inner": {
      "x": {"number": 1, "type": "string"}
    }
  },
  "enums": {
    "acme.v1.M.Status": {
      "on": {"name": "STATUS_ON", "number": 1}
    }
  },
  "names": {}
}
"""


def one_message(*fields: Field) -> list[ProtoFile]:
    return [n.file("p.proto", PACKAGE, [n.message("M", fields)])]


def test_what_comes_back_gets_its_number_only_with_its_type() -> None:
    a, b, c = (n.field(key, n.STRING, key=key) for key in "abc")
    lock = number(one_message(a, b), EMPTY_LOCK).lock
    lock = number(one_message(a), lock).lock
    same = number(one_message(a, b, c), lock)
    assert [each.number for each in _fields(same.files[0].declarations[0])] == [1, 2, 3]  # type: ignore[arg-type]
    other = number(one_message(a, replace(b, type=n.INT64), c), lock)
    (message,) = other.files[0].declarations
    assert isinstance(message, Message)
    assert [each.number for each in _fields(message)] == [1, 3, 4]
    assert (message.reserved, message.reserved_names) == ((2,), ())
    assert other.lock.messages["acme.v1.M"]["b"] == Entry(3, "b", "int64", former=(2,))


def test_a_message_that_comes_back_has_its_numbers() -> None:
    fields = [n.field(key, n.STRING, key=key) for key in "abc"]
    lock = number(one_message(*fields)).lock
    lock = number([n.file("p.proto", PACKAGE, [])], lock).lock
    (message,) = number(one_message(*reversed(fields)), lock).files[0].declarations
    assert isinstance(message, Message)
    assert [(each.name, each.number) for each in _fields(message)] == [("c", 3), ("b", 2), ("a", 1)] and not message.reserved


def test_a_changed_type_keeps_its_number_and_is_told() -> None:
    lock = number(one_message(n.field("a", n.STRING, key="a"))).lock
    made = number(one_message(n.field("a", n.STRING, key="a", label=n.Label.REPEATED)), lock)
    (found,) = made.diagnostics
    assert found.code == "field-type-changed"
    assert found.message == "acme.v1.M.a was string and is repeated string now; it keeps its number 1"
    assert not number(one_message(n.field("a", n.STRING, key="a", label=n.Label.OPTIONAL)), lock).diagnostics


@pytest.mark.parametrize(("highest", "given_next"), [(18_999, 20_000), (25_000, 25_001), (HIGHEST_FIELD, 1)])
def test_numbers_that_are_not_to_be_had_are_skipped(highest: int, given_next: int) -> None:
    lock = Lock({"acme.v1.M": {"a": Entry(highest, "a", "string")}})
    (message,) = number(one_message(*(n.field(key, n.STRING, key=key) for key in "ab")), lock).files[0].declarations
    assert isinstance(message, Message)
    assert [each.number for each in _fields(message)] == [highest, given_next]


def test_names_that_had_to_be_chosen_are_remembered() -> None:
    rpcs = [n.rpc("List2", n.HTTP, n.HTTP, key="list"), n.rpc("get", n.HTTP, n.HTTP, key="get")]
    service = n.service("ShopService", rpcs, key="tag")
    field = n.field("a_b_2", n.STRING, key="a-b")
    enum = n.enum("Kind", [n.unspecified("KIND_UNSPECIFIED"), n.enum_value("KIND_ON_2", key="ON")], key="kind")
    made = number([n.file("p.proto", PACKAGE, [n.message("Foo2", [field, n.message("In", key="in")], key="foo"), enum, service])])
    lock = parse(text(made.lock))
    assert lock.type_names(PACKAGE) == {"foo": "Foo2", "kind": "Kind", "tag": "ShopService"}
    assert lock.type_names("acme.v1.Foo2") == {"in": "In"} and lock.type_names("acme.v1.ShopService") == {"list": "List2"}
    assert lock.field_names("acme.v1.Foo2") == {"a-b": "a_b_2"} and lock.value_names("acme.v1.Kind") == {"ON": "KIND_ON_2"}
    without = number([n.file("p.proto", PACKAGE, [n.message("Foo2", [], key="foo")])], lock).lock
    assert without.field_names("acme.v1.Foo2") == {} and without.names == lock.names


def test_two_fields_of_one_key_are_a_mistake_of_the_builder() -> None:
    with pytest.raises(ValueError, match="'a'"):
        number(one_message(n.field("a", n.STRING, key="a"), n.field("b", n.STRING, key="a")))


# --- merges


BASE = Description({"A": {"a": 0, "b": 0, "c": 1, "d": 1}, "B": {"a": 0}}, {"KA": ["a", "b", "c"]})


def merged(ours: str, base: str, theirs: str) -> tuple[str, bool]:
    """What git makes of two branches' files, and whether it did so without a conflict."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for which, content in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / which).write_text(content, encoding="utf-8")
        done = subprocess.run(["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=folder, capture_output=True)
    assert done.returncode < 128, done.stderr
    return done.stdout.decode(), done.returncode == 0


def run(edits: list[tuple[str, str, str, int]], description: Description, lock: Lock) -> Lock:
    for edit in edits:
        description = edited(description, edit)
        lock = number([description.file()], lock).lock
    return lock


def numbers(lock: Lock) -> dict[tuple[str, str], int]:
    """(scope, key) -> number of everything in a lock."""
    return {(scope, key): entry.number for part in (lock.messages, lock.enums) for scope, found in part.items()
            for key, entry in found.items()}


@settings(max_examples=80, deadline=None)
@given(st.lists(EDITS, max_size=6), st.lists(EDITS, max_size=6))
def test_two_branches_merge_or_say_what_repairs_them(
    ours: list[tuple[str, str, str, int]], theirs: list[tuple[str, str, str, int]]
) -> None:
    base = number([BASE.file()]).lock
    first, second = run(ours, BASE, base), run(theirs, BASE, base)
    content, clean = merged(text(first), text(base), text(second))
    try:
        lock = parse(content)
        assert clean
    except SpecloomError as error:
        assert {found.code for found in error.diagnostics} <= {"lock-conflict", "damaged-lock"}
        assert clean or [found.code for found in error.diagnostics] == ["lock-conflict"]
        assert all("specloom lock repair" in (found.hint or "") for found in error.diagnostics)
        lock = repair(content).lock
    assert parse(text(lock)) == lock
    assert repair(text(lock)).lock == lock and not repair(text(lock)).notes
    after = numbers(lock)
    missing = (numbers(first).keys() | numbers(second).keys()) - after.keys()
    assert all(_is_removed(place, first, second) for place in missing)
    for place, given_number in numbers(base).items():
        if place in numbers(first) and numbers(first)[place] == given_number == numbers(second)[place]:
            assert after[place] == given_number
    if not clean:
        _check_sides(lock, first, second)


def _is_removed(place: tuple[str, str], *locks: Lock) -> bool:
    """Whether it is in use on no side."""
    scope, key = place
    found = [part[scope][key] for lock in locks for part in (lock.messages, lock.enums) if key in part.get(scope, {})]
    return all(entry.removed for entry in found)


def _check_sides(lock: Lock, first: Lock, second: Lock) -> None:
    """Of what two sides number differently, ours stays where it is in use, and no number of either goes to a third."""
    for ours, theirs, made in ((first.messages, second.messages, lock.messages), (first.enums, second.enums, lock.enums)):
        for scope, entries in made.items():
            owners = {n: key for key, entry in entries.items() for n in entry.numbers}
            for key, entry in ours.get(scope, {}).items():
                other = theirs.get(scope, {}).get(key)
                if not entry.removed and (other is None or other.removed or other.number == entry.number):
                    rivals = {k for k, e in theirs.get(scope, {}).items() if e.number == entry.number and not e.removed} - {key}
                    assert entries[key].number == entry.number or rivals
                for given_number in entry.numbers:
                    assert given_number in owners
            for entry in theirs.get(scope, {}).values():
                assert all(given_number in owners for given_number in entry.numbers)


CONFLICT = """\
{
  "note": "x",
  "version": 1,
  "messages": {
    "acme.v1.M": {
      "a": {"number": 1, "type": "string"},
<<<<<<< HEAD
      "mine": {"number": 2, "type": "string"},
      "same": {"number": 3, "type": "string"}
||||||| base
=======
      "same": {"number": 2, "type": "string"},
      "theirs": {"number": 3, "type": "string"}
>>>>>>> branch
    }
  },
  "enums": {},
  "names": {}
}
"""


def test_repair_keeps_both_sides() -> None:
    with pytest.raises(SpecloomError) as caught:
        parse(CONFLICT, "out/api/specloom.lock.json")
    (found,) = caught.value.diagnostics
    assert found.code == "lock-conflict" and found.place is not None and found.place.line == 7
    assert found.hint is not None and "`specloom lock repair out/api`" in found.hint
    made = repair(CONFLICT)
    assert {key: entry.numbers for key, entry in made.lock.messages["acme.v1.M"].items()} == {
        "a": (1,), "mine": (2,), "same": (3,), "theirs": (4,)
    }
    assert made.notes == (
        "acme.v1.M: 'same' had two numbers; it keeps 3, and 2 stays reserved",
        "acme.v1.M: 'same' and 'theirs' had one number, 3; 'theirs' has 4 now",
    )


WHOLE = '{"version": 1, "messages": {"a.M": {%s}}}'


@pytest.mark.parametrize(("content", "code", "said"), [
    ("", "damaged-lock", "is not JSON"),
    ("[" * 100_000, "damaged-lock", "is not JSON"),
    ("[]", "damaged-lock", "no object"),
    ("{}", "damaged-lock", "no version"),
    ('{"version": 2}', "lock-newer", "newer specloom"),
    ('{"version": 1, "messages": []}', "damaged-lock", "messages is no object"),
    ('{"version": 1, "messages": {"a.M": 1}}', "damaged-lock", "a.M is no object"),
    ('{"version": 1, "messages": {"a M": {}}}', "damaged-lock", "'a M' is no name"),
    ('{"version": 1, "names": {"a.M": {"x": "}"}}}', "damaged-lock", 'the name of "x" is no name'),
    (WHOLE % '"x": 1', "damaged-lock", '"x" is no entry'),
    (WHOLE % '"x": {"number": 0}', "damaged-lock", "no number from 1"),
    (WHOLE % '"x": {"number": true}', "damaged-lock", "no number from 1"),
    (WHOLE % '"x": {"number": 19500}', "damaged-lock", "protobuf keeps"),
    (WHOLE % '"x": {"number": 536870912}', "damaged-lock", "no number from 1"),
    (WHOLE % '"x": {"number": 1, "name": "a b"}', "damaged-lock", "no name of protobuf"),
    (WHOLE % '"x": {"number": 1, "colour": 1}', "damaged-lock", "no entry"),
    (WHOLE % '"x": {"number": 1}, "y": {"number": 1}', "lock-conflict", '"x" and "y" have one number, 1'),
    (WHOLE % '"x": {"number": 1, "former": [2]}, "y": {"number": 2, "removed": true}', "lock-conflict", "one number, 2"),
    (WHOLE % '"x": {"number": 1}, "x": {"number": 2}', "lock-conflict", '"x" twice'),
])
def test_what_is_wrong_with_a_lock_is_said(content: str, code: str, said: str) -> None:
    with pytest.raises(SpecloomError) as caught:
        parse(content)
    (found,) = caught.value.diagnostics
    assert found.code == code and said in found.message
    assert ("specloom lock repair ." in (found.hint or "")) == (code != "lock-newer")


def test_nothing_is_made_of_what_is_no_lock() -> None:
    with pytest.raises(SpecloomError, match="version control"):
        repair("hello")
    assert repair(text(EMPTY_LOCK)).lock == EMPTY_LOCK
