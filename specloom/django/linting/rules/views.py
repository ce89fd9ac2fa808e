"""Rules about views, found by running drf-spectacular over the project's routes: only what is really in a document is judged.

Each message of drf-spectacular is recorded together with the view and the method that it was about; the place comes from the
source of that method.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import libcst as cst

from specloom.django.linting.answers import extend_schema, handled
from specloom.django.linting.consumers import is_serializer
from specloom.django.linting.edits import AddDecorator, Need
from specloom.django.linting.findings import Finding, Fix, Rule
from specloom.django.linting.generation import Message, said
from specloom.django.linting.handlers import handler, standing_view
from specloom.django.linting.inspection import Inspection, found
from specloom.django.linting.shapes import Nested, Null
from specloom.django.linting.sources import Source
from specloom.ir.diagnostics import Severity

GUESS = re.compile(r"^unable to guess serializer")
NO_CLASS = re.compile(r"^exception raised while getting serializer.*should either include a `serializer_class`", re.DOTALL)
RAISED = re.compile(r"^exception raised while getting serializer.*?\(Exception: (?P<why>.*)\)$", re.DOTALL)
NO_QUERYSET = re.compile(r"^Failed to obtain model through view's queryset.*?\(Exception: (?P<why>.*)\)$", re.DOTALL)
UNTYPED_PATH = re.compile(r"^could not derive type of path parameter \"(?P<name>[^\"]*)\" because (?P<why>model|it)")
BODIES = ("POST", "PUT", "PATCH")
EXTEND_SCHEMA = Need("drf_spectacular.utils", "extend_schema")


def _missing_serializers(inspection: Inspection) -> Iterator[Finding]:
    seen: set[tuple[type, str]] = set()
    for message in inspection.generation.messages:
        unknown = said(message, GUESS) or said(message, NO_CLASS)
        if unknown is None or message.view is None or message.method == "DELETE":
            continue
        key = (message.view, message.action or message.method)
        if key in seen:
            continue
        seen.add(key)
        standing = handler(inspection, message.view, message.method, message.action) or standing_view(inspection, message.view)
        if standing is None or not inspection.targets.covers(standing[0].path):
            continue
        source, node = standing
        fix = None
        if isinstance(node, cst.FunctionDef):
            if _describes(source, node, message):
                continue  # newer on disk than what runs
            fix = _described(source, node, message)
        text = f"nothing says what {message.method} {message.path} takes or answers, so the client's method lacks types"
        otherwise = "@extend_schema(request=..., responses=...) on it, or serializer_class on a GenericAPIView"
        suggestion = fix.says if fix else otherwise
        yield from found(MISSING_SERIALIZER, source, node, text, suggestion, fix)


def _describes(source: Source, node: cst.FunctionDef, message: Message) -> bool:
    """A decorator says all that is to be said, or something that cannot be read here."""
    wanted = {"request", "responses"} if message.method in BODIES else {"responses"}
    for each in node.decorators:
        call = each.decorator
        if isinstance(call, cst.Call) and source.names.dotted(call.func) == f"{EXTEND_SCHEMA.module}.{EXTEND_SCHEMA.name}":
            keywords = {argument.keyword.value if argument.keyword else "*" for argument in call.args}
            if wanted <= keywords or keywords & {"*", "operation", "exclude"}:
                return True
    return False


def _described(source: Source, node: cst.FunctionDef, message: Message) -> Fix | None:
    """``@extend_schema`` with what the body certainly reads and answers."""
    if any(_is_schema(source, each) for each in node.decorators):
        return None
    spelled = source.names.spelled(EXTEND_SCHEMA.module, EXTEND_SCHEMA.name)
    if spelled is None and EXTEND_SCHEMA.name in source.names.bound:
        return None
    seen = handled(node, source.names, lambda name: is_serializer(source, name, node))
    if seen is None:
        return None
    answers = dict(seen.answers)
    known = {status: answer for status, answer in answers.items() if isinstance(answer, Nested | Null)}
    certain = len(known) == len(answers) == len(seen.answers)
    certain = certain and all(not isinstance(each, Nested) or each.name for each in known.values())
    body = message.method in BODIES
    if not certain or (body and (len(seen.request) > 1 or (seen.reads and not seen.request))):
        return None
    if _lists_in_pages(message.view, known):
        return None
    request = seen.request[0] if seen.request else None
    decorator = extend_schema(known, request, request_known=body, spelled=spelled or EXTEND_SCHEMA.name, usual=200)
    if decorator is None:
        return None
    edit = AddDecorator(source.range(node), decorator, () if spelled else (EXTEND_SCHEMA,))
    return Fix(source.path, f"decorate it with @{cst.Module([]).code_for_node(decorator)}", (edit,))


def _lists_in_pages(view: type | None, answers: dict[int, Nested | Null]) -> bool:
    """drf-spectacular would describe pages where the view has a pagination class."""
    many = any(isinstance(answer, Nested) and answer.many for answer in answers.values())
    return many and getattr(view, "pagination_class", None) is not None


def _is_schema(source: Source, each: cst.Decorator) -> bool:
    node = each.decorator.func if isinstance(each.decorator, cst.Call) else each.decorator
    return (source.names.dotted(node) or "").startswith("drf_spectacular.")


def _broken_views(inspection: Inspection) -> Iterator[Finding]:
    for message in _once(inspection, RAISED, NO_CLASS):
        why = said(message, RAISED)
        text = f"the serializer of {_name(message)} cannot be found without a request: {why['why'] if why else ''}"
        suggestion = "set serializer_class, or ask `getattr(self, 'swagger_fake_view', False)` first; or @extend_schema"
        yield from _at_view(inspection, BROKEN_VIEW, message, text, suggestion, "get_serializer_class", "get_serializer")


def _missing_querysets(inspection: Inspection) -> Iterator[Finding]:
    for message in _once(inspection, NO_QUERYSET):
        why = said(message, NO_QUERYSET)
        text = f"the model of {_name(message)} cannot be found without a request: {why['why'] if why else ''}"
        suggestion = "set `queryset = Model.objects.none()`, or begin get_queryset with " \
            "`if getattr(self, 'swagger_fake_view', False): return Model.objects.none()`"
        yield from _at_view(inspection, MISSING_QUERYSET, message, text, suggestion, "get_queryset")


def _untyped_paths(inspection: Inspection) -> Iterator[Finding]:
    for message in _once(inspection, UNTYPED_PATH):
        seen = said(message, UNTYPED_PATH)
        name = seen["name"] if seen else ""
        of_model = seen is not None and seen["why"] == "model"
        why = "the view's model has no such field" if of_model else "the route has no converter and the view no queryset"
        text = f"the type of {{{name}}} in {message.path} is unknown, so it is described as a string: {why}"
        suggestion = f"<int:{name}> in the route, a queryset on the view, or @extend_schema(parameters=...)"
        yield from _at_view(inspection, UNTYPED_PATH_PARAMETER, message, text, suggestion)


def _once(inspection: Inspection, pattern: re.Pattern[str], without: re.Pattern[str] | None = None) -> Iterator[Message]:
    """The messages of a kind, and not of another, once for each view and each text."""
    seen: set[tuple[type | None, str]] = set()
    for message in inspection.generation.messages:
        key = (message.view, message.text)
        if without is not None and said(message, without) is not None:
            continue
        if said(message, pattern) is not None and key not in seen:
            seen.add(key)
            yield message


def _at_view(
    inspection: Inspection, rule: Rule, message: Message, text: str, suggestion: str, *methods: str
) -> Iterator[Finding]:
    if message.view is None:
        return
    for name in methods:
        static = inspect.getattr_static(message.view, name, None)
        standing = inspection.standing(static) if inspect.isfunction(static) else None
        if standing is not None and inspection.targets.covers(standing[0].path):
            yield from found(rule, *standing, text, suggestion)
            return
    place = standing_view(inspection, message.view)
    if place is not None and inspection.targets.covers(place[0].path):
        yield from found(rule, *place, text, suggestion)


def _name(message: Message) -> str:
    return message.view.__name__ if message.view is not None else "a view"


MISSING_SERIALIZER = Rule(
    "missing-serializer", "View that says nothing of its data", Severity.ERROR,
    "An APIView or a function under @api_view has no serializer_class, and its method no @extend_schema with request and "
    "responses. The schema then has an operation without a body: the client's method takes and returns nothing. The fix adds "
    "@extend_schema where every answer of the method is certain.",
    True, _missing_serializers,
)
BROKEN_VIEW = Rule(
    "broken-view", "View whose serializer needs a request", Severity.ERROR,
    "drf-spectacular asks a view for its serializer without a real request or user. Where that raises, the operation is left "
    "without types.",
    False, _broken_views,
)
MISSING_QUERYSET = Rule(
    "missing-queryset", "View without a queryset to look at", Severity.WARNING,
    "Types of filters and path parameters come from the model of the view's queryset. Where get_queryset raises without a "
    "request, they are described as strings or left out.",
    False, _missing_querysets,
)
UNTYPED_PATH_PARAMETER = Rule(
    "untyped-path-parameter", "Path parameter without a type", Severity.WARNING,
    "The type of a path parameter comes from its converter (<int:pk>) or from the field of the view's model. Where neither is "
    "there, it is described as a string.",
    False, _untyped_paths,
)
RULES = (MISSING_SERIALIZER, BROKEN_VIEW, MISSING_QUERYSET, UNTYPED_PATH_PARAMETER)
