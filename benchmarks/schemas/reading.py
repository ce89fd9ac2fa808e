"""Reads, dumps and validates 10,000 rows with the schemas of each contender, who take turns."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

from django.core.validators import URLValidator, validate_email, validate_slug
from django.db.models import QuerySet
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, TypeAdapter

from .models import Item, Owner
from .settings import DRF, NINJA, OWN, PLAIN, ROWS

FLAT = ["id", "name", "slug", "email", "site", "state", "price", "stock", "rating", "active", "day", "made", "note", "photo"]
CHECKED = [name for name in FLAT if name not in ("id", "photo")]
SENT = [name for name in CHECKED if name not in ("slug", "email", "site")]
"""What is sent: with what Django has validators for (django-ninja is told of them), and without."""
_NESTED = [*FLAT, "tags"]
_NESTED_HERE = [*_NESTED, "owner"]
OWNER = ["id", "name", "email", "site"]
_validate_url = URLValidator()
Slug = Annotated[str, AfterValidator(lambda text: validate_slug(text) or text)]
Email = Annotated[str, AfterValidator(lambda text: validate_email(text) or text)]
Site = Annotated[str, AfterValidator(lambda text: _validate_url(text) or text)]
Work = Callable[[], Any]
Cases = dict[str, Work]


@dataclass(frozen=True)
class Rows:
    """What all are given: rows as they come from the database, and data as it is sent."""

    flat: Sequence[Item]
    nested: Sequence[Item]
    sent: Sequence[Mapping[str, object]]


def rows() -> Rows:
    sent = [
        {**Item.objects.filter(pk=one.pk).values(*CHECKED).get(), "price": str(one.price), "made": one.made.isoformat()}
        for one in Item.objects.all()[:100]
    ]
    nested = Item.objects.select_related("owner").prefetch_related("tags")
    return Rows(list(Item.objects.all()), list(nested), [one for _ in range(ROWS // 100) for one in sent])


def own(given: Rows) -> Cases:
    from specloom.django.schemas import BaseSchema, SchemaConfig

    class OwnerSchema(BaseSchema[Owner]):
        config = SchemaConfig(model=Owner, fields=OWNER)

    class Flat(BaseSchema[Item]):
        config = SchemaConfig(model=Item, fields=FLAT)

    class Nested(BaseSchema[Item]):
        config = SchemaConfig(model=Item, fields=[*FLAT, ("owner", OwnerSchema), "tags"])

    class Sent(BaseSchema[Item]):
        config = SchemaConfig(model=Item, fields=SENT)

    class Checked(BaseSchema[Item]):
        config = SchemaConfig(model=Item, fields=CHECKED)

    def queried() -> list[dict[str, Any]]:
        return [one.model_dump() for one in Nested.from_queryset(Item.objects.all())]

    return {**_pydantic(given, Flat, Nested, Sent, Checked), "query": queried}


def ninja(given: Rows) -> Cases:
    from ninja import ModelSchema

    class OwnerOut(ModelSchema):
        class Meta:
            model = Owner
            fields = OWNER

    class Flat(ModelSchema):
        class Meta:
            model = Item
            fields = FLAT

    class Nested(ModelSchema):
        owner: OwnerOut

        class Meta:
            model = Item
            fields = _NESTED

    class Sent(ModelSchema):
        class Meta:
            model = Item
            fields = SENT

    class Checked(ModelSchema):
        slug: Slug
        email: Email
        site: Site

        class Meta:
            model = Item
            fields = CHECKED

    Nested.model_rebuild(_types_namespace={"OwnerOut": OwnerOut})
    return {
        **_pydantic(given, Flat, Nested, Sent, Checked),
        "query": lambda: [Nested.from_orm(one).model_dump() for one in _queried()],
    }


def _queried() -> QuerySet[Item]:
    return Item.objects.select_related("owner").prefetch_related("tags")


def plain(given: Rows) -> Cases:
    """What a project writes that has no such library: of files and relations Pydantic knows nothing."""
    class OwnerOut(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        id: int
        name: str
        email: str
        site: str

    class Sent(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        name: str
        state: str
        price: Decimal
        stock: int
        rating: float
        active: bool
        day: date
        made: datetime
        note: str

    class Checked(Sent):
        slug: Slug
        email: Email
        site: Site

    class Flat(Sent):
        id: int
        slug: str
        email: str
        site: str
        photo: Annotated[str, BeforeValidator(lambda file: file.url)]

    class Nested(Flat):
        owner: OwnerOut
        tags: Annotated[list[int], BeforeValidator(lambda manager: [one.pk for one in manager.all()])]

    return {
        **_pydantic(given, Flat, Nested, Sent, Checked),
        "query": lambda: [Nested.model_validate(one).model_dump() for one in _queried()],
    }


def _pydantic(given: Rows, flat: Any, nested: Any, sent: Any, checked: Any) -> Cases:  # noqa: ANN401  # classes of any contender
    listed, nesting = TypeAdapter(list[flat]), TypeAdapter(list[nested])
    return {
        "flat": lambda: [flat.model_validate(one).model_dump() for one in given.flat],
        "flat JSON": lambda: listed.dump_json(listed.validate_python(given.flat)),
        "nested": lambda: [nested.model_validate(one).model_dump() for one in given.nested],
        "nested JSON": lambda: nesting.dump_json(nesting.validate_python(given.nested)),
        "input": lambda: [sent.model_validate(one).model_dump() for one in given.sent],
        "input checked": lambda: [checked.model_validate(one).model_dump() for one in given.sent],
    }


def drf(given: Rows) -> Cases:
    from rest_framework.renderers import JSONRenderer
    from rest_framework.serializers import ModelSerializer

    class OwnerSerializer(ModelSerializer):
        class Meta:
            model = Owner
            fields = OWNER

    class Flat(ModelSerializer):
        class Meta:
            model = Item
            fields = FLAT

    class Nested(ModelSerializer):
        owner = OwnerSerializer()

        class Meta:
            model = Item
            fields = _NESTED_HERE

    class Sent(ModelSerializer):
        class Meta:
            model = Item
            fields = SENT

    class Checked(ModelSerializer):
        class Meta:
            model = Item
            fields = CHECKED

    def validated(kind: type[ModelSerializer]) -> list[Any]:
        serializer = kind(data=given.sent, many=True)
        serializer.is_valid(raise_exception=True)
        return list(serializer.validated_data)

    return {
        "flat": lambda: Flat(given.flat, many=True).data,
        "flat JSON": lambda: JSONRenderer().render(Flat(given.flat, many=True).data),
        "nested": lambda: Nested(given.nested, many=True).data,
        "nested JSON": lambda: JSONRenderer().render(Nested(given.nested, many=True).data),
        "input": lambda: validated(Sent),
        "input checked": lambda: validated(Checked),
        "query": lambda: Nested(_queried(), many=True).data,
    }


CONTENDERS: Mapping[str, Callable[[Rows], Cases]] = {OWN: own, NINJA: ninja, DRF: drf, PLAIN: plain}


def known(value: Any) -> object:  # noqa: ANN401  # what any contender gives
    """What came out in the words of JSON, in which DRF writes all but what it validated."""
    if isinstance(value, bytes):
        return known(json.loads(value))
    if isinstance(value, Mapping):
        return {name: known(one) for name, one in sorted(value.items())}
    if isinstance(value, list):
        return [known(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, Decimal | date) else value


def main(rounds: int) -> dict[str, dict[str, float]]:
    """Seconds of every case: of each contender the median of the rounds."""
    given = rows()
    works = {name: make(given) for name, make in CONTENDERS.items()}
    taken: dict[str, dict[str, list[float]]] = {case: {name: [] for name in works} for case in works[OWN]}
    for case, seconds in taken.items():
        expected = known(works[OWN][case]())
        for name in works:
            assert known(works[name][case]()) == expected, (name, case)
        for turn in range(rounds):
            names = list(works)
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                gc.collect()
                began = time.process_time()
                works[name][case]()
                seconds[name].append(time.process_time() - began)
    return {case: {name: statistics.median(found) for name, found in seconds.items()} for case, seconds in taken.items()}
