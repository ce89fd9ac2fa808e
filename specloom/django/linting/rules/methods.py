"""Rules about what functions say of their type: methods of ``SerializerMethodField``, properties and methods of models.

They look at the classes that run, so that inherited methods, mixins and decorators are seen as drf-spectacular sees them, and
take the places from the source. Of a file that the project cannot import, only what stands in the class body is judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from specloom.django.linting.consumers import Shown, method_fields, method_names, property_fields
from specloom.django.linting.findings import Finding, Rule
from specloom.django.linting.hints import Verdict
from specloom.django.linting.inspection import Inspection, found
from specloom.django.linting.shapes import shown
from specloom.ir.diagnostics import Severity


def _untyped(rule: Rule, each: Shown, what: str) -> Iterator[Finding]:
    if each.verdict().verdict is not Verdict.UNTYPED:
        return
    shape = each.shape()
    fix = each.fix(shape)
    if fix is not None:
        suggestion = fix.says
    elif shape is not None:
        suggestion = f"it returns {shown(shape)}; say so by @extend_schema_field"
    else:
        suggestion = f"annotate what {each.name} returns, or decorate it with @extend_schema_field"
    yield from found(rule, each.source, each.place, what, suggestion, fix)


def _untyped_method_fields(inspection: Inspection) -> Iterator[Finding]:
    for each in method_fields(inspection):
        message = f"{each.name} has no return type, so {each.serializer.name}.{each.field} is described as a string"
        yield from _untyped(UNTYPED_METHOD_FIELD, each, message)


def _untyped_properties(inspection: Inspection) -> Iterator[Finding]:
    for each in property_fields(inspection):
        message = f"{each.name} has no return type, so {each.serializer.name}.{each.field} is described as a string"
        yield from _untyped(UNTYPED_PROPERTY, each, message)


def _both(inspection: Inspection) -> Iterator[Shown]:
    yield from method_fields(inspection)
    yield from property_fields(inspection)


def _broken(inspection: Inspection) -> Iterator[Finding]:
    for each in _both(inspection):
        seen = each.verdict()
        if seen.verdict is Verdict.BROKEN:
            message = f"drf-spectacular cannot evaluate the annotations of {each.name}: {seen.detail}"
            suggestion = "import the name outside of `if TYPE_CHECKING`, or say the type by @extend_schema_field"
            if not seen.detail.startswith("NameError"):
                suggestion = "use a type that has a schema, or @extend_schema_field"
            fix = each.restated()
            yield from found(BROKEN_ANNOTATION, each.source, each.place, message, fix.says if fix else suggestion, fix)


def _unmappable(inspection: Inspection) -> Iterator[Finding]:
    for each in _both(inspection):
        seen = each.verdict()
        if seen.verdict is Verdict.UNMAPPABLE:
            field = f"{each.serializer.name}.{each.field}"
            message = f"{each.name} returns {seen.detail}, which has no schema, so {field} is described as a string"
            suggestion = "decorate it with @extend_schema_field(...) and the serializer or type that the client gets"
            yield from found(UNMAPPABLE_ANNOTATION, each.source, each.place, message, suggestion)


def _decimals(inspection: Inspection) -> Iterator[Finding]:
    for each in _both(inspection):
        if each.verdict().verdict is Verdict.DECIMAL:
            message = f"{each.name} returns Decimal: described as a number, but DRF writes \"1.50\", a string"
            suggestion = "@extend_schema_field(serializers.DecimalField(max_digits=..., decimal_places=...)), or return a float"
            yield from found(DECIMAL_ANNOTATION, each.source, each.place, message, suggestion)


def _missing_methods(inspection: Inspection) -> Iterator[Finding]:
    for serializer in inspection.serializers:
        if not serializer.final or hasattr(serializer.running, "__getattr__"):
            continue
        for field, method in method_names(serializer):
            if not hasattr(serializer.running, method) and serializer.method(method) is None:
                message = f"{serializer.name}.{field} needs a method {method}, which is not there"
                near = "add the method, or name another: SerializerMethodField(method_name=...)"
                yield from found(MISSING_METHOD, serializer.source, serializer.mention(field), message, near)


UNTYPED_METHOD_FIELD = Rule(
    "untyped-method-field", "SerializerMethodField without a type", Severity.WARNING,
    "drf-spectacular takes the type of a SerializerMethodField from the return annotation of its method, or from "
    "@extend_schema_field. Where there is neither, it describes a string, whatever the method returns, and the client's type is "
    "wrong. The fix writes the annotation where every return is certain.",
    True, _untyped_method_fields,
)
UNTYPED_PROPERTY = Rule(
    "untyped-property", "Property or method in a serializer without a type", Severity.WARNING,
    "A property or method of a model that a serializer shows (by its name in Meta.fields, or by a ReadOnlyField) is described "
    "by its return annotation; without one, as a string. The fix annotates it where every return is certain.",
    True, _untyped_properties,
)
BROKEN_ANNOTATION = Rule(
    "broken-annotation", "Annotation that cannot be evaluated", Severity.ERROR,
    "drf-spectacular evaluates all annotations of a function at run time. A name that is imported only under `if TYPE_CHECKING` "
    "is not there then, and the view is not in the schema. The fix says a plain return type once more by @extend_schema_field, "
    "so that no annotation is evaluated.",
    True, _broken,
)
UNMAPPABLE_ANNOTATION = Rule(
    "unmappable-annotation", "Annotation that has no schema", Severity.WARNING,
    "A model, a queryset or another class has no schema of its own, so drf-spectacular describes a string in its place.",
    False, _unmappable,
)
DECIMAL_ANNOTATION = Rule(
    "decimal-annotation", "Decimal that travels as a string", Severity.WARNING,
    "drf-spectacular describes the annotation Decimal as a number, but DRF's JSON encoder writes a Decimal as a string. A typed "
    "client then calculates with text.",
    False, _decimals,
)
MISSING_METHOD = Rule(
    "missing-method", "SerializerMethodField without its method", Severity.ERROR,
    "The field asks for a method get_<field>, or the one it names. There is none, so that every answer fails, and the schema "
    "describes a string.",
    False, _missing_methods,
)
RULES = (
    UNTYPED_METHOD_FIELD, UNTYPED_PROPERTY, BROKEN_ANNOTATION, UNMAPPABLE_ANNOTATION, DECIMAL_ANNOTATION, MISSING_METHOD,
)  # fmt: skip
