"""What drf-spectacular finds when a view answers with a schema, or takes one. Imported when Django is ready."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.settings import spectacular_settings

from specloom.django.schemas.building.resolved import nested_schemas

from .choices import ChoicesWriter, enums_of, with_choices_in_place
from .openapi30 import as_openapi_30
from .rewriting import JSONSchema, rewritten

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema

_COMPONENTS = "#/components/schemas/"
_REQUEST = "Request"
_FIRST = ("type", "format", "title", "description")


class SchemaExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # its class hook has no types
    """Components of schemas. What is taken and what is answered are two, the former named as drf-spectacular names requests."""

    target_class = "specloom.django.schemas.building.schema.Schema"
    match_subclasses = True
    priority = 1  # before the extension for any Pydantic model

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        """The name of the class; with ``Request`` behind it where drf-spectacular does not put it there itself."""
        # For PATCH drf-spectacular marks a copy of a serializer as partial. A class is its own copy, and would keep the mark.
        if vars(self.target).get("partial") is True:
            del self.target.partial
        split = spectacular_settings.COMPONENT_SPLIT_REQUEST
        name = re.sub(r"\W+", "_", self.target.__name__).strip("_")  # a generic class has brackets in its name
        return name + _REQUEST if direction == "request" and not split else name

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """The schema of the component; what is nested in it becomes components of its own."""
        ending = _REQUEST if direction == "request" else ""
        template = _COMPONENTS + "{model}" + ending
        schema: JSONSchema = self.target.model_json_schema(
            ref_template=template, mode="validation" if ending else "serialization", schema_generator=ChoicesWriter
        )
        definitions: dict[str, JSONSchema] = schema.pop("$defs", {})
        if schema == {"$ref": template.format(model=self.target.__name__)}:  # it is nested in itself
            schema = definitions.pop(self.target.__name__)
        enums = enums_of(definitions, template)
        classes = {each.__name__: each for each in nested_schemas(self.target)}
        for name, definition in definitions.items():
            if template.format(model=name) not in enums:
                component = ResolvedComponent(  # type: ignore[no-untyped-call]  # has no types
                    name=name + ending,
                    type=ResolvedComponent.SCHEMA,
                    object=classes.get(name, name),  # by which drf-spectacular tells one name of two schemas
                    schema=_written(definition, enums),
                )
                auto_schema.registry.register_on_missing(component)
        return _written(schema, enums)


class ListExtension(SchemaExtension):  # type: ignore[no-untyped-call]  # as above
    """``RootModel[list[UserSchema]]``, by which an action that is not called ``list`` says that it answers with a list."""

    target_class = "pydantic.RootModel"


def _written(schema: JSONSchema, enums: dict[str, JSONSchema]) -> JSONSchema:
    old = spectacular_settings.OAS_VERSION.startswith("3.0")
    made = rewritten(with_choices_in_place(schema, enums, nullable=old), _without_the_obvious)
    return rewritten({key: value for key, value in (as_openapi_30(made) if old else made).items() if key != "title"}, _in_order)


def _in_order(schema: JSONSchema) -> JSONSchema:
    """The type first, as people write it."""
    return {key: schema[key] for key in sorted(schema, key=lambda key: _FIRST.index(key) if key in _FIRST else len(_FIRST))}


def _without_the_obvious(schema: JSONSchema) -> JSONSchema:
    """As drf-spectacular has it: titles where they say more than the name, and no default that is null."""
    if "properties" not in schema:
        return schema
    properties = {
        name: {key: value for key, value in each.items() if not _is_obvious(name, key, value)}
        for name, each in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _is_obvious(name: str, key: str, value: object) -> bool:
    if key == "title":
        return isinstance(value, str) and value.casefold() == name.replace("_", " ").casefold()
    return key == "default" and value is None
