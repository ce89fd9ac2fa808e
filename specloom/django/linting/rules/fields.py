"""Rules about declared fields that say too little: containers without a child, relations and read-only fields without a model.

They look at the fields that run, so that a subclass with a ``child`` or an extension of drf-spectacular is never accused; of a
file that the project cannot import, only DRF's own classes are judged.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
from rest_framework import relations, serializers
from rest_framework.fields import Field, _UnvalidatedField

from specloom.django.linting.consumers import followed
from specloom.django.linting.edits import AddArgument, Need
from specloom.django.linting.findings import Finding, Fix, Rule
from specloom.django.linting.hints import described
from specloom.django.linting.inspection import Inspection, found
from specloom.django.linting.names import Names
from specloom.django.linting.rows import answered
from specloom.django.linting.serializers import Declared, SerializerClass, drf_base, field_class
from specloom.django.linting.shapes import BOOL, FLOAT, INT, STR, Listed, Mapped, Plain, Single, call, dotted, shown
from specloom.ir.diagnostics import Severity

_CHILDREN = {STR: "CharField", INT: "IntegerField", FLOAT: "FloatField", BOOL: "BooleanField"}


def _dicts(inspection: Inspection) -> Iterator[Finding]:
    return _containers(inspection, "DictField", UNTYPED_DICT_FIELD, "an object with anything in it")


def _lists(inspection: Inspection) -> Iterator[Finding]:
    return _containers(inspection, "ListField", UNTYPED_LIST_FIELD, "a list of anything")


def _containers(inspection: Inspection, kind: str, rule: Rule, described_as: str) -> Iterator[Finding]:
    for serializer in inspection.serializers:
        for declared in serializer.fields:
            for node, live in _nested(declared.call, declared.running):
                if not _childless(serializer, node, live, kind):
                    continue
                at: cst.CSTNode = declared.statement if node is declared.call else node
                fix = _child(serializer, declared, node) if node is declared.call else None
                message = f"{serializer.name}.{declared.name} does not say what is in it, so it is described as {described_as}"
                suggestion = fix.says if fix else f"say it: {kind}(child=...), or a nested serializer"
                yield from found(rule, serializer.source, at, message, suggestion, fix)


def _nested(node: cst.Call, live: Field | None) -> Iterator[tuple[cst.Call, Field | None]]:  # type: ignore[type-arg]  # of any value
    """A field's call and those of its children, each with the field that runs."""
    yield node, live
    for argument in node.args:
        if argument.keyword is not None and argument.keyword.value == "child" and isinstance(argument.value, cst.Call):
            yield from _nested(argument.value, getattr(live, "child", None))


def _childless(serializer: SerializerClass, node: cst.Call, live: Field | None, kind: str) -> bool:  # type: ignore[type-arg]
    static = field_class(serializer.source.names.dotted(node.func))
    says = any(each.star or (each.keyword is not None and each.keyword.value == "child") for each in node.args)
    if live is None:
        return serializer.running is None and static == kind and not says
    is_kind = drf_base(type(live)).__name__ == kind
    return is_kind and not says and isinstance(getattr(live, "child", None), _UnvalidatedField) and not described(live)


def _child(serializer: SerializerClass, declared: Declared, node: cst.Call) -> Fix | None:
    """The child of a field that only shows what an annotated property of the model returns: nothing is validated by it."""
    model, field = serializer.model, serializer.made()[0].get(declared.name)
    if model is None or field is None or not field.read_only:
        return None
    function, _ = followed(model, field)
    shape = answered(function) if function is not None else None
    match shape.single if shape is not None else None:
        case Listed(inner) if declared.kind == "ListField":
            pass
        case Mapped(inner) if declared.kind == "DictField":
            pass
        case _:
            return None
    value = _field_node(inner, node.func, serializer.source.names)
    if value is None:
        return None
    edit = AddArgument(serializer.source.range(node), "child", *value)
    return Fix(serializer.source.path, f"give it the child that {shown(shape)} asks for" if shape else "", (edit,))


def _field_node(single: Single, beside: cst.BaseExpression, names: Names) -> tuple[cst.Call, tuple[Need, ...]] | None:
    """A field for a kind of value, spelled as the field beside it is; ``None`` where there is none."""
    inner: tuple[cst.Call, tuple[Need, ...]] | None = None
    match single:
        case Listed(item):
            name, inner = "ListField", _field_node(item, beside, names)
        case Mapped(value):
            name, inner = "DictField", _field_node(value, beside, names)
        case Plain():
            name = _CHILDREN[single]
        case _:
            return None
    if inner is None and isinstance(single, Listed | Mapped):
        return None
    spelled = names.spelled("rest_framework.serializers", name)
    needs: tuple[Need, ...] = ()
    if isinstance(beside, cst.Attribute):
        function: cst.BaseExpression = beside.with_changes(attr=cst.Name(name))
    elif spelled is not None:
        function = dotted(spelled)
    elif name in names.bound:
        return None
    else:
        function, needs = cst.Name(name), (Need("rest_framework.serializers", name),)
    return (call(function), needs) if inner is None else (call(function, child=inner[0]), (*needs, *inner[1]))


def _json(inspection: Inspection) -> Iterator[Finding]:
    suggestion = "a nested serializer, DictField(child=...), ListField(child=...), or a JSONField class with @extend_schema_field"
    for serializer in inspection.serializers:
        declared = {each.name: each for each in serializer.fields}
        for each in declared.values():
            known = each.running is not None and described(each.running)
            if each.kind == "JSONField" and not known:
                message = f"{serializer.name}.{each.name} is JSON of any form, so the client's type of it is unknown"
                yield from found(UNTYPED_JSON_FIELD, serializer.source, each.statement, message, suggestion)
        for name, field in serializer.made()[0].items():
            inherited = serializer.running is not None and name in getattr(serializer.running, "_declared_fields", {})
            if isinstance(field, serializers.JSONField) and not inherited and not described(field):
                message = f"{serializer.name}.{name} is a model's JSON of any form, so the client's type of it is unknown"
                yield from found(UNTYPED_JSON_FIELD, serializer.source, serializer.mention(name), message, suggestion)


def _related(inspection: Inspection) -> Iterator[Finding]:
    for serializer in inspection.serializers:
        if not serializer.final or serializer.model is not None:
            continue
        for each in serializer.fields:
            field = getattr(each.running, "child_relation", each.running)
            if not isinstance(field, relations.PrimaryKeyRelatedField | relations.SlugRelatedField) or described(each.running):
                continue
            if getattr(field, "queryset", None) is None and getattr(field, "pk_field", None) is None:
                crash = field is not each.running
                effect = "drf-spectacular fails on it" if crash else "it is described as a string"
                message = f"{serializer.name}.{each.name} has no queryset and its serializer no model, so {effect}"
                suggestion = "PrimaryKeyRelatedField(pk_field=serializers.IntegerField(), ...), or a ModelSerializer"
                yield from found(UNTYPED_RELATED_FIELD, serializer.source, each.statement, message, suggestion)


def _read_only(inspection: Inspection) -> Iterator[Finding]:
    for serializer in inspection.serializers:
        if not serializer.final or serializer.model is not None:
            continue
        for each in serializer.fields:
            if each.kind == "ReadOnlyField" and not each.own and not described(each.running):
                name = f"{serializer.name}.{each.name}"
                message = f"{name} is a ReadOnlyField of a serializer without a model, so it is described as a string"
                suggestion = "name its type: CharField(read_only=True), IntegerField(read_only=True), ..."
                yield from found(READ_ONLY_WITHOUT_MODEL, serializer.source, each.statement, message, suggestion)


UNTYPED_DICT_FIELD = Rule(
    "untyped-dict-field", "DictField without a child", Severity.WARNING,
    "A DictField without a child is described as an object with anything in it: the client gets dict[str, Any] or unknown. The "
    "fix adds the child where the field only shows an annotated property of the model.",
    True, _dicts,
)
UNTYPED_LIST_FIELD = Rule(
    "untyped-list-field", "ListField without a child", Severity.WARNING,
    "A ListField without a child is described as a list of anything. The fix adds the child where the field only shows an "
    "annotated property of the model.",
    True, _lists,
)
UNTYPED_JSON_FIELD = Rule(
    "untyped-json-field", "JSONField of any form", Severity.WARNING,
    "A JSONField is described as a value of any type. If its form is known, say it; if it is not, put `# specloom: "
    "ignore[untyped-json-field]` on the line.",
    False, _json,
)
UNTYPED_RELATED_FIELD = Rule(
    "untyped-related-field", "Related field without queryset or model", Severity.WARNING,
    "The type of a key comes from the model that it points to. With read_only=True in a serializer without Meta.model there is "
    "none: the key is described as a string, and with many=True drf-spectacular ends in a traceback.",
    False, _related,
)
READ_ONLY_WITHOUT_MODEL = Rule(
    "read-only-without-model", "ReadOnlyField without a model", Severity.WARNING,
    "A ReadOnlyField has no type of its own: drf-spectacular looks at the model. A serializer without Meta.model has none.",
    False, _read_only,
)
RULES = (UNTYPED_DICT_FIELD, UNTYPED_LIST_FIELD, UNTYPED_JSON_FIELD, UNTYPED_RELATED_FIELD, READ_ONLY_WITHOUT_MODEL)
