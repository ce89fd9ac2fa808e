"""Rows become schemas in a number of queries that depends on the schema alone, and say the same as without any help."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import django
import pytest
from asgiref.sync import async_to_sync
from django.contrib.contenttypes.models import ContentType
from django.db import NotSupportedError, connection
from django.db.models import Count, Model, Prefetch, QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, model_validator

from specloom.django.schemas import BaseSchema, Infer, SchemaConfig, accessors
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


def test_keys_of_related_rows_are_all_that_is_fetched_of_them() -> None:
    class Keys(BaseSchema[Record]):
        config = SchemaConfig(model=Record, fields=["artist", "genres", "credits", "comments", "cover"])

    fill(9)
    ContentType.objects.get_for_model(Record)
    with CaptureQueriesContext(connection) as queries:
        made = Keys.from_queryset(Record.objects.filter(secret=False))
    assert any(one.genres for one in made) and any(one.credits for one in made) and any(one.comments for one in made)
    assert any(one.cover for one in made)
    assert len(queries) == 4
    assert columns(queries) == {"id", "artist_id"}  # of the record and of its cover
    genres, credits, comments = (columns(queries, index) for index in (1, 2, 3))
    assert {one for one in genres if "_prefetch_related_val" not in one} == {"name"}
    assert credits == {"id", "record_id"}
    assert comments == {"id", "content_type_id", "object_id"}


def test_the_key_of_a_foreign_key_needs_no_join() -> None:
    class Keys(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields=["land", "land_id", "teacher"])

    fill(9)
    rows = Keys.queryset()
    assert "JOIN" not in str(rows.query)
    assert_same(Keys, rows, 1)


def test_a_relation_told_by_another_column_is_found_by_it() -> None:
    class Home(BaseSchema[Land]):
        config = SchemaConfig(model=Land, fields={"artists": {"name": Infer, "land": {"name": Infer}}})

    fill(9)
    assert_same(Home, Land.objects.order_by("pk"), 2)
    assert any(one.artists for one in Home.from_queryset(Land.objects))


class TitleSchema(BaseSchema[Record]):
    kind: str = "record"
    config = SchemaConfig(model=Record, fields={"title": Infer, "genres": ["words"]})


class PersonSchema(BaseSchema[Artist]):
    kind: str = "artist"
    config = SchemaConfig(model=Artist, fields={"name": Infer, "records": ["title"], "land": ["name"]})


def test_a_generic_key_fetches_each_kind_of_object_at_once() -> None:
    class Said(BaseSchema[Comment]):
        config = SchemaConfig(model=Comment, fields={"text": Infer, "about": Infer})
        about: TitleSchema | PersonSchema | None

    class Discussed(BaseSchema[Record]):
        config = SchemaConfig(model=Record, fields={"artist": {"comments": [Said]}})

    fill(20)
    Artist.everybody.filter(pk__in=Comment.objects.values("object_id")).update(dead=False)
    Record.objects.update(secret=False)
    # Comments; records with genres, artists with records; and the kinds of both. Lands are joined where Django can be told so.
    assert_same(Said, Comment.objects.all(), 7 if django.VERSION >= (5, 0) else 8)
    assert_same(Discussed, Record.objects.all(), 6)  # only artists, with the kind of records or with lands
    assert {one.about.kind for one in Said.from_queryset(Comment.objects)} == {"record", "artist"}


class Tree(BaseSchema[Node]):
    config = SchemaConfig(model=Node, fields={"name": Infer, "children": [Self]})


class Chain(BaseSchema[Node]):
    config = SchemaConfig(model=Node, fields={"name": Infer, "parent": Self, "twin_of": ["text"]})


class Twins(BaseSchema[Node]):
    config = SchemaConfig(model=Node, fields={
        "twin": {"name": Infer, "friends": ["name"]}, "twin_of": {"text": Infer, "twin_id": Infer, "parent": {"name": Infer}},
    })


def plant(depth: int, width: int) -> None:
    level: list[Node | None] = [None]
    for step in range(depth):
        made = [Node(name=f"{step}-{n}", text="t", parent=level[n % len(level)]) for n in range(width)]
        level = list(Node.objects.bulk_create(made))
    nodes = list(Node.objects.all())
    for one, other in pairwise(nodes):
        one.twin = other
        one.save()
        one.friends.add(other)


@pytest.mark.parametrize("width", [2, 12])
def test_a_schema_nested_in_itself_takes_a_query_for_each_level(width: int) -> None:
    plant(5, width)
    assert_same(Tree, Node.objects.filter(parent=None), 6)
    assert_same(Chain, Node.objects.filter(name__startswith="4"), 10)  # with one for the twins of each
    assert_same(Twins, Node.objects.all(), 3)


def test_what_is_one_to_one_leads_back_to_the_same_object() -> None:
    class Back(BaseSchema[Record]):
        config = SchemaConfig(model=Record, fields={
            "title": Infer, "cover": {"colour": Infer, "record": {"notes": Infer, "cover": ["text"], "genres": ["words"]}},
        })

    class Front(BaseSchema[Cover]):
        config = SchemaConfig(model=Cover, fields={"record": {"title": Infer, "cover": {"text": Infer, "record": ["notes"]}}})

    class Twin(BaseSchema[Node]):
        config = SchemaConfig(model=Node, fields={
            "twin": {"twin_of": {"text": Infer}, "twin": ["name"]}, "twin_of": {"twin": {"parent": ["text"]}, "name": Infer},
        })

    fill(9)
    plant(2, 4)
    assert_same(Back, Record.objects.all(), 2)
    assert_same(Front, Cover.objects.filter(record__secret=False), 2)
    assert_same(Twin, Node.objects.all(), 2)


def test_inheritance_and_proxies() -> None:
    class Band(BaseSchema[Group]):
        config = SchemaConfig(model=Group, fields={
            "id": Infer, "size": Infer, "name": Infer, "artist_ptr": {"biography": Infer, "land": ["code"]},
            "records": ["title"], "land": ["name"],
        })

    class Known(BaseSchema[Star]):
        config = SchemaConfig(model=Star, fields={"name": Infer, "group": ["size", "name", "biography"], "records": ["title"]})

    land = Land.objects.create(code="x", name="X")
    for n in range(5):
        band = Group.objects.create(name=f"n{n}", biography="b", land=land, size=n, motto="m")
        Record.objects.create(title="t", artist=band)
    assert_same(Band, Group.objects.all(), 3)
    assert_same(Known, Star.objects.all(), 3)
    assert_same(Known, Artist.objects.all(), 3)
    assert_same(Known, Group.objects.all(), 3)
    with pytest.raises(ValueError, match=r"Band is a schema of models_graph.Group, not of models_graph.Artist"):
        Band.prefetch_for(Artist.objects.all())


def test_managers_say_which_related_rows_there_are() -> None:
    class Teacher(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields={"pupils": ["name"], "teacher": ["name"]})

    class CoverSchema(BaseSchema[Cover]):
        config = SchemaConfig(model=Cover, fields={"record": ["title"]})

    dead = Artist.everybody.create(name="dead", dead=True)
    alive = Artist.objects.create(name="alive", teacher=dead)
    Artist.everybody.create(name="gone", dead=True, teacher=alive)
    assert [one.model_dump() for one in Teacher.from_queryset(Artist.objects)] == [{"pupils": [], "teacher": {"name": "dead"}}]
    assert_same(Teacher, Artist.objects.all(), 2)
    for secret in (False, True):
        Cover.objects.create(record=Record.objects.create(title="t", artist=alive, secret=secret), colour="c")
    assert_same(CoverSchema, Cover.objects.filter(record__secret=False), 2)
    with pytest.raises(ValueError, match="record\n  Field required"):
        CoverSchema.from_queryset(Cover.objects)


def test_rows_are_not_lost_where_no_constraint_holds_what_they_point_to() -> None:
    class Sold(BaseSchema[Sale]):
        config = SchemaConfig(model=Sale, fields={"amount": Infer, "land": ["name"], "land_id": Infer})

    land = Land.objects.create(code="x", name="X")
    with connection.constraint_checks_disabled():
        Sale.objects.create(land_id=land.pk, amount=1)
        Sale.objects.create(land_id=999, amount=2)
        made, count = counted(Sold, Sale.objects.order_by("amount"))
        Sale.objects.all().delete()
    assert [(one.amount, one.land and one.land.name, one.land_id) for one in made] == [(1, "X", land.pk), (2, None, 999)]
    assert count == 2


def test_nothing_is_deferred_that_a_property_or_the_model_itself_may_look_at() -> None:
    class Sign(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields={"initials": Infer, "land": ["name"]})

    class Seen(BaseSchema[Watched]):
        config = SchemaConfig(model=Watched, fields=["name"])

    class Signed(BaseSchema[Record]):
        config = SchemaConfig(model=Record, fields={"artist": Sign})

    fill(9)
    assert_same(Sign, Artist.objects.all(), 1)
    assert_same(Signed, Record.objects.all(), 1)
    assert "anthem" not in str(Sign.queryset().query)
    assert "notes" not in str(Signed.queryset().query)
    Watched.objects.create(name="w", text="t")
    assert_same(Seen, Watched.objects.all(), 1)


def test_what_somebody_selected_for_a_property_stays() -> None:
    class Homes(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields={"home": Infer, "records": ["title"]})

    class Heard(BaseSchema[Record]):
        config = SchemaConfig(model=Record, fields={"title": Infer})

    fill(9)
    assert counted(Homes, Artist.objects.all())[1] > 2
    assert_same(Homes, Artist.objects.select_related("land"), 2)
    rows = Heard.prefetch_for(Record.objects.select_related("artist__land", "sleeve"))
    with CaptureQueriesContext(connection) as queries:
        assert {one.artist.land.anthem for one in rows if one.artist.land} == {"lalalalalalalalala"}
    assert len(queries) == 1


def test_what_was_deferred_is_not() -> None:
    class Names(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields=["name", "biography"])

    fill(9)
    assert_same(Names, Artist.objects.defer("name"), 1)
    assert_same(Names, Artist.objects.only("dead"), 1)


def test_what_was_prefetched_with_a_queryset_says_which_rows_there_are() -> None:
    class Titles(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields={"name": Infer, "records": {"title": Infer, "credits": ["instrument"]}})

    fill(9)
    some = Record.objects.filter(title__gt="r1").defer("title")
    last = Credit.objects.filter(instrument="i1")
    rows = Artist.objects.prefetch_related(
        "records__credits", "influences", Prefetch("records", some), Prefetch("records", some, to_attr="kept"))
    with pytest.raises(ValueError, match="already seen"):  # as Django has it
        list(rows)
    rows = Artist.objects.prefetch_related(
        Prefetch("records", some), Prefetch("records__credits", last), "influences", Prefetch("records", some, to_attr="kept"))
    made, count = counted(Titles, rows)
    assert {record.title for one in made for record in one.records} == {"r3", "r4", "r7"}
    assert {credit.instrument for one in made for record in one.records for credit in record.credits} == {"i1"}
    assert count == 5
    again = Titles.prefetch_for(Titles.prefetch_for(rows))
    assert [Titles.model_validate(one) for one in again] == made


def test_filters_annotations_order_and_slices_stay() -> None:
    class Ranked(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields={"name": Infer, "records": ["title"], "land": ["name"]})
        works: int

    fill(20)
    rows = Artist.objects.annotate(works=Count("records")).order_by("-works", "-name")[3:9]
    assert_same(Ranked, rows, 2)
    assert len(Ranked.from_queryset(rows)) == 6
    with pytest.raises(TypeError, match=r"values\(\)"):
        Ranked.from_queryset(Artist.objects.values("name"))
    with pytest.raises(TypeError, match="BaseSchema has no config"):
        BaseSchema.queryset()
    with pytest.raises(NotSupportedError):
        Ranked.from_queryset(Artist.objects.all().union(Artist.objects.all()))


def test_fields_that_the_model_has_by_other_names() -> None:
    class Work(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        title: str
        author: PersonSchema = Field(validation_alias="artist")

    class Other(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields=["pk"])
        called: str = Field(validation_alias="name")
        works: list[Work] = Field(validation_alias=AliasChoices("nothing", "records"))
        place: Any = Field(validation_alias="land", exclude=True)

    class Before(BaseSchema[Artist]):
        config = SchemaConfig(model=Artist, fields=["pk"])
        letter: str = ""

        @model_validator(mode="before")
        @classmethod
        def look(cls, data: object) -> object:
            return {"pk": data.pk, "letter": data.biography[:1]} if isinstance(data, Model) else data

    fill(9)
    assert_same(Other, Artist.objects.all(), 3)  # artists with lands, records with their artists, and those's records
    assert_same(Before, Artist.objects.all(), 1)


def test_keys_of_several_columns() -> None:
    if django.VERSION >= (5, 2):
        from tests.django_project.models_zoo.models import Pair

        class Right(BaseSchema[Pair]):
            config = SchemaConfig(model=Pair, fields=["right"])

        class Both(BaseSchema[Pair]):
            config = SchemaConfig(model=Pair, fields=["pk"])

        Pair.objects.create(left=1, right="a")
        assert_same(Right, Pair.objects.all(), 1)
        assert_same(Both, Pair.objects.all(), 1)


def test_asynchronous_code() -> None:
    fill(9)
    expected = ArtistSchema.from_queryset(Artist.objects)

    async def read() -> list[ArtistSchema]:
        assert asyncio.get_running_loop().is_running()
        return await ArtistSchema.afrom_queryset(Artist.objects.all())

    # Not asyncio.run(): what must not wait is run in this thread, which has the transaction of the test.
    assert async_to_sync(read)() == expected


RUN = """
import asyncio, sys
from tests.django_project import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from tests.django.schemas import test_queries as tests
tests.fill(9)
expected = tests.ArtistSchema.from_queryset(tests.Artist.objects)
assert len(expected) == 8
assert asyncio.run(tests.ArtistSchema.afrom_queryset(tests.Artist.objects.all())) == expected
print("same")
"""


def test_asynchronous_code_in_a_loop_of_its_own(tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.django_project.settings"}
    command = [sys.executable, "-c", RUN, str(tmp_path / "db.sqlite3")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.stdout, done.stderr) == ("same\n", "")


MODELS: tuple[type[Model], ...] = (Artist, Group, Star, Record, Genre, Credit, Cover, Comment, Land, Node)
QUERYING = {"home"}
"""A property that makes queries of its own."""


@st.composite
def fields(draw: st.DrawFn, model: type[Model], depth: int) -> dict[str, Any]:
    """Fields of a model, nested where they are relations."""
    known = {name: one for name, one in accessors(model).items() if name not in QUERYING}
    names = draw(st.lists(st.sampled_from(list(known)), min_size=1, max_size=4, unique=True))
    found: dict[str, Any] = {}
    for name in names:
        related = known[name].related
        nested = related is not None and depth > 0 and draw(st.booleans())
        found[name] = draw(fields(related, depth - 1)) if nested and related is not None else Infer
    return found


@st.composite
def schemas(draw: st.DrawFn) -> type[BaseSchema[Any]]:
    model = draw(st.sampled_from(MODELS))
    config = SchemaConfig(model=model, fields=draw(fields(model, 3)))
    return type(BaseSchema)("Drawn", (BaseSchema,), {"__module__": __name__, "config": config})


def outcome(schema: type[BaseSchema[Any]], row: Model) -> object:
    try:
        return schema.model_validate(row).model_dump()
    except ValidationError as error:
        return [(one["type"], one["loc"]) for one in error.errors()]


def test_any_schema_needs_no_query_for_a_row_and_says_the_same_as_without_help() -> None:
    fill(9)
    Record.objects.update(secret=False)  # or only what a record was found by knows it
    plant(3, 2)
    land = Land.objects.get(code="l1")
    for n in range(4):
        band = Group.objects.create(name=f"n{n}", biography="b", land=land if n % 2 else None, size=n)
        band.records.set(Record.objects.filter(title__in=[f"r{n}", f"r{n + 3}"]))
        band.comments.create(text="t")

    @settings(max_examples=80, deadline=None)
    @given(schemas())
    def same(schema: type[BaseSchema[Any]]) -> None:
        rows = list(schema.queryset().order_by("pk"))
        with CaptureQueriesContext(connection) as queries:
            helped = [outcome(schema, one) for one in rows]
        assert [one["sql"] for one in queries] == []
        model = schema.config.model_class()
        assert helped == [outcome(schema, one) for one in model._default_manager.order_by("pk")]
        assert helped

    same()
