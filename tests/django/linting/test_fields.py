"""Rules about properties, declared fields, custom fields and whole serializers: what they find, and what they leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import Case

MODELS = """
    from functools import cached_property
    from django.db import models


    class Thing(models.Model):
        name = models.CharField(max_length=9)
        amount = models.IntegerField()

        class Meta:
            app_label = "linted"

        @property
        def title(self):
            return f"{self.name}!"

        @cached_property
        def double(self):
            return self.amount * 2

        def loud(self):
            return self.name.upper()

        @property
        def unknown(self):
            return self.nowhere

        @property
        def typed(self) -> str:
            return ""

        @property
        def unshown(self):
            return 1


    class Part(models.Model):
        thing = models.ForeignKey(Thing, models.CASCADE)

        class Meta:
            app_label = "linted"
    """
SERIALIZERS = """
    from rest_framework import serializers
    from .models import Part, Thing


    class ThingSerializer(serializers.ModelSerializer):
        class Meta:
            model = Thing
            fields = ["name", "title", "double", "loud", "unknown", "typed"]


    class PartSerializer(serializers.ModelSerializer):
        title = serializers.ReadOnlyField(source="thing.title")
        name = serializers.ReadOnlyField(source="thing.name")
        loud = serializers.CharField(source="thing.loud", read_only=True)

        class Meta:
            model = Part
            fields = ["title", "name", "loud"]
    """


def test_properties_are_found_where_they_stand_once_each(shown: Case) -> None:
    shown.write(models=MODELS, serializers=SERIALIZERS)
    report = shown.lint("untyped-property", modules=["serializers"])
    assert [(found.path, found.position.line, found.fix is not None) for found in report.findings] == [
        (shown.path("models"), 13, True), (shown.path("models"), 17, True), (shown.path("models"), 20, True),
        (shown.path("models"), 24, False),
    ]


def test_a_fixed_property_reaches_the_schema(shown: Case) -> None:
    shown.write(models=MODELS, serializers=SERIALIZERS)
    shown.fix("untyped-property")
    assert [found.position.line for found in shown.lint("untyped-property").findings] == [24]
    properties = shown.properties("Thing")
    assert properties["title"] == {"type": "string", "readOnly": True}
    assert properties["double"] == {"type": "integer", "readOnly": True}
    assert properties["loud"] == {"type": "string", "readOnly": True}
    assert shown.properties("Part")["title"] == {"type": "string", "readOnly": True}
    text = shown.text("models")
    for line in ("def title(self) -> str:", "def double(self) -> int:", "def loud(self) -> str:", "def unshown(self):"):
        assert line in text


def test_a_property_that_is_not_the_projects_own_is_found_at_the_field(case: Case) -> None:
    case.write(serializers="""
        from django.contrib.auth.models import User
        from rest_framework import serializers


        class UserSerializer(serializers.ModelSerializer):
            class Meta:
                model = User
                fields = [
                    "id",
                    "get_full_name",
                ]
        """)
    [found] = case.lint("untyped-property").findings
    assert (found.path, found.position.line, found.fix) == (case.path("serializers"), 10, None)


CONTAINERS = """
    from drf_spectacular.utils import extend_schema_field
    from rest_framework import serializers
    from rest_framework.serializers import DictField, ListField
    from tests.django_project.linted.models import Gadget


    class Words(serializers.ListField):
        child = serializers.CharField()


    class Free(serializers.DictField):
        pass


    @extend_schema_field({"type": "object", "properties": {"a": {"type": "integer"}}})
    class Described(serializers.JSONField):
        pass


    class ThingSerializer(serializers.Serializer):
        a = serializers.DictField()
        b = serializers.DictField(child=serializers.IntegerField())
        c = serializers.ListField()
        d = serializers.ListField(child=serializers.CharField())
        e = Words()
        f = Free()
        g = serializers.JSONField()
        h = Described()
        i = serializers.HStoreField()
        j = serializers.DictField(child=serializers.ListField())
        k = serializers.ListField(**{"child": serializers.CharField()})
        m = serializers.DictField()  # specloom: ignore


    class GadgetSerializer(serializers.ModelSerializer):
        words = ListField(read_only=True)
        sizes = DictField(read_only=True, help_text="sizes, in cm")  # a comment
        titled = serializers.ListField(
            read_only=True,
            source="words",  # elsewhere
        )
        writable = serializers.ListField(source="words")

        class Meta:
            model = Gadget
            fields = ["words", "sizes", "titled", "writable", "details"]
    """


def test_containers_without_a_child(case: Case) -> None:
    case.write(serializers=CONTAINERS)
    assert case.codes("untyped-dict-field") == [("untyped-dict-field", line) for line in (21, 26, 37)]
    assert case.codes("untyped-list-field") == [("untyped-list-field", line) for line in (23, 30, 36, 38, 42)]
    assert case.codes("untyped-json-field") == [("untyped-json-field", line) for line in (27, 46)]


def test_a_child_is_given_where_a_property_says_it(shown: Case) -> None:
    shown.write(serializers=CONTAINERS)
    before = shown.text("serializers")
    fixed = shown.fix("untyped-dict-field", "untyped-list-field")
    assert len(fixed.findings) == 3
    words = "words = ListField(read_only=True"
    expected = before.replace(words, f"{words}, child=serializers.CharField()")
    expected = expected.replace('help_text="sizes, in cm")', 'help_text="sizes, in cm", child=serializers.IntegerField())')
    expected = expected.replace(
        '    source="words",  # elsewhere\n', '    source="words",  # elsewhere\n        child=serializers.CharField(),\n'
    )
    assert shown.text("serializers") == expected
    properties = shown.properties("Gadget")
    assert properties["words"] == {"type": "array", "items": {"type": "string"}, "readOnly": True}
    assert properties["titled"] == properties["words"]
    assert properties["sizes"] == {
        "type": "object", "additionalProperties": {"type": "integer"}, "readOnly": True, "description": "sizes, in cm",
    }


def test_a_child_is_imported_where_fields_are_imported_by_name(shown: Case) -> None:
    shown.write(serializers="""
        from rest_framework.serializers import (
            DictField,
            ModelSerializer,
        )
        from tests.django_project.linted.models import Gadget


        class GadgetSerializer(ModelSerializer):
            sizes = DictField(read_only=True)

            class Meta:
                model = Gadget
                fields = ["sizes"]
        """)
    before = shown.text("serializers")
    shown.fix("untyped-dict-field")
    expected = before.replace("    DictField,\n", "    DictField,\n    IntegerField,\n")
    assert shown.text("serializers") == expected.replace("(read_only=True)", "(read_only=True, child=IntegerField())")
    sizes = shown.properties("Gadget")["sizes"]
    assert sizes == {"type": "object", "additionalProperties": {"type": "integer"}, "readOnly": True}


def test_relations_and_read_only_fields_need_a_model(case: Case) -> None:
    case.write(serializers="""
        from rest_framework import serializers
        from tests.django_project.linted.models import Gadget


        class ThingSerializer(serializers.Serializer):
            a = serializers.PrimaryKeyRelatedField(read_only=True)
            b = serializers.PrimaryKeyRelatedField(queryset=Gadget.objects.all())
            c = serializers.PrimaryKeyRelatedField(read_only=True, pk_field=serializers.UUIDField())
            d = serializers.PrimaryKeyRelatedField(read_only=True, many=True)
            e = serializers.SlugRelatedField(slug_field="name", read_only=True)
            f = serializers.StringRelatedField()
            g = serializers.ReadOnlyField()
            h = serializers.CharField(read_only=True)


        class Mixin(serializers.Serializer):
            maker = serializers.PrimaryKeyRelatedField(read_only=True)
            name = serializers.ReadOnlyField()


        class GadgetSerializer(Mixin, serializers.ModelSerializer):
            class Meta:
                model = Gadget
                fields = ["maker", "name"]
        """)
    assert case.codes() == [
        *(("untyped-related-field", line) for line in (6, 9, 10)), ("read-only-without-model", 12),
    ]


CUSTOM = """
    from drf_spectacular.utils import extend_schema_field
    from rest_framework import serializers


    class Loud(serializers.Field):
        def to_representation(self, value):
            return str(value).upper()


    class Both(serializers.Field):
        def to_representation(self, value):
            return str(value)

        def to_internal_value(self, data):
            return data


    @extend_schema_field(int)
    class Known(serializers.Field):
        def to_representation(self, value):
            return 1


    class Deep(serializers.Field):
        pass


    class Short(serializers.CharField):
        pass


    class Unused(serializers.Field):
        pass


    class ThingSerializer(serializers.Serializer):
        a = Loud(read_only=True)
        b = Both()
        c = Known()
        d = Short()
        e = serializers.ListField(child=Deep())
    """


def test_custom_fields(shown: Case) -> None:
    shown.write(serializers=CUSTOM)
    report = shown.lint("untyped-custom-field")
    assert [(found.position.line, found.fix is not None) for found in report.findings] == [
        (5, True), (10, False), (24, False),
    ]
    shown.fix()
    assert "@extend_schema_field(str)\nclass Loud(serializers.Field):" in shown.text("serializers")
    assert shown.codes("untyped-custom-field") == [("untyped-custom-field", 11), ("untyped-custom-field", 25)]
    assert shown.properties("Thing")["a"] == {"type": "string", "readOnly": True}


def test_serializers_that_cannot_be_made(case: Case) -> None:
    case.write(serializers="""
        from rest_framework import serializers
        from tests.django_project.linted.models import Gadget


        class WrongSerializer(serializers.ModelSerializer):
            class Meta:
                model = Gadget
                fields = ["nmae"]


        class LeftOutSerializer(serializers.ModelSerializer):
            extra = serializers.CharField()

            class Meta:
                model = Gadget
                fields = ["name"]


        class Base(serializers.ModelSerializer):
            pass


        class GadgetSerializer(Base):
            class Meta:
                model = Gadget
                fields = ["name"]


        class AskingSerializer(serializers.Serializer):
            name = serializers.CharField()

            def __init__(self, *args, user, **kwargs):
                super().__init__(*args, **kwargs)


        class RequestSerializer(serializers.Serializer):
            def get_fields(self):
                return {"name": serializers.CharField()} if self.context["request"].user else {}
        """)
    report = case.lint()
    found = [(found.code, found.position.line) for found in report.findings]
    assert found == [("broken-serializer", 5), ("broken-serializer", 11)]
    assert "nmae" in report.findings[0].message


def test_decorators_of_views_on_serializers(case: Case) -> None:
    case.write(serializers="""
        from drf_spectacular import utils
        from rest_framework import serializers


        class ThingSerializer(serializers.Serializer):
            total = serializers.SerializerMethodField()

            @utils.extend_schema(responses=int)
            def get_total(self, obj) -> int:
                return 1

            @utils.extend_schema_field(int)
            def get_other(self, obj):
                return 1
        """)
    assert case.codes() == [("wrong-decorator", 8)]
