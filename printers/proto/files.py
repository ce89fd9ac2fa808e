"""The layout of a file: what ``buf format`` leaves as it is. It wraps nothing, so a line is as long as what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, assert_never

from specloom.builders.proto.nodes import (
    Aggregate,
    Declaration,
    Enum,
    EnumValue,
    Field,
    Label,
    ListLiteral,
    MapOf,
    Message,
    Name,
    OneOf,
    Option,
    OptionValue,
    ProtoFile,
    Ref,
    Rpc,
    Scalar,
    Service,
    Symbol,
    Type,
)

from .scope import Scope
from .text import comment_lines, docstring_lines, number_literal, string_literal

_DEPRECATED = Option("deprecated", True)
_Inside: TypeAlias = tuple[str, ...]
"""The messages, or the service, around what is printed."""


def print_file(file: ProtoFile) -> str:
    """The text of a .proto file. Every field and value in it has its number."""
    scope = Scope(file)
    body: list[str] = []
    for declaration in file.declarations:
        body.append("")
        _declaration(declaration, scope, body)
    ordered = sorted(file.options, key=lambda option: _file_order(option, scope))
    options = _option_lines(ordered, scope, (), "")
    lines = [f"// {line}" if line else "//" for line in comment_lines(file.comment)]
    if lines:
        lines.append("")
    lines += ['syntax = "proto3";', "", f"package {file.package};"]
    imports = [f"import {string_literal(path)};" for path in scope.imports]
    for block in (imports, options):
        if block:
            lines += ["", *block]
    lines += body
    lines.append("")
    return "\n".join(lines)


def _file_order(option: Option, scope: Scope) -> tuple[bool, str]:
    """Options of a file are sorted by name, extensions after the others."""
    is_extension = isinstance(option.name, Symbol)
    return is_extension, _option_name(option, scope, ())


def _declaration(declaration: Declaration, scope: Scope, out: list[str]) -> None:
    match declaration:
        case Message():
            _message(declaration, scope, (), "", out)
        case Enum():
            _enum(declaration, scope, (), "", out)
        case Service():
            _service(declaration, scope, out)
        case _:
            assert_never(declaration)


def _comment(text: str, indent: str, out: list[str]) -> None:
    out.extend(f"{indent}// {line}" if line else f"{indent}//" for line in comment_lines(text))


# --- messages


def _message(message: Message, scope: Scope, inside: _Inside, indent: str, out: list[str]) -> None:
    if message.comment:
        _comment(message.comment, indent, out)
    within, deeper = (*inside, message.name), indent + "  "
    start = len(out)
    out.append(f"{indent}message {message.name} {{")
    head = _head(message, scope, within, deeper)
    out.extend(head)
    after_block = bool(head)
    for member in message.members:
        is_field = isinstance(member, Field)
        if len(out) > start + 1 and (after_block or not is_field):
            out.append("")
        after_block = not is_field
        if isinstance(member, Field):
            _field(member, scope, within, deeper, out)
        else:
            _member(member, scope, within, deeper, out)
    _close(indent, start, out)


def _member(member: Field | OneOf | Message | Enum, scope: Scope, inside: _Inside, indent: str, out: list[str]) -> None:
    match member:
        case Field():
            _field(member, scope, inside, indent, out)
        case OneOf(name=name, fields=fields, comment=comment):
            if comment:
                _comment(comment, indent, out)
            out.append(f"{indent}oneof {name} {{")
            for field in fields:
                _field(field, scope, inside, indent + "  ", out)
            out.append(indent + "}")
        case Message():
            _message(member, scope, inside, indent, out)
        case Enum():
            _enum(member, scope, inside, indent, out)
        case _:
            assert_never(member)


def _field(field: Field, scope: Scope, inside: _Inside, indent: str, out: list[str]) -> None:
    if field.comment:
        _comment(field.comment, indent, out)
    label = f"{field.label} " if field.label is not Label.NONE else ""
    line = f"{indent}{label}{_type(field.type, scope, inside)} {field.name} = {field.number}"
    if field.json_name is None and not field.deprecated and not field.options:
        out.append(line + ";")
        return
    options = [Option("json_name", field.json_name)] if field.json_name is not None else []
    out.append(line + _brackets(_all_options(field, options), scope, inside, indent))


def _type(type: Type, scope: Scope, inside: _Inside) -> str:
    match type:
        case Scalar(name=name):
            return name
        case Ref(symbol=symbol):
            return scope.mention(symbol, inside)
        case MapOf(key=key, value=value):
            return f"map<{key}, {_type(value, scope, inside)}>"
        case _:
            assert_never(type)


# --- enums


def _enum(enum: Enum, scope: Scope, inside: _Inside, indent: str, out: list[str]) -> None:
    if enum.comment:
        _comment(enum.comment, indent, out)
    within, deeper = (*inside, enum.name), indent + "  "
    start = len(out)
    out.append(f"{indent}enum {enum.name} {{")
    head = _head(enum, scope, within, deeper)
    out.extend(head)
    if head and enum.values:
        out.append("")
    for value in enum.values:
        if value.comment:
            _comment(value.comment, deeper, out)
        line = f"{deeper}{value.name} = {value.number}"
        plain = not value.deprecated and not value.options
        out.append(line + ";" if plain else line + _brackets(_all_options(value), scope, within, deeper))
    _close(indent, start, out)


# --- services


def _service(service: Service, scope: Scope, out: list[str]) -> None:
    out.extend(f"// {line}" if line else "//" for line in docstring_lines(service.comment))
    start = len(out)
    out.append(f"service {service.name} {{")
    within = (service.name,)
    options = _option_lines(_all_options(service), scope, within, "  ")
    out.extend(options)
    if options and service.rpcs:
        out.append("")
    for rpc in service.rpcs:
        _rpc(rpc, scope, within, out)
    _close("", start, out)


def _rpc(rpc: Rpc, scope: Scope, inside: _Inside, out: list[str]) -> None:
    out.extend(f"  // {line}" if line else "  //" for line in docstring_lines(rpc.comment))
    request = ("stream " if rpc.streams_request else "") + scope.mention(rpc.request, inside)
    response = ("stream " if rpc.streams_response else "") + scope.mention(rpc.response, inside)
    line = f"  rpc {rpc.name}({request}) returns ({response})"
    options = _option_lines(_all_options(rpc), scope, inside, "    ")
    if options:
        out += [line + " {", *options, "  }"]
    else:
        out.append(line + ";")


# --- what several have


def _close(indent: str, start: int, out: list[str]) -> None:
    """Ends a block; on its first line where there is nothing in it."""
    if len(out) == start + 1:
        out[start] += "}"
    else:
        out.append(indent + "}")


def _head(declared: Message | Enum, scope: Scope, inside: _Inside, indent: str) -> list[str]:
    """What is reserved, and options."""
    lines = []
    if declared.reserved:
        lines.append(f"{indent}reserved {', '.join(_ranges(declared.reserved))};")
    if declared.reserved_names:
        lines.append(f"{indent}reserved {', '.join(map(string_literal, declared.reserved_names))};")
    lines += _option_lines(_all_options(declared), scope, inside, indent)
    return lines


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    """``3, 5 to 7`` of sorted numbers."""
    ordered = sorted(numbers)
    start = 0
    for index, number in enumerate(ordered):
        if index + 1 == len(ordered) or ordered[index + 1] != number + 1:
            yield str(number) if index == start else f"{ordered[start]} to {number}"
            start = index + 1


def _all_options(
    node: Message | Enum | Service | Rpc | Field | EnumValue, first: Sequence[Option] = ()
) -> Sequence[Option]:
    return (*first, _DEPRECATED, *node.options) if node.deprecated else (*first, *node.options)


def _option_lines(options: Iterable[Option], scope: Scope, inside: _Inside, indent: str) -> list[str]:
    lines: list[str] = []
    for option in options:
        lines += f"{indent}option {_option(option, scope, inside, indent)};".split("\n")
    return lines


def _brackets(options: Sequence[Option], scope: Scope, inside: _Inside, indent: str) -> str:
    """Options of a field or a value, an own line each where there are several."""
    if len(options) == 1:
        return f" [{_option(options[0], scope, inside, indent)}];"
    deeper = indent + "  "
    rows = (deeper + _option(option, scope, inside, deeper) for option in options)
    return " [\n" + ",\n".join(rows) + f"\n{indent}];"


def _option(option: Option, scope: Scope, inside: _Inside, indent: str) -> str:
    return f"{_option_name(option, scope, inside)} = {_value(option.value, indent)}"


def _option_name(option: Option, scope: Scope, inside: _Inside) -> str:
    return option.name if isinstance(option.name, str) else f"({scope.mention(option.name, inside)})"


def _value(value: OptionValue, indent: str) -> str:
    """A value; on one line where it is no more than one name with a plain value, or a list of one plain value."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_literal(value)
        case str():
            return string_literal(value)
        case Name(name=name):
            return name
        case Aggregate(entries=()):
            return "{}"
        case Aggregate(entries=((name, inner),)) if not isinstance(inner, Aggregate | ListLiteral):
            return f"{{{name}: {_value(inner, indent)}}}"
        case Aggregate(entries=entries):
            rows = [f"{indent}  {name}: {_value(inner, indent + '  ')}\n" for name, inner in entries]
            return "{\n" + "".join(rows) + indent + "}"
        case ListLiteral(values=()):
            return "[]"
        case ListLiteral(values=(inner,)) if not isinstance(inner, Aggregate | ListLiteral):
            return f"[{_value(inner, indent)}]"
        case ListLiteral(values=values):
            rows = [f"{indent}  {_value(inner, indent + '  ')}" for inner in values]
            return "[\n" + ",\n".join(rows) + f"\n{indent}]"
        case _:
            assert_never(value)
