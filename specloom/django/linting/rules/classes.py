"""Rules about classes and decorators: custom fields, serializers that cannot be made, decorators in the wrong place.

Custom fields and serializers are judged by the classes that run; decorators by the source alone.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

import libcst as cst
from django.core.exceptions import ImproperlyConfigured
from rest_framework.fields import DictField, Field, ListField
from rest_framework.serializers import Serializer

from specloom.django.linting.edits import AddDecorator, RaiseDecorators
from specloom.django.linting.findings import Finding, Fix, Rule
from specloom.django.linting.hints import described
from specloom.django.linting.inference import Surroundings, returned
from specloom.django.linting.inspection import Inspection, found
from specloom.django.linting.serializers import drf_base
from specloom.django.linting.shapes import annotatable, decorator, shown
from specloom.django.linting.sources import Source
from specloom.ir.diagnostics import Severity

_UTILS = "drf_spectacular.utils"


def _custom_fields(inspection: Inspection) -> Iterator[Finding]:
    seen: set[type] = set()
    for serializer in inspection.serializers:
        for each in serializer.fields:
            live = _innermost(each.running)
            if live is None or drf_base(type(live)) is not Field or type(live) in (Field, *seen) or described(live):
                continue
            seen.add(type(live))
            standing = inspection.standing(type(live))
            source, node = standing or (serializer.source, each.statement)
            fix = _custom_field(source, node, type(live)) if isinstance(node, cst.ClassDef) else None
            name = type(live).__name__
            message = f"nothing says what a {name} is, so {serializer.name}.{each.name} is described as a string"
            otherwise = f"decorate {name} with @extend_schema_field, or derive it from a field that has a type"
            suggestion = fix.says if fix else otherwise
            yield from found(UNTYPED_CUSTOM_FIELD, source, node, message, suggestion, fix)


def _innermost(field: object) -> object | None:
    """The child of lists and dicts, whatever their depth."""
    while isinstance(field, ListField | DictField):
        field = field.child
    return field


def _custom_field(source: Source, node: cst.ClassDef, live: type) -> Fix | None:
    """Certain only where the field is never read from a request, so that what it writes is all it is."""
    if live.to_internal_value is not Field.to_internal_value:  # type: ignore[attr-defined]  # it is a Field
        return None
    methods = [each for each in node.body.body if isinstance(each, cst.FunctionDef) and each.name.value == "to_representation"]
    if len(methods) != 1 or methods[0].decorators:
        return None
    shape = returned(methods[0], Surroundings(source.names, None, 1, lambda _: False))
    if shape is None or not annotatable(shape.single):
        return None
    written = decorator(shape, source.names)
    if written is None:
        return None
    edit = AddDecorator(source.range(node), *written)
    return Fix(source.path, f"decorate {live.__name__} with @extend_schema_field({shown(shape)})", (edit,))


def _broken_serializers(inspection: Inspection) -> Iterator[Finding]:
    for serializer in inspection.serializers:
        if not serializer.final or serializer.running is None or not issubclass(serializer.running, Serializer):
            continue
        _, error = serializer.made()
        if isinstance(error, ImproperlyConfigured | AssertionError) and _raised_by_drf(error):
            message = f"{serializer.name} cannot be made: {' '.join(str(error).split())}"
            suggestion = "every request and the schema fail on it; correct Meta or the declared fields"
            yield from found(BROKEN_SERIALIZER, serializer.source, serializer.node, message, suggestion)


def _raised_by_drf(error: Exception) -> bool:
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return bool(frames) and "rest_framework" in Path(frames[-1].f_code.co_filename).parts


def _wrong_decorators(inspection: Inspection) -> Iterator[Finding]:
    for serializer in inspection.serializers:
        for line in serializer.node.body.body:
            for each in line.decorators if isinstance(line, cst.FunctionDef) else ():
                if _is(serializer.source, each, f"{_UTILS}.extend_schema") and isinstance(line, cst.FunctionDef):
                    message = f"@extend_schema does nothing on {serializer.name}.{line.name.value}: it is for views"
                    suggestion = "use @extend_schema_field(...) on methods of a serializer"
                    yield from found(WRONG_DECORATOR, serializer.source, each, message, suggestion)


def _decorator_order(inspection: Inspection) -> Iterator[Finding]:
    for source in inspection.sources:
        for name, node in source.definitions():
            if not isinstance(node, cst.FunctionDef):
                continue
            views = [at for at, each in enumerate(node.decorators) if _is(source, each, "rest_framework.decorators.api_view")]
            if not views:
                continue
            below = [
                each for each in node.decorators[views[0] + 1:]
                if any(_is(source, each, f"{_UTILS}.{kind}") for kind in ("extend_schema", "extend_schema_view"))
            ]
            if below:
                edit = RaiseDecorators(source.range(node), tuple(source.range(each) for each in below))
                fix = Fix(source.path, "move @extend_schema above @api_view", (edit,))
                message = f"@extend_schema stands below @api_view of {name}, where it does nothing"
                yield from found(DECORATOR_ORDER, source, below[0], message, fix.says, fix)


def _is(source: Source, each: cst.Decorator, dotted: str) -> bool:
    node = each.decorator.func if isinstance(each.decorator, cst.Call) else each.decorator
    return source.names.dotted(node) == dotted


UNTYPED_CUSTOM_FIELD = Rule(
    "untyped-custom-field", "Custom field without a type", Severity.WARNING,
    "A field derived straight from serializers.Field has no type that drf-spectacular could know, so it describes a string. The "
    "fix decorates a field that is only ever shown, and whose to_representation certainly returns one type.",
    True, _custom_fields,
)
BROKEN_SERIALIZER = Rule(
    "broken-serializer", "Serializer that cannot be made", Severity.ERROR,
    "DRF refuses the serializer as soon as its fields are asked for: a name in Meta.fields that the model does not have, or a "
    "declared field that Meta.fields leaves out.",
    False, _broken_serializers,
)
WRONG_DECORATOR = Rule(
    "wrong-decorator", "@extend_schema on a serializer's method", Severity.WARNING,
    "@extend_schema is for views and their methods. On a method of a serializer it has no effect; @extend_schema_field is meant.",
    False, _wrong_decorators,
)
DECORATOR_ORDER = Rule(
    "decorator-order", "@extend_schema below @api_view", Severity.ERROR,
    "@api_view makes a view of the function and leaves behind what was said about the function. So @extend_schema must stand "
    "above it. The fix moves it there.",
    True, _decorator_order,
)
RULES = (UNTYPED_CUSTOM_FIELD, BROKEN_SERIALIZER, WRONG_DECORATOR, DECORATOR_ORDER)
