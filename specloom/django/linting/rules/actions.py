"""Rules about ``@action``: methods that drf-spectacular describes with the viewset's serializer, but that answer otherwise.

The classes that run say which methods are actions and which serializer is meant; what a method answers is read from its body,
and only judged where every answer is certain.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import libcst as cst
from libcst import helpers
from rest_framework.generics import GenericAPIView
from rest_framework.viewsets import ViewSetMixin

from specloom.django.linting.answers import OF_VIEW, Answer, Handled, Made, Page, extend_schema, handled
from specloom.django.linting.consumers import is_serializer
from specloom.django.linting.edits import AddArgument, AddDecorator, Edit
from specloom.django.linting.findings import Finding, Fix, Rule
from specloom.django.linting.inspection import Inspection, found
from specloom.django.linting.shapes import Nested, Null
from specloom.django.linting.sources import Source
from specloom.ir.diagnostics import Severity

from .views import EXTEND_SCHEMA


@dataclass(frozen=True, slots=True)
class _Action:
    source: Source
    node: cst.FunctionDef
    view: type
    methods: tuple[str, ...]
    does: Handled
    serializer: str
    """How the class body writes the viewset's serializer; empty where it is inherited or cannot stand in a decorator."""

    @property
    def name(self) -> str:
        return f"{self.view.__name__}.{self.node.name.value}"


def _actions(inspection: Inspection) -> Iterator[_Action]:
    """The actions that say nothing of their own, of viewsets with one serializer for everything."""
    for source in inspection.sources:
        for qualified, owner in source.classes():
            view = source.live(qualified)
            if not isinstance(view, type) or not issubclass(view, GenericAPIView) or not issubclass(view, ViewSetMixin):
                continue
            if view.__module__ != getattr(source.running, "__name__", "") or not _plain(view):
                continue
            for node in owner.body.body:
                mapping = _mapping(source, view, node)
                if mapping and isinstance(node, cst.FunctionDef):
                    does = handled(node, source.names, partial(is_serializer, source, before=node))
                    if does is not None:
                        yield _Action(source, node, view, mapping, does, _serializer(source, owner, node))


def _mapping(source: Source, view: type, node: cst.CSTNode) -> tuple[str, ...]:
    """The methods of an action that nothing is said of; empty for all else in the class."""
    if not isinstance(node, cst.FunctionDef) or _described(source, node):
        return ()
    action = inspect.getattr_static(view, node.name.value, None)
    if {"schema", "serializer_class"} & set(getattr(action, "kwargs", {})):
        return ()
    return tuple(getattr(action, "mapping", ()))


def _plain(view: type) -> bool:
    """One serializer, the same for all actions, and nothing said by a decorator of the class."""
    one = all(getattr(view, name) is getattr(GenericAPIView, name) for name in ("get_serializer_class", "get_serializer"))
    schema = inspect.getattr_static(view, "schema", None)
    return one and getattr(view, "serializer_class", None) is not None and type(schema).__name__ != "ExtendedSchema"


def _described(source: Source, node: cst.FunctionDef) -> bool:
    for each in node.decorators:
        function = each.decorator.func if isinstance(each.decorator, cst.Call) else each.decorator
        dotted = source.names.dotted(function)
        if dotted is None or dotted.startswith("drf_spectacular."):
            return True  # said, or decorated with something unknown
    return False


def _serializer(source: Source, owner: cst.ClassDef, node: cst.FunctionDef) -> str:
    for line in owner.body.body:
        for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            match statement:
                case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value="serializer_class"))], value=value):
                    name = helpers.get_full_name_for_node(value) or ""
                    return name if name and is_serializer(source, name, node) else ""
    return ""


def _lists(inspection: Inspection) -> Iterator[Finding]:
    for action in _actions(inspection):
        answers = [answer for _, answer in action.does.answers]
        if not all(_is_list(answer) for answer in answers) or any(status != 200 for status, _ in action.does.answers):
            continue
        fix = _list_fix(action)
        message = f"{action.name} answers a list of the viewset's objects, but is described as one object"
        otherwise = "@extend_schema(responses=...Serializer(many=True)); pagination_class=None in @action where it has no pages"
        suggestion = fix.says if fix else otherwise
        yield from found(ACTION_RETURNS_LIST, action.source, action.node, message, suggestion, fix)


def _is_list(answer: Answer) -> bool:
    return isinstance(answer, Page) or (isinstance(answer, Nested) and answer.name == OF_VIEW and answer.many)


def _list_fix(action: _Action) -> Fix | None:
    if not action.serializer or action.methods != ("get",):
        return None
    pages = any(isinstance(answer, Page) for _, answer in action.does.answers)
    has_pages = getattr(action.view, "pagination_class", None) is not None
    if pages and not has_pages:
        return None
    answers: dict[int, Nested | Null] = {200: Nested(action.serializer, True)}
    written = extend_schema(answers, None, request_known=False, spelled=_spelled(action), usual=200)
    if written is None:
        return None
    if getattr(action.view, "filter_backends", ()) and not action.does.filters:
        tight = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        written = written.with_changes(args=[*written.args, cst.Arg(cst.Name("False"), keyword=cst.Name("filters"), equal=tight)])
    edits: list[Edit] = []
    if has_pages and not pages:
        call = _action_call(action)
        if call is None:
            return None
        edits.append(AddArgument(action.source.range(call), "pagination_class", cst.Name("None")))
    return _fix(action, written, edits)


def _other(inspection: Inspection) -> Iterator[Finding]:
    for action in _actions(inspection):
        answers = [answer for _, answer in action.does.answers]
        if any(_is_list(answer) or _is_viewset(action, answer) for answer in answers):
            continue
        fix = _other_fix(action)
        what = sorted({_words(answer) for answer in answers})
        default = getattr(action.view, "serializer_class").__name__  # noqa: B009  # any class has attributes
        message = f"{action.name} answers {' or '.join(what)}, but is described with {default}"
        suggestion = fix.says if fix else "say it: @extend_schema(request=..., responses=...), with inline_serializer for a dict"
        yield from found(ACTION_RESPONSE, action.source, action.node, message, suggestion, fix)


def _is_viewset(action: _Action, answer: Answer) -> bool:
    if not isinstance(answer, Nested):
        return False
    live = action.source.live(answer.name) if answer.name else None
    return answer.name == OF_VIEW or (live is getattr(action.view, "serializer_class", None) and not answer.many)


def _other_fix(action: _Action) -> Fix | None:
    answers = dict(action.does.answers)
    known = {status: answer for status, answer in answers.items() if isinstance(answer, Nested | Null)}
    if len(known) < len(action.does.answers) or len(action.methods) != 1:
        return None
    if any(isinstance(answer, Nested) and answer.many for answer in known.values()):
        return None  # whether there are pages is another question
    body = action.methods[0] in ("post", "put", "patch")
    requests = action.does.request
    if body and (len(requests) > 1 or (action.does.reads and not requests)):
        return None
    request = requests[0] if requests else None
    usual = 204 if action.methods == ("delete",) else 200
    written = extend_schema(
        known, request, request_known=body and request != OF_VIEW, spelled=_spelled(action), usual=usual
    )
    return _fix(action, written, []) if written is not None else None


def _words(answer: Answer) -> str:
    match answer:
        case Null():
            return "nothing"
        case Made():
            return "data of its own"
        case Page():
            return "pages"
        case Nested(name, many):
            return f"a list of {name}" if many else name


def _spelled(action: _Action) -> str:
    return action.source.names.spelled(EXTEND_SCHEMA.module, EXTEND_SCHEMA.name) or EXTEND_SCHEMA.name


def _fix(action: _Action, decorator: cst.Call, edits: list[Edit]) -> Fix | None:
    names = action.source.names
    imported = names.spelled(EXTEND_SCHEMA.module, EXTEND_SCHEMA.name) is not None
    if not imported and EXTEND_SCHEMA.name in names.bound:
        return None
    edits.append(AddDecorator(action.source.range(action.node), decorator, () if imported else (EXTEND_SCHEMA,)))
    return Fix(action.source.path, f"decorate it with @{cst.Module([]).code_for_node(decorator)}", tuple(edits))


def _action_call(action: _Action) -> cst.Call | None:
    for each in action.node.decorators:
        call = each.decorator
        if isinstance(call, cst.Call) and action.source.names.dotted(call.func) == "rest_framework.decorators.action":
            named = {argument.keyword.value for argument in call.args if argument.keyword is not None}
            return None if "pagination_class" in named or any(argument.star for argument in call.args) else call
    return None


ACTION_RETURNS_LIST = Rule(
    "action-returns-list", "@action that answers a list", Severity.WARNING,
    "drf-spectacular describes an @action with the viewset's serializer, as one object. An action that serializes with "
    "many=True answers a list: the client's type is wrong. The fix adds @extend_schema(responses=...(many=True)), and takes "
    "away the pages, filters and ordering that the action does not have.",
    True, _lists,
)
ACTION_RESPONSE = Rule(
    "action-response", "@action that answers something else", Severity.WARNING,
    "drf-spectacular describes an @action with the viewset's serializer. Where the method certainly answers with another "
    "serializer, with a dict of its own or without a body, the client's type is wrong. The fix adds @extend_schema where "
    "request and answer are certain.",
    True, _other,
)
RULES = (ACTION_RETURNS_LIST, ACTION_RESPONSE)
