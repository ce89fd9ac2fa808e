"""Rows become schemas in a number of queries that depends on the schema alone, and say the same as without any help."""

from __future__ import annotations

import asyncio
from typing import Any, Self

import pytest
from asgiref.sync import async_to_sync
from django.contrib.contenttypes.models import ContentType
from django.db import NotSupportedError, connection
from django.db.models import Count, Model, Prefetch, QuerySet
from django.test.utils import CaptureQueriesContext
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_validator

from specloom.django.schemas import BaseSchema, Infer, SchemaConfig
from tests.django_project.models_graph.models import (
    Artist,
    Comment,
    Cover,
    Credit,
    Genre,
    Group,
    Land,
    Node,
    Record,
    Sale,
    Star,
    Watched,
)

pytestmark = pytest.mark.django_db


def fill(count: int) -> None:
    """Artists in this number, with records, covers, genres, pupils and comments, some of them missing."""
    lands = Land.objects.bulk_create(Land(code=f"l{n}", name=f"Land {n}", anthem="la" * 9) for n in range(3))
    genres = Genre.objects.bulk_create(Genre(name=f"g{n}", words="w") for n in range(4))
    artists = Artist.everybody.bulk_create(
        Artist(name=f"a{n:05}", biography="b" * (n % 3), dead=n % 7 == 6, land=lands[n % 3] if n % 4 else None)
        for n in range(count)
    )
    for n, one in enumerate(artists):
        one.teacher = artists[n // 2] if n % 3 else None
    Artist.everybody.bulk_update(artists, ["teacher"])
    Artist.influences.through.objects.bulk_create(
        Artist.influences.through(from_artist=one, to_artist=artists[(n * 3 + 1) % count])
        for n, one in enumerate(artists) if n % 2
    )
    records = Record.objects.bulk_create(
        Record(title=f"r{n}", artist=one, secret=n % 5 == 4, notes="n") for n, one in enumerate(artists) if n % 3 < 2
    )
    Record.genres.through.objects.bulk_create(
        Record.genres.through(record=one, genre=genres[(n + k) % 4]) for n, one in enumerate(records) for k in range(n % 3)
    )
    Credit.objects.bulk_create(
        Credit(record=one, artist=artists[(n + k) % count], instrument=f"i{k}") for n, one in enumerate(records) for k in range(2)
    )
    Cover.objects.bulk_create(
        Cover(record=one, colour="red", text="t", photo=f"covers/{n}.png" if n % 2 else "", width=3, height=4)
        for n, one in enumerate(records) if n % 2
    )
    kinds = ContentType.objects.get_for_models(Artist, Record)
    Comment.objects.bulk_create(
        Comment(content_type=kinds[type(one)], object_id=one.pk, text=f"c{one.pk}", private="p")
        for one in (*artists[::2], *records[::3])
    )


class LandSchema(BaseSchema[Land]):
    config = SchemaConfig(model=Land, fields=["name"])


class RecordSchema(BaseSchema[Record]):
    config = SchemaConfig(model=Record, fields={
        "title": Infer,
        "artist_id": Infer,
        "genres": Infer,
        "players": {"name": Infer, "land": LandSchema, "influenced": Infer},
        "cover": {"colour": Infer, "photo": Infer},
        "comments": ["text"],
        "credits": ["instrument", "artist"],
    })


class ArtistSchema(BaseSchema[Artist]):
    config = SchemaConfig(model=Artist, fields={
        "pk": Infer,
        "name": Infer,
        "land": LandSchema,
        "land_id": Infer,
        "teacher": {"name": Infer, "teacher": Infer, "land": {"code": Infer}, "records": {"title": Infer, "cover": Infer}},
        "pupils": Infer,
        "influences": ["name"],
        "influenced": Infer,
        "group": Infer,
        "records": [RecordSchema],
        "comments": Infer,
    })


def counted(schema: type[BaseSchema[Any]], rows: QuerySet[Any]) -> tuple[list[Any], int]:
    """What the helper reads, and its number of queries."""
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        made = schema.from_queryset(rows)
    return made, len(queries)


def assert_same(schema: type[BaseSchema[Any]], rows: QuerySet[Any], queries: int) -> None:
    """The helper reads what is read without it, in this number of queries."""
    made, count = counted(schema, rows)
    assert [one.model_dump() for one in made] == [schema.model_validate(one).model_dump() for one in rows.all()]
    assert made
    assert count == queries


def columns(queries: CaptureQueriesContext, index: int = 0) -> set[str]:
    """The columns that a query selects."""
    selected = queries.captured_queries[index]["sql"].split(" FROM ")[0]
    return {part.rsplit(".", 1)[-1].strip('"') for part in selected.removeprefix("SELECT ").split(", ")}


def test_the_number_of_queries_does_not_depend_on_the_rows() -> None:
    fill(10)
    made, few = counted(ArtistSchema, Artist.objects.all())
    assert len(made) == 9
    for model in (Comment, Cover, Credit, Record, Artist, Genre, Land):
        model._base_manager.all().delete() if model is not Artist else Artist.everybody.all().delete()
    Record.objects.all().delete()
    fill(1000)
    made, many = counted(ArtistSchema, Artist.objects.all())
    assert len(made) > 800
    assert many == few


def test_values_are_those_read_without_it() -> None:
    fill(40)
    assert_same(ArtistSchema, Artist.objects.all(), 15)  # 12 relations that are not joined, and the kinds of what is commented
