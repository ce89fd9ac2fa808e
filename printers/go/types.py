"""Types as text. What spans lines is indented for the line that it begins on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from specloom.builders.go import nodes
from specloom.printers.doc.aligned import aligned

from .comments import comment_lines
from .imports import Scope
from .strings import struct_tag

_LONGEST_ONE_LINE_TYPE = 30
"""gofmt (``isOneLineFieldList``): longer fields and methods never stand beside the braces."""


def type_text(scope: Scope, type: nodes.Type, tab: str) -> str:
    """A type on a line that is indented by ``tab``."""
    found = scope.types.get(id(type))
    if found is not None:
        return found
    text = _type_text(scope, type, tab)
    if "\n" not in text:
        scope.types[id(type)] = text
    return text


def _type_text(scope: Scope, type: nodes.Type, tab: str) -> str:
    match type:
        case nodes.Name():
            scope.bare.add(type.name)
            return type.name
        case nodes.Ref():
            return scope.qualified(type)
        case nodes.Pointer():
            return "*" + type_text(scope, type.element, tab)
        case nodes.SliceType():
            return "[]" + type_text(scope, type.element, tab)
        case nodes.MapType():
            return f"map[{type_text(scope, type.key, tab)}]{type_text(scope, type.value, tab)}"
        case nodes.Instance():
            args = ", ".join([type_text(scope, arg, tab) for arg in type.args])
            return f"{type_text(scope, type.generic, tab)}[{args}]"
        case nodes.ArrayType():
            return f"[{'...' if type.length is None else type.length}]{type_text(scope, type.element, tab)}"
        case nodes.FuncType():
            return "func" + signature(scope, type, tab)
        case nodes.StructType():
            return _struct(scope, type, tab)
        case nodes.InterfaceType():
            return _interface(scope, type, tab)
        case nodes.TypeUnion():
            tilde = "~" if type.tilde else ""
            return " | ".join([tilde + type_text(scope, term, tab) for term in type.terms])
    assert_never(type)


def signature(scope: Scope, type: nodes.FuncType, tab: str) -> str:
    """``(a A) (B, error)``: what follows ``func`` or a name."""
    params = f"({parameters(scope, type.params, tab)})"
    results = type.results
    if not results:
        return params
    if len(results) == 1 and results[0].name is None:
        return f"{params} {type_text(scope, results[0].type, tab)}"
    return f"{params} ({parameters(scope, results, tab)})"


def parameters(scope: Scope, params: Sequence[nodes.Parameter], tab: str) -> str:
    """``a, b string, c ...int``."""
    parts: list[str] = []
    for at, param in enumerate(params):
        text = type_text(scope, param.type, tab)
        if param.variadic:
            text = "..." + text
        if param.name is not None:
            scope.bare.add(param.name)
            following = params[at + 1] if at + 1 < len(params) else None
            if following is not None and following.type == param.type and not following.variadic:
                text = param.name
            else:
                text = f"{param.name} {text}"
        parts.append(text)
    return ", ".join(parts)


def type_parameters(scope: Scope, params: Sequence[nodes.TypeParameter], *, of_type: bool) -> str:
    """``[K comparable, V any]``, or nothing.

    Of a type with one parameter that could be read as an array's length, it ends in a comma: ``[P *T,]``.
    """
    if not params:
        return ""
    parts: list[str] = []
    for at, param in enumerate(params):
        scope.bare.add(param.name)
        following = params[at + 1] if at + 1 < len(params) else None
        if following is not None and following.constraint == param.constraint:
            parts.append(param.name)
        else:
            parts.append(f"{param.name} {type_text(scope, param.constraint, '')}")
    comma = "," if of_type and len(params) == 1 and _combines_with_name(params[0].constraint) else ""
    return f"[{', '.join(parts)}{comma}]"


def _combines_with_name(type: nodes.Type) -> bool:
    if isinstance(type, nodes.Pointer):
        return isinstance(type.element, (nodes.Name, nodes.Ref, nodes.Pointer, nodes.Instance))
    if isinstance(type, nodes.TypeUnion) and not type.tilde:
        first, *rest = type.terms
        plain = (nodes.Name, nodes.Ref, nodes.Pointer, nodes.Instance)
        return _combines_with_name(first) and all(isinstance(term, plain) for term in rest)
    return False


def _struct(scope: Scope, type: nodes.StructType, tab: str) -> str:
    fields = type.fields
    if not fields:
        return "struct{}"
    inner = tab + "\t"
    if type.one_line and len(fields) == 1 and not fields[0].tag and not fields[0].doc.blocks:
        field = fields[0]
        text = type_text(scope, field.type, inner)
        if (field.name is not None) + byte_size(text) <= _LONGEST_ONE_LINE_TYPE and "\n" not in text:
            return f"struct{{ {text if field.name is None else f'{field.name} {text}'} }}"
    if len(fields) == 1:
        lines = comment_lines(fields[0].doc, inner)
        lines.append(inner + " ".join(_cells(scope, fields[0], inner)))
    else:
        lines = _fields(scope, fields, inner)
    return "struct {\n" + "\n".join(lines) + f"\n{tab}}}"


def _fields(scope: Scope, fields: Sequence[nodes.Field], tab: str) -> list[str]:
    lines: list[str] = []
    run: list[tuple[str, ...]] = []
    for field in fields:
        comment = comment_lines(field.doc, tab)
        if comment or field.blank_before:
            _flush(run, lines, tab)
            if field.blank_before and lines:
                lines.append("")
            lines += comment
        run.append(_cells(scope, field, tab))
    _flush(run, lines, tab)
    return lines


def _cells(scope: Scope, field: nodes.Field, tab: str) -> tuple[str, ...]:
    text = type_text(scope, field.type, tab)
    if field.name is None:
        return (text, struct_tag(field.tag)) if field.tag else (text,)
    return (field.name, text, struct_tag(field.tag)) if field.tag else (field.name, text)


def _flush(run: list[tuple[str, ...]], lines: list[str], tab: str) -> None:
    lines += [tab + line for line in aligned(run)]
    run.clear()


def _interface(scope: Scope, type: nodes.InterfaceType, tab: str) -> str:
    elements = type.elements
    if not elements:
        return "interface{}"
    inner = tab + "\t"
    if type.one_line and len(elements) == 1 and not (isinstance(elements[0], nodes.MethodSpec) and elements[0].doc.blocks):
        text = _element(scope, elements[0], inner)
        if "\n" not in text and byte_size(_one_line_size(elements[0], text)) <= _LONGEST_ONE_LINE_TYPE:
            return f"interface{{ {text} }}"
    lines: list[str] = []
    for element in elements:
        if isinstance(element, nodes.MethodSpec):
            lines += comment_lines(element.doc, inner)
        lines.append(inner + _element(scope, element, inner))
    return "interface {\n" + "\n".join(lines) + f"\n{tab}}}"


def _one_line_size(element: nodes.MethodSpec | nodes.Type, text: str) -> str:
    # gofmt measures a method as a blank and "func" with the signature.
    if isinstance(element, nodes.MethodSpec):
        return " func" + text[len(element.name) :]
    return text


def _element(scope: Scope, element: nodes.MethodSpec | nodes.Type, tab: str) -> str:
    if isinstance(element, nodes.MethodSpec):
        return element.name + signature(scope, element.type, tab)
    return type_text(scope, element, tab)


def byte_size(text: str) -> int:
    """gofmt measures in bytes where it decides on layout."""
    return len(text) if text.isascii() else len(text.encode())
