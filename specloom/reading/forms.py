"""Values of fields brought into the form the field has: a number where a text is wanted, one text for a list of them."""

from __future__ import annotations

from typing import assert_never

from .grammar import Form, Kind
from .pointers import ABSENT, JSON, Absent

SHORTHAND: dict[Kind, str] = {
    Kind.SERVER: "url", Kind.TAG: "name", Kind.LICENSE: "name", Kind.CONTACT: "name", Kind.EXTERNAL_DOCS: "url",
    Kind.DISCRIMINATOR: "propertyName", Kind.RESPONSE: "description", Kind.INFO: "title", Kind.SCHEMA: "type",
    Kind.SERVER_VARIABLE: "default",
}
"""Objects people write as a text, and the field that text is."""


def fits(form: Form, value: JSON) -> bool:
    """Whether a value has the form of its field; objects and lists of objects are looked into elsewhere."""
    match form:
        case Form.ANYTHING | Form.TYPE | Form.ONE | Form.MANY | Form.NAMED:
            return True
        case Form.TEXT:
            return type(value) is str
        case Form.FLAG:
            return type(value) is bool
        case Form.NUMBER:
            return type(value) is int or type(value) is float
        case Form.BOUND:
            return type(value) is int or type(value) is float or type(value) is bool
        case Form.COUNT:
            return type(value) is int and 0 <= value < 2**63
        case Form.TEXTS:
            return type(value) is list and all(type(item) is str for item in value)
        case Form.ITEMS:
            return type(value) is list
        case Form.TEXT_MAP:
            return type(value) is dict and all(type(item) is str for item in value.values())
        case Form.TEXTS_MAP:
            return type(value) is dict and all(fits(Form.TEXTS, item) for item in value.values())
        case _:
            assert_never(form)


def fitted(form: Form, value: JSON) -> JSON | Absent:
    """The nearest value of the form; ABSENT where there is none."""
    match form:
        case Form.ANYTHING | Form.TYPE | Form.ONE | Form.MANY | Form.NAMED:
            return value
        case Form.TEXT:
            return _text(value)
        case Form.FLAG:
            lower = value.strip().lower() if isinstance(value, str) else ""
            return True if lower == "true" else False if lower == "false" else ABSENT
        case Form.NUMBER | Form.BOUND:
            return _number(value)
        case Form.COUNT:
            number = _number(value)
            if isinstance(number, Absent):
                return ABSENT
            return int(number) if number == int(number) and 0 <= number < 2**63 else ABSENT
        case Form.TEXTS:
            items = value if isinstance(value, list) else [value]
            return [text for text in map(_text, items) if not isinstance(text, Absent)] or ABSENT
        case Form.ITEMS:
            return [value]
        case Form.TEXT_MAP:
            if not isinstance(value, dict):
                return ABSENT
            return {key: text for key, item in value.items() if not isinstance(text := _text(item), Absent)}
        case Form.TEXTS_MAP:
            if not isinstance(value, dict):
                return ABSENT
            return {key: texts for key, item in value.items() if not isinstance(texts := fitted(Form.TEXTS, item), Absent)}
        case _:
            assert_never(form)


def _text(value: JSON) -> str | Absent:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ABSENT


def _number(value: JSON) -> int | float | Absent:
    if isinstance(value, bool):
        return ABSENT
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and len(value) < 40:
        try:
            number = float(value)
        except ValueError:
            return ABSENT
        if number - number == 0.0:
            return int(number) if number == int(number) and abs(number) < 2**53 else number
    return ABSENT
