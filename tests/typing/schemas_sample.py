"""The spellings that are documented, for type checkers: test_schemas.py has mypy look at them."""

from __future__ import annotations

from typing import Any, Self, assert_type

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from pydantic import BaseModel, Field, field_validator

from specloom.django.schemas import (
    BaseSchema,
    Infer,
    InferExcept,
    InferredField,
    ModelFields,
    ModelFieldsCompact,
    SchemaConfig,
)
from tests.django_project.models_shop.models import Category


class GroupSchema(BaseSchema[Group]):
    config = SchemaConfig(model=Group, fields=["id", "name"])


FIELDS: ModelFields = {"id": Infer, "groups": [GroupSchema]}
COMPACT: ModelFieldsCompact = ["id", ("username", InferExcept(title="Name"))]


class UserSchema(BaseSchema[User]):
    """A user."""

    config = SchemaConfig(
        model=User,
        fields={
            "id": Infer,
            "username": InferExcept(title="Full name", max_length=20, annotation=str),
            "email": Field(title="Mail"),
            "groups": {"name": Infer, "permissions": {"codename": Infer, "content_type": ["id", "model"]}},
            "user_permissions": ["id", ("codename", Infer)],
        },
        exclude=["email"],
        optional=("id",),
    )
    extra: int = 3

    @field_validator("username", check_fields=False)
    @classmethod
    def shorter(cls, value: str) -> str:
        return value.strip()


class OneSchema(BaseSchema[User]):
    config = SchemaConfig(model=User, fields=FIELDS)


class TwoSchema(BaseSchema[User]):
    config = SchemaConfig(model="auth.User", fields=COMPACT)


class AllSchema(BaseSchema[User]):
    config = SchemaConfig(model=User, fields="__all__", optional="__all__", depth=1, name="Everything")


class SelfSchema(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"name": Infer, "parent": Self, "children": [Self]})


class NamedSchema(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"parent": "NamedSchema", "children": ["NamedSchema"], "products": ["name"]})


class BothSchema(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"name": Infer, "children": list[SelfSchema]})
    config_of_mine: int = 3


class Plain(BaseModel):
    name: InferredField[User.username]
    other: InferredField[User.email, InferExcept(title="Mail")]


def used() -> None:
    one = UserSchema.model_validate(User())
    assert_type(one, UserSchema)
    assert_type(one.extra, int)
    assert_type(one.model_kwargs(), dict[str, object])
    assert_type(UserSchema.from_queryset(User.objects.all()), list[UserSchema])
    assert_type(UserSchema.queryset(), QuerySet[Any])
    assert_type(UserSchema.prefetch_for(User.objects), QuerySet[Any])
    assert_type(UserSchema.config.depth, int)
    assert_type(Plain.model_validate({}).name, Any)


async def used_later() -> list[UserSchema]:
    return await UserSchema.afrom_queryset(User.objects.filter(pk=1))
