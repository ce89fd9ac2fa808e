"""The functions that serializers show: methods of ``SerializerMethodField``, properties and methods of models."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from rest_framework.fields import Field, ReadOnlyField
from rest_framework.serializers import BaseSerializer

from .edits import AddDecorator, AddReturn, Edit
from .findings import Fix
from .hints import Judged, Verdict, described, judged
from .inference import Surroundings, returned
from .inspection import Inspection
from .rows import property_of
from .serializers import SerializerClass
from .shapes import FIELD, Shape, annotatable, annotation, decorator, shown, written_shape
from .sources import Source

_PROPERTIES = ("builtins.property", "functools.cached_property", "django.utils.functional.cached_property")


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A function whose answer a serializer shows, and where it stands.

    ``function`` is ``None`` where the project does not run, ``node`` where the function is in no file that was asked about:
    then ``source`` and ``place`` are of the serializer's field. ``model``: whose rows the function is given, if that is certain.
    """

    serializer: SerializerClass
    field: str
    name: str
    function: Callable[..., object] | None
    source: Source
    node: cst.FunctionDef | None
    place: cst.CSTNode
    model: type[Model] | None
    row_at: int

    def verdict(self) -> Judged:
        """What becomes of its type. The file on disk is asked too: it may be newer than what runs."""
        if self.node is not None and _is_decorated(self.node, self.source):
            return Judged(Verdict.TYPED)
        annotated = self.node is not None and self.node.returns is not None
        if self.function is None:
            return Judged(Verdict.TYPED if annotated else Verdict.UNTYPED)
        seen = judged(self.function)
        return Judged(Verdict.TYPED) if annotated and seen.verdict is Verdict.UNTYPED else seen

    def shape(self) -> Shape | None:
        """What it certainly returns."""
        if self.node is None or not all(self._harmless(each.decorator) for each in self.node.decorators):
            return None
        return returned(self.node, Surroundings(self.source.names, self.model, self.row_at, self._is_serializer))

    def fix(self, shape: Shape | None) -> Fix | None:
        """The annotation, or the decorator where an annotation cannot say it."""
        if shape is None or self.node is None:
            return None
        names, at = self.source.names, self.source.range(self.node)
        edit: Edit
        if annotatable(shape.single):
            written = annotation(shape, names)
            if written is None:
                return None
            edit = AddReturn(at, *written)
            return Fix(self.source.path, f"annotate {self.name} with -> {shown(shape)}", (edit,))
        return self._decorating(shape)

    def restated(self) -> Fix | None:
        """The return annotation once more, as a decorator: drf-spectacular then evaluates no annotation of the function."""
        stated = self.node.returns.annotation if self.node is not None and self.node.returns is not None else None
        shape = written_shape(stated, self.source.names) if stated is not None else None
        return self._decorating(shape) if shape is not None else None

    def _decorating(self, shape: Shape) -> Fix | None:
        written = decorator(shape, self.source.names)
        if written is None or self.node is None:
            return None
        edit = AddDecorator(self.source.range(self.node), *written, innermost=True)
        return Fix(self.source.path, f"decorate {self.name} with @extend_schema_field({shown(shape)})", (edit,))

    def _harmless(self, node: cst.BaseExpression) -> bool:
        return self.source.names.dotted(node) in (*_PROPERTIES, "builtins.staticmethod")

    def _is_serializer(self, name: str) -> bool:
        return self.node is not None and is_serializer(self.source, name, self.node)


def is_serializer(source: Source, name: str, before: cst.CSTNode) -> bool:
    """Whether a name of a module is a serializer, and bound where a decorator of ``before`` is evaluated."""
    live = source.live(name)
    line = source.range(before).start.line
    around = [source.range(node) for _, node in source.classes()]
    first = min((each.start.line for each in around if each.start.line <= line <= each.end.line), default=line)
    return isinstance(live, type) and issubclass(live, BaseSerializer) and source.names.here(name.partition(".")[0], first)


def method_fields(inspection: Inspection) -> Iterator[Shown]:
    """The method behind each ``SerializerMethodField``, where there is one. Each function comes once."""
    seen: set[tuple[object, str]] = set()
    for serializer in inspection.serializers:
        for name, method in method_names(serializer):
            function = serializer.live_method(method)
            own = serializer.method(method)
            standing = inspection.standing(function) if function is not None else None
            if standing is None and own is not None:
                standing = serializer.source, own
            if standing is None and function is None:
                continue
            source, node = standing or (serializer.source, None)
            if not isinstance(node, cst.FunctionDef):
                source, node = serializer.source, None
            place = node or serializer.mention(name)
            key = (source.path, f"{source.position(place)}")
            if key in seen:
                continue
            seen.add(key)
            static = inspect.getattr_static(serializer.running, method, None)
            row_at = 0 if isinstance(static, staticmethod) else 1
            model = serializer.model if node is own and _one_model(serializer) else None
            called = f"{serializer.name}.{method}" if node is own else method
            yield Shown(serializer, name, called, function, source, node, place, model, row_at)


def method_names(serializer: SerializerClass) -> Iterator[tuple[str, str]]:
    """Each ``SerializerMethodField`` that says nothing of its type itself, with the name of its method."""
    for declared in serializer.fields:
        if declared.kind != "SerializerMethodField" or (declared.running is not None and described(declared.running)):
            continue
        given = declared.argument("method_name", place=0)
        named = getattr(declared.running, "method_name", None)
        if isinstance(given, cst.SimpleString):
            named = str(given.evaluated_value)
        elif given is not None and named is None:
            continue
        yield declared.name, named or f"get_{declared.name}"


def property_fields(inspection: Inspection) -> Iterator[Shown]:
    """The properties and methods of models that serializers show as they are. Needs the project to run."""
    seen: set[Callable[..., object]] = set()
    for serializer in inspection.serializers:
        model = serializer.model
        if model is None:
            continue
        for name, field in serializer.made()[0].items():
            if not isinstance(field, ReadOnlyField) or described(field):
                continue
            function, owner = followed(model, field)
            if function is None or owner is None or function in seen:
                continue
            seen.add(function)
            standing = inspection.standing(function)
            source, node = standing or (serializer.source, None)
            if not isinstance(node, cst.FunctionDef):
                source, node = serializer.source, None
            its_own = function.__qualname__.rpartition(".")[0] == owner.__qualname__ and function.__module__ == owner.__module__
            called = function.__qualname__
            place = node or serializer.mention(name)
            yield Shown(serializer, name, called, function, source, node, place, owner if its_own else None, 0)


def followed(model: type[Model], field: Field) -> tuple[Callable[..., object] | None, type[Model] | None]:  # type: ignore[type-arg]
    """The function that a field's ``source`` ends at, and whose it is; nothing where it ends at something else."""
    *through, last = (field.source or field.field_name or "").split(".")
    for part in through:
        try:
            related = model._meta.get_field(part).related_model
        except FieldDoesNotExist:
            return None, None
        if not isinstance(related, type) or not issubclass(related, Model):
            return None, None
        model = related
    function = property_of(model, last)
    if function is None:
        method = inspect.getattr_static(model, last, None)
        function = method if inspect.isfunction(method) else None
    return function, model


def _one_model(serializer: SerializerClass) -> bool:
    """No serializer made of this one is for another model."""
    waiting = list(serializer.running.__subclasses__()) if serializer.running is not None else []
    while waiting:
        each = waiting.pop()
        if getattr(getattr(each, "Meta", None), "model", None) is not serializer.model:
            return False
        waiting += each.__subclasses__()
    return True


def _is_decorated(node: cst.FunctionDef, source: Source) -> bool:
    decorators = [each.decorator.func if isinstance(each.decorator, cst.Call) else each.decorator for each in node.decorators]
    return any(source.names.dotted(each) == f"{FIELD.module}.{FIELD.name}" for each in decorators)
