"""What a view's method certainly reads and answers, judged from its body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import libcst as cst
from libcst import helpers

from .bodies import own_nodes
from .inference import Surroundings, Unrendered, expressions
from .names import Names
from .shapes import Imported, Listed, Mapped, Nested, Null, Plain, call, dotted

RESPONSE = "rest_framework.response.Response"
OF_VIEW = ""
"""The name of the serializer that ``self.get_serializer`` makes."""


@dataclass(frozen=True, slots=True)
class Page:
    """``self.get_paginated_response(...)``."""


@dataclass(frozen=True, slots=True)
class Made:
    """Something without a serializer: a dict, a list or a text that the view makes itself."""


Answer = Nested | Page | Made | Null
"""``Null``: no body."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What a method reads and answers. ``answers``: by status, only those below 400.

    ``request``: the serializers that are given ``request.data``; ``reads``: it looks at ``request.data`` in any way.
    """

    answers: tuple[tuple[int, Answer], ...]
    request: tuple[str, ...]
    reads: bool
    filters: bool


def handled(function: cst.FunctionDef, names: Names, is_serializer: Callable[[str], bool]) -> Handled | None:
    """What a method does, or ``None`` where one of its answers is not certain."""
    around = Surroundings(names, None, 1, is_serializer, OF_VIEW)
    known = expressions(function, around)
    answers: list[tuple[int, Answer]] = []
    for node in own_nodes(function):
        if not isinstance(node, cst.Return):
            continue
        if not isinstance(node.value, cst.Call):
            return None
        answer = _answer(node.value, names, known)
        if answer is None:
            return None
        answers.append(answer)
    good = tuple(dict.fromkeys(answer for answer in answers if answer[0] < 400))
    requests, reads, filters = _read(function, known)
    return Handled(good, requests, reads, filters) if good else None


def extend_schema(
    answers: Mapping[int, Nested | Null], request: str | None, *, request_known: bool, spelled: str, usual: int
) -> cst.Call | None:
    """``extend_schema(request=..., responses=...)`` for what a method does; ``None`` where there is nothing to say."""
    keywords: dict[str, cst.BaseExpression] = {}
    if request_known:
        keywords["request"] = dotted(request) if request else cst.Name("None")
    written = {status: _serializer(answer) for status, answer in sorted(answers.items())}
    if list(written) == [usual]:
        keywords["responses"] = written[usual]
    else:
        elements = [cst.DictElement(cst.Integer(str(status)), value) for status, value in written.items()]
        keywords["responses"] = cst.Dict(elements)
    return call(dotted(spelled), **keywords)


def _serializer(answer: Nested | Null) -> cst.BaseExpression:
    if isinstance(answer, Null):
        return cst.Name("None")
    name = dotted(answer.name)
    return call(name, many=cst.Name("True")) if answer.many else name


def _answer(
    node: cst.Call, names: Names, known: Callable[[cst.BaseExpression], tuple[object, ...] | None]
) -> tuple[int, Answer] | None:
    if helpers.get_full_name_for_node(node.func) == "self.get_paginated_response":
        return 200, Page()
    if names.dotted(node.func) != RESPONSE or any(each.star for each in node.args):
        return None
    positional = [each.value for each in node.args if each.keyword is None]
    keyword = {each.keyword.value: each.value for each in node.args if each.keyword is not None}
    status = _status(keyword.get("status", positional[1] if len(positional) > 1 else None))
    if status is None:
        return None
    if status >= 400:
        return status, Made()
    data = keyword.get("data", positional[0] if positional else None)
    if data is None:
        return status, Null()
    parts = known(data)
    match parts:
        case (Nested() as nested,):
            return status, nested
        case (Null(),):
            return status, Null()
        case (Plain() | Imported() | Listed() | Mapped(),):
            return status, Made()
    return (status, Made()) if isinstance(data, cst.Dict | cst.List | cst.SimpleString | cst.FormattedString) else None


def _status(node: cst.BaseExpression | None) -> int | None:
    """``200`` where none is given; ``status.HTTP_201_CREATED`` says its number in its name."""
    if node is None:
        return 200
    if isinstance(node, cst.Integer):
        return node.evaluated_value
    last = (helpers.get_full_name_for_node(node) or "").rpartition(".")[2]
    number = last.split("_")[1] if last.startswith("HTTP_") else ""
    return int(number) if number.isdigit() else None


def _read(
    function: cst.FunctionDef, known: Callable[[cst.BaseExpression], tuple[object, ...] | None]
) -> tuple[tuple[str, ...], bool, bool]:
    requests: list[str] = []
    mentions = given = 0
    filters = False
    for node in own_nodes(function):
        name = helpers.get_full_name_for_node(node) if isinstance(node, cst.Attribute) else None
        mentions += name in ("request.data", "self.request.data", "request.FILES", "request.POST")
        filters = filters or name == "self.filter_queryset"
        if not isinstance(node, cst.Call):
            continue
        parts = known(node)
        if parts is not None and len(parts) == 1 and isinstance(parts[0], Unrendered):
            for each in node.args:
                if each.keyword is not None and each.keyword.value == "data":
                    given += helpers.get_full_name_for_node(each.value) in ("request.data", "self.request.data")
                    requests.append(parts[0].name)
    return tuple(dict.fromkeys(requests)) if mentions == given else (), mentions > 0, filters
