"""The Python AST: libcst nodes made by lowercase factories, which parenthesise, refuse reserved names and share what is equal.

Mentioning a :class:`Symbol` is importing it: :func:`ref` makes a name that knows where it comes from, and the printer writes
the import. Strings are values: :func:`string` and :func:`docstring` escape them.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

import libcst as cst

from .text import docstring_literal, string_literal

Expression: TypeAlias = cst.BaseExpression
Statement: TypeAlias = "cst.SimpleStatementLine | cst.BaseCompoundStatement"


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something that a module defines. A ``module`` with a leading dot is of the generated package: ``.models.products``."""

    module: str
    name: str


@dataclass(frozen=True)
class Reference(cst.Name):
    """A name that comes from somewhere. What is written, and imported, is decided per module when it is printed."""

    symbol: Symbol = Symbol("builtins", "object")


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the generated package. ``path`` has no ending: ``("models", "products")``."""

    path: tuple[str, ...]
    body: tuple[Statement, ...]
    documentation: str | None = None
    future_annotations: bool = False
    exports: tuple[Symbol, ...] = ()
    """What an ``__init__`` hands on, in ``__all__`` too."""

    @property
    def name(self) -> str:
        """Where its symbols come from: ``.models.products``."""
        return "." + ".".join(self.path)


class ReservedNameError(ValueError):
    """A reserved word where a name has to be: a mistake in a builder, never of a document."""


# Tokens and blanks that every node would make anew: made once, because nodes are immutable.
_NOTHING: Final = cst.SimpleWhitespace("")
_BLANK: Final = cst.SimpleWhitespace(" ")
_END: Final = cst.TrailingWhitespace(whitespace=_NOTHING)
_OR: Final = cst.BitOr(whitespace_before=_BLANK, whitespace_after=_BLANK)
_EQUAL: Final = cst.AssignEqual(whitespace_before=_BLANK, whitespace_after=_BLANK)
_KEYWORD_EQUAL: Final = cst.AssignEqual(whitespace_before=_NOTHING, whitespace_after=_NOTHING)
_DOT: Final = cst.Dot(whitespace_before=_NOTHING, whitespace_after=_NOTHING)
_LEFT_PAREN: Final = (cst.LeftParen(whitespace_after=_NOTHING),)
_RIGHT_PAREN: Final = (cst.RightParen(whitespace_before=_NOTHING),)
_LEFT_BRACKET: Final = cst.LeftSquareBracket(whitespace_after=_NOTHING)
_RIGHT_BRACKET: Final = cst.RightSquareBracket(whitespace_before=_NOTHING)
_LEFT_BRACE: Final = cst.LeftCurlyBrace(whitespace_after=_NOTHING)
_RIGHT_BRACE: Final = cst.RightCurlyBrace(whitespace_before=_NOTHING)

# One table for all parentheses (Python reference §6.17); higher binds tighter.
_LAMBDA: Final = 1
_CONDITIONAL: Final = 2
_BITWISE_OR: Final = 7
_UNARY: Final = 12
_AWAIT: Final = 14
_PRIMARY: Final = 15
_ATOM: Final = 16


_PRECEDENCE: Final[Mapping[type[cst.CSTNode], int]] = {
    cst.Lambda: _LAMBDA,
    cst.IfExp: _CONDITIONAL,
    cst.BinaryOperation: _BITWISE_OR,
    cst.UnaryOperation: _UNARY,
    cst.Await: _AWAIT,
    cst.Call: _PRIMARY,
    cst.Attribute: _PRIMARY,
    cst.Subscript: _PRIMARY,
}


def _at_least(node: Expression, precedence: int) -> Expression:
    """``node``, in parentheses where it binds looser."""
    if node.lpar or _PRECEDENCE.get(type(node), _ATOM) >= precedence:
        return node
    return node.with_changes(lpar=_LEFT_PAREN, rpar=_RIGHT_PAREN)


# --- expressions


@lru_cache(maxsize=16_384)
def name(value: str) -> cst.Name:
    """A local name, an attribute's or a parameter's.

    Raises:
        ReservedNameError: it is a keyword or no identifier.
    """
    return cst.Name(_checked(value))


def _checked(value: str) -> str:
    if keyword.iskeyword(value) or not value.isidentifier():
        raise ReservedNameError(value)
    return value


@lru_cache(maxsize=16_384)
def ref(symbol: Symbol) -> Reference:
    """``symbol``, imported into whatever module mentions it."""
    return Reference(symbol.name if symbol.name in _CONSTANTS else _checked(symbol.name), symbol=symbol)


_CONSTANTS: Final = frozenset({"None", "True", "False"})
NONE: Final = cst.Name("None")
TRUE: Final = cst.Name("True")
FALSE: Final = cst.Name("False")
ELLIPSIS: Final = cst.Ellipsis()


@lru_cache(maxsize=16_384)
def attribute(value: Expression, attr: str) -> cst.Attribute:
    """``value.attr``."""
    return cst.Attribute(_at_least(value, _PRIMARY), name(attr), dot=_DOT)


def dotted(path: str) -> cst.Name | cst.Attribute:
    """``self._http.request``."""
    first, *rest = path.split(".")
    node: cst.Name | cst.Attribute = name(first)
    for part in rest:
        node = attribute(node, part)
    return node


@lru_cache(maxsize=16_384)
def argument(value: Expression, keyword: str | None = None) -> cst.Arg:
    """An argument of a call."""
    if keyword is None:
        return cst.Arg(value, whitespace_after_star=_NOTHING, whitespace_after_arg=_NOTHING)
    return cst.Arg(
        value,
        keyword=name(keyword),
        equal=_KEYWORD_EQUAL,
        whitespace_after_star=_NOTHING,
        whitespace_after_arg=_NOTHING,
    )


def spread(variable: str) -> cst.Arg:
    """``**variable`` in a call."""
    return cst.Arg(name(variable), star="**")


def call(function: Expression, *positional: Expression, **named: Expression | None) -> cst.Call:
    """A call; named arguments that are ``None`` are left out."""
    args = [argument(value) for value in positional]
    args += [argument(value, key) for key, value in named.items() if value is not None]
    return call_with(function, tuple(args))


@lru_cache(maxsize=16_384)
def call_with(function: Expression, args: tuple[cst.Arg, ...]) -> cst.Call:
    """A call of ready arguments."""
    return cst.Call(
        _at_least(function, _PRIMARY), args, whitespace_after_func=_NOTHING, whitespace_before_args=_NOTHING
    )


@lru_cache(maxsize=16_384)
def subscript(value: Expression, *indices: Expression) -> cst.Subscript:
    """``value[a, b]``."""
    return cst.Subscript(
        _at_least(value, _PRIMARY),
        tuple(_index(i) for i in indices),
        lbracket=_LEFT_BRACKET,
        rbracket=_RIGHT_BRACKET,
        whitespace_after_value=_NOTHING,
    )


@lru_cache(maxsize=16_384)
def _index(value: Expression) -> cst.SubscriptElement:
    return cst.SubscriptElement(cst.Index(value))


@lru_cache(maxsize=16_384)
def union(*members: Expression) -> Expression:
    """``a | b``; of one member, that member."""
    node = members[0]
    for member in members[1:]:
        node = cst.BinaryOperation(_at_least(node, _BITWISE_OR), _OR, _at_least(member, _BITWISE_OR + 1))
    return node


def conditional(value: Expression, test: Expression, otherwise: Expression) -> cst.IfExp:
    """``value if test else otherwise``."""
    return cst.IfExp(
        _at_least(test, _CONDITIONAL + 1),
        _at_least(value, _CONDITIONAL + 1),
        _at_least(otherwise, _CONDITIONAL),
        whitespace_before_if=_BLANK,
        whitespace_after_if=_BLANK,
        whitespace_before_else=_BLANK,
        whitespace_after_else=_BLANK,
    )


def tuple_(*items: Expression) -> cst.Tuple:
    """``(a, b)``, always in parentheses."""
    return cst.Tuple(tuple(_element(item) for item in items), lpar=_LEFT_PAREN, rpar=_RIGHT_PAREN)


@lru_cache(maxsize=16_384)
def _element(value: Expression) -> cst.Element:
    return cst.Element(value)


def list_(*items: Expression) -> cst.List:
    """``[a, b]``."""
    return cst.List(tuple(_element(item) for item in items), lbracket=_LEFT_BRACKET, rbracket=_RIGHT_BRACKET)


def dict_(pairs: Iterable[tuple[Expression, Expression]]) -> cst.Dict:
    """``{a: b}``."""
    elements = tuple(
        cst.DictElement(key, value, whitespace_before_colon=_NOTHING, whitespace_after_colon=_BLANK)
        for key, value in pairs
    )
    return cst.Dict(elements, lbrace=_LEFT_BRACE, rbrace=_RIGHT_BRACE)


@lru_cache(maxsize=16_384)
def string(value: str) -> cst.SimpleString:
    """A string literal of exactly ``value``, with the quotes that need fewer escapes."""
    return cst.SimpleString(string_literal(value))


@lru_cache(maxsize=1_024)
def _number(text: str) -> Expression:
    if text.startswith("-"):
        return cst.UnaryOperation(cst.Minus(), _number(text[1:]))
    return cst.Integer(text) if text.isdigit() else cst.Float(text)


def number(value: int | float) -> Expression:
    """A number; what Python has no literal for (infinity, NaN) is refused."""
    text = repr(value).replace("e+", "e")
    if isinstance(value, bool) or text.lstrip("-")[:1] not in tuple("0123456789"):
        raise ValueError(text)
    return _number(text)


def constant(value: str | bool | int | float | None) -> Expression:
    """A literal of any JSON scalar."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return string(value) if isinstance(value, str) else number(value)


def lambda_(parameters: Sequence[str], body: Expression) -> cst.Lambda:
    """``lambda a, b: body``."""
    return cst.Lambda(cst.Parameters(tuple(cst.Param(name(p)) for p in parameters)), _at_least(body, _LAMBDA))


def await_(expression: Expression) -> cst.Await:
    """``await expression``."""
    return cst.Await(_at_least(expression, _PRIMARY), whitespace_after_await=_BLANK)


# --- statements


def _line(statement: cst.BaseSmallStatement) -> cst.SimpleStatementLine:
    return cst.SimpleStatementLine((statement,), trailing_whitespace=_END)


@lru_cache(maxsize=1_024)
def annotation(type: Expression) -> cst.Annotation:
    """A type where one is written."""
    return cst.Annotation(type, whitespace_before_indicator=_NOTHING, whitespace_after_indicator=_BLANK)


@lru_cache(maxsize=1_024)
def _returned(type: Expression) -> cst.Annotation:
    return cst.Annotation(type, whitespace_before_indicator=_BLANK, whitespace_after_indicator=_BLANK)


@lru_cache(maxsize=16_384)
def annotated(target: str, type: Expression, value: Expression | None = None) -> cst.SimpleStatementLine:
    """``target: type = value``."""
    equal = cst.MaybeSentinel.DEFAULT if value is None else _EQUAL
    return _line(cst.AnnAssign(name(target), annotation(type), value, equal=equal))


def assign(target: cst.Name | cst.Attribute, value: Expression) -> cst.SimpleStatementLine:
    """``target = value``."""
    to = cst.AssignTarget(target, whitespace_before_equal=_BLANK, whitespace_after_equal=_BLANK)
    return _line(cst.Assign((to,), value))


def expression(value: Expression) -> cst.SimpleStatementLine:
    """An expression for its effect."""
    return _line(cst.Expr(value))


@lru_cache(maxsize=16_384)
def docstring(text: str, depth: int) -> cst.SimpleStatementLine:
    """Documentation in a body that stands ``depth`` levels deep; long lines are wrapped for it."""
    return _line(cst.Expr(cst.SimpleString(docstring_literal(text, depth))))


def return_(value: Expression) -> cst.SimpleStatementLine:
    """``return value``."""
    return _line(cst.Return(value, whitespace_after_return=_BLANK))


def unless_type_checking(checking: Expression, body: Iterable[Statement]) -> cst.If:
    """``if not TYPE_CHECKING:``, for what only pydantic is to see; ``checking`` is the reference to ``TYPE_CHECKING``."""
    test = cst.UnaryOperation(cst.Not(whitespace_after=_BLANK), checking)
    return cst.If(test, cst.IndentedBlock(tuple(body), header=_END), whitespace_before_test=_BLANK)


PASS: Final = _line(cst.Pass())
STUB: Final = _line(cst.Expr(ELLIPSIS))
"""The body ``...`` of an overload."""


@lru_cache(maxsize=16_384)
def parameter(
    parameter_name: str,
    type: Expression | None = None,
    default: Expression | None = None,
    star: Literal["", "**"] = "",
) -> cst.Param:
    """A parameter of a function."""
    return cst.Param(
        name(parameter_name),
        None if type is None else annotation(type),
        equal=cst.MaybeSentinel.DEFAULT if default is None else _KEYWORD_EQUAL if type is None else _EQUAL,
        default=default,
        star=star,
        whitespace_after_star=_NOTHING,
        whitespace_after_param=_NOTHING,
    )


def function(
    function_name: str,
    positional: Iterable[cst.Param],
    body: Iterable[Statement],
    *,
    named: Iterable[cst.Param] = (),
    rest: cst.Param | None = None,
    returns: Expression | None = None,
    decorators: Iterable[Expression] = (),
    asynchronous: bool = False,
) -> cst.FunctionDef:
    """A function; ``named`` parameters are keyword-only, ``rest`` is the ``**`` one."""
    keywords = tuple(named)
    return cst.FunctionDef(
        name(function_name),
        cst.Parameters(
            tuple(positional),
            kwonly_params=keywords,
            star_arg=_STAR if keywords else cst.MaybeSentinel.DEFAULT,
            star_kwarg=rest,
        ),
        cst.IndentedBlock(tuple(body), header=_END),
        decorators=tuple(cst.Decorator(d) for d in decorators),
        returns=None if returns is None else _returned(returns),
        asynchronous=_ASYNC if asynchronous else None,
        whitespace_after_def=_BLANK,
        whitespace_after_name=_NOTHING,
        whitespace_before_params=_NOTHING,
        whitespace_before_colon=_NOTHING,
        whitespace_after_type_parameters=_NOTHING,
    )


_STAR: Final = cst.ParamStar()
_ASYNC: Final = cst.Asynchronous(whitespace_after=_BLANK)


def class_(
    class_name: str,
    bases: Iterable[Expression],
    body: Iterable[Statement],
    *,
    keywords: Iterable[cst.Arg] = (),
    decorators: Iterable[Expression] = (),
) -> cst.ClassDef:
    """A class; an empty body is ``pass``."""
    return cst.ClassDef(
        name(class_name),
        cst.IndentedBlock(tuple(body) or (PASS,), header=_END),
        tuple(argument(base) for base in bases),
        tuple(keywords),
        tuple(cst.Decorator(d) for d in decorators),
        whitespace_after_class=_BLANK,
        whitespace_after_name=_NOTHING,
        whitespace_before_colon=_NOTHING,
        whitespace_after_type_parameters=_NOTHING,
    )


def import_(module: str, asname: str | None = None) -> cst.SimpleStatementLine:
    """``import module as asname``."""
    return _line(cst.Import((_alias(_module(module), asname),)))


def import_from(module: str, names: Iterable[tuple[str, str | None]]) -> cst.SimpleStatementLine:
    """``from module import name as other``; a ``module`` with leading dots is relative."""
    bare = module.lstrip(".")
    return _line(
        cst.ImportFrom(
            _module(bare) if bare else None,
            tuple(_alias(name(n), alias) for n, alias in names),
            relative=(cst.Dot(),) * (len(module) - len(bare)),
        )
    )


def _module(path: str) -> cst.Name | cst.Attribute:
    return dotted(path)


def _alias(imported: cst.Name | cst.Attribute, asname: str | None) -> cst.ImportAlias:
    return cst.ImportAlias(imported, None if asname is None else cst.AsName(name(asname)))
