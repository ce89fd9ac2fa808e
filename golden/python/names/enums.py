"""Enumerations of the Names."""

from .base import OpenStrEnum


class Promise(OpenStrEnum):
    THEN = "then"
    THEN2 = "then "
    VALUE_1 = "1"
    MINUS_1 = "-1"
    EMPTY = ""
    CLASS = "class"
    CONSTRUCTOR = "constructor"
    日本語 = "日本語"
