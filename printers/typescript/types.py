"""Types: their layout, and the parentheses that precedence asks for."""

from __future__ import annotations

from typing import assert_never

from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import Parameter, Type, TypeMember, TypeParameter
from specloom.printers.doc import (
    HARDLINE,
    LINE,
    SOFTLINE,
    Doc,
    Group,
    IndentIfBreak,
    Lines,
    align,
    forces_break,
    group,
    if_break,
    indent,
    join,
)
from specloom.printers.width import columns

from . import comments
from .precedence import TypeBinds, type_binding_of
from .scope import Scope
from .shapes import hugs_object, hugs_parameter, stays_inline
from .strings import number_literal, string_literal, type_key

WIDTH = 80
"""Prettier's ``printWidth``."""


def type_doc(scope: Scope, type: Type) -> Doc:
    """``type`` where any type may stand: after a colon, as a type argument's content, ..."""
    match type:
        case nodes.Keyword(name=name):
            return name
        case nodes.TypeRef(target=target, args=args, path=path):
            dotted = ".".join((target if isinstance(target, str) else scope.type(target), *path))
            return (dotted, type_arguments(scope, args)) if args else dotted
        case nodes.LiteralNode(value=value):
            return _literal(value)
        case nodes.ArrayNode(items=items, readonly=readonly):
            item = operand(scope, items, TypeBinds.POSTFIX)
            prefix = "readonly " if readonly else ""
            return f"{prefix}{item}[]" if isinstance(item, str) else (prefix, item, "[]")
        case nodes.UnionNode():
            return _indented_union(scope, type)
        case nodes.ObjectNode():
            return object_doc(scope, type)
        case nodes.TupleNode(readonly=readonly):
            return ("readonly ", _tuple(scope, type)) if readonly else _tuple(scope, type)
        case nodes.IntersectionNode(members=members):
            return _intersection(scope, members)
        case nodes.FunctionNode(params=params, returns=returns, type_params=type_params):
            shown = parameters(scope, params, type_parameters(scope, type_params))
            result = (" => ", type_doc(scope, returns))
            if returns_object(params, returns, type_params, result):
                shown = group(shown)
            return group(shown, result)
        case nodes.TypeofNode(target=target, path=path):
            return "typeof " + ".".join((target if isinstance(target, str) else scope.type(target), *path))
        case nodes.IndexedNode(object=object, index=index):
            return (operand(scope, object, TypeBinds.POSTFIX), "[", type_doc(scope, index), "]")
        case nodes.OperatorNode(operator=operator, type=inner):
            return (operator, " ", operand(scope, inner, TypeBinds.OPERATOR))
        case _:
            assert_never(type)


def _literal(value: str | bool | int | float) -> str:
    if isinstance(value, str):
        return string_literal(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_literal(value)


def operand(scope: Scope, type: Type, at_least: TypeBinds) -> Doc:
    """``type``, in parentheses unless it binds at least so tightly."""
    if type_binding_of(type) >= at_least:
        return type_doc(scope, type)
    if isinstance(type, nodes.UnionNode):
        if hugs_object(type):
            return ("(", join(" | ", [_union_member(scope, m) for m in type.members]), ")")
        return ("(", group(indent(SOFTLINE, union_lines(scope, type)), SOFTLINE), ")")
    return ("(", type_doc(scope, type), ")")


def _union_member(scope: Scope, member: Type) -> Doc:
    return operand(scope, member, TypeBinds.INTERSECTION)


def union_lines(scope: Scope, type: nodes.UnionNode) -> Group:
    """``A | B``, or a line for each with a bar before it."""
    parts: list[Doc] = [if_break("| ")]
    for member in type.members:
        if len(parts) > 1:
            parts.append(LINE)
            parts.append("| ")
        printed = _intersected(scope, member)
        parts.append(printed if isinstance(printed, str) else align("  ", printed))
    return group(*parts)


def _intersected(scope: Scope, member: Type) -> Doc:
    """A member of a union; an intersection there is put in parentheses, as Prettier does."""
    if isinstance(member, nodes.IntersectionNode):
        return ("(", type_doc(scope, member), ")")
    return _union_member(scope, member)


def _indented_union(scope: Scope, type: nodes.UnionNode) -> Doc:
    if hugs_object(type):
        return join(" | ", [_intersected(scope, m) for m in type.members])
    return group(indent(SOFTLINE, union_lines(scope, type)))


def bare_type(scope: Scope, type: Type) -> Doc:
    """``type`` where what stands around it indents: a type argument, a tuple's only element, an alias's right side."""
    if isinstance(type, nodes.UnionNode) and not hugs_object(type):
        return union_lines(scope, type)
    return type_doc(scope, type)


def type_arguments(scope: Scope, args: tuple[Type, ...]) -> Doc:
    """``<A, B>``; nothing for none."""
    if not args:
        return ""
    if len(args) == 1 and stays_inline(args[0]):
        inner = bare_type(scope, args[0])
        return f"<{inner}>" if isinstance(inner, str) else ("<", inner, ">")
    return group("<", indent(SOFTLINE, join((",", LINE), [bare_type(scope, a) for a in args])), SOFTLINE, ">")


def type_parameters(scope: Scope, params: tuple[TypeParameter, ...]) -> Doc:
    """``<T extends C = D>``; nothing for none."""
    if not params:
        return ""
    shown: list[Doc] = []
    for one in params:
        parts: list[Doc] = [one.name]
        for word, type in ((" extends", one.constraint), (" =", one.default)):
            if type is not None:
                gap = group(indent(LINE))
                parts.extend((word, gap, IndentIfBreak(type_doc(scope, type), gap)))
        shown.append(group(*parts))
    return group("<", indent(SOFTLINE, join((",", LINE), shown)), if_break(","), SOFTLINE, ">")


def _tuple(scope: Scope, type: nodes.TupleNode) -> Doc:
    if not type.elements:
        return "[]"
    shown: list[Doc] = []
    several = len(type.elements) > 1
    for element in type.elements:
        if shown:
            shown.extend((",", LINE))
        shown.append(group(_tuple_element(scope, element, several)))
    return group("[", indent(SOFTLINE, *shown, if_break(",")), SOFTLINE, "]")


def _tuple_element(scope: Scope, element: nodes.TupleElement, several: bool) -> Doc:
    mark = "?" if element.optional else ""
    dots = "..." if element.rest else ""
    if element.name is not None:
        return (f"{dots}{element.name}{mark}: ", type_doc(scope, element.type))
    if element.rest or element.optional:
        return (dots, operand(scope, element.type, TypeBinds.POSTFIX), mark)
    if isinstance(element.type, nodes.UnionNode) and not hugs_object(element.type):
        if several:
            lines = union_lines(scope, element.type)
            return group(indent(if_break(("(", SOFTLINE)), lines), SOFTLINE, if_break(")"))
        return union_lines(scope, element.type)
    return type_doc(scope, element.type)


def _intersection(scope: Scope, members: tuple[Type, ...]) -> Doc:
    parts: list[Doc] = []
    wrapped = False
    for at, member in enumerate(members):
        shown = operand(scope, member, TypeBinds.OPERATOR)
        if not at:
            parts.append(shown)
            continue
        is_object, was_object = isinstance(member, nodes.ObjectNode), isinstance(members[at - 1], nodes.ObjectNode)
        if is_object and was_object:
            parts.append((" & ", indent(shown) if wrapped else shown))
        elif not is_object and not was_object:
            parts.append(indent(" &", LINE, shown))
        else:
            wrapped = wrapped or at > 1
            parts.append((" & ", indent(shown) if at > 1 else shown))
    return group(*parts)


def object_doc(scope: Scope, type: nodes.ObjectNode, *, grouped: bool = True) -> Doc:
    """``{ a: string }``; not grouped where it breaks together with the parameters around it."""
    if not type.members:
        return "{}"
    shown: list[Doc] = []
    for at, one in enumerate(type.members):
        if at:
            shown.extend((";", LINE))
        shown.append(member_doc(scope, one))
    contents = ("{", indent(LINE, *shown, if_break(";")), LINE, "}")
    return object_group(contents, broken=type.broken) if grouped else contents


def object_group(contents: Doc, *, broken: bool) -> Group:
    """An object, which Prettier keeps broken where it finds it so: one that fits no line is broken from the start."""
    made = group(contents, should_break=broken)
    if made.flat is not None and columns(made.flat) > WIDTH:
        return group(contents, should_break=True)
    return made


def member_doc(scope: Scope, member: TypeMember) -> Doc:
    """A member of an interface or object type with its comment, without what ends it."""
    shown = undocumented(scope, member)
    return shown if member.doc is nodes.NO_DOC else (*comments.leading(member.doc), shown)


def undocumented(scope: Scope, member: TypeMember) -> Doc:
    """A member without its comment."""
    match member:
        case nodes.PropertySignature(name=name, type=type, optional=optional, readonly=readonly):
            head = f"{'readonly ' if readonly else ''}{type_key(name)}{'?' if optional else ''}: "
            shown = type_doc(scope, type)
            return head + shown if isinstance(shown, str) else group(head, shown)
        case nodes.IndexSignature(type=type, key=key, key_type=key_type):
            inner = group(indent(SOFTLINE, key, ": ", type_doc(scope, key_type)), SOFTLINE)
            return group("[", inner, "]: ", type_doc(scope, type))
        case nodes.MethodSignature(name=name, params=params, returns=returns):
            result = (": ", type_doc(scope, returns))
            shown = parameters(scope, params)
            if returns_object(params, returns, (), result):
                shown = group(shown)
            return group(type_key(name), shown, group(result))
        case _:
            assert_never(member)


def interface_body(scope: Scope, members: tuple[TypeMember, ...]) -> Doc:
    """``{ ... }`` of an interface at the top of a file, a line for each member. Lines that fit are put together as text."""
    if not members:
        return "{}"
    parts: list[Doc] = []
    rows: list[str] = ["{"]
    for one in members:
        if one.doc is not nodes.NO_DOC:
            rows.extend("  " + row for row in comments.comment_rows(one.doc, _ROOM))
        printed = undocumented(scope, one)
        text = one_line(printed)
        if text is not None and columns(text) < _ROOM:
            rows.append(f"  {text};")
            continue
        if rows:
            parts.extend((HARDLINE, Lines(tuple(rows))))
            rows = []
        parts.append(indent(HARDLINE, printed, ";"))
    parts.extend((HARDLINE, Lines((*rows, "}"))))
    return tuple(parts[1:])


_ROOM = 78
"""Columns for a member of an interface at the top of a file, its semicolon among them."""


def one_line(doc: Doc) -> str | None:
    """The text of ``doc`` on one line, where it is known."""
    if isinstance(doc, str):
        return doc
    made = doc if isinstance(doc, Group) else group(doc)
    return made.flat


# ---------------------------------------------------------------------------------------------------------- parameters


def returns_object(
    params: tuple[Parameter, ...], returns: Type | None, type_params: tuple[TypeParameter, ...], result: Doc
) -> bool:
    """Whether a function's result breaks before its only parameter does."""
    if returns is None or len(params) != 1 or len(type_params) > 1:
        return False
    if type_params and (type_params[0].constraint or type_params[0].default):
        return False
    return isinstance(returns, nodes.ObjectNode) or forces_break(result)


def parameters(scope: Scope, params: tuple[Parameter, ...], type_params: Doc = "") -> Doc:
    """``<T>(a: A, b?: B)``."""
    if not params:
        return (type_params, "()")
    hugs = hugs_parameter(params)
    shown = [parameter(scope, one, grouped=not hugs or one.default is not None) for one in params]
    if hugs:
        return (type_params, "(", *shown, ")")
    comma = "" if params[-1].rest else if_break(",")
    return (type_params, "(", indent(SOFTLINE, join((",", LINE), shown)), comma, SOFTLINE, ")")


def parameter(scope: Scope, param: Parameter, *, grouped: bool = True) -> Doc:
    """``a?: T = value``."""
    binding, type = param.binding, param.type
    shown: list[Doc] = ["..." if param.rest else "", binding_doc(binding, grouped=False)]
    if param.optional:
        shown.append("?")
    if type is not None:
        shown.append(": ")
        shown.append(object_doc(scope, type, grouped=grouped) if isinstance(type, nodes.ObjectNode) else type_doc(scope, type))
    if grouped and isinstance(binding, nodes.ObjectPattern):
        shown = [group(*shown)]
    if param.default is not None:
        from .expressions import expression

        shown.extend((" = ", expression(scope, param.default)))
    return tuple(shown)


def binding_doc(binding: nodes.Binding, *, grouped: bool = True) -> Doc:
    """A name or a pattern."""
    match binding:
        case str():
            return binding
        case nodes.ArrayPattern(elements=elements):
            shown: list[Doc] = []
            for at, element in enumerate(elements):
                last = at == len(elements) - 1
                shown.append((element or "", "" if last else (",", LINE)))
            comma = "," if elements and elements[-1] is None else if_break(",")
            return group("[", indent(SOFTLINE, *shown, comma), SOFTLINE, "]")
        case nodes.ObjectPattern(properties=properties):
            if not properties:
                return "{}"
            names: list[Doc] = [key if key == local else f"{type_key(key)}: {local}" for key, local in properties]
            contents = ("{", indent(LINE, join((",", LINE), names)), if_break(","), LINE, "}")
            return group(contents) if grouped else contents
        case _:
            assert_never(binding)
