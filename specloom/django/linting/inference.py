"""What a function certainly returns, judged from its body and, for fields of a model, from the model that runs.

Everything here is sound rather than clever: an expression that is not known for certain is ``None``, and so is the function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst
from libcst import helpers

from . import rows
from .bodies import falls_through, harmless, local_values, own_nodes
from .names import Names
from .rows import Row, StoredFile
from .shapes import BOOL, FLOAT, INT, STR, Listed, Mapped, Nested, Null, Shape, settled
from .sources import walk

if TYPE_CHECKING:
    from django.db.models import Model

Parts = tuple[object, ...]
"""The kinds of value that an expression may have; each a shape, ``Null``, a ``Row`` or an ``Unrendered``."""

_CALLS: Mapping[str, object] = {
    **dict.fromkeys(("builtins.str", "builtins.repr", "builtins.format", "builtins.chr", "builtins.hex", "builtins.ascii"), STR),
    **dict.fromkeys(("builtins.int", "builtins.len", "builtins.ord", "builtins.hash", "builtins.id"), INT),
    "builtins.float": FLOAT,
    **dict.fromkeys(("builtins.bool", "builtins.isinstance", "builtins.issubclass", "builtins.hasattr", "builtins.callable",
                     "builtins.any", "builtins.all"), BOOL),
    **dict.fromkeys(("django.urls.reverse", "rest_framework.reverse.reverse", "django.utils.translation.gettext",
                     "django.utils.translation.ngettext", "django.utils.translation.pgettext",
                     "django.utils.text.slugify", "django.utils.formats.date_format", "os.path.join"), STR),
}  # fmt: skip
_ANYWHERE: Mapping[str, object] = {
    "count": INT, "exists": BOOL, "isoformat": STR, "hexdigest": STR, "total_seconds": FLOAT,
}  # fmt: skip
"""Methods without arguments whose answer is the same on whatever has them: querysets, dates, digests."""
_OF_REQUESTS: Mapping[str, object] = {"build_absolute_uri": STR, "strftime": STR, "get_full_path": STR}
_OF_TEXT: Mapping[str, object] = {
    **dict.fromkeys(("upper", "lower", "strip", "lstrip", "rstrip", "title", "capitalize", "swapcase", "casefold", "replace",
                     "join", "format", "zfill", "ljust", "rjust", "center", "removeprefix", "removesuffix", "expandtabs"), STR),
    **dict.fromkeys(("startswith", "endswith", "isdigit", "isalpha", "isalnum", "islower", "isupper", "isspace"), BOOL),
    **dict.fromkeys(("split", "rsplit", "splitlines"), Listed(STR)),
    **dict.fromkeys(("count", "find", "index", "rfind"), INT),
}  # fmt: skip

_QUERIES = frozenset(["all", "filter", "exclude", "order_by", "select_related", "prefetch_related", "distinct", "reverse"])
"""Methods of a queryset that give a queryset of the same model."""


@dataclass(frozen=True, slots=True)
class Unrendered:
    """A serializer before ``.data``."""

    name: str
    many: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a function sees: the names of its module, which of its parameters is a row of which model, and which names are
    serializers that may stand in its decorator.
    """

    names: Names
    model: type[Model] | None
    row_at: int
    is_serializer: Callable[[str], bool]
    of_view: str | None = None
    """What to call the serializer that ``self.get_serializer`` makes; ``None`` where there is no such method."""


def returned(function: cst.FunctionDef, around: Surroundings) -> Shape | None:
    """What a function returns, where that is one kind of value for certain.

    Asynchronous and generator functions are not judged, nor what is returned out of a ``with`` that may swallow what is
    raised in it. Decorators are the caller's to judge.
    """
    if function.asynchronous is not None:
        return None
    returns: list[cst.Return] = []
    for node in own_nodes(function):
        if isinstance(node, cst.Yield | cst.Await) or (isinstance(node, cst.With) and not harmless(node)):
            return None
        if isinstance(node, cst.Return):
            returns.append(node)
    body = _Body(around, local_values(function), _rows(function, around), ())
    try:
        parts: list[object] = [Null()] if falls_through(function.body.body) else []
        for statement in returns:
            known = body.parts(statement.value) if statement.value is not None else (Null(),)
            if known is None:
                return None
            parts += known
    except RecursionError:  # an expression of a thousand parts
        return None
    return settled(parts)


def expressions(function: cst.FunctionDef, around: Surroundings) -> Callable[[cst.BaseExpression], Parts | None]:
    """What each expression of a function may be."""
    body = _Body(around, local_values(function), _rows(function, around), ())

    def parts(node: cst.BaseExpression) -> Parts | None:
        try:
            return body.parts(node)
        except RecursionError:
            return None

    return parts


def _rows(function: cst.FunctionDef, around: Surroundings) -> Mapping[str, Row]:
    plain = [param.name.value for param in function.params.params]
    if around.model is None or len(plain) <= around.row_at or plain[around.row_at] in _rebound(function):
        return {}
    return {plain[around.row_at]: Row(around.model)}


def _rebound(function: cst.FunctionDef) -> frozenset[str]:
    params = {param.name.value for param in function.params.params}
    return frozenset(name for name, values in local_values(function).items() if name in params and values is None)


@dataclass(frozen=True, slots=True)
class _Body:
    """The expressions of one function. ``rows``: the names that are rows of a model for certain. ``asked``: the local names that
    are being looked up, against circles.
    """

    around: Surroundings
    local: Mapping[str, Sequence[cst.BaseExpression] | None]
    rows: Mapping[str, Row]
    asked: tuple[str, ...]

    def parts(self, node: cst.BaseExpression) -> Parts | None:
        match node:
            case cst.SimpleString() if isinstance(node.evaluated_value, str):
                return (STR,)
            case cst.FormattedString():
                return (STR,)
            case cst.ConcatenatedString():
                return (STR,) if isinstance(node.evaluated_value, str | None) and not _binary(node) else None
            case cst.Integer():
                return (INT,)
            case cst.Float():
                return (FLOAT,)
            case cst.Name():
                return self._name(node.value)
            case cst.Attribute():
                return self._attribute(node)
            case cst.Call():
                return self._call(node)
            case cst.IfExp():
                return self._both(node.body, node.orelse)
            case cst.BooleanOperation():
                return self._either(node)
            case cst.UnaryOperation(operator=cst.Not()):
                return (BOOL,)
            case cst.UnaryOperation(operator=cst.Minus() | cst.Plus(), expression=inner):
                known = self.parts(inner)
                return known if known in ((INT,), (FLOAT,)) else None
            case cst.Comparison():
                return (BOOL,) if self._compares(node) else None
            case cst.BinaryOperation():
                return self._arithmetic(node)
            case cst.List() | cst.ListComp() | cst.Dict():
                return self._container(node)
        return None

    def _both(self, *nodes: cst.BaseExpression) -> Parts | None:
        every = [self.parts(node) for node in nodes]
        known = [parts for parts in every if parts is not None]
        return tuple(dict.fromkeys(part for parts in known for part in parts)) if len(known) == len(every) else None

    def _either(self, node: cst.BooleanOperation) -> Parts | None:
        left, right = self.parts(node.left), self.parts(node.right)
        if left is None or right is None:
            return None
        if isinstance(node.operator, cst.Or):  # what is None is not what `or` gives of its left side
            left = tuple(part for part in left if part != Null())
        elif left != (BOOL,) and any(part != Null() for part in left):
            return None  # `text and number` gives the empty text
        return tuple(dict.fromkeys((*left, *right)))

    def _name(self, name: str) -> Parts | None:
        if name in self.rows:
            return (self.rows[name],)
        if name in self.local:
            values = self.local[name]
            if not values or name in self.asked:
                return None
            deeper = _Body(self.around, self.local, self.rows, (*self.asked, name))
            return deeper._both(*values)
        if name in self.around.names.bound:
            return None
        return {"None": (Null(),), "True": (BOOL,), "False": (BOOL,)}.get(name)

    def _attribute(self, node: cst.Attribute) -> Parts | None:
        base = self.parts(node.value)
        if base is None:
            return None
        found: list[object] = []
        for part in base:
            match part:
                case Unrendered(name, many) if node.attr.value == "data":
                    found.append(Nested(name, many))
                case Row(model):
                    known = rows.attribute(model, node.attr.value)
                    if known is None:
                        return None
                    found += known
                case StoredFile() if node.attr.value in ("url", "path"):
                    found.append(STR)
                case Null():
                    continue  # it would have raised
                case _:
                    return None
        return tuple(dict.fromkeys(found)) or None

    def _call(self, node: cst.Call) -> Parts | None:
        dotted = None if self._is_local(node.func) else self.around.names.dotted(node.func)
        if dotted is not None and dotted in _CALLS:
            return (_CALLS[dotted],)
        if dotted == "builtins.round" and len(node.args) == 1:
            return (INT,)
        if dotted in ("builtins.round", "builtins.abs") and node.args:
            known = self.parts(node.args[0].value)
            return known if known in ((INT,), (FLOAT,)) else None
        if dotted == "builtins.list" and len(node.args) == 1:
            return self._column(node.args[0].value)
        if self.around.of_view is not None and _written(node.func) == "self.get_serializer":
            many = _many(node)
            return None if many is None else (Unrendered(self.around.of_view, many),)
        written = None if self._is_local(node.func) else _written(node.func)
        if written is not None and self.around.is_serializer(written):
            many = _many(node)
            return None if many is None else (Unrendered(written, many),)
        return self._method(node.func, node) if isinstance(node.func, cst.Attribute) else None

    def _method(self, func: cst.Attribute, node: cst.Call) -> Parts | None:
        name = func.attr.value
        if name in _OF_REQUESTS or (not node.args and name in _ANYWHERE):
            return ({**_OF_REQUESTS, **_ANYWHERE}[name],)
        base = self.parts(func.value)
        if base == (STR,) and name in _OF_TEXT:
            return (_OF_TEXT[name],)
        if base is not None and len(base) == 1 and isinstance(base[0], Row) and not node.args:
            return rows.answer(base[0].model, name)
        return None

    def _column(self, node: cst.BaseExpression) -> Parts | None:
        """``row.related.values_list("name", flat=True)``: the values of one column."""
        match node:
            case cst.Call(
                func=cst.Attribute(value=source, attr=cst.Name(value="values_list")),
                args=[cst.Arg(keyword=None, value=cst.SimpleString() as column), cst.Arg(keyword=cst.Name(value="flat"))],
            ):
                pass
            case _:
                return None
        model = self._rows_of(source)
        known = rows.attribute(model, str(column.evaluated_value)) if model is not None else None
        single = settled(known) if known is not None else None
        return (Listed(single.single),) if single is not None and not single.nullable else None

    def _inside(self, loop: cst.CompFor) -> _Body:
        """What is known inside of ``for row in rows``."""
        model = self._rows_of(loop.iter)
        if model is None or not isinstance(loop.target, cst.Name) or loop.inner_for_in is not None:
            return self
        return _Body(self.around, self.local, {**self.rows, loop.target.value: Row(model)}, self.asked)

    def _rows_of(self, node: cst.BaseExpression) -> type[Model] | None:
        """The model of ``row.related.all()``, filtered and ordered or not."""
        while isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.func.attr.value in _QUERIES:
            node = node.func.value
        base = self.parts(node.value) if isinstance(node, cst.Attribute) else None
        if not isinstance(node, cst.Attribute) or base is None or len(base) != 1 or not isinstance(base[0], Row):
            return None
        return rows.related(base[0].model, node.attr.value)

    def _compares(self, node: cst.Comparison) -> bool:
        """``in`` and ``is`` always say true or false; ``==`` does for what is known here, and for attributes and literals."""
        certain = (cst.In, cst.NotIn, cst.Is, cst.IsNot)
        if all(isinstance(each.operator, certain) for each in node.comparisons):
            return True
        sides = [node.left, *(each.comparator for each in node.comparisons)]
        return any(self.parts(side) is not None for side in sides)

    def _arithmetic(self, node: cst.BinaryOperation) -> Parts | None:
        left = self.parts(node.left)
        if isinstance(node.operator, cst.Modulo) and left == (STR,):
            return (STR,)
        right = self.parts(node.right)
        pair = {left, right}
        if isinstance(node.operator, cst.Add) and pair == {(STR,)}:
            return (STR,)
        if not pair <= {(INT,), (FLOAT,)}:
            return None
        if isinstance(node.operator, cst.Divide):
            return (FLOAT,)
        if isinstance(node.operator, cst.Add | cst.Subtract | cst.Multiply | cst.FloorDivide | cst.Modulo):
            return (INT,) if pair == {(INT,)} else (FLOAT,)
        return None

    def _container(self, node: cst.List | cst.ListComp | cst.Dict) -> Parts | None:
        if isinstance(node, cst.ListComp):
            known = self._inside(node.for_in).parts(node.elt)
        elif isinstance(node, cst.List):
            known = self._both(*[element.value for element in node.elements]) if node.elements else None
            if any(isinstance(element, cst.StarredElement) for element in node.elements):
                return None
        else:
            pairs = [element for element in node.elements if isinstance(element, cst.DictElement)]
            if not pairs or len(pairs) < len(node.elements) or self._both(*[pair.key for pair in pairs]) != (STR,):
                return None
            known = self._both(*[pair.value for pair in pairs])
        single = settled(known) if known is not None else None
        if single is None or single.nullable or isinstance(single.single, Nested):
            return None
        return (Mapped(single.single),) if isinstance(node, cst.Dict) else (Listed(single.single),)

    def _is_local(self, node: cst.BaseExpression) -> bool:
        return (_written(node) or "").partition(".")[0] in self.local


def _written(node: cst.BaseExpression) -> str | None:
    return helpers.get_full_name_for_node(node) if isinstance(node, cst.Name | cst.Attribute) else None


def _many(node: cst.Call) -> bool | None:
    for argument in node.args:
        if argument.star:
            return None
        if argument.keyword is not None and argument.keyword.value == "many":
            return {"True": True, "False": False}.get(argument.value.value) if isinstance(argument.value, cst.Name) else None
    return False


def _binary(node: cst.ConcatenatedString) -> bool:
    return any(isinstance(part, cst.SimpleString) and isinstance(part.evaluated_value, bytes) for part in walk(node))
