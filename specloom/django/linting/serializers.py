"""The serializers of a file: their classes in the source and, where the project runs, the classes themselves."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import libcst as cst
from django.db.models import Model
from drf_spectacular.drainage import get_override
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework.fields import Field
from rest_framework.serializers import BaseSerializer

from .sources import Source

_OF_DRF = ("rest_framework.serializers", "rest_framework.fields", "rest_framework.relations")


@dataclass(frozen=True, slots=True)
class Declared:
    """A field that a class body declares: ``name = SomeField(...)``.

    ``kind`` is the class of DRF that it is, or that its own class is made of; ``own`` says that there is such a class.
    ``running`` is the field itself, where the project runs.
    """

    name: str
    statement: cst.Assign | cst.AnnAssign
    call: cst.Call
    kind: str
    own: bool
    running: Field | None  # type: ignore[type-arg]  # of any value

    def argument(self, name: str, *, place: int | None = None) -> cst.BaseExpression | None:
        """What the call gives for a parameter, by its name or its place."""
        positional = [each for each in self.call.args if each.keyword is None and not each.star]
        for each in self.call.args:
            if each.keyword is not None and each.keyword.value == name:
                return each.value
        return positional[place].value if place is not None and place < len(positional) else None

    @property
    def open(self) -> bool:
        """There is a ``*args`` or ``**kwargs``, which may say anything."""
        return any(each.star for each in self.call.args)


@dataclass(frozen=True, slots=True, eq=False)
class SerializerClass:
    """A serializer. ``running`` is the class itself, where the project runs."""

    source: Source
    name: str
    node: cst.ClassDef
    running: type[BaseSerializer] | None  # type: ignore[type-arg]  # of any value
    fields: tuple[Declared, ...]

    @property
    def model(self) -> type[Model] | None:
        """``Meta.model``."""
        model = getattr(getattr(self.running, "Meta", None), "model", None)
        return model if isinstance(model, type) and issubclass(model, Model) else None

    @property
    def final(self) -> bool:
        """Nothing that runs is made of it, so what it lacks is in no subclass."""
        return self.running is not None and not self.running.__subclasses__()

    def made(self) -> tuple[Mapping[str, Field], Exception | None]:  # type: ignore[type-arg]  # of any value
        """The fields of an instance without arguments that are in the schema, and why there are none."""
        if self.running is None:
            return {}, None
        try:
            fields = dict(getattr(self.running(), "fields", {}))
            return MappingProxyType({name: field for name, field in fields.items() if name not in _left_out(self.running)}), None
        except Exception as error:  # whatever the project's code raises
            return {}, error

    def method(self, name: str) -> cst.FunctionDef | None:
        """A method in the class body itself."""
        found = self.source.definition(f"{self.name}.{name}")
        return found if isinstance(found, cst.FunctionDef) else None

    def live_method(self, name: str) -> Callable[..., object] | None:
        """The function behind a method of the class that runs, its own or inherited."""
        found = inspect.getattr_static(self.running, name, None)
        if isinstance(found, staticmethod | classmethod):
            found = found.__func__
        return found if inspect.isfunction(found) else None

    def mention(self, field: str) -> cst.CSTNode:
        """Where a field is mentioned: its declaration, its name in ``Meta.fields``, ``Meta``, or the class."""
        for declared in self.fields:
            if declared.name == field:
                return declared.statement
        meta = self.source.definition(f"{self.name}.Meta")
        if not isinstance(meta, cst.ClassDef):
            return self.node
        return next(_named(meta, field), meta)


def serializers_of(source: Source) -> Iterator[SerializerClass]:
    """The serializers of a file, by the classes that run; where they do not, by what their bases are called in DRF.

    One that an extension of drf-spectacular describes is none of them, nor a field that is left out of the schema.
    """
    known: set[str] = set()
    for name, node in source.classes():
        live = source.live(name)
        if isinstance(live, type):
            is_one = issubclass(live, BaseSerializer) and live.__module__ == getattr(source.running, "__name__", "")
            running = live if is_one else None
        else:
            is_one, running = source.running is None and _looks_like_one(node, source, known), None
        if is_one and not (running is not None and OpenApiSerializerExtension.get_match(running)):
            known.add(name)
            yield SerializerClass(source, name, node, running, tuple(_fields(node, source, running)))


def field_class(name: str | None) -> str | None:
    """``SerializerMethodField`` of its full name in DRF."""
    module, _, last = (name or "").rpartition(".")
    return last if module in _OF_DRF else None


def drf_base(kind: type) -> type:
    """The first class of DRF in a field's ancestry."""
    return next((each for each in kind.__mro__ if each.__module__ in _OF_DRF), Field)


def _looks_like_one(node: cst.ClassDef, source: Source, known: set[str]) -> bool:
    for argument in node.bases:
        base = argument.value.value if isinstance(argument.value, cst.Subscript) else argument.value
        if isinstance(base, cst.Name) and base.value in known:
            return True
        if (field_class(source.names.dotted(base)) or "").endswith("Serializer"):
            return True
    return False


def _fields(node: cst.ClassDef, source: Source, running: type[object] | None) -> Iterator[Declared]:
    live = getattr(running, "_declared_fields", {})
    for name, statement, call in _calls(node):
        if running is not None and name in _left_out(running):
            continue
        static = field_class(source.names.dotted(call.func))
        field = live.get(name)
        if isinstance(field, Field):
            yield Declared(name, statement, call, drf_base(type(field)).__name__, drf_base(type(field)) is not type(field), field)
        elif static is not None and running is None:
            yield Declared(name, statement, call, static, False, None)


def _left_out(running: type[object]) -> Sequence[str]:
    """``@extend_schema_serializer(exclude_fields=...)``"""
    names: Sequence[str] = get_override(running, "exclude_fields", ())
    return names


def _calls(node: cst.ClassDef) -> Iterator[tuple[str, cst.Assign | cst.AnnAssign, cst.Call]]:
    for line in node.body.body:
        for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            match statement:
                case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=cst.Call() as call):
                    yield name, statement, call
                case cst.AnnAssign(target=cst.Name(value=name), value=cst.Call() as call):
                    yield name, statement, call


def _named(meta: cst.ClassDef, field: str) -> Iterator[cst.CSTNode]:
    for line in meta.body.body:
        for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            match statement:
                case cst.Assign(
                    targets=[cst.AssignTarget(target=cst.Name(value="fields"))], value=cst.List() | cst.Tuple() as values
                ):
                    for element in values.elements:
                        if isinstance(element.value, cst.SimpleString) and element.value.evaluated_value == field:
                            yield element.value
