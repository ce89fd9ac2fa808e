"""Validates instances of models: what is stored was looked at when it was written, so its limits are not looked at again.

Types still are: a value is converted as that of any other data, or refused. A row that is older than a limit, or that somebody
wrote who asks no validator, is read like any other; DRF looks at no limit of what it writes, and django-ninja knows none of
Django's validators. Data has to keep every limit, and what a class says of its own counts for both.

This is also where time is: to check one address costs more than to read the row that it is in. The validator without limits is
made of the core schema of a class, when the class reads its first instance.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel
from pydantic_core import SchemaValidator

from specloom.django.schemas.fields.choices import CalledChoices
from specloom.django.schemas.fields.constraints import Checks
from specloom.django.schemas.fields.storable import FileName, SameLengths, storable_json, storable_text, without_scope

from .instances import InstanceReader

if TYPE_CHECKING:
    from pydantic import ValidationInfo
    from pydantic_core import CoreConfig, CoreSchema

Node = dict[str, Any]
"""A core schema or a part of one, as ``pydantic_core.core_schema`` describes them."""

_LIMITS = frozenset(
    ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern", "max_digits", "decimal_places")
)
_LIMITED = frozenset(
    ("int", "float", "decimal", "str", "bytes", "date", "time", "datetime", "timedelta", "list", "tuple", "set", "dict")
)
_BELOW = frozenset(
    ("schema", "items_schema", "keys_schema", "values_schema", "lax_schema", "strict_schema", "python_schema", "choices", "steps")
)
_CHECKS = (storable_text, storable_json, without_scope)
_CLASSES = frozenset(("model", "dataclass", "typed-dict"))
_set = object.__setattr__


@dataclass(frozen=True, slots=True)
class StoredRows:
    """How a class reads instances: ``fields`` are those that nobody but the model limits."""

    reader: InstanceReader
    fields: Collection[str]


@dataclass(frozen=True, slots=True)
class Storing:
    """Makes validators of instances.

    ``choosing`` is the method of schemas around the validation of data, which calls such a validator for an instance; ``before``
    the one that reads an instance as data; ``rows_of`` says of a class how it reads them, or that it does not.
    """

    choosing: str
    before: str
    rows_of: Callable[[Any], StoredRows | None]

    def validator(self, cls: type[BaseModel]) -> SchemaValidator | None:
        """The validator for what a class chooses; ``None`` for one that does not read instances."""
        whole = cast(Node, cls.__pydantic_core_schema__)
        kept: list[Node] = whole["definitions"] if whole["type"] == "definitions" else []
        node: Node = whole["schema"] if kept else whole
        if node["type"] == "definition-ref":
            node = next(one for one in kept if one["ref"] == node["schema_ref"])
        while self._chosen(node) is None:
            node = node["schema"]
        settings = _model(node).get("config") or {}
        made = self._class({key: value for key, value in node.items() if key != "ref"}, cls, settings)
        if made is None:
            return None
        if kept:
            definitions = [self._read(one, settings, inferred=False) for one in kept]
            made = {"type": "definitions", "schema": made, "definitions": definitions}
        return SchemaValidator(cast("CoreSchema", made), cast("CoreConfig", settings))

    def _chosen(self, node: Node) -> type[BaseModel] | None:
        """The class that chooses here."""
        function = node["function"]["function"] if node["type"] == "function-wrap" else None
        return getattr(function, "__self__", None) if getattr(function, "__name__", None) == self.choosing else None

    def _class(self, node: Node, cls: type[BaseModel], settings: Node) -> Node | None:
        """A class without its choice; ``None`` for one with settings of its own, which it keeps, and one that reads no instances.

        An ``__init__`` of its own is not missed: Pydantic calls it for data only.
        """
        model = _model(node)
        rows = self.rows_of(cls)
        own = model.get("config") or {}
        if rows is None or {**own, "title": ""} != {**settings, "title": ""}:
            return None

        def inside(node: Node) -> Node:
            match node["type"]:
                case "model":
                    return {**_making(cls, model.get("post_init")), "schema": inside(node["schema"])}
                case "model-fields":
                    fields = {
                        name: {**one, "schema": self._read(one["schema"], settings, inferred=name in rows.fields)}
                        for name, one in node["fields"].items()
                    }
                    return {**node, "fields": fields}
                case _:
                    is_before = getattr(node["function"]["function"], "__name__", None) == self.before
                    function = {"function": {"type": "no-info", "function": rows.reader}} if is_before else {}
                    return {**node, **function, "schema": inside(node["schema"])}

        made = inside(node["schema"])
        return {**made, "ref": node["ref"]} if "ref" in node else made

    def _read(self, node: Node, settings: Node, *, inferred: bool) -> Node:
        """The same type without limits where it is ``inferred``, with schemas that read instances."""
        cls = self._chosen(node)
        if cls is not None:
            return self._class(node, cls, settings) or node
        if node["type"] in _CLASSES:
            return node
        if inferred and _is_check(node):
            return self._read(node["schema"], settings, inferred=inferred)
        gone = _LIMITS if inferred and node["type"] in _LIMITED else frozenset[str]()

        def below(value: Any) -> Any:  # noqa: ANN401  # one type or several, with or without names or labels
            if isinstance(value, Mapping):
                if isinstance(value.get("type"), str):
                    return self._read(cast(Node, value), settings, inferred=inferred)
                return {name: below(one) for name, one in value.items()}
            return type(value)(map(below, value)) if isinstance(value, list | tuple) else value

        return {key: below(value) if key in _BELOW else value for key, value in node.items() if key not in gone}


def _model(node: Node) -> Node:
    while node["type"] != "model":
        node = node["schema"]
    return node


def _is_check(node: Node) -> bool:
    if node["type"] != "function-after":
        return False
    function = node["function"]["function"]
    is_called = isinstance(getattr(function, "__self__", None), CalledChoices)
    return is_called or isinstance(function, Checks | SameLengths | FileName) or function in _CHECKS


def _making(cls: type[BaseModel], post_init: str | None) -> Node:
    """Makes schemas of validated fields, as Pydantic does: for a class it has only the validator of data, also in others."""
    new = cls.__new__

    def make(value: object, handler: Callable[[object], Any]) -> object:
        if isinstance(value, cls):
            return value
        values, extra, given = handler(value)
        made = new(cls)
        _set(made, "__dict__", values)
        _set(made, "__pydantic_fields_set__", given)
        _set(made, "__pydantic_extra__", extra)
        _set(made, "__pydantic_private__", None)
        return made

    def make_and_tell(value: object, handler: Callable[[object], Any], info: ValidationInfo) -> object:
        made = make(value, handler)
        if made is not value:
            getattr(made, cast(str, post_init))(info.context)
        return made

    if post_init is None:
        return {"type": "function-wrap", "function": {"type": "no-info", "function": make}}
    return {"type": "function-wrap", "function": {"type": "with-info", "function": make_and_tell}}
