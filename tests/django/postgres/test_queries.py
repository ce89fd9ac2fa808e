"""The tests of queries once more on PostgreSQL, and with keys and columns that only it has."""

from __future__ import annotations

import asyncio
from typing import Any

import django
import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from specloom.django.schemas import BaseSchema, Infer, SchemaConfig
from tests.django.schemas.test_queries import *  # noqa: F403 - every test, those to come too
from tests.django.schemas.test_queries import Artist, ArtistSchema, fill
from tests.django_project.models_postgres.models import Arrays, Booking, Ranges

pytestmark = pytest.mark.django_db
del test_asynchronous_code_in_a_loop_of_its_own  # noqa: F821 - it starts a process with SQLite


def test_these_are_on_postgresql() -> None:
    assert connection.vendor == "postgresql"


def test_columns_of_postgresql_are_fetched_alone() -> None:
    class Grid(BaseSchema[Arrays]):
        config = SchemaConfig(model=Arrays, fields=["grid", "colours"])

    class Span(BaseSchema[Booking]):
        config = SchemaConfig(model=Booking, fields=["span"])

    class When(BaseSchema[Ranges]):
        config = SchemaConfig(model=Ranges, fields=["moments", "closed"])

    Arrays.objects.create(words=["a"], grid=[[1, 2], [3, 4]], colours=["red"])
    Booking.objects.create(room=1, span=("2020-01-01T00:00Z", "2020-01-02T00:00Z"))
    Ranges.objects.create(integers=(1, 2), closed=(1, 2))
    for schema, columns in ((Grid, {"id", "grid", "colours"}), (Span, {"id", "span"}), (When, {"id", "moments", "closed"})):
        with CaptureQueriesContext(connection) as queries:
            (made,) = schema.from_queryset(schema.config.model_class()._default_manager)
        (query,) = queries.captured_queries
        assert {part.rpartition(".")[2].strip('"') for part in query["sql"].split(" FROM ")[0][7:].split(", ")} == columns
        assert schema.model_validate_json(made.model_dump_json()) == made


def test_a_key_of_two_columns_is_one_query() -> None:
    if django.VERSION >= (5, 2):
        from tests.django_project.models_postgres.models import Place

        class Square(BaseSchema[Place]):
            config: SchemaConfig[Any] = SchemaConfig(model=Place, fields={"pk": Infer, "piece": Infer})

        board = "12345678-1234-5678-1234-567812345678"
        Place.objects.bulk_create(Place(board=board, square=square, piece="rook") for square in ("a1", "h1", "a8", "h8"))
        with CaptureQueriesContext(connection) as queries:
            made = Square.from_queryset(Place.objects.order_by("square"))
        assert [(str(one.pk[0]), one.pk[1]) for one in made] == [(board, square) for square in ("a1", "a8", "h1", "h8")]
        assert len(queries) == 1


@pytest.mark.django_db(transaction=True)
def test_a_loop_of_its_own_has_a_connection_of_its_own() -> None:
    fill(9)
    expected = ArtistSchema.from_queryset(Artist.objects)

    async def read() -> list[ArtistSchema]:
        made = await ArtistSchema.afrom_queryset(Artist.objects.all())
        await sync_to_async(connections.close_all)()
        return made

    assert len(expected) == 8
    assert asyncio.run(read()) == expected
