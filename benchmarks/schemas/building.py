"""Declares 300 schemas, and uses each for the first time; ``python -m benchmarks.schemas.building CONTENDER`` does so once."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .settings import DRF, NINJA, OWN, set_up

_LISTED = ["id", "name", "slug", "state", "active"]
_SENT = ["name", "slug", "email", "state", "level", "price", "stock", "day", "note", "owner", "tags"]
SETS = (_LISTED, _SENT, ["id", *_SENT, "active", "made", "before"])
"""The fields of the schemas of one model: of a list, of what is sent, of all there is."""


def _own() -> list[Any]:
    from specloom.django.schemas import BaseSchema, SchemaConfig

    from .models import TYPICAL

    return [
        type(BaseSchema)(
            f"{model.__name__}Schema{number}",
            (BaseSchema,),
            {"__module__": __name__, "config": SchemaConfig(model=model, fields=fields)},
        )
        for model in TYPICAL
        for number, fields in enumerate(SETS)
    ]


def _ninja() -> list[Any]:
    from ninja import ModelSchema
    from ninja.orm.factory import SchemaFactory, factory

    from .models import TYPICAL

    vars(factory).update(vars(SchemaFactory()))  # or it gives back what it made in the round before
    return [
        type(ModelSchema)(
            name, (ModelSchema,), {"__module__": __name__, "__qualname__": name, "Meta": _meta(name, model, fields)}
        )
        for model in TYPICAL
        for number, fields in enumerate(SETS)
        for name in (f"{model.__name__}Schema{number}",)
    ]


def _meta(name: str, model: object, fields: list[str]) -> type:
    return type("Meta", (), {"__module__": __name__, "__qualname__": f"{name}.Meta", "model": model, "fields": fields})


def _drf() -> list[Any]:
    from rest_framework.serializers import ModelSerializer

    from .models import TYPICAL

    return [
        type(ModelSerializer)(
            f"{model.__name__}Serializer{number}",
            (ModelSerializer,),
            {"Meta": _meta("", model, fields)},
        )
        for model in TYPICAL
        for number, fields in enumerate(SETS)
    ]


def _use_pydantic(made: Sequence[Any]) -> list[list[str]]:
    """The names of their fields, with validators and serializers made by now or now."""
    for one in made:
        one.model_rebuild()
    return [list(one.model_fields) for one in made]


def _use_drf(made: Sequence[Any]) -> list[list[str]]:
    """The names of their fields, which are made for an instance."""
    return [list(one().fields) for one in made]


_BUILDERS: Mapping[str, tuple[str, Callable[[], list[Any]], Callable[[Sequence[Any]], list[list[str]]]]] = {
    OWN: ("specloom.django.schemas.building", _own, _use_pydantic),
    NINJA: ("ninja", _ninja, _use_pydantic),
    DRF: ("rest_framework.serializers", _drf, _use_drf),
}
BUILDERS = tuple(_BUILDERS)


def build(contender: str) -> dict[str, float]:
    """Seconds of the class statements, and of all that is made until schemas were used."""
    _, declare, use = _BUILDERS[contender]
    began = time.process_time()
    made = declare()
    declared = time.process_time()
    names = use(made)
    used = time.process_time()
    assert [sorted(one) for one in names] == [sorted(one) for one in SETS] * 100
    return {"declare": declared - began, "use": used - began}


def main(contender: str) -> dict[str, float]:
    """The first time in this process, and the median of five times after; what is imported is imported by then."""
    set_up()
    __import__(_BUILDERS[contender][0])
    first = build(contender)
    again = [build(contender) for _ in range(5)]
    return {**first, **{f"{name} again": statistics.median(one[name] for one in again) for name in first}}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
