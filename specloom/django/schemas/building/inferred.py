"""One field of a Django model in any Pydantic model."""

from __future__ import annotations

from functools import cached_property
from inspect import isfunction
from typing import TYPE_CHECKING, Any

from django.db.models import ForeignObjectRel, Model
from django.db.models.fields import Field
from pydantic import BaseModel, BeforeValidator

from specloom.django.schemas.declaration import Infer, SchemaConfig
from specloom.django.schemas.fields import shape_of
from specloom.django.schemas.reading import plain_value

from .composing import compose_field, with_words
from .overriding import overridden

if TYPE_CHECKING:
    InferredField: Any  # in the brackets stand values, which type checkers look at in no other type
else:

    class InferredField:
        """The type of a field: ``name: InferredField[User.name]``, or ``InferredField[User.name, InferExcept(title="Name")]``.

        Properties and methods count as well. A definition may be whatever a field of a schema may be, nested fields too.
        Raises ``TypeError`` for what is no field of a model, as ``User.pk``, which does not know its model.
        """

        def __class_getitem__(cls, key: object) -> object:
            attribute, *said = key if isinstance(key, tuple) else (key,)
            if len(said) > 1:
                raise TypeError(f"InferredField takes a field and what is said of it otherwise, not also {said[1]!r}")
            return _annotation(attribute, said[0] if said else Infer)


def _annotation(attribute: object, value: Any) -> object:  # noqa: ANN401  # what SchemaConfig looks at
    if attribute is Model.pk:
        raise TypeError("the attribute pk does not know its model: name the field that is the primary key")
    if isinstance(attribute, property | cached_property) or isfunction(attribute):
        shape, said = overridden(shape_of(attribute), value)
        return with_words(shape, (BeforeValidator(plain_value),), said).whole
    model, name = _owner(attribute)
    config: SchemaConfig[Any] = SchemaConfig(model=model, fields={name: value})
    (definition,) = config.tree()
    return compose_field(definition, config, model.__name__, _nested).whole


def _owner(attribute: object) -> tuple[type[Model], str]:
    """The model and the name of what a class attribute of a model is."""
    relation = getattr(attribute, "related", None) or getattr(attribute, "rel", None)
    field = getattr(attribute, "field", attribute)
    if isinstance(relation, ForeignObjectRel) and (getattr(attribute, "reverse", True) or field is attribute):
        return relation.model, relation.get_accessor_name() or relation.name
    if isinstance(field, Field):
        return field.model, field.name
    raise TypeError(f"InferredField takes a field of a model, as User.name, not {attribute!r}")


def _nested(name: str, config: SchemaConfig[Any]) -> type[BaseModel]:
    from .schema import BaseSchema, SchemaMeta

    made = SchemaMeta(config.model_class().__name__ + "Fields", (BaseSchema,), {"__module__": __name__, "config": config})
    assert issubclass(made, BaseModel)
    return made
