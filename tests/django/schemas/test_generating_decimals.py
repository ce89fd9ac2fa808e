"""Decimals that are of no column are decimals in what is generated too."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import ModuleType

import pytest
from pydantic import BaseModel, ValidationError

from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from specloom.django.schemas.generating import schemas_context, schemas_source
from tests.django_project.models_shop.models import Product


class Priced(BaseSchema[Product]):
    config = SchemaConfig(model=Product, fields={"config": Infer, "name": InferExcept(annotation=Decimal | None)})

    total: Decimal
    shares: tuple[Decimal, ...] = ()


def test_they_accept_and_refuse_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text, _ = schemas_source([Priced], schemas_context([Priced]))
    module = ModuleType("priced")
    monkeypatch.setitem(sys.modules, "priced", module)
    exec(text, module.__dict__)
    written: type[BaseModel] = module.Priced
    for schema in (Priced, written):
        made = schema.model_validate_json('{"name": 3, "total": "12.50", "shares": ["0.1"]}')
        found = made.model_dump()
        assert (found["name"], found["total"], *found["shares"]) == (Decimal(3), Decimal("12.50"), Decimal("0.1"))
        with pytest.raises(ValidationError):
            schema.model_validate({"name": None, "total": "much"})
