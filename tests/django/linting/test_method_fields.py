"""SerializerMethodField: what is certain of a method's type, what is written, and what drf-spectacular then says."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Case

pytestmark = pytest.mark.usefixtures("case")

HEAD = """\
import datetime
from contextlib import suppress
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework import serializers
from tests.django_project.linted.models import Gadget, Maker


class MakerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Maker
        fields = ["id", "name"]


class GadgetSerializer(serializers.ModelSerializer):
"""
LATER = """

class LaterSerializer(serializers.Serializer):
    number = serializers.IntegerField()
"""

CERTAIN: Sequence[tuple[str, str]] = (
    # literals, texts
    ('return "text"', "-> str"),
    ('return f"{obj.name}!"', "-> str"),
    ('return "a" "b"', "-> str"),
    ('return "%s of %s" % (obj.name, obj.size)', "-> str"),
    ('return "{}".format(obj.name)', "-> str"),
    ('return ", ".join(x for x in obj.things)', "-> str"),
    ('return obj.name + " " + obj.name.upper()', "-> str"),
    ("return str(obj)", "-> str"),
    ('return gettext("New")', "-> str"),
    ('return reverse("gadget", args=[obj.pk])', "-> str"),
    ('return self.context["request"].build_absolute_uri("/")', "-> str"),
    ('return obj.name.startswith("a")', "-> bool"),
    ('return obj.name.split(" ")', "-> list[str]"),
    # numbers
    ("return 1", "-> int"),
    ("return -1", "-> int"),
    ("return len(obj.things)", "-> int"),
    ("return obj.parts.filter(sold=True).count()", "-> int"),
    ("return obj.size * 2 + 1", "-> int"),
    ("return obj.size / 2", "-> float"),
    ("return obj.weight * obj.size", "-> float"),
    ("return round(obj.weight)", "-> int"),
    ("return round(obj.weight, 1)", "-> float"),
    ("return obj.size if obj.sold else obj.weight", "-> float"),
    # truth
    ("return obj.size > 3", "-> bool"),
    ("return obj.things in obj.others", "-> bool"),
    ("return not obj.things", "-> bool"),
    ("return obj.parent is None", "-> bool"),
    ("return obj.parts.exists() and not obj.sold", "-> bool"),
    ("return any(part for part in obj.things)", "-> bool"),
    # fields of the model
    ("return obj.pk", "-> int"),
    ("return obj.maker_id", "-> int"),
    ("return obj.parent_id", "-> int | None"),
    ("return obj.nickname", "-> str | None"),
    ("return obj.nickname or obj.name", "-> str"),
    ("return obj.maker.name", "-> str"),
    ("return obj.parent.maker.founded", "-> datetime.date | None"),
    ("return obj.made", "-> datetime.datetime"),
    ("return obj.made.isoformat()", "-> str"),
    ("return obj.get_status_display()", "-> str"),
    ("return obj.label", "-> str"),
    ("return obj.words", "-> list[str]"),
    ("return obj.shout()", "-> str"),
    ("return obj.maker.logo.url if obj.maker.logo else None", "-> str | None"),
    ('return list(obj.parts.values_list("name", flat=True))', "-> list[str]"),
    ("return [part.size for part in obj.parts.all()]", "-> list[int]"),
    ("return [str(part) for part in obj.things]", "-> list[str]"),
    ('return {"a": 1, "b": obj.size}', "-> dict[str, int]"),
    ("return obj.price", "@extend_schema_field(serializers.DecimalField(max_digits=8, decimal_places=2))"),
    # serializers
    ("return MakerSerializer(obj.maker).data", "@extend_schema_field(MakerSerializer)"),
    ("return MakerSerializer(Maker.objects.all(), many=True, context=self.context).data",
     "@extend_schema_field(MakerSerializer(many=True))"),
    ("if obj.parent is None:\n    return None\nreturn MakerSerializer(obj.parent.maker).data",
     "@extend_schema_field(MakerSerializer(allow_null=True))"),
    # ways through the body
    ('if obj.sold:\n    return "sold"', "-> str | None"),
    ('if obj.sold:\n    return "sold"\nelif obj.size:\n    return "big"\nelse:\n    raise ValueError', "-> str"),
    ('try:\n    return obj.maker.name\nexcept Maker.DoesNotExist:\n    return ""', "-> str"),
    ('text = "a"\nif obj.sold:\n    text = obj.name\nreturn text', "-> str"),
    ("with transaction.atomic():\n    return obj.size", "-> int"),
    ('while True:\n    if obj.sold:\n        return "x"', "-> str"),
    ('for part in obj.things:\n    return "x"', "-> str | None"),
    ('match obj.size:\n    case 1:\n        return "x"\n    case _:\n        return "y"', "-> str"),
    ('def inner():\n    return 1\nreturn "x"', "-> str"),
)  # fmt: skip
UNCERTAIN: Sequence[str] = (
    "return obj.things",
    "return obj.compute()",
    "return obj.details",
    "return obj.half",
    "return self.context['x']",
    'return {"a": 1, "b": "x"}',
    "return {}",
    "return []",
    'return 1 if obj.sold else "x"',
    "return None",
    "pass",
    "return obj.things == obj.others",
    "return obj.a + obj.b",
    "return obj.name and obj.size",
    "return sum(obj.things)",
    "return max(1, obj.x)",
    "return LaterSerializer(obj).data",
    "return GadgetSerializer(obj.parts.all(), many=True).data",
    "return MakerSerializer(obj.maker, many=self.many).data",
    "return MakerSerializer(obj.maker, **self.options).data",
    "return MakerSerializer(obj.maker)",
    "str = obj.other\nreturn str(obj)",
    "obj = obj.other\nreturn obj.name",
    "text = 1\nfor text in obj.things:\n    pass\nreturn text",
    "number = 0\nnumber += obj.x\nreturn number",
    'with suppress(ValueError):\n    return "x"',
    'yield "x"',
    "return (lambda: 1)()",
    "return [part.name for part in obj.things]",
    "return [part.nickname for part in obj.parts.all()]",
    "return obj.maker",
    "return b'x'",
    "return obj.gone.name",
    "result = result\nreturn result",
)


def module(bodies: Sequence[str]) -> str:
    fields = [f"    f{number} = serializers.SerializerMethodField()\n" for number in range(len(bodies))]
    listed = ", ".join(f'"f{number}"' for number in range(len(bodies)))
    meta = f"\n    class Meta:\n        model = Gadget\n        fields = [{listed}]\n"
    methods = [f"\n    def get_f{number}(self, obj):\n{indent(body, ' ' * 8)}\n" for number, body in enumerate(bodies)]
    return HEAD + "".join(fields) + meta + "".join(methods) + LATER


def test_what_is_certain_is_written_and_what_is_not_is_left_alone(case: Case) -> None:
    bodies = [body for body, _ in CERTAIN] + list(UNCERTAIN)
    case.write(serializers=module(bodies))
    before = case.text("serializers").splitlines()

    case.fix("untyped-method-field")

    after = case.text("serializers").splitlines()
    written = {}
    for number, line in enumerate(after):
        if line.startswith("    def get_f"):
            name = line.split("(")[0].removeprefix("    def get_f")
            above = after[number - 1].strip()
            annotation = "->" + line.partition("->")[2].rstrip(":") if "->" in line else ""
            written[int(name)] = above if above.startswith("@") else annotation
    expected = [said for _, said in CERTAIN] + [""] * len(UNCERTAIN)
    assert {bodies[number]: said for number, said in written.items()} == dict(zip(bodies, expected, strict=True))
    added = [line for line in after if "@extend_schema_field" in line or line.startswith("from drf_spectacular")]
    assert len(after) == len(before) + len(added), "nothing but decorators and their import is a line of its own"
    remaining = case.lint("untyped-method-field").findings
    assert len(remaining) == len(UNCERTAIN)
    assert not [found for found in remaining if found.fix is not None]


def test_fixed_methods_are_described_as_what_they_return(shown: Case) -> None:
    wanted = {
        'return f"{obj.name}!"': {"type": "string"},
        "return obj.parts.count()": {"type": "integer"},
        "return obj.nickname": {"type": "string", "nullable": True},
        "return obj.made": {"type": "string", "format": "date-time"},
        "return obj.size > 1": {"type": "boolean"},
        "return obj.size / 2": {"type": "number", "format": "double"},
        "return obj.words": {"type": "array", "items": {"type": "string"}},
        "return obj.price": {"type": "string", "format": "decimal", "pattern": r"^-?\d{0,6}(?:\.\d{0,2})?$"},
        "return MakerSerializer(obj.maker).data": {"allOf": [{"$ref": "#/components/schemas/Maker"}]},
        "return MakerSerializer(Maker.objects.all(), many=True).data": {
            "type": "array", "items": {"$ref": "#/components/schemas/Maker"},
        },
        "if obj.parent:\n    return MakerSerializer(obj.parent.maker).data": {
            "allOf": [{"$ref": "#/components/schemas/Maker"}], "nullable": True,
        },
    }
    shown.write(serializers=module(list(wanted)).replace(LATER, ""))
    assert len(shown.fix("untyped-method-field").findings) == len(wanted)
    properties = shown.properties("Gadget")
    assert properties == {f"f{number}": {**said, "readOnly": True} for number, said in enumerate(wanted.values())}


SILENT = '''
from __future__ import annotations
from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from functools import wraps
from rest_framework import serializers


def noted(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner


class Typed:
    def get_inherited(self, obj) -> int:
        return 1


@extend_schema_field(int)
class Counted(serializers.SerializerMethodField):
    pass


class Extended(serializers.SerializerMethodField):
    pass


class Extension(OpenApiSerializerFieldExtension):
    target_class = Extended

    def map_serializer_field(self, auto_schema, direction):
        return {"type": "integer"}


@extend_schema_serializer(exclude_fields=["total", "loose"])
class LeftOutSerializer(serializers.Serializer):
    total = serializers.SerializerMethodField()
    loose = serializers.DictField()

    def get_total(self, obj):
        return 1


class OddSerializer(serializers.Serializer):
    total = serializers.SerializerMethodField()

    def get_total(self, obj):
        return 1


class OddExtension(OpenApiSerializerExtension):
    target_class = OddSerializer

    def map_serializer(self, auto_schema, direction):
        return {"type": "integer"}


class ThingSerializer(Typed, serializers.Serializer):
    annotated = serializers.SerializerMethodField()
    decorated = serializers.SerializerMethodField()
    named = serializers.SerializerMethodField(method_name="other")
    inherited = serializers.SerializerMethodField()
    wrapped = serializers.SerializerMethodField()
    counted = Counted()
    extended = Extended()
    ignored = serializers.SerializerMethodField()

    def get_annotated(self, obj) -> str:
        return ""

    @extend_schema_field(OpenApiTypes.INT)
    def get_decorated(self, obj):
        return 1

    def other(self, obj) -> list[int]:
        return []

    @noted
    def get_wrapped(self, obj) -> int:
        return 1

    def get_counted(self, obj):
        return 1

    def get_extended(self, obj):
        return 1

    def get_ignored(self, obj):  # specloom: ignore[untyped-method-field]
        return obj.x

    def get_nothing(self, obj):
        """No field shows it."""
        return 1


def get_name(obj):
    return 1
'''


def test_methods_that_say_their_type_are_not_found(case: Case) -> None:
    case.write(serializers=SILENT)
    assert case.codes() == []


def test_a_method_is_found_where_it_stands(case: Case) -> None:
    case.write(
        mixins="""
            class Mixin:
                def get_total(self, obj):
                    return len(obj)
            """,
        serializers="""
            from rest_framework import serializers
            from .mixins import Mixin


            class OneSerializer(Mixin, serializers.Serializer):
                total = serializers.SerializerMethodField()


            class TwoSerializer(Mixin, serializers.Serializer):
                total = serializers.SerializerMethodField()
            """,
    )
    report = case.lint("untyped-method-field", modules=["serializers"])
    [found] = report.findings
    assert (found.path, found.position.line) == (case.path("mixins"), 2)
    case.fix("untyped-method-field")
    assert "def get_total(self, obj) -> int:" in case.text("mixins")
    assert case.codes("untyped-method-field") == []


def test_the_model_of_a_serializer_says_nothing_of_a_mixins_rows(case: Case) -> None:
    case.write(serializers="""
        from rest_framework import serializers
        from tests.django_project.linted.models import Gadget, Maker


        class Named:
            def get_title(self, obj):
                return obj.name


        class Sized(serializers.ModelSerializer):
            size = serializers.SerializerMethodField()

            class Meta:
                model = Gadget
                fields = ["size"]

            def get_size(self, obj):
                return obj.size


        class MakerSerializer(Named, Sized):
            title = serializers.SerializerMethodField()

            class Meta:
                model = Maker
                fields = ["size", "title"]
        """)
    assert [found.fix for found in case.lint("untyped-method-field").findings] == [None, None]


def test_a_field_without_its_method(case: Case) -> None:
    case.write(serializers="""
        from rest_framework import serializers


        class Base(serializers.Serializer):
            later = serializers.SerializerMethodField()


        class ThingSerializer(Base):
            gone = serializers.SerializerMethodField()
            there = serializers.SerializerMethodField(method_name="elsewhere")

            def get_later(self, obj) -> int:
                return 1
        """)
    report = case.lint("missing-method")
    assert [(found.position.line, "get_gone" in found.message) for found in report.findings] == [(9, True), (10, False)]
    assert report.failed


def test_annotations_that_do_not_reach_the_schema(case: Case) -> None:
    case.write(serializers="""
        from __future__ import annotations

        from decimal import Decimal
        from typing import TYPE_CHECKING

        from rest_framework import serializers
        from tests.django_project.linted.models import Gadget

        if TYPE_CHECKING:
            from datetime import date


        class ThingSerializer(serializers.Serializer):
            broken = serializers.SerializerMethodField()
            unmappable = serializers.SerializerMethodField()
            nothing = serializers.SerializerMethodField()
            decimal = serializers.SerializerMethodField()
            maybe = serializers.SerializerMethodField()

            def get_broken(self, obj) -> date:
                return obj.day

            def get_unmappable(self, obj) -> Gadget:
                return obj.gadget

            def get_nothing(self, obj) -> None:
                return None

            def get_decimal(self, obj) -> Decimal:
                return Decimal(1)

            def get_maybe(self, obj) -> Decimal | None:
                return None
        """)
    assert case.codes() == [
        ("broken-annotation", 20), ("unmappable-annotation", 23), ("unmappable-annotation", 26),
        ("decimal-annotation", 29), ("decimal-annotation", 32),
    ]


def test_an_annotation_that_cannot_be_evaluated_is_said_again(shown: Case) -> None:
    shown.write(serializers="""
        from __future__ import annotations

        from typing import TYPE_CHECKING

        from rest_framework import serializers

        if TYPE_CHECKING:
            from tests.django_project.linted.models import Gadget


        class ThingSerializer(serializers.Serializer):
            name = serializers.SerializerMethodField()
            sizes = serializers.SerializerMethodField()
            gadget = serializers.SerializerMethodField()

            def get_name(self, obj: Gadget) -> str | None:
                return obj.nickname

            def get_sizes(self, obj: Gadget) -> list[int]:
                return [obj.size]

            def get_gadget(self, obj) -> Gadget:
                return obj
        """)
    assert [(found.position.line, found.fix is not None) for found in shown.lint("broken-annotation").findings] == [
        (16, True), (19, True), (22, False),
    ]
    shown.fix("broken-annotation")
    assert "@extend_schema_field(str | None)\n    def get_name" in shown.text("serializers")
    assert shown.codes("broken-annotation") == [("broken-annotation", 25)]
    text = shown.text("serializers").replace("-> Gadget", "-> int")
    shown.path("serializers").write_text(text)
    properties = shown.properties("Thing")
    assert properties["name"] == {"type": "string", "nullable": True, "readOnly": True}
    assert properties["sizes"] == {"type": "array", "items": {"type": "integer"}, "readOnly": True}


def test_a_module_that_cannot_be_imported_is_judged_by_its_text(case: Case) -> None:
    case.write(serializers="""
        import nowhere
        from rest_framework import serializers


        class ThingSerializer(serializers.Serializer):
            total = serializers.SerializerMethodField()
            inherited = serializers.SerializerMethodField()
            anything = serializers.DictField()

            def get_total(self, obj):
                return 1


        class NoSerializer:
            total = serializers.SerializerMethodField()
        """)
    assert case.codes() == [("unimportable-module", 1), ("untyped-dict-field", 8), ("untyped-method-field", 10)]
    case.fix()
    assert "def get_total(self, obj) -> int:" in case.text("serializers")
