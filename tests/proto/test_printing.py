"""What is printed is what ``buf format`` leaves, protoc reads all of it, and no text changes what anything is."""

from __future__ import annotations

import tempfile
from pathlib import Path

from google.api import annotations_pb2
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from specloom.builders.proto import nodes as n
from specloom.builders.proto.nodes import Declaration, Enum, Field, Label, MapOf, Message, OneOf, ProtoFile, Ref, Scalar, Service
from specloom.printers.proto import print_file
from specloom.printers.proto.text import comment_lines
from tests.harness.proto import descriptors, unformatted

from .trees import TEXTS, files, without_comments

FEW = settings(max_examples=10, deadline=None, suppress_health_check=[*HealthCheck], phases=[Phase.explicit, Phase.generate])
"""Each example is many files for two processes: shrinking one would take minutes."""


@FEW
@given(files(8))
def test_protoc_reads_what_the_nodes_say_and_buf_leaves_it_as_it_is(made: list[ProtoFile]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert not unformatted({file.path: print_file(file) for file in made}, folder)
        bare = [without_comments(file) for file in made]
        plain = {f"plain/{file.path}": print_file(file) for file in bare}
        assert not unformatted(plain, folder)
        found = descriptors(folder, [file.path for file in made], comments=True)
        without = descriptors(folder / "plain", [file.path for file in made])
        for file, read, quiet in zip(made, found.file, without.file, strict=True):
            places = read.source_code_info.location
            assert sum(bool(place.leading_comments) + len(place.leading_detached_comments) for place in places) == _told(file)
            assert not any(place.trailing_comments for place in read.source_code_info.location)
            read.ClearField("source_code_info")
            assert read == quiet
            _same(file, read)


def _told(node: ProtoFile | Declaration | n.Member | n.Rpc | n.EnumValue) -> int:
    """How many comments there are with something in them."""
    own = int(bool(comment_lines(node.comment)))
    match node:
        case Message(members=members):
            return own + sum(map(_told, members))
        case ProtoFile(declarations=declarations):
            return own + sum(map(_told, declarations))
        case Enum(values=values):
            return own + sum(map(_told, values))
        case Service(rpcs=rpcs):
            return own + sum(map(_told, rpcs))
        case OneOf(fields=fields):
            return own + sum(map(_told, fields))
        case _:
            return own


def _same(file: ProtoFile, read: FileDescriptorProto) -> None:
    """Compares nodes with what protoc read: names, numbers, the types that names resolve to, and texts of options."""
    assert read.package == file.package
    for option in file.options:
        assert isinstance(option.name, str)
        assert getattr(read.options, option.name) == _text(option.value)
    messages = {m.name: m for m in read.message_type}
    enums = {e.name: e for e in read.enum_type}
    for declaration in file.declarations:
        match declaration:
            case Message():
                _same_message(declaration, messages[declaration.name])
            case Enum():
                _same_enum(declaration, enums[declaration.name])
            case Service():
                _same_service(declaration, read)


def _same_message(node: Message, read) -> None:  # type: ignore[no-untyped-def]  # of descriptor_pb2
    assert read.options.deprecated == node.deprecated
    assert {(r.start, r.end) for r in read.reserved_range} == ({(20, 21), (22, 24)} if node.reserved else set())
    assert tuple(read.reserved_name) == node.reserved_names
    fields = {field.name: field for field in read.field}
    arms = [each for each in node.members if isinstance(each, OneOf)]
    every = [each for each in node.members if isinstance(each, Field)] + [arm for each in arms for arm in each.fields]
    assert set(fields) == {field.name for field in every}
    for field in every:
        found = fields[field.name]
        assert found.number == field.number and found.options.deprecated == field.deprecated
        assert found.proto3_optional == (field.label is Label.OPTIONAL)
        assert (found.label == found.LABEL_REPEATED) == (field.label is Label.REPEATED or isinstance(field.type, MapOf))
        if field.json_name is not None:
            assert found.json_name == _text(field.json_name)
        match field.type:
            case Ref(symbol=symbol):
                assert found.type_name == f".{symbol.full_name}"
            case Scalar(name=name):
                assert found.type == getattr(found, f"TYPE_{name.upper()}")
            case MapOf():
                assert found.type_name.endswith("Entry")
    nested = {m.name: m for m in read.nested_type}
    enums = {e.name: e for e in read.enum_type}
    for member in node.members:
        if isinstance(member, Message):
            _same_message(member, nested[member.name])
        elif isinstance(member, Enum):
            _same_enum(member, enums[member.name])


def _same_enum(node: Enum, read) -> None:  # type: ignore[no-untyped-def]  # of descriptor_pb2
    found = [(value.name, value.number, value.options.deprecated) for value in read.value]
    assert found == [(value.name, value.number, value.deprecated) for value in node.values]
    assert {(r.start, r.end) for r in read.reserved_range} == ({(7, 9), (12, 12)} if node.reserved else set())


def _same_service(node: Service, read: FileDescriptorProto) -> None:
    (service,) = read.service
    assert service.name == node.name
    for rpc, method in zip(node.rpcs, service.method, strict=True):
        assert (method.name, method.input_type, method.output_type) == (
            rpc.name, f".{rpc.request.full_name}", f".{rpc.response.full_name}"
        )
        assert (method.client_streaming, method.server_streaming) == (rpc.streams_request, rpc.streams_response)
        assert method.options.deprecated == rpc.deprecated
        for option in rpc.options:
            assert isinstance(option.value, n.Aggregate)
            _same_rule(option.value, method.options.Extensions[annotations_pb2.http])


def _same_rule(node: n.Aggregate, rule) -> None:  # type: ignore[no-untyped-def]  # of http_pb2
    entries = dict(node.entries)
    bindings = [value for name, value in node.entries if name == "additional_bindings"]
    assert rule.body == _text(entries.get("body", ""))
    path = rule.custom.path if "custom" in entries else getattr(rule, node.entries[0][0])
    first = node.entries[0][1]
    assert path == _text(dict(first.entries)["path"] if isinstance(first, n.Aggregate) else first)
    assert len(bindings) == len(rule.additional_bindings)
    for binding, found in zip(bindings, rule.additional_bindings, strict=True):
        assert isinstance(binding, n.Aggregate)
        _same_rule(binding, found)


def _text(value: object) -> str:
    assert isinstance(value, str)
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\ufffd\ufffd\ufffd", "\ufffd")


EXTENSION = n.Symbol("acme.v1", ("opt",), "acme/opt.proto")
VALUES = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.integers(-(2**63), 2**63), st.floats(), st.sampled_from(["A", "FAST"]).map(n.Name)),
    lambda inner: st.one_of(
        st.lists(st.tuples(st.sampled_from(["a", "get", "value"]), inner), max_size=3).map(lambda found: n.aggregate(*found)),
        st.lists(inner.filter(lambda value: not isinstance(value, n.ListLiteral)), max_size=3).map(
            lambda found: n.aggregate(("list", n.list_literal(*found)))
        ),
    ),
    max_leaves=8,
)


@FEW
@given(st.lists(st.lists(st.builds(n.option, st.just(EXTENSION), VALUES), min_size=1, max_size=3), min_size=20, max_size=20))
def test_buf_leaves_options_as_they_are_wherever_they_stand(found: list[list[n.Option]]) -> None:
    made = {}
    for index, options in enumerate(found):
        fields = [n.field("a", n.STRING, key="a", number=1, options=options)]
        values = [n.enum_value("KIND_UNSPECIFIED", key="", number=0, options=options)]
        declarations: list[Declaration] = [
            n.message("M", [*fields, n.message("N", fields, options=options)], options=options),
            n.enum("Kind", values, options=options),
            n.service("S", [n.rpc("R", n.symbol("M", "p.v1", "p.proto"), n.HTTP, options=options)], options=options),
        ]
        made[f"f{index}.proto"] = print_file(n.file("p.proto", "p.v1", declarations, options=options))
    with tempfile.TemporaryDirectory() as name:
        assert not unformatted(made, Path(name))
