"""Stubs of modules of schemas: the module as it is written, with the fields that its models give, for type checkers."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby
from keyword import iskeyword
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import libcst as cst
from pydantic import BaseModel, JsonValue
from pydantic.fields import FieldInfo

from specloom.builders.python.nodes import (
    ELLIPSIS,
    NONE,
    Expression,
    Statement,
    Symbol,
    annotated,
    call,
    class_,
    constant,
    import_from,
    name,
    ref,
    string,
    subscript,
    union,
)
from specloom.builders.python.types import ANY
from specloom.ir.diagnostics import SpecloomError

from .facts import json_name
from .naming import own_schemas

_CLASS_VAR = Symbol("typing", "ClassVar")
_CONFIG = Symbol("specloom.django.schemas", "SchemaConfig")
_BASE = Symbol("specloom.django.schemas", "BaseSchema")
_FIELD = Symbol("pydantic", "Field")
_SHADOWS = cst.TrailingWhitespace(
    cst.SimpleWhitespace("  "),
    cst.Comment("# type: ignore[assignment, override, unused-ignore]  # pyright: ignore[reportIncompatibleMethodOverride]"),
)
"""Behind a field of a model that is called as a method of Pydantic is."""


def stub_source(module: ModuleType) -> str:
    """The stub of a module: its own source with bodies left out, and each schema with all its fields.

    Raises ``SpecloomError``: ``no-source`` where the module's source cannot be read.
    """
    try:
        tree = cst.parse_module(inspect.getsource(module))
    except (OSError, TypeError, cst.ParserSyntaxError) as error:
        raise SpecloomError.of("no-source", f"{module.__name__} has no source that can be read: {error}") from error
    filler = _Filler(module)
    filled = tree.visit(filler)
    lines = list(filled.body)
    future = [at for at, line in enumerate(lines) if _is_future(line)]
    start = future[-1] + 1 if future else int(tree.get_docstring() is not None)
    found = sorted(filler.imports.items(), key=_key)
    imports = [
        import_from(module, [(symbol.name, alias) for symbol, alias in names])
        for module, names in groupby(found, key=lambda each: each[0].module)
    ]
    if start and imports:
        imports[0] = imports[0].with_changes(leading_lines=[cst.EmptyLine(indent=False)])
    body = [*lines[:start], *imports, *lines[start:]]
    stub = filled.with_changes(body=[_apart(line, first=not at) for at, line in enumerate(body)])
    return stub.visit(_Pruner(_mentioned(stub))).code


def _apart(line: Line, *, first: bool) -> Line:
    """A class or function of a stub has one empty line before it, as black writes stubs; comments stay."""
    if first or not isinstance(line, cst.ClassDef | cst.FunctionDef):
        return line
    kept = [each for each in line.leading_lines if each.comment is not None]
    return line.with_changes(leading_lines=[cst.EmptyLine(indent=False), *kept])


def _mentioned(stub: cst.Module) -> frozenset[str]:
    """The names that a stub uses outside of its imports, or lists for others in ``__all__``."""
    found = set[str]()
    for line in stub.body:
        if not (isinstance(line, cst.SimpleStatementLine) and all(isinstance(each, cst.ImportFrom) for each in line.body)):
            found.update(re.findall(r"\w+", stub.code_for_node(line)))
    return frozenset(found)


class _Pruner(cst.CSTTransformer):
    """Takes imports out that nothing in the stub uses any more."""

    def __init__(self, mentioned: frozenset[str]) -> None:
        self.mentioned = mentioned

    def leave_ImportFrom(  # noqa: N802 - libcst's own spelling
        self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom
    ) -> cst.ImportFrom | cst.RemovalSentinel:
        if isinstance(updated_node.names, cst.ImportStar) or _module_of(updated_node) == "__future__":
            return updated_node
        kept = [each for each in updated_node.names if each.asname is not None or each.evaluated_name in self.mentioned]
        if len(kept) == len(updated_node.names):
            return updated_node
        if not kept:
            return cst.RemoveFromParent()
        return updated_node.with_changes(names=[*kept[:-1], kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)])


def _module_of(node: cst.ImportFrom) -> str:
    return node.module.value if isinstance(node.module, cst.Name) else ""


Line: TypeAlias = cst.SimpleStatementLine | cst.BaseCompoundStatement


class _Filler(cst.CSTTransformer):
    """Puts fields into schemas, and leaves bodies of functions out."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.schemas = {schema.__name__: schema for schema in own_schemas(module)}
        self.imports: dict[Symbol, str | None] = {}
        self.nested: dict[type[BaseModel], None] = {}
        self.depth = 0

    def visit_ClassDef(self, node: cst.ClassDef) -> None:  # noqa: N802 - libcst's own spelling
        self.depth += 1

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:  # noqa: N802 - libcst's own spelling
        return False

    def leave_FunctionDef(  # noqa: N802
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        return updated_node.with_changes(
            body=cst.SimpleStatementSuite([cst.Expr(ELLIPSIS)]), decorators=_less_computed(updated_node.decorators)
        )

    def leave_ClassDef(  # noqa: N802
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.ClassDef | cst.FlattenSentinel[cst.BaseStatement]:
        self.depth -= 1
        schema = self.schemas.get(original_node.name.value)
        if schema is None or self.depth or not isinstance(updated_node.body, cst.IndentedBlock):
            return updated_node
        written = {one for line in updated_node.body.body for one in _bound(line)}
        body = [line for line in updated_node.body.body if "config" not in _bound(line)]
        start = int(original_node.get_docstring() is not None)
        fields = list(self._fields(schema, written - {"config"}))
        if start and fields:
            fields[0] = fields[0].with_changes(leading_lines=[cst.EmptyLine(indent=False)])
        filled = updated_node.with_changes(
            body=updated_node.body.with_changes(body=[*body[:start], *fields, *body[start:]])
        )
        return cst.FlattenSentinel([*self._nested(), filled])

    def _fields(self, schema: type[BaseModel], written: set[str]) -> Iterator[Statement]:
        schema.model_rebuild(raise_errors=False)  # names of schemas that come later
        if "config" not in schema.model_fields:
            of = subscript(self._ref(_CONFIG), self._symbol(ANY))
            yield annotated("config", subscript(self._ref(_CLASS_VAR), of))
        for field, info in schema.model_fields.items():
            if field not in written:
                made = annotated(field, self._type(info.annotation), self._value(field, info))
                yield made.with_changes(trailing_whitespace=_SHADOWS) if hasattr(BaseModel, field) else made

    def _value(self, field: str, info: FieldInfo) -> Expression | None:
        """What stands behind a field: that it need not be given, and the name that it is given by."""
        alias = json_name(field, info)
        if alias == field or not alias.isidentifier() or iskeyword(alias):
            return None if info.is_required() else ELLIPSIS
        default = {} if info.is_required() else {"default": ELLIPSIS}
        return call(self._ref(_FIELD), **default, alias=string(alias))

    def _nested(self) -> Iterator[cst.ClassDef]:
        """Schemas that were nested as fields and have no statement of their own; those inside of them first."""
        made: list[cst.ClassDef] = []
        done: set[type[BaseModel]] = set()
        while waiting := [each for each in self.nested if each not in done]:
            done.add(waiting[0])
            base = subscript(self._ref(_BASE), self._symbol(ANY))
            made.append(class_(waiting[0].__name__, [base], self._fields(waiting[0], set())))
        self.nested.clear()
        return reversed(made)

    def _type(self, annotation: Any) -> Expression:  # noqa: ANN401 - any annotation
        origin, arguments = get_origin(annotation), get_args(annotation)
        if annotation is None or annotation is NoneType:
            return NONE
        if annotation is JsonValue:
            return self._ref(Symbol("pydantic", "JsonValue"))
        if origin is Annotated:
            return self._type(arguments[0])
        if origin is Union or isinstance(annotation, UnionType):
            return union(*dict.fromkeys(self._type(each) for each in arguments))
        if origin is Literal:
            return subscript(self._ref(Symbol("typing", "Literal")), *(constant(each) for each in arguments))
        if isinstance(origin, type) and origin in (list, dict, tuple, set, frozenset):
            parts = (ELLIPSIS if each is Ellipsis else self._type(each) for each in arguments)
            return subscript(name(origin.__name__), *parts)
        return self._class(annotation) if isinstance(annotation, type) else self._symbol(ANY)

    def _class(self, kind: type) -> Expression:
        if kind.__module__ == "builtins":
            return name(kind.__name__)
        if getattr(self.module, kind.__name__, None) is kind:
            return name(kind.__name__)
        if issubclass(kind, BaseModel) and kind.__module__ == self.module.__name__ and "<locals>" not in kind.__qualname__:
            self.nested.setdefault(kind)
            return name(kind.__name__)
        if _is_importable(kind):
            return self._ref(Symbol(kind.__module__, kind.__qualname__))
        if issubclass(kind, Enum):  # made of choices: nobody can import it, but its members are texts or numbers
            return self._class(next(base for base in kind.__mro__ if base in (str, int, object)))
        return self._symbol(ANY)

    def _symbol(self, reference: Expression) -> Expression:
        symbol = getattr(reference, "symbol", None)
        return self._ref(symbol) if isinstance(symbol, Symbol) else reference

    def _ref(self, symbol: Symbol) -> Expression:
        """The name of something, imported where the module does not have it; under another name where that is taken."""
        thing = getattr(__import__(symbol.module, fromlist=[symbol.name]), symbol.name)
        if getattr(self.module, symbol.name, None) is thing:
            return name(symbol.name)
        taken = hasattr(self.module, symbol.name) or any(
            other.name == symbol.name and other != symbol for other in self.imports
        )
        alias = f"_{symbol.module.replace('.', '_')}_{symbol.name}" if taken else None
        self.imports[symbol] = alias
        return name(alias) if alias else ref(symbol)


def _less_computed(decorators: Sequence[cst.Decorator]) -> list[cst.Decorator]:
    """The decorators of a property that Pydantic computes, as every type checker knows them: those of a property alone."""
    kept = [each for each in decorators if _called(each.decorator) != "computed_field"]
    if len(kept) == len(decorators) or any(_called(each.decorator) in ("property", "cached_property") for each in kept):
        return kept
    return [*kept, cst.Decorator(name("property"))]


def _called(decorator: cst.BaseExpression) -> str:
    """The last name of a decorator."""
    found = decorator.func if isinstance(decorator, cst.Call) else decorator
    if isinstance(found, cst.Attribute):
        found = found.attr
    return found.value if isinstance(found, cst.Name) else ""


def _key(found: tuple[Symbol, str | None]) -> tuple[str, str]:
    return found[0].module, found[0].name


def _is_importable(kind: type) -> bool:
    return getattr(sys.modules.get(kind.__module__), kind.__qualname__, None) is kind


def _bound(line: cst.BaseStatement | cst.BaseSmallStatement) -> Iterator[str]:
    """The names that a statement of a class body gives a value or a type."""
    for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
        targets: list[cst.BaseExpression] = []
        if isinstance(small, cst.AnnAssign):
            targets = [small.target]
        elif isinstance(small, cst.Assign):
            targets = [each.target for each in small.targets]
        yield from (target.value for target in targets if isinstance(target, cst.Name))


def _is_future(line: object) -> bool:
    return isinstance(line, cst.SimpleStatementLine) and any(
        isinstance(small, cst.ImportFrom) and isinstance(small.module, cst.Name) and small.module.value == "__future__"
        for small in line.body
    )


def stubs(modules: Iterable[ModuleType]) -> dict[Path, dict[str, str]]:
    """The stub of each module, by its folder and the name of the file that belongs beside it."""
    found: dict[Path, dict[str, str]] = {}
    for module in modules:
        path = Path(str(module.__file__))
        found.setdefault(path.parent, {})[f"{path.name}i"] = stub_source(module)
    return found
