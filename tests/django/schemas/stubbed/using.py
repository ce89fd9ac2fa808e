"""Uses schemas as the stub of their module has them: what is wrong on purpose says so."""

from datetime import date
from decimal import Decimal
from typing import Literal, assert_type

from samples import (
    ChosenSchema,
    CustomerSchema,
    Derived,
    NumbersSchema,
    OrderSchema,
    ProductSchema,
    TagSchema,
    TimesSchema,
    TreeSchema,
)

from tests.django_project.models_shop.models import Level, Tag
from tests.django_project.models_zoo.models import Diet

tag = TagSchema(name="a")
assert_type(tag.id, int | None)
assert_type(tag.name, str)
tree = TreeSchema(name="a", parent=TreeSchema(name="b"))
assert_type(tree.parent, TreeSchema | None)
assert_type(tree.children, list[TreeSchema] | None)


def look(
    product: ProductSchema, customer: CustomerSchema, chosen: ChosenSchema, times: TimesSchema, numbers: NumbersSchema
) -> None:
    assert_type(product.tags, list[TagSchema] | None)
    assert_type(product.category.name, str)
    assert product.category.parent
    assert_type(product.category.parent.name, str)
    assert_type(product.shout, str)
    assert_type(customer.level, Level)
    assert_type(customer.orders, list[OrderSchema] | None)
    assert_type(chosen.diet_or_none, Diet | Literal[""] | None)
    assert_type(chosen.tame, bool)
    assert_type(times.day, date | None)
    assert_type(numbers.priced, Decimal)


assert_type(Derived(name="a").more, int)
made = ProductSchema(called="x", category=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ProductSchema(name="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
TagSchema(nme="a")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
print(tag.nothing)  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
Tag(**tag.model_kwargs())
rows = TagSchema.from_queryset(TagSchema.queryset())
assert_type(rows, list[TagSchema])
