"""Types, and the names that stand in types and expressions alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from .comments import NO_DOC, Doc
from .symbols import Symbol, checked


@dataclass(frozen=True, slots=True)
class Name:
    """A name of this package, of the language, or a local one."""

    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """What another package exports. The printer imports that package, and says what it is called in the file."""

    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Pointer:
    """``*T``."""

    element: Type


@dataclass(frozen=True, slots=True)
class SliceType:
    """``[]T``."""

    element: Type


@dataclass(frozen=True, slots=True)
class ArrayType:
    """``[3]T``, and ``[...]T`` without a length."""

    element: Type
    length: int | None = None


@dataclass(frozen=True, slots=True)
class MapType:
    """``map[K]V``."""

    key: Type
    value: Type


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter, result or receiver. Neighbours of one type are written ``a, b string``."""

    name: str | None
    type: Type
    variadic: bool = False


@dataclass(frozen=True, slots=True)
class FuncType:
    """``func(a A) (B, error)``."""

    params: tuple[Parameter, ...] = ()
    results: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A generic type or function with its arguments: ``Nullable[T]``."""

    generic: Name | Ref
    args: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class TypeUnion:
    """``~string | ~int`` of a constraint; ``tilde`` goes for all terms."""

    terms: tuple[Type, ...]
    tilde: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a struct, embedded without a name. A tag is keys and values, unquoted: ``(("json", "id,omitzero"),)``."""

    name: str | None
    type: Type
    tag: tuple[tuple[str, str], ...] = ()
    doc: Doc = NO_DOC
    blank_before: bool = False


@dataclass(frozen=True, slots=True)
class StructType:
    """``struct { ... }``. One short field without tag or comment stands on one line where ``one_line`` asks for it."""

    fields: tuple[Field, ...] = ()
    one_line: bool = False


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """A method of an interface."""

    name: str
    type: FuncType
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class InterfaceType:
    """``interface { ... }``: methods, embedded interfaces, unions. ``one_line`` as for a struct."""

    elements: tuple[MethodSpec | Type, ...] = ()
    one_line: bool = False


@dataclass(frozen=True, slots=True)
class TypeParameter:
    """``K comparable`` in ``[K comparable, V any]``."""

    name: str
    constraint: Type


Type: TypeAlias = (
    Name | Ref | Pointer | SliceType | ArrayType | MapType | FuncType | Instance | TypeUnion | StructType | InterfaceType
)


@lru_cache(maxsize=16_384)
def name(text: str) -> Name:
    """A name.

    Raises:
        InvalidNameError: it is a keyword or no identifier.
    """
    return Name(checked(text))


@lru_cache(maxsize=4_096)
def ref(path: str, text: str) -> Ref:
    """``text`` of the package ``path``: ``ref("net/http", "Request")``."""
    return Ref(Symbol(path, checked(text)))


@lru_cache(maxsize=16_384)
def pointer(element: Type) -> Pointer:
    """``*T``."""
    return Pointer(element)


@lru_cache(maxsize=16_384)
def slice_of(element: Type) -> SliceType:
    """``[]T``."""
    return SliceType(element)


@lru_cache(maxsize=1_024)
def array_of(element: Type, length: int | None = None) -> ArrayType:
    """``[length]T``, or ``[...]T``."""
    return ArrayType(element, length)


@lru_cache(maxsize=16_384)
def map_of(key: Type, value: Type) -> MapType:
    """``map[K]V``."""
    return MapType(key, value)


@lru_cache(maxsize=16_384)
def instance(generic: Name | Ref, *args: Type) -> Instance:
    """``generic[args]``; a function too: ``do[Product]``."""
    return Instance(generic, args)


def type_union(*terms: Type, tilde: bool = False) -> TypeUnion:
    """``A | B``, ``~A | ~B``."""
    return TypeUnion(terms, tilde)


@lru_cache(maxsize=16_384)
def parameter(text: str | None, type: Type, *, variadic: bool = False) -> Parameter:
    """``name T``, ``name ...T``; without a name, a type alone."""
    return Parameter(None if text is None else checked(text), type, variadic)


def parameters(given: Iterable[Parameter | Type]) -> tuple[Parameter, ...]:
    """Parameters, where a type stands for one without a name."""
    return tuple(one if isinstance(one, Parameter) else Parameter(None, one) for one in given)


def func_type(params: Iterable[Parameter | Type] = (), results: Iterable[Parameter | Type] = ()) -> FuncType:
    """``func(params) results``."""
    return FuncType(parameters(params), parameters(results))


def field(text: str, type: Type, tag: Iterable[tuple[str, str]] = (), doc: Doc = NO_DOC, *, blank_before: bool = False) -> Field:
    """A named field."""
    return Field(checked(text), type, tuple(tag), doc, blank_before)


def embedded(type: Type, tag: Iterable[tuple[str, str]] = (), doc: Doc = NO_DOC) -> Field:
    """An embedded field: ``*APIError``."""
    return Field(None, type, tuple(tag), doc)


def struct(*fields: Field, one_line: bool = False) -> StructType:
    """A struct."""
    return StructType(fields, one_line)


def method_spec(
    text: str, params: Iterable[Parameter | Type] = (), results: Iterable[Parameter | Type] = (), doc: Doc = NO_DOC
) -> MethodSpec:
    """A method of an interface."""
    return MethodSpec(checked(text), func_type(params, results), doc)


def interface(*elements: MethodSpec | Type, one_line: bool = False) -> InterfaceType:
    """An interface."""
    return InterfaceType(elements, one_line)


ANY = Name("any")
BOOL = Name("bool")
BYTE = Name("byte")
COMPARABLE = Name("comparable")
ERROR = Name("error")
FLOAT64 = Name("float64")
INT = Name("int")
INT32 = Name("int32")
INT64 = Name("int64")
STRING = Name("string")


def type_parameter(text: str, constraint: Type = ANY) -> TypeParameter:
    """``T any``, or with another constraint."""
    return TypeParameter(checked(text), constraint)
