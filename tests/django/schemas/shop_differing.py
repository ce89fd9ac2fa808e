"""Run in the example shop's own process: its schemas and the generated ones, over generated inputs. Prints what was tried."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Self

from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[3]


def main(count: int) -> None:
    """Tries schemas of every model, and hand-picked ones that nest in each other, with so many inputs each."""
    sys.path[:0] = [str(ROOT / "examples" / "shop"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"
    import django

    django.setup()
    from django.apps import apps
    from pydantic import BaseModel

    from specloom.django.schemas import BaseSchema, Infer, SchemaConfig
    from specloom.django.schemas.generating import schema_of_model, schemas_context, schemas_document, schemas_source
    from specloom.django.schemas.generating.validators import left_behind
    from tests.django.schemas.differing import Maker, outcome, unknown_defaults, untold

    class LineSchema(BaseSchema):
        config = SchemaConfig(model="orders.OrderItem", fields={"quantity": Infer, "product": {"sku": Infer, "tags": ["name"]}})

    class PurchaseSchema(BaseSchema):
        config = SchemaConfig(model="orders.Order", fields={
            "status": Infer, "total": Infer, "customer": {"email": Infer, "profile": "__all__"}, "items": [LineSchema],
            "shipping_address": Infer, "payments": [{"amount": Infer, "method": ["id", "label"]}], "priority": Infer,
        })  # fmt: skip

    class ShelfSchema(BaseSchema):
        config = SchemaConfig(model="catalog.Category", fields={"name": Infer, "parent": Self, "children": [Self]})

    schemas: list[type[BaseModel]] = [schema_of_model(model) for model in apps.get_models()]
    schemas += [PurchaseSchema, LineSchema, ShelfSchema]
    text, _ = schemas_source(schemas, schemas_context(schemas))
    module = ModuleType("generated_shop")
    sys.modules[module.__name__] = module
    exec(compile(text, "schemas.py", "exec"), module.__dict__)
    document, told = schemas_document(schemas), list(left_behind(schemas))
    tried = accepted = 0

    def both_say_the_same(schema: type[BaseModel], made: type[BaseModel]) -> None:
        @settings(max_examples=count, deadline=None, derandomize=bool(os.environ.get("CI")), database=None)
        @given(st.randoms(use_true_random=False), st.integers(0, 4))
        def say(source: Random, damage: int) -> None:
            nonlocal tried, accepted
            data = Maker(source, document).input(schema.__name__, damage)
            tried += 1
            accepted += not outcome(schema, data, text=True)[0]
            assert untold(schema, made, data, told, unknown_defaults(schema)) == []

        say()

    for schema in schemas:
        both_say_the_same(schema, getattr(module, schema.__name__))
    found = {"schemas": len(schemas), "tried": tried, "accepted": accepted, "told": [(each.code, each.message) for each in told]}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
