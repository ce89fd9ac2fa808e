"""``_pb2.py`` of a large file, byte by byte as protoc's plugin writes it, but in linear time.

The plugin looks for each message in the whole serialized file from its beginning: of 4,500 messages that is most of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.builders.proto.names import json_name

if TYPE_CHECKING:
    from google.protobuf.descriptor_pb2 import (  # type: ignore[import-untyped]  # has no stubs
        DescriptorProto,
        EnumDescriptorProto,
        FileDescriptorProto,
    )
    from google.protobuf.message import Message  # type: ignore[import-untyped]  # has no stubs

PROBE: Final = "specloom_probe.proto"
"""A file with nothing in it, which shows how the installed plugin begins and ends a module."""
PROBE_TEXT: Final = 'syntax = "proto3";\n'
_PROBE_DESCRIPTOR: Final = r"AddSerializedFile(b'\n\x14specloom_probe.protob\x06proto3')"
_NO_OPTIONS: Final = "  DESCRIPTOR._loaded_options = None\n"
_PROBE_END: Final = f"'specloom_probe_pb2', _globals)\nif not _descriptor._USE_C_DESCRIPTORS:\n{_NO_OPTIONS}"
_PROBE_IMPORTS: Final = "_sym_db = _symbol_database.Default()\n\n\n"

_HEX: Final = tuple(f"\\x{byte:02x}" for byte in range(256))
_SHORT: Final = {10: "\\n", 13: "\\r", 9: "\\t", 34: '\\"', 39: "\\'", 92: "\\\\"}
_OCTAL_ESCAPES: Final = tuple(_SHORT.get(byte, chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in range(256))
_DIGITS: Final = {digit: _HEX[digit] for digit in b"0123456789abcdefABCDEF"}
_DIGITS_AFTER_ESCAPE = re.compile(r"\\(?:\\|(x..)([0-9a-fA-F]+))")

_Scope: TypeAlias = tuple[str, ...]


def module_of(file: FileDescriptorProto, probe: str) -> str | None:
    """The module of a file without services, extensions and options that are not of protobuf itself.

    ``file`` is as protoc's descriptor set has it; ``probe`` is what the plugin made of :data:`PROBE`. ``None`` where the probe
    is not what this knows: then the plugin has to do it.
    """
    known = (PROBE in probe, _PROBE_DESCRIPTOR in probe, _PROBE_END in probe, probe.count(_PROBE_IMPORTS) == 1)
    if not all(known) or file.service or file.extension or "-" in file.name or file.public_dependency:
        return None
    _drop_default_json_names(file.message_type)
    data = file.SerializeToString(deterministic=True)
    module = file.name.removesuffix(".proto").replace("/", ".") + "_pb2"
    imports = "".join(f"{_import(name)}\n" for name in file.dependency)
    end = _PROBE_END.replace("specloom_probe_pb2", module)
    if file.HasField("options"):
        end = end.replace(_NO_OPTIONS, "".join(_option("_globals['DESCRIPTOR']", file.options)))
    end += "".join((*_all_options(file), *_places(data)))
    text = probe.replace(_PROBE_DESCRIPTOR, f"AddSerializedFile(b'{_escaped(data)}')").replace(_PROBE_END, end)
    return text.replace(PROBE, file.name, 2).replace(_PROBE_IMPORTS, _PROBE_IMPORTS + imports, 1)


def _import(name: str) -> str:
    package, _, module = name.removesuffix(".proto").rpartition("/")
    module += "_pb2"
    alias = (f"{package}/{module}" if package else module).replace("_", "__").replace("/", "_dot_")
    return f"from {package.replace('/', '.')} import {module} as {alias}" if package else f"import {module} as {alias}"


def _drop_default_json_names(messages: Iterable[DescriptorProto]) -> None:
    """Descriptor sets have the JSON names that follow from names too; the plugin's do not."""
    for message in messages:
        for field in message.field:
            if field.json_name == json_name(field.name):
                field.ClearField("json_name")
        _drop_default_json_names(message.nested_type)


def _escaped(data: bytes) -> str:
    """C's hexadecimal escapes: a digit after one is escaped too, because it would belong to it."""
    # With a double quote in it, Python's own form escapes single ones.
    text = repr(data + b'"')[2:-2].replace('"', '\\"')
    return _DIGITS_AFTER_ESCAPE.sub(_without_digits, text)


def _without_digits(found: re.Match[str]) -> str:
    return found[0] if found[1] is None else f"\\{found[1]}{found[2].translate(_DIGITS)}"


# --- options, which Python's own implementation of protobuf sets again


def _all_options(file: FileDescriptorProto) -> Iterator[str]:
    for enum in file.enum_type:
        yield from _enum_options(enum, ())
    for message in file.message_type:
        yield from _message_options(message, ())


def _enum_options(enum: EnumDescriptorProto, scope: _Scope) -> Iterator[str]:
    name = _global((*scope, enum.name))
    if enum.HasField("options"):
        yield from _option(name, enum.options)
    for value in enum.value:
        if value.HasField("options"):
            yield from _option(f'{name}.values_by_name["{value.name}"]', value.options)


def _message_options(message: DescriptorProto, scope: _Scope) -> Iterator[str]:
    inside = (*scope, message.name)
    for nested in message.nested_type:
        yield from _message_options(nested, inside)
    for enum in message.enum_type:
        yield from _enum_options(enum, inside)
    name = _global(inside)
    for field in message.field:
        if field.HasField("options"):
            yield from _option(f"{name}.fields_by_name['{field.name}']", field.options)
    if message.HasField("options"):
        yield from _option(name, message.options)


def _option(name: str, options: Message) -> Iterator[str]:
    data = options.SerializeToString(deterministic=True)
    yield f"  {name}._loaded_options = None\n"
    yield f"  {name}._serialized_options = b'{''.join(map(_OCTAL_ESCAPES.__getitem__, data))}'\n"


def _global(scope: _Scope) -> str:
    return f"_globals['_{'_'.join(scope).upper()}']"


# --- where each message and enum begins and ends in the serialized file


def _places(data: bytes) -> Iterator[str]:
    """Fields 5 (enums) of a file before 4 (messages), as the plugin has them.

    The plugin searches: where the bytes of one stand earlier too, be it as the beginning of another one, that is its place.
    """
    enums: list[tuple[int, int]] = []
    messages: list[tuple[int, int]] = []
    for number, start, end in _fields(data, 0, len(data)):
        if number in (4, 5):
            (messages if number == 4 else enums).append((start, end))
    found = [each for start, end in enums for each in _enum_place(data, start, end, ())]
    found += [each for start, end in messages for each in _message_places(data, start, end, ())]
    namesakes: dict[bytes, list[int]] = {}
    for _, start, after_name, _ in sorted(found, key=lambda each: each[1]):
        namesakes.setdefault(data[start:after_name], []).append(start)
    for name, start, after_name, end in found:
        earliest = namesakes[data[start:after_name]]
        place = start
        if after_name == end:
            place = data.find(data[start:end])
        elif earliest[0] != start:
            place = next(at for at in earliest if data.startswith(data[start:end], at))
        yield f"  {name}._serialized_start={place}\n  {name}._serialized_end={place + end - start}\n"


_Place: TypeAlias = tuple[str, int, int, int]
"""What the module calls it, its beginning, the end of its name, its end."""


def _enum_place(data: bytes, start: int, end: int, scope: _Scope) -> Iterator[_Place]:
    _, begin, stop = next(_fields(data, start, end))
    yield _global((*scope, data[begin:stop].decode())), start, stop, end


def _message_places(data: bytes, start: int, end: int, scope: _Scope) -> Iterator[_Place]:
    inside, after_name = scope, start
    nested, enums = list[tuple[int, int]](), list[tuple[int, int]]()
    for number, begin, stop in _fields(data, start, end):
        match number:
            case 1:
                inside, after_name = (*scope, data[begin:stop].decode()), stop
            case 3:
                nested.append((begin, stop))
            case 4:
                enums.append((begin, stop))
    yield _global(inside), start, after_name, end
    for begin, stop in nested:
        yield from _message_places(data, begin, stop, inside)
    for begin, stop in enums:
        yield from _enum_place(data, begin, stop, inside)


def _fields(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Number, begin and end of each length-delimited field of a serialized descriptor, which has no others with a low number."""
    while at < end:
        tag, length = data[at], data[at + 1]
        at += 2
        if tag > 127 or length > 127:
            tag, at = _varint(data, at - 2)
            length, at = _varint(data, at)
        if tag & 7 == 2:
            yield tag >> 3, at, at + length
            at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
