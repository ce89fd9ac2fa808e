"""Rules about names that clash in a document: components, enums, operations. Found by running drf-spectacular.

With groups configured each group is a document of its own, so that equal names in two groups are no clash.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType

import libcst as cst
from django.apps import apps
from django.db.models import Choices

from specloom.django.linting.edits import AddDecorator, Need
from specloom.django.linting.findings import Finding, Fix, Rule
from specloom.django.linting.generation import Document, Endpoint, said
from specloom.django.linting.handlers import handler, standing_view
from specloom.django.linting.inspection import Inspection, found, of_schema
from specloom.django.linting.serializers import SerializerClass, serializers_of
from specloom.django.linting.shapes import call, dotted
from specloom.django.linting.sources import Source
from specloom.ir.diagnostics import Severity

TWO_COMPONENTS = re.compile(
    r"^Encountered 2 components with identical names \"(?P<name>[^\"]*)\" and different identities "
    r"(?P<one><.*>) and (?P<two><.*>)\. This"
)
ENUM_HASH = re.compile(r"^enum naming encountered .* named \"(?P<field>[^\"]*)\"\..* resolved with \"(?P<name>[^\"]*)\"")
ENUM_NAMES = re.compile(r"^encountered multiple names for the same choice set \((?P<name>[^)]*)\)")
TWO_OPERATIONS = re.compile(r"^operationId \"(?P<name>[^\"]*)\" has collisions \[(?P<where>.*)\]")
_PLACE = re.compile(r"\('([^']*)', '([^']*)'\)")
_CLASS = re.compile(r"<class '(?P<name>[\w.]+)'>")
_COMPONENT = Need("drf_spectacular.utils", "extend_schema_serializer")


def _components(inspection: Inspection) -> Iterator[Finding]:
    seen: set[frozenset[type]] = set()
    for document in inspection.generation.documents:
        for message in document.messages:
            clash = said(message, TWO_COMPONENTS)
            if clash is None:
                continue
            pair = [each for each in (_live(clash["one"]), _live(clash["two"])) if each is not None]
            if len(pair) < 2 or frozenset(pair) in seen:
                continue
            seen.add(frozenset(pair))
            first, second = sorted(pair, key=lambda each: (each.__module__, each.__qualname__))
            yield from _component(inspection, document, clash["name"], first, second)


def _component(inspection: Inspection, document: Document, name: str, first: type, second: type) -> Iterator[Finding]:
    """The second by module is the one to get another name, unless only the first is the caller's to change."""
    for kept, renamed in ((first, second), (second, first)):
        standing = inspection.standing(renamed)
        if standing is None or not inspection.targets.covers(standing[0].path):
            continue
        source, node = standing
        if _renamed(source, node):
            return  # newer on disk than what runs
        other = f"{kept.__module__}.{kept.__qualname__}"
        better = _component_name(renamed)
        fix = None if better in document.components else _component_fix(source, node, better)
        message = f"{renamed.__name__} and {other} are both the component {name}: the client gets one type for two things"
        suggestion = f"@extend_schema_serializer(component_name=\"{better}\"), or rename the class"
        yield from found(DUPLICATE_COMPONENT, source, node, message, suggestion, fix)
        return


def _component_name(serializer: type) -> str:
    config = apps.get_containing_app_config(serializer.__module__)
    label = "".join(part.capitalize() for part in (config.label if config else serializer.__module__.split(".")[0]).split("_"))
    return label + serializer.__name__.removesuffix("Serializer")


def _component_fix(source: Source, node: cst.CSTNode, name: str) -> Fix | None:
    spelled = source.names.spelled(_COMPONENT.module, _COMPONENT.name)
    if not isinstance(node, cst.ClassDef) or (spelled is None and _COMPONENT.name in source.names.bound):
        return None
    decorator = call(dotted(spelled or _COMPONENT.name), component_name=cst.SimpleString(f'"{name}"'))
    edit = AddDecorator(source.range(node), decorator, () if spelled else (_COMPONENT,))
    return Fix(source.path, f"name the component {name}", (edit,))


def _renamed(source: Source, node: cst.ClassDef | cst.FunctionDef) -> bool:
    calls = [each.decorator for each in node.decorators if isinstance(each.decorator, cst.Call)]
    return any(
        source.names.dotted(each.func) == f"{_COMPONENT.module}.{_COMPONENT.name}"
        and any(argument.keyword is not None and argument.keyword.value == "component_name" for argument in each.args)
        for each in calls
    )


def _live(text: str) -> type | None:
    named = _CLASS.search(text)
    parts = named["name"].split(".") if named else []
    for cut in range(len(parts) - 1, 0, -1):
        subject: object = sys.modules.get(".".join(parts[:cut]))
        if isinstance(subject, ModuleType):
            for part in parts[cut:]:
                subject = getattr(subject, part, None)
            return subject if isinstance(subject, type) else None
    return None


def _enums(inspection: Inspection) -> Iterator[Finding]:
    for document in inspection.generation.documents:
        for message in document.messages:
            clash = said(message, ENUM_HASH) or said(message, ENUM_NAMES)
            if clash is None:
                continue
            name = clash["name"]
            users = list(_users(inspection, document, name))
            hashed = "field" in clash.groupdict()
            why = "the same field name has other choices elsewhere" if hashed else "the same choices have several field names"
            message_text = f"drf-spectacular calls an enum {name}, because {why}"
            suggestion = _override(users, name)
            place = next((each for each in users if inspection.targets.covers(each[0].source.path)), None)
            if place is not None:
                serializer, field = place
                yield from found(ENUM_NAME_CLASH, serializer.source, serializer.mention(field), message_text, suggestion)
            elif not inspection.targets.exact and not users:
                yield of_schema(ENUM_NAME_CLASH, message_text, suggestion)


def _users(inspection: Inspection, document: Document, enum: str) -> Iterator[tuple[SerializerClass, str]]:
    """The serializers and fields that have an enum."""
    components = document.schema.get("components")
    schemas = components.get("schemas", {}) if isinstance(components, Mapping) else {}
    for name, schema in schemas.items():
        serializer = document.components.get(name)
        properties = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
        for field, described in properties.items():
            if serializer is not None and f"/{enum}'" in f"{described}":
                standing = inspection.standing(serializer)
                if standing is not None:
                    yield from ((each, field) for each in serializers_of(standing[0]) if each.running is serializer)


def _override(users: list[tuple[SerializerClass, str]], name: str) -> str:
    literal: tuple[str, str] | None = None
    for serializer, field in users:
        made = serializer.made()[0].get(field)
        choices = dict(getattr(getattr(made, "child", made), "choices", None) or {})
        known = _choices_path(serializer, field, choices) if choices else None
        if known is not None:
            return _entry(known[0], f'"{known[1]}"')
        if choices and literal is None:
            owner = serializer.name.rpartition(".")[2].removesuffix("Serializer")
            literal = owner + _words(field), repr([(value, str(label)) for value, label in choices.items()])
    return _entry(*(literal or (name, '"path.to.its.Choices"')))


def _entry(name: str, choices: str) -> str:
    better = name if name.endswith("Enum") else f"{name}Enum"
    return f'SPECTACULAR_SETTINGS["ENUM_NAME_OVERRIDES"] = {{"{better}": {choices}}}'


def _words(field: str) -> str:
    return "".join(part.capitalize() for part in field.split("_"))


def _choices_path(serializer: SerializerClass, field: str, choices: dict[object, object]) -> tuple[str, str] | None:
    """A name for the choices, and the path by which drf-spectacular can import them."""
    model, running = serializer.model, serializer.running
    holders: list[tuple[object, str]] = []
    if model is not None:
        holders = [(sys.modules.get(model.__module__), model.__module__), (model, f"{model.__module__}.{model.__qualname__}")]
    if running is not None:
        holders.append((sys.modules.get(running.__module__), running.__module__))
    for holder, path in holders:
        for name, value in sorted(vars(holder).items()) if holder is not None else ():
            if _same_choices(value, choices):
                owner = model.__name__ if model is not None and (holder is model or not isinstance(value, type)) else ""
                return owner + (name if isinstance(value, type) else _words(field)), f"{path}.{name}"
    return None


def _same_choices(value: object, choices: dict[object, object]) -> bool:
    wanted = {key: str(label) for key, label in choices.items()}
    if isinstance(value, type) and issubclass(value, Choices):
        return {key: str(label) for key, label in value.choices} == wanted
    if isinstance(value, list | tuple) and value and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value):
        try:
            return {key: str(label) for key, label in value} == wanted
        except TypeError:
            return False
    return False


def _operations(inspection: Inspection) -> Iterator[Finding]:
    for document in inspection.generation.documents:
        for message in document.messages:
            clash = said(message, TWO_OPERATIONS)
            if clash is None:
                continue
            where = _PLACE.findall(clash["where"])
            others = " and ".join(f"{method.upper()} {path}" for path, method in where)
            text = f"{others} are all called {clash['name']}; the client's names get numbers, which move when a route is added"
            suggestion = "@extend_schema(operation_id=\"...\") on all but one"
            for path, method in where:
                standing = _operation(inspection, document, path, method)
                if standing is not None and inspection.targets.covers(standing[0].path):
                    yield from found(OPERATION_ID_CLASH, *standing, text, suggestion)


def _operation(
    inspection: Inspection, document: Document, path: str, method: str
) -> tuple[Source, cst.ClassDef | cst.FunctionDef] | None:
    for endpoint in document.endpoints:
        if _bare(endpoint.path) == _bare(path) and endpoint.method.lower() == method.lower():
            return _standing(inspection, endpoint)
    return None


def _standing(inspection: Inspection, endpoint: Endpoint) -> tuple[Source, cst.ClassDef | cst.FunctionDef] | None:
    return handler(inspection, endpoint.view, endpoint.method, endpoint.action) or standing_view(inspection, endpoint.view)


def _bare(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


DUPLICATE_COMPONENT = Rule(
    "duplicate-component", "Two serializers with one name", Severity.ERROR,
    "Components are named by the class of their serializer. Two classes of one name in a document become one component, and one "
    "of the two is described wrongly. The fix names the second one by its app, with "
    "@extend_schema_serializer(component_name=...).",
    True, _components,
)
ENUM_NAME_CLASH = Rule(
    "enum-name-clash", "Enum with an accidental name", Severity.WARNING,
    "Choices have no name in a schema, so drf-spectacular calls an enum by its field: StatusEnum. Where two fields of that name "
    "have other choices, it takes a piece of a hash (Status5d1Enum), which changes with every choice that is added: the "
    "client's type is renamed with it. ENUM_NAME_OVERRIDES gives it a name.",
    False, _enums,
)
OPERATION_ID_CLASH = Rule(
    "operation-id-clash", "Two operations with one name", Severity.ERROR,
    "operationIds name the client's methods. Where two are equal, drf-spectacular numbers them in the order of their paths, so "
    "that a new route renames the methods of others.",
    False, _operations,
)
RULES = (DUPLICATE_COMPONENT, ENUM_NAME_CLASH, OPERATION_ID_CLASH)
