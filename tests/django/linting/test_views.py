"""Rules about views, actions and names, over routes that drf-spectacular really describes."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from django.test.utils import override_settings

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from .conftest import Case

SERIALIZERS = """
    from rest_framework import serializers
    from tests.django_project.linted.models import Gadget, Maker


    class MakerSerializer(serializers.ModelSerializer):
        class Meta:
            model = Maker
            fields = ["id", "name"]


    class GadgetSerializer(serializers.ModelSerializer):
        class Meta:
            model = Gadget
            fields = ["id", "name"]
    """
IMPORTS = """\
from drf_spectacular.utils import extend_schema, extend_schema_view
from django.urls import include
from rest_framework import generics, status, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView
from tests.django_project.linted.models import Gadget, Maker
from . import others, serializers
from .serializers import GadgetSerializer, MakerSerializer

"""
START = len(IMPORTS.splitlines())
"""The line before the first of what follows ``IMPORTS``."""


def view_module(text: str) -> str:
    return IMPORTS + dedent(text).lstrip("\n")


URLS = """
    from django.urls import include, path
    from rest_framework.routers import SimpleRouter
    from . import views

    urlpatterns = [path(route, view) for route, view in views.routes]
    """


def test_views_that_say_nothing(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    class One(APIView):
        def get(self, request):
            return Response(GadgetSerializer(Gadget.objects.all(), many=True).data)

        def post(self, request):
            serializer = GadgetSerializer(data=request.data)
            if not serializer.is_valid():
                return Response(serializer.errors, status=status.HTTP_400_BAD_REQUEST)
            return Response(MakerSerializer(Maker()).data, status=201)

        def put(self, request):
            return Response({"size": request.data["size"]})

        def delete(self, request):
            return Response(status=204)


    class Described(APIView):
        @extend_schema(request=None, responses=GadgetSerializer)
        def post(self, request):
            return Response({})


    @extend_schema_view(get=extend_schema(responses=GadgetSerializer))
    class Viewed(APIView):
        def get(self, request):
            return Response({})


    class Leaning(APIView):
        serializer_class = GadgetSerializer

        def get(self, request):
            return Response({})


    class Hidden(APIView):
        schema = None

        def get(self, request):
            return Response({})


    class Unrouted(APIView):
        def get(self, request):
            return Response({})


    @api_view(["GET"])
    def plain(request):
        return Response({"a": 1})


    @extend_schema(responses=MakerSerializer)
    @api_view(["GET"])
    def described(request):
        return Response({"a": 1})


    routes = [
        ("one/", One.as_view()), ("described/", Described.as_view()), ("viewed/", Viewed.as_view()),
        ("leaning/", Leaning.as_view()), ("hidden/", Hidden.as_view()), ("plain/", plain), ("function/", described),
    ]
    """))
    report = case.lint()
    assert {found.code for found in report.findings} == {"missing-serializer"}
    lines = [(found.position.line - START, found.fix is not None) for found in report.findings]
    assert lines == [(2, True), (5, True), (11, False), (50, False)]

    case.fix()

    assert [found.position.line - START for found in case.lint().findings] == [13, 52]
    paths = case.schema()["paths"]
    one = paths["/one/"]  # type: ignore[index]
    assert one["get"]["responses"]["200"]["content"]["application/json"]["schema"] == {
        "type": "array", "items": {"$ref": "#/components/schemas/Gadget"},
    }
    assert list(one["post"]["responses"]) == ["201"]
    assert one["post"]["responses"]["201"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Maker"}
    assert one["post"]["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/GadgetRequest"}


def test_a_described_view_that_is_still_what_runs_is_not_accused(case: Case) -> None:
    """After a fix in the same process the old module runs, and the new text is on the disk."""
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    class One(APIView):
        def get(self, request):
            return Response(GadgetSerializer(Gadget()).data)


    routes = [("one/", One.as_view())]
    """))
    from specloom.django.linting import find_targets, fix, lint

    targets = find_targets(files=[case.path("views")])
    assert len(fix(lint(targets)).findings) == 1
    assert lint(targets).findings == ()


def test_extend_schema_below_api_view(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    @api_view(["GET"])
    # who asks
    @extend_schema(responses=GadgetSerializer)
    def low(request):
        return Response({})


    @extend_schema(responses=GadgetSerializer)
    @api_view(["GET"])
    def high(request):
        return Response({})


    routes = [("low/", low), ("high/", high)]
    """))
    assert case.schema()["paths"]["/low/"]["get"]["responses"] == {"200": {"description": "No response body"}}  # type: ignore[index]
    assert case.codes() == [("decorator-order", START + 3)]
    case.fix()
    assert case.codes() == []
    answer = case.schema()["paths"]["/low/"]["get"]["responses"]["200"]  # type: ignore[index]
    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Gadget"}


def test_views_that_need_a_request(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    class Serializer(generics.ListAPIView):
        queryset = Gadget.objects.all()

        def get_serializer_class(self):
            return {"staff": GadgetSerializer}[self.request.user.kind]


    class Queryset(generics.RetrieveAPIView):
        serializer_class = GadgetSerializer

        def get_queryset(self):
            return self.request.user.gadgets.all()


    class Minded(generics.RetrieveAPIView):
        serializer_class = GadgetSerializer

        def get_queryset(self):
            if getattr(self, "swagger_fake_view", False):
                return Gadget.objects.none()
            return self.request.user.gadgets.all()


    class Crashing(generics.RetrieveAPIView):
        queryset = Gadget.objects.all()
        serializer_class = GadgetSerializer

        def get_renderers(self):
            return self.request.user.renderers


    routes = [
        ("a/", Serializer.as_view()), ("b/<pk>/", Queryset.as_view()), ("c/<pk>/", Minded.as_view()),
        ("d/<int:pk>/", Queryset.as_view()), ("e/<pk>/", Crashing.as_view()),
    ]
    """))
    assert case.codes() == [
        ("broken-view", START + 4), ("untyped-path-parameter", START + 8), ("schema-crash", START + 29),
    ]


def test_filters_need_the_querysets_model(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    from django_filters.rest_framework import DjangoFilterBackend


    class Listed(generics.ListAPIView):
        serializer_class = GadgetSerializer
        filter_backends = [DjangoFilterBackend]
        filterset_fields = ["name"]

        def get_queryset(self):
            return self.request.user.gadgets.all()


    routes = [("a/", Listed.as_view())]
    """))
    assert case.codes() == [("missing-queryset", START + 9)]


ACTIONS = """
    class GadgetViewSet(viewsets.ModelViewSet):
        queryset = Gadget.objects.all()
        serializer_class = GadgetSerializer

        @action(detail=False)
        def recent(self, request):
            return Response(self.get_serializer(self.get_queryset()[:5], many=True).data)

        @action(detail=False)
        def paged(self, request):
            page = self.paginate_queryset(self.get_queryset())
            if page is not None:
                return self.get_paginated_response(self.get_serializer(page, many=True).data)
            return Response(self.get_serializer(self.get_queryset(), many=True).data)

        @action(detail=True, methods=["post"])
        def sell(self, request, pk=None):
            return Response({"status": "sold"})

        @action(detail=True, methods=["post"])
        def drop(self, request, pk=None):
            return Response(status=status.HTTP_204_NO_CONTENT)

        @action(detail=True)
        def maker(self, request, pk=None):
            return Response(MakerSerializer(self.get_object().maker).data)

        @action(detail=True, methods=["post"])
        def hire(self, request, pk=None):
            serializer = MakerSerializer(data=request.data)
            serializer.is_valid(raise_exception=True)
            return Response(serializer.data, status=201)

        @action(detail=True)
        def same(self, request, pk=None):
            return Response(self.get_serializer(self.get_object()).data)

        @action(detail=True)
        def also(self, request, pk=None):
            return Response(GadgetSerializer(self.get_object()).data)

        @action(detail=True)
        def unknown(self, request, pk=None):
            return Response(compute(self))

        @action(detail=True, serializer_class=MakerSerializer)
        def own(self, request, pk=None):
            return Response({})

        @extend_schema(responses=MakerSerializer)
        @action(detail=True)
        def described(self, request, pk=None):
            return Response({})

        def helper(self, request):
            return Response({})


    class ChoosingViewSet(viewsets.ModelViewSet):
        queryset = Gadget.objects.all()

        def get_serializer_class(self):
            return MakerSerializer if self.action == "maker" else GadgetSerializer

        @action(detail=True)
        def maker(self, request, pk=None):
            return Response(MakerSerializer(self.get_object().maker).data)


    router = SimpleRouter()
    router.register("gadgets", GadgetViewSet)
    routes = [("", include(router.urls))]
    """


def test_actions_that_answer_something_else(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module(ACTIONS))
    report = case.lint()
    assert [(found.code, found.message.split()[0].partition(".")[2], found.fix is not None) for found in report.findings] == [
        ("action-returns-list", "recent", True),
        ("action-returns-list", "paged", True),
        ("action-response", "sell", False),
        ("action-response", "drop", True),
        ("action-response", "maker", True),
        ("action-response", "hire", True),
    ]
    case.fix()
    assert [found.message.split()[0] for found in case.lint().findings] == ["GadgetViewSet.sell"]
    paths = case.schema()["paths"]

    def answer(path: str, method: str, status: str) -> object:
        return paths[path][method]["responses"][status]["content"]["application/json"]["schema"]  # type: ignore[index]

    assert answer("/gadgets/recent/", "get", "200") == {"type": "array", "items": {"$ref": "#/components/schemas/Gadget"}}
    assert answer("/gadgets/paged/", "get", "200") == {"$ref": "#/components/schemas/PaginatedGadgetList"}
    assert answer("/gadgets/{id}/maker/", "get", "200") == {"$ref": "#/components/schemas/Maker"}
    assert answer("/gadgets/{id}/hire/", "post", "201") == {"$ref": "#/components/schemas/Maker"}
    drop = paths["/gadgets/{id}/drop/"]["post"]  # type: ignore[index]
    assert list(drop["responses"]) == ["204"]
    assert "requestBody" not in drop
    assert "page" not in [each["name"] for each in paths["/gadgets/recent/"]["get"].get("parameters", ())]  # type: ignore[index]


def test_filters_that_an_action_does_not_use_are_taken_away(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    from rest_framework.filters import SearchFilter


    class GadgetViewSet(viewsets.ModelViewSet):
        queryset = Gadget.objects.all()
        serializer_class = GadgetSerializer
        filter_backends = [SearchFilter]
        pagination_class = None

        @action(detail=False)
        def recent(self, request):
            return Response(self.get_serializer(self.get_queryset()[:5], many=True).data)

        @action(detail=False)
        def found(self, request):
            return Response(self.get_serializer(self.filter_queryset(self.get_queryset()), many=True).data)


    router = SimpleRouter()
    router.register("gadgets", GadgetViewSet)
    routes = [("", include(router.urls))]
    """))
    case.fix("action-returns-list")
    paths = case.schema()["paths"]
    names = {
        path: [each["name"] for each in paths[f"/gadgets/{path}/"]["get"].get("parameters", ())]  # type: ignore[index]
        for path in ("recent", "found")
    }
    assert names == {"recent": [], "found": ["search"]}


def test_two_serializers_of_one_name(case: Case) -> None:
    case.write(
        serializers=SERIALIZERS,
        others="""
            from rest_framework import serializers


            class MakerSerializer(serializers.Serializer):
                size = serializers.IntegerField()
            """,
        urls=URLS,
        views=view_module("""
    class One(generics.RetrieveAPIView):
        queryset = Maker.objects.all()
        serializer_class = MakerSerializer


    class Two(generics.RetrieveAPIView):
        queryset = Maker.objects.all()
        serializer_class = others.MakerSerializer


    routes = [("one/<pk>/", One.as_view()), ("two/<pk>/", Two.as_view())]
    """),
    )
    assert case.codes() == [("duplicate-component", 5)]
    case.fix()
    assert case.codes() == []
    name = f"{case.name.capitalize()}Maker"
    components = case.schema()["components"]["schemas"]  # type: ignore[index]
    assert {"Maker": ["size"], name: ["id", "name"]} == {each: sorted(components[each]["properties"]) for each in ("Maker", name)}


def test_enums_that_would_be_named_by_a_hash(case: Case) -> None:
    case.write(
        serializers="""
            from rest_framework import serializers
            from tests.django_project.linted.models import Gadget


            class OneSerializer(serializers.ModelSerializer):
                class Meta:
                    model = Gadget
                    fields = ["status"]


            class TwoSerializer(serializers.ModelSerializer):
                class Meta:
                    model = Gadget
                    fields = ["id", "status"]


            class ThreeSerializer(serializers.Serializer):
                status = serializers.ChoiceField(choices=[("a", "A"), ("b", "B")])


            class FourSerializer(serializers.Serializer):
                status = serializers.ChoiceField(choices=[("a", "A"), ("b", "B")])
                kind = serializers.ChoiceField(choices=["x", "y"])
            """,
        urls=URLS,
        views="""
            from rest_framework import generics
            from tests.django_project.linted.models import Gadget
            from . import serializers

            routes = [
                (f"{name}/", generics.RetrieveAPIView.as_view(
                    queryset=Gadget.objects.all(), serializer_class=getattr(serializers, f"{name}Serializer"), lookup_field=None,
                )) for name in ("One", "Two", "Three", "Four")
            ]
            """,
    )
    report = case.lint("enum-name-clash")
    setting = 'SPECTACULAR_SETTINGS["ENUM_NAME_OVERRIDES"]'
    assert [(found.position.line, found.suggestion) for found in report.findings] == [
        (8, f'{setting} = {{"GadgetStatusEnum": "tests.django_project.linted.models.Gadget.Status"}}'),
        (22, f"{setting} = {{\"FourStatusEnum\": [('a', 'A'), ('b', 'B')]}}"),
    ]
    suggested = {
        "GadgetStatusEnum": "tests.django_project.linted.models.Gadget.Status", "FourStatusEnum": [("a", "A"), ("b", "B")],
    }
    from drf_spectacular.plumbing import _load_enum_name_overrides
    from drf_spectacular.settings import patched_settings

    _load_enum_name_overrides.cache_clear()
    with patched_settings({"ENUM_NAME_OVERRIDES": suggested}):
        assert case.codes("enum-name-clash") == []
    _load_enum_name_overrides.cache_clear()


def test_two_operations_of_one_name(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    class One(generics.RetrieveAPIView):
        queryset = Gadget.objects.all()
        serializer_class = GadgetSerializer


    class Two(generics.RetrieveAPIView):
        queryset = Gadget.objects.all()
        serializer_class = GadgetSerializer


    class Three(generics.RetrieveAPIView):
        queryset = Gadget.objects.all()
        serializer_class = GadgetSerializer

        @extend_schema(operation_id="third")
        def get(self, request, *args, **kwargs):
            return super().get(request, *args, **kwargs)


    routes = [
        ("things/<int:pk>/", One.as_view()), ("things/<int:pk>/<int:two>/", Two.as_view()),
        ("things/<int:pk>/<int:two>/<int:three>/", Three.as_view()),
    ]
    """))
    assert case.codes() == [("operation-id-clash", START + 1), ("operation-id-clash", START + 6)]


def test_what_no_rule_knows_is_said_all_the_same(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    @extend_schema_view(gone=extend_schema(responses=GadgetSerializer))
    class One(generics.RetrieveAPIView):
        queryset = Gadget.objects.all()
        serializer_class = GadgetSerializer


    routes = [("things/<int:pk>/", One.as_view())]
    """))
    [found] = case.lint().findings
    assert found.code == "spectacular-warning"
    assert '"gone" was not found' in found.message


def test_a_file_that_is_no_python(case: Case) -> None:
    case.write(serializers="def broken(:\n    pass\n", urls="urlpatterns = []\n")
    [found] = case.lint().findings
    assert (found.code, found.path, found.position.line) == ("unreadable-file", case.path("serializers"), 1)


def test_groups_are_documents_of_their_own(case: Case) -> None:
    """What is in two groups does not clash; what is in one does."""
    from specloom.django import OpenAPIClientConfig, OpenAPIGroupConfig

    def found(*groups: tuple[str, list[str]]) -> list[str]:
        made = [OpenAPIGroupConfig(name=name, title=name, apps=apps) for name, apps in groups]
        with override_settings(SPECLOOM=OpenAPIClientConfig(enabled=True, groups=made)):
            case.forget()
            from specloom.django.linting.generation import generate

            return [document.group for document in generate().documents]

    case.write(urls="from tests.django_project.urls import urlpatterns\n")
    library, polls = "tests.django_project.library", "tests.django_project.polls"
    assert found(("one", [library]), ("two", [polls])) == ["one", "two"]
    assert found(("both", [library, polls])) == ["both"]


def test_only_what_is_not_said_is_missing(case: Case) -> None:
    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module("""
    class One(APIView):
        @extend_schema(tags=["one"])
        def get(self, request):
            return Response({})

        @extend_schema(responses=GadgetSerializer)
        def post(self, request):
            return Response({})


    class Nothing(viewsets.GenericViewSet):
        queryset = Gadget.objects.all()

        def list(self, request):
            return Response(GadgetSerializer(self.get_queryset(), many=True).data)

        @action(detail=True, methods=["post"])
        def sell(self, request, pk=None):
            serializer = MakerSerializer(data=request.data)
            serializer.is_valid(raise_exception=True)
            return Response(serializer.data)

        def destroy(self, request, pk=None):
            return Response(status=204)


    router = SimpleRouter()
    router.register("nothing", Nothing)
    routes = [("one/", One.as_view()), ("", include(router.urls))]
    """))
    report = case.lint()
    assert [(found.code, found.position.line - START, found.fix is not None) for found in report.findings] == [
        ("missing-serializer", 3, False), ("missing-serializer", 7, False),
        ("missing-serializer", 14, False), ("missing-serializer", 18, True),
    ]
    case.fix()
    sell = case.schema()["paths"]["/nothing/{id}/sell/"]["post"]  # type: ignore[index]
    assert sell["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/MakerRequest"}
    assert sell["responses"]["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Maker"}


def test_a_serializer_in_a_file_of_another_name_is_said_in_drf_spectaculars_words(case: Case) -> None:
    from specloom.django.linting.inspection import Inspection
    from specloom.django.linting.rules import RULES
    from specloom.django.linting.targets import Targets

    case.write(
        serializers=SERIALIZERS,
        others="""
            from rest_framework import serializers


            class OtherSerializer(serializers.Serializer):
                total = serializers.SerializerMethodField()

                def get_total(self, obj):
                    return 1
            """,
        urls=URLS,
        views=view_module("""
    class One(generics.RetrieveAPIView):
        queryset = Gadget.objects.all()
        serializer_class = others.OtherSerializer


    routes = [("one/<int:pk>/", One.as_view())]
    """),
    )
    inspection = Inspection(Targets((case.path("views"),), (case.folder,)))
    [found] = [found for rule in RULES for found in rule.check(inspection)]
    assert (found.code, found.path, found.position.line) == ("spectacular-warning", case.path("others"), 5)
    assert "get_total" in found.message


VIEW = """
    class One(APIView):
        def get(self, request):
            return Response(GadgetSerializer(Gadget()).data)


    @api_view(["GET"])
    def two(request):
        return Response({})


    class Three(generics.RetrieveAPIView):
        serializer_class = GadgetSerializer


    routes = [("one/", One.as_view()), ("two/", two), ("three/<x>/", Three.as_view())]
    """
FOUND = [("missing-serializer", 2), ("missing-serializer", 7), ("untyped-path-parameter", 11)]


def test_views_of_zones_are_found_through_what_a_zone_puts_around_them(case: Case, settings: SettingsWrapper) -> None:
    from specloom.django import ZoneConfig, get_revolution_config

    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module(VIEW))
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, case.name]
    settings.ROOT_URLCONF = "tests.django_project.urls"
    zone = ZoneConfig(
        apps=[case.name], title="One", public=False, auth_required=True, rate_limit="10/hour", cors_enabled=False,
        permissions=["rest_framework.permissions.IsAuthenticated"],
    )
    settings.DJANGO_REVOLUTION = get_revolution_config(project_root=case.folder, zones={"one": zone})
    assert [(code, line - START) for code, line in case.codes()] == FOUND


def test_views_of_groups(case: Case, settings: SettingsWrapper) -> None:
    from specloom.django import OpenAPIClientConfig, OpenAPIGroupConfig

    case.write(serializers=SERIALIZERS, urls=URLS, views=view_module(VIEW))
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, case.name]
    group = OpenAPIGroupConfig(name="one", title="One", apps=[case.name])
    settings.SPECLOOM = OpenAPIClientConfig(enabled=True, groups=[group])
    assert [(code, line - START) for code, line in case.codes()] == FOUND


def test_a_configuration_that_is_wrong_is_a_finding(settings: SettingsWrapper) -> None:
    from specloom.django.linting import find_targets, lint

    settings.SPECLOOM = "nonsense"
    [found] = lint(find_targets(["library"])).findings
    assert (found.code, found.path) == ("schema-crash", None)
    assert "SPECLOOM" in found.message
