"""What stands before the schemas of a module, each where it is used: types that many fields have, and a base class for titles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import libcst as cst

from specloom.builders.python.nodes import (
    FALSE,
    TRUE,
    Expression,
    Statement,
    Symbol,
    annotated,
    argument,
    assign,
    attribute,
    call,
    call_with,
    class_,
    constant,
    dict_,
    docstring,
    lambda_,
    name,
    ref,
    string,
    subscript,
    union,
)
from specloom.builders.python.types import ANNOTATED, BOOL, BYTES, DICT, FIELD, FLOAT, INT, LIST, LITERAL, STR
from specloom.ir.types import Constraints

HOME = ".models.schemas"
"""The module that everything is in; where its file lies is what the user says."""
JSON_VALUE = Symbol("pydantic", "JsonValue")
FINITE = ref(Symbol("pydantic", "FiniteFloat"))
COLUMN_CHECKS = frozenset({"storable_text", "storable_json", "Zoneless", "finite"})
"""What a field may check besides its type, because its column cannot hold everything that the type has."""
BASE_MODEL = ref(Symbol("pydantic", "BaseModel"))
TRUE_OR_FALSE = subscript(LITERAL, TRUE, FALSE)
"""Choices of a boolean, which takes texts and a choice does not."""
_CONFIG = ref(Symbol("pydantic", "ConfigDict"))
_ALIAS = ref(Symbol("typing", "TypeAlias"))

_RANGES = {
    (-(2**15), 2**15 - 1): "SmallInteger",
    (-(2**31), 2**31 - 1): "Integer",
    (-(2**63), 2**63 - 1): "BigInteger",
    (0, 2**15 - 1): "PositiveSmallInteger",
    (0, 2**31 - 1): "PositiveInteger",
    (0, 2**63 - 1): "PositiveBigInteger",
}
"""What Django's columns of integers hold, by the names of the columns."""


@dataclass(slots=True)
class Shared:
    """The names of one module, and which of them were mentioned."""

    taken: Collection[str]
    used: dict[str, tuple[Statement, ...]] = field(default_factory=dict)

    def integer(self, given: Constraints) -> Expression | None:
        """The type of a column of integers; ``None`` where there is another range, or something besides."""
        low, high = given.minimum, given.maximum
        wanted = _RANGES.get((low, high)) if isinstance(low, int) and isinstance(high, int) else None
        if wanted is None or given != Constraints(minimum=low, maximum=high):
            return None
        limits = (argument(constant(low), "ge"), argument(constant(high), "le"))
        return self._alias(wanted, subscript(ANNOTATED, INT, call_with(FIELD, limits)))

    def text(self) -> Expression:
        """A text that a column holds: no null character, no halves of surrogate pairs, which cannot be encoded."""
        type = _where(STR, "text", _no(_count("\\0", name("text"))))
        return self._alias("Text", type, "A text that a column holds, which has no null characters.")

    def time(self) -> Expression:
        """A time that a column holds, which has no zone."""
        zone = attribute(name("value"), "tzinfo")
        type = _where(ref(Symbol("datetime", "time")), "value", _no(zone))
        return self._alias("LocalTime", type, "A time that a column holds, which has no zone.")

    def json(self, *, null: bool, storable: bool) -> Expression:
        """Every JSON value, or every one but null; ``storable`` has finite numbers and texts as columns hold them."""
        value = ref(JSON_VALUE)
        some = value if null else union(subscript(DICT, STR, value), subscript(LIST, value), STR, BOOL, INT, FLOAT)
        if not storable:
            return some if null else self._alias("NotNull", some)
        own = self._free("STORABLE")
        if own not in self.used:
            said = call(ref(Symbol("json", "dumps")), name("value"), allow_nan=FALSE, ensure_ascii=FALSE)
            plain = call(attribute(said, "replace"), string("\\\\"), string(""))
            self.used[own] = (
                assign(name(own), _predicate("value", _no(_count("\\\\u0000", plain)))),
                docstring("JSON that a column holds: finite numbers, and texts without null characters.", 0),
            )
        return self._alias("Json" if null else "NotNull", subscript(ANNOTATED, some, ref(Symbol(HOME, own))))

    def base64(self) -> Symbol:
        """Bytes that are a text in base64, to mention."""
        return Symbol(HOME, self._free("Base64"))

    def use_base64(self) -> None:
        """Has them declared."""
        self._alias("Base64", _base64())

    def titled(self) -> Expression:
        """The base of schemas whose fields are titled as Django does."""
        own = self._free("Schema")
        title = lambda_(["name", "_"], call(attribute(name("name"), "replace"), string("_"), string(" ")))
        self.used[own] = (class_(own, [BASE_MODEL], [
            docstring("A field is titled by its name, in small letters, where it says nothing else.", 1),
            assign(name("model_config"), call(_CONFIG, field_title_generator=title)),
        ]),)  # fmt: skip
        return ref(Symbol(HOME, own))

    def statements(self) -> Iterator[Statement]:
        """What was mentioned: what types are made of, the types, the base class."""
        last = self._free("Schema")
        for own in sorted(self.used, key=lambda own: (own == last, not own.isupper(), own)):
            yield from self.used[own]

    def _alias(self, wanted: str, type: Expression, text: str = "") -> Expression:
        own = self._free(wanted)
        self.used.setdefault(own, (annotated(own, _ALIAS, type), *([docstring(text, 0)] if text else [])))
        return ref(Symbol(HOME, own))

    def _free(self, wanted: str) -> str:
        while wanted in self.taken:
            wanted += "_"
        return wanted


def _where(type: Expression, own: str, condition: Expression) -> Expression:
    """The type, of which only the values that fulfil the condition."""
    return subscript(ANNOTATED, type, _predicate(own, condition))


def _predicate(own: str, condition: Expression) -> Expression:
    return call(ref(Symbol("annotated_types", "Predicate")), lambda_([own], condition))


def _no(value: Expression) -> Expression:
    return cst.UnaryOperation(cst.Not(), value)


def _count(part: str, whole: Expression) -> Expression:
    """How often an escaped text of bytes is in a text; one that cannot be encoded is refused by the encoder's own error."""
    return call(attribute(call(attribute(whole, "encode")), "count"), cst.SimpleString(f'b"{part}"'))


def default_title(field: str) -> str:
    """The title that the base of schemas gives a field."""
    return field.replace("_", " ")


def _base64() -> Expression:
    """Bytes that come and go as a text in base64 (RFC 4648 §4), whose alphabet is looked at, as the schema of a model does."""
    validator, serializer = ref(Symbol("pydantic", "BeforeValidator")), ref(Symbol("pydantic", "PlainSerializer"))
    decode = call(ref(Symbol("functools", "partial")), ref(Symbol("base64", "b64decode")), validate=TRUE)
    text = attribute(call(ref(Symbol("pydantic", "TypeAdapter")), STR), "validate_python")
    encode = call(serializer, ref(Symbol("base64", "b64encode")), return_type=BYTES, when_used=string("json"))
    schema = dict_([(string("type"), string("string")), (string("format"), string("byte"))])
    said = call(ref(Symbol("pydantic", "WithJsonSchema")), schema)
    return subscript(ANNOTATED, BYTES, call(validator, decode), call(validator, text), encode, said)
