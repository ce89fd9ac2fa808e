"""Statements and declarations, and the blank lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import ClassMember, Statement
from specloom.printers.doc import HARDLINE, LINE, SOFTLINE, Doc, group, indent, join

from . import comments
from .assignments import assignment, type_assignment
from .calls import call
from .expressions import block, expression, getter, returned
from .scope import Scope, specifiers
from .shapes import leading_object
from .strings import string_literal, type_key
from .types import binding_doc, interface_body, parameters, returns_object, type_doc, type_parameters


def statements(scope: Scope, body: Sequence[Statement], *, spaced: bool = False) -> tuple[Doc, ...]:
    """Statements, one after the other; ``spaced``: a blank line between declarations."""
    parts: list[Doc] = []
    before: Statement | None = None
    for one in body:
        if before is not None:
            parts.append(HARDLINE)
            if spaced and _is_apart(before, one):
                parts.append(HARDLINE)
        parts.append(statement(scope, one))
        before = one
    return tuple(parts)


def _is_apart(before: Statement, after: Statement) -> bool:
    if isinstance(before, nodes.ExportFrom | nodes.ExportAll) and isinstance(after, nodes.ExportFrom | nodes.ExportAll):
        return False
    match before, after:
        case nodes.Const(binding=one), nodes.AliasDeclaration(name=other, doc=doc):
            return one != other or doc is not nodes.NO_DOC
        case _:
            return True


def statement(scope: Scope, value: Statement) -> Doc:
    """One statement, its comment before it."""
    match value:
        case nodes.Interface():
            return _interface(scope, value)
        case nodes.AliasDeclaration(name=name, type=type, type_params=type_params, exported=exported, doc=doc):
            left: Doc = (f"{_export(exported)}type {name}", type_parameters(scope, type_params)) if type_params else (
                f"{_export(exported)}type {name}"
            )
            return (*comments.leading(doc), type_assignment(scope, left, type, type_params), ";")
        case nodes.Const():
            return _const(scope, value)
        case nodes.Function():
            return _function(scope, value)
        case nodes.Class():
            return _class(scope, value)
        case nodes.Return(value=result):
            return ("return ", returned(scope, result), ";") if result is not None else "return;"
        case nodes.Throw(value=thrown):
            return ("throw ", returned(scope, thrown), ";")
        case nodes.ExpressionStatement(value=inner):
            scope.leading_object = leading_object(inner)
            shown = call(scope, inner, is_statement=True)[0] if isinstance(inner, nodes.Call) else expression(scope, inner)
            return (shown, ";")
        case nodes.If():
            return _if(scope, value)
        case nodes.ForOf(binding=binding, iterable=iterable, body=body, is_await=is_await):
            head = f"for{' await' if is_await else ''} (const "
            return group(head, binding_doc(binding), " of ", expression(scope, iterable), ") ", block(scope, body))
        case nodes.ExportFrom():
            return _export_from(scope, value)
        case nodes.ExportAll(module=module, alias=alias, type_only=type_only):
            name = f" as {alias}" if alias else ""
            return f"export {'type ' if type_only else ''}*{name} from {string_literal(scope.path(module))};"
        case _:
            assert_never(value)


def _export(exported: bool) -> str:
    return "export " if exported else ""


def _interface(scope: Scope, value: nodes.Interface) -> Doc:
    head: Doc = f"{_export(value.exported)}interface {value.name}"
    params = type_parameters(scope, value.type_params)
    body = interface_body(scope, value.members)
    bases = [type_doc(scope, base) for base in value.extends]
    comment = comments.leading(value.doc) if value.doc is not nodes.NO_DOC else ()
    if not bases:
        return (*comment, head, params, " ", body)
    if len(bases) == 1:
        base = value.extends[0]
        if base.path and not base.args:
            return (*comment, group(head, params, indent(LINE, group("extends ", bases[0]))), " ", body)
        return (*comment, head, params, " extends ", bases[0], " ", body)
    listed = group(indent(LINE, join((",", LINE), bases)))
    return (*comment, group(head, params, indent(LINE, "extends", listed)), " ", body)


def _const(scope: Scope, value: nodes.Const) -> Doc:
    target: Doc = binding_doc(value.binding)
    complex_type = False
    if value.type is not None:
        target = (target, ": ", type_doc(scope, value.type))
        complex_type = isinstance(value.type, nodes.TypeRef) and len(value.type.args) > 1 and any(
            isinstance(a, nodes.TypeRef) and a.args for a in value.type.args
        )
    renames = isinstance(value.binding, nodes.ObjectPattern) and len(value.binding.properties) > 2 and any(
        a != b for a, b in value.binding.properties
    )
    left = f"{_export(value.exported)}const "
    shown = assignment(scope, target, " =", value.value, breaks_left=complex_type or renames, is_declaration=True)
    return (*comments.leading(value.doc), group(left, shown, ";"))


def _function(scope: Scope, value: nodes.Function) -> Doc:
    function = "function*" if value.is_generator else "function"
    words = f"{_export(value.exported)}{'async ' if value.is_async else ''}{function} {value.name}"
    return (*comments.leading(value.doc), words, *_signature(scope, value), " ", block(scope, value.body))


def _signature(scope: Scope, value: nodes.Function | nodes.Method) -> tuple[Doc, ...]:
    result: Doc = (": ", type_doc(scope, value.returns)) if value.returns is not None else ""
    shown = parameters(scope, value.params)
    if returns_object(value.params, value.returns, value.type_params, result):
        shown = group(shown)
    return (type_parameters(scope, value.type_params), group(shown, result))


def _class(scope: Scope, value: nodes.Class) -> Doc:
    head: list[Doc] = [*comments.leading(value.doc), f"{_export(value.exported)}class {value.name}"]
    if value.extends is not None:
        head.extend((" extends ", expression(scope, value.extends)))
    if not value.members:
        return (*head, " {}")
    parts: list[Doc] = []
    before: ClassMember | None = None
    for one in value.members:
        parts.append(HARDLINE)
        if before is not None and _is_apart_in_class(before, one):
            parts.append(HARDLINE)
        parts.append(_class_member(scope, one))
        before = one
    return (*head, " {", indent(*parts), HARDLINE, "}")


def _is_apart_in_class(before: ClassMember, after: ClassMember) -> bool:
    if isinstance(before, nodes.Field) and isinstance(after, nodes.Field):
        return after.doc is not nodes.NO_DOC
    if isinstance(before, nodes.Method) and isinstance(after, nodes.Method):
        return before.body is not None or after.doc is not nodes.NO_DOC or before.name != after.name
    return True


def _class_member(scope: Scope, member: ClassMember) -> Doc:
    match member:
        case nodes.Field(name=name, type=type, value=value, readonly=readonly, doc=doc):
            key = f"{'readonly ' if readonly else ''}{name if name.startswith('#') else type_key(name)}"
            left: Doc = (key, ": ", type_doc(scope, type)) if type is not None else key
            shown = assignment(scope, left, " =", value) if value is not None else left
            return (*comments.leading(doc), shown, ";")
        case nodes.Method(name=name, body=body, is_async=is_async, is_generator=is_generator, doc=doc):
            key = name if name.startswith("#") else type_key(name)
            words = f"{'async ' if is_async else ''}{'*' if is_generator else ''}{key}"
            end: tuple[Doc, ...] = (" ", block(scope, body)) if body is not None else (";",)
            return (*comments.leading(doc), words, *_signature(scope, member), *end)
        case nodes.Getter():
            return getter(scope, member)
        case _:
            assert_never(member)


def _if(scope: Scope, value: nodes.If) -> Doc:
    test = value.test
    from .expressions import binary_parts

    inner: Doc = tuple(binary_parts(scope, test)) if isinstance(test, nodes.Binary) else expression(scope, test)
    head = ("if (", group(indent(SOFTLINE, inner), SOFTLINE), ")")
    body = value.then.statements
    if len(body) == 1 and value.otherwise is None and isinstance(body[0], nodes.Return | nodes.Throw):
        return group(*head, indent(LINE, statement(scope, body[0])))
    shown = group(*head, " ", _branch(scope, value.then))
    if value.otherwise is None:
        return shown
    chained = value.otherwise.statements
    if len(chained) == 1 and isinstance(chained[0], nodes.If):
        return (shown, " else ", group(_if(scope, chained[0])))
    return (shown, " else ", group(_branch(scope, value.otherwise)))


def _branch(scope: Scope, body: nodes.Block) -> Doc:
    return block(scope, body) if body.statements else ("{", HARDLINE, "}")


def _export_from(scope: Scope, value: nodes.ExportFrom) -> Doc:
    items: list[Doc] = []
    for one in value.names:
        name = f"{one.name} as {one.alias}" if one.alias and one.alias != one.name else one.name
        items.append(f"type {name}" if one.type_only and not value.type_only else name)
    head = "export type " if value.type_only else "export "
    return (head, specifiers(items, grouped=len(items) > 1), " from ", string_literal(scope.path(value.module)), ";")


