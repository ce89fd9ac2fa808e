"""Zones and pages mounted by one call: where they are, who may see them, and under which prefixes they work."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
import yaml
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import include, path, re_path, resolve, reverse
from pytest_django.fixtures import Settings

import specloom
from specloom.django import (
    DynamicZoneManager,
    ZoneConfig,
    add_revolution_urls,
    get_revolution_config,
    get_revolution_urls_info,
    integrate_into_urls,
)
from specloom.django.openapi import group_document
from specloom.django.project import Project, Spelling
from specloom.django.routing import group_routes
from specloom.django.routing.tree import Pattern
from specloom.ir.diagnostics import Severity
from tests.django_project.describing import BILLING, LIBRARY, POLLS, group, project

pytestmark = pytest.mark.django_db
Serve = Callable[[list[Pattern]], None]
Zones = Callable[..., Project]
NAMES = ("schema", "swagger", "redoc")
PAGES = ("schema/", "schema/swagger/", "schema/redoc/")
WAYS: dict[str, Callable[[list[Pattern]], list[Pattern]]] = {
    "": lambda patterns: patterns,
    "/back": lambda patterns: [path("back/", include(patterns))],
    "/re/v1": lambda patterns: [re_path(r"^re/v1/", include(patterns))],
    "/en-us": lambda patterns: i18n_patterns(*patterns),
    "/deep/er": lambda patterns: [path("deep/", include([path("er/", include((patterns, "inner"), namespace="here"))]))],
}


def filled(route: str) -> str:
    return re.sub(r"\{[^}]*\}", "1", route)


@pytest.mark.parametrize("below", list(WAYS))
def test_zones_answer_wherever_they_are_mounted(serve: Serve, client: Client, below: str) -> None:
    one, two = group("public", [LIBRARY, POLLS]), group("billing", [BILLING], path_prefix="money")
    whole = project(one, two, spelling=Spelling.ZONES, api_prefix="/rest/")
    serve(WAYS[below](add_revolution_urls([], whole)))
    expected = {"public": f"{below}/rest/public/library/books/", "billing": f"{below}/rest/money/billing/invoices/"}
    for zone in whole.groups:
        made = group_document(whole, zone)
        paths = list(made.document["paths"])  # type: ignore[call-overload]
        assert expected[zone.name] in paths
        assert {client.options(filled(each)).status_code for each in paths} == {200} if zone is one else {403}
        assert not [each for each in made.diagnostics if each.code == "not-mounted"]
        tags = {tag for operation in specloom.load(made.document).operations for tag in operation.tags}
        assert tags == ({"library", "polls"} if zone is one else {"billing"})
        for page in PAGES:
            address = f"{below}/rest/{'money' if zone is two else 'public'}/{page}"
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("below", list(WAYS))
@pytest.mark.parametrize("script", ["", "/mnt"])
def test_pages_lead_to_the_schema(serve: Serve, client: Client, below: str, script: str) -> None:
    zone = group("public", [LIBRARY])
    whole = project(zone, spelling=Spelling.ZONES)
    serve(WAYS[below](add_revolution_urls([], whole)))
    for page in PAGES[1:]:
        address = f"{below}/api/public/{page}"
        answer = client.get(address, SCRIPT_NAME=script)
        [link] = re.findall(r'(?:url: "|Redoc\.init\("|spec-url=")([^"]*)"', answer.content.decode())
        assert link.encode().decode("unicode_escape") == "../"
    served = client.get(f"{below}/api/public/schema/", SCRIPT_NAME=script, headers={"Accept": "application/json"})
    document = json.loads(served.content)
    assert document.pop("servers", None) == ([{"url": script}] if script else None)
    assert document == group_document(whole, zone).document


def test_the_schema_served_is_the_one_generated(serve_zones: Zones, client: Client) -> None:
    whole = serve_zones(group("public", [LIBRARY, POLLS], title="Öffentlich", description="All"))
    made = group_document(whole, whole.groups[0])
    answer = client.get("/api/public/schema/")
    assert answer.content.decode() == made.text
    assert answer["Content-Disposition"] == 'inline; filename="public.yaml"'
    assert yaml.safe_load(made.text)["info"] == {"title": "Öffentlich", "version": "v1", "description": "All"}


def test_mounting_twice_is_mounting_once() -> None:
    whole = project(group("public", [LIBRARY]), spelling=Spelling.ZONES)
    patterns: list[Pattern] = [path("old/", include(LIBRARY + ".urls"))]
    once = add_revolution_urls(patterns, whole)
    assert once is patterns and len(once) == 3
    assert add_revolution_urls(once, whole) is once and len(once) == 3
    wrapped: list[Pattern] = [path("v1/", include(once))]
    assert len(add_revolution_urls(wrapped, whole)) == 1
    assert len(add_revolution_urls((), whole)) == 2


def test_settings_are_read(settings: Settings, serve: Serve, client: Client, tmp_path: object) -> None:
    settings.DJANGO_REVOLUTION = get_revolution_config(str(tmp_path), {"open": ZoneConfig(apps=["library"])}, api_prefix="apix")
    serve(integrate_into_urls([]))
    assert client.get("/apix/open/library/books/").status_code == 200
    info = get_revolution_urls_info()
    assert (info["api_prefix"], info["total_zones"], info["all_apps"]) == ("apix", 1, [LIBRARY])
    zone = info["zones"]["open"]  # type: ignore[index]
    assert zone["api_url"] == "/apix/open/"
    for page in ("schema", "swagger", "redoc"):
        assert client.get(zone[f"{page}_url"]).status_code == 200
        assert zone[f"{page}_url"] == reverse(f"specloom:open-{page}")


def test_info_before_anything_is_mounted(serve: Serve) -> None:
    serve([])
    info = get_revolution_urls_info(project(group("open", [LIBRARY]), spelling=Spelling.ZONES))
    zone = info["zones"]["open"]  # type: ignore[index]
    assert zone["schema_url"] is None and zone["api_url"] is None


@pytest.mark.parametrize("below", list(WAYS))
def test_info_of_what_is_mounted_anywhere(serve: Serve, below: str) -> None:
    whole = project(group("open", [LIBRARY]), spelling=Spelling.ZONES)
    serve(WAYS[below](add_revolution_urls([], whole)))
    assert get_revolution_urls_info(whole)["zones"]["open"]["api_url"] == f"{below}/api/open/"  # type: ignore[index]


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_zone_that_is_not_public(serve_zones: Zones, client: Client, page: str, settings: Settings) -> None:
    serve_zones(
        group("closed", [LIBRARY], public=False),
        group("staff", [LIBRARY], public=False, permissions=("rest_framework.permissions.IsAdminUser",)),
        group("open", [LIBRARY], auth_required=True),
    )
    codes = {name: f"/api/{name}/{page}" for name in ("closed", "staff", "open")}
    assert {name: client.get(each).status_code for name, each in codes.items()} == {"closed": 403, "staff": 403, "open": 200}
    client.force_login(User.objects.create_user("ann"))
    assert {name: client.get(each).status_code for name, each in codes.items()} == {"closed": 200, "staff": 403, "open": 200}
    client.force_login(User.objects.create_user("bea", is_staff=True))
    assert {name: client.get(each).status_code for name, each in codes.items()} == {"closed": 200, "staff": 200, "open": 200}


def test_schemas_of_groups_at_any_address(settings: Settings, serve: Serve, client: Client) -> None:
    whole = project(group("one", [LIBRARY]), group("two", [BILLING]))
    from specloom.django.routing.mounting import group_urlpatterns

    serve([
        path("docs/openapi/", include((group_urlpatterns(whole), "specloom"))),
        path("api/library/", include(LIBRARY + ".urls")), path("api/", include(BILLING + ".urls")),
    ])
    assert reverse("specloom:one-swagger") == "/docs/openapi/one/schema/swagger/"
    for each in whole.groups:
        served = client.get(f"/docs/openapi/{each.name}/schema/")
        assert served.content.decode() == group_document(whole, each).text
        assert [client.get(f"/docs/openapi/{each.name}/{page}").status_code for page in PAGES] == [200] * 3


def test_include_of_the_urls_module(settings: Settings, serve: Serve, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "specloom.django.urls", raising=False)
    settings.SPECLOOM = {"groups": [{"name": "shelf", "apps": ["library"], "title": "Shelf"}]}
    serve([path("openapi/", include("specloom.django.urls")), path("api/library/", include(LIBRARY + ".urls"))])
    assert client.get(reverse("specloom:shelf-schema")).status_code == 200
    assert reverse("specloom:shelf-redoc") == "/openapi/shelf/schema/redoc/"
    monkeypatch.delitem(sys.modules, "specloom.django.urls", raising=False)


def test_pages_come_from_the_sidecar(serve: Serve, client: Client, settings: Settings) -> None:
    settings.STATIC_URL = "static/"
    whole = project(group("one", [LIBRARY]))
    serve(add_revolution_urls([], whole))
    assert b"cdn.jsdelivr.net" in client.get("/api/one/schema/swagger/").content
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "drf_spectacular_sidecar"]
    for page in ("swagger", "redoc"):
        content = client.get(f"/api/one/schema/{page}/").content
        assert b"cdn.jsdelivr.net" not in content and b"/drf_spectacular_sidecar/" in content


def test_other_origins(settings: Settings, serve: Serve, client: Client) -> None:
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "corsheaders"]
    settings.MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *settings.MIDDLEWARE]
    zones = project(group("open", [LIBRARY], cors_enabled=True), group("shut", [LIBRARY]), spelling=Spelling.ZONES)
    serve([path("", lambda request: None), path("back/<slug:tenant>/", include(add_revolution_urls([], zones)))])
    origin = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    allowed = {
        address: client.options(f"/back/acme/api/{address}", headers=origin).get("Access-Control-Allow-Origin")
        for address in ("open/library/books/", "open/library/nothing/", "shut/library/books/", "open/schema/", "")
    }
    opened = {address for address, value in allowed.items() if value}
    assert opened == {"open/library/books/", "open/library/nothing/", "open/schema/"}
    preflight = client.options("/back/acme/api/open/library/books/", headers=origin)
    assert "POST" in preflight["Access-Control-Allow-Methods"]


def test_what_the_reference_calls_a_manager(serve: Serve, client: Client) -> None:
    whole = project(group("public", [LIBRARY, POLLS]), group("money", [BILLING]), spelling=Spelling.ZONES)
    manager = DynamicZoneManager(whole)
    assert list(manager.zones) == ["public", "money"]
    below = manager.get_app_urls(["library", "tests.django_project.b*"])
    assert [str(each.pattern) for each in below] == ["library/", "billing/"]
    assert [each.name for each in manager.create_zone_schema_patterns("money")] == [f"money-{page}" for page in NAMES]
    module = manager.create_dynamic_urlconf_module("public")
    assert module is manager.create_dynamic_urlconf_module("public")
    assert resolve("/api/public/polls/1/votes/", module).func
    manager.clear_cache()
    assert module is not manager.create_dynamic_urlconf_module("public")
    other = manager.create_dynamic_urlconf_module("public", ZoneConfig(apps=["billing"], path_prefix="elsewhere"))
    assert resolve("/api/elsewhere/billing/invoices/", other).func
    assert [str(each.pattern) for each in manager.get_zone_urls()] == ["api/public/", "api/money/"]
    assert [str(each.pattern) for each in manager.get_zone_urls("money")] == ["api/money/"]
    assert [str(each.pattern) for each in manager.get_zone_schema_urls("money")] == [f"api/money/{page}" for page in PAGES]
    serve(manager.get_all_zone_patterns())
    assert client.get("/api/money/billing/invoices/").status_code == 403
    assert manager.get_info()["zones"]["money"]["swagger_url"] == "/api/money/schema/swagger/"  # type: ignore[index]
    with pytest.raises(KeyError):
        manager.get_zone_urls("none")


def test_zones_that_share_a_prefix_keep_their_pages_apart(serve_zones: Zones, client: Client) -> None:
    serve_zones(group("one", [LIBRARY], path_prefix=""), group("two", [POLLS], path_prefix=""))
    assert client.get("/api/library/books/").status_code == 200
    assert [client.get(f"/api/{name}/schema/").status_code for name in ("one", "two")] == [200, 200]


def test_an_app_named_as_the_zone_stands_at_its_prefix(serve_zones: Zones) -> None:
    whole = serve_zones(group("billing", [BILLING, POLLS]))
    assert {route.path for route in group_routes(whole, whole.groups[0]).views} == {
        "/api/billing/invoices/", "/api/billing/polls/{poll}/votes/", "/api/billing/polls/{poll}/results/",
    }


def test_a_zone_changed_since_it_was_mounted(serve_zones: Zones) -> None:
    serve_zones(group("public", [LIBRARY]))
    now = project(group("public", [POLLS]), spelling=Spelling.ZONES, api_prefix="elsewhere")
    routes = group_routes(now, now.groups[0])
    assert routes.mounted
    assert {route.path for route in routes.views} == {"/api/public/polls/{poll}/votes/", "/api/public/polls/{poll}/results/"}


def test_admin_and_other_pages_are_left_alone(settings: Settings, serve: Serve) -> None:
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin"]
    whole = project(group("public", [LIBRARY]))
    serve([path("admin/", admin.site.urls), path("", include(LIBRARY + ".urls"))])
    routes = group_routes(whole, whole.groups[0])
    assert not [route for route in routes.views if "admin" in route.path]
    assert "/books/" in group_document(whole, whole.groups[0]).text


def test_the_schema_in_the_language_that_is_asked_for(settings: Settings, serve: Serve, client: Client) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    whole = project(group("public", [LIBRARY]), spelling=Spelling.ZONES)
    serve(WAYS["/en-us"](add_revolution_urls([], whole)))
    assert "/en-us/api/public/library/books/" in group_document(whole, whole.groups[0]).text
    served = yaml.safe_load(client.get("/de/api/public/schema/").content)
    assert "/de/api/public/library/books/" in served["paths"]
    assert {tag for path in served["paths"].values() for operation in path.values() for tag in operation["tags"]} == {"library"}


def test_no_address_says_a_word_twice_in_a_row(serve_zones: Zones, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.django_project.polls import urls, views

    monkeypatch.setattr(urls, "app_name", "ballots", raising=False)
    monkeypatch.setattr(urls, "urlpatterns", [
        path("polls/<int:poll>/votes/", views.VoteView.as_view(), name="votes"),
        path("<int:poll>/results/", views.results, name="results"),
        path("", include([re_path(r"^polls/last/$", views.VoteView.as_view()), path("first/", views.VoteView.as_view())])),
        re_path(r"^polls\.(?P<format>[a-z]+)$", views.VoteView.as_view()),
    ])
    whole = serve_zones(group("public", [POLLS]), group("polls", [POLLS]))
    public, polls = ([route.path for route in group_routes(whole, zone).views] for zone in whole.groups)
    ends = ("/{poll}/votes/", "/{poll}/results/", "/last/", "/first/", ".{format}")
    assert public == [f"/api/public/polls{end}" for end in ends]
    assert polls == [f"/api/polls/{end}" for end in ("{poll}/votes/", "{poll}/results/", "last/", "first/", "polls.{format}")]
    assert reverse("ballots:results", args=[4]) in {"/api/public/polls/4/results/", "/api/polls/4/results/"}
    assert reverse("ballots:votes", args=[4]).endswith("polls/4/votes/")
    assert client.post("/api/public/polls/4/votes/", {"choice": 1}).status_code == 201
    assert client.get("/api/polls/4/results/").status_code == client.get("/api/public/polls/4/results/").status_code == 200
    assert [resolve(f"/api/{each}/").route for each in ("polls/last", "public/polls/last", "public/polls/first")]


def test_the_root_urlconf_is_no_apps_own(settings: Settings, client: Client) -> None:
    settings.INSTALLED_APPS = ["tests.django_project", *settings.INSTALLED_APPS]
    whole = project(group("all", ["tests.django_project", "tests.django_project.*"]), spelling=Spelling.ZONES)
    routes = group_routes(whole, whole.groups[0])
    assert {route.app for route in routes.views} == {"library", "polls", "billing"}
    assert [each.code for each in routes.diagnostics if each.severity is not Severity.INFO] == ["not-mounted"]


def test_numbers_are_the_same_in_every_format(serve_zones: Zones, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from decimal import Decimal
    from uuid import UUID

    from django.utils.translation import gettext_lazy
    from drf_spectacular.settings import spectacular_settings

    def odd(result: dict[str, object], **_: object) -> dict[str, object]:
        return {**result, "x-odd": {
            "number": Decimal("1.50"), "whole": Decimal(3), "lazy": gettext_lazy("Yes"), "id": UUID(int=7), "both": (True, None),
        }}

    monkeypatch.setattr(spectacular_settings, "POSTPROCESSING_HOOKS", [odd])
    whole = serve_zones(group("public", [LIBRARY]))
    made = group_document(whole, whole.groups[0])
    expected = {"number": 1.5, "whole": 3, "lazy": "Yes", "id": str(UUID(int=7)), "both": [True, None]}
    assert made.document["x-odd"] == yaml.safe_load(made.text)["x-odd"] == expected
    served = client.get("/api/public/schema/", headers={"Accept": "application/json"})
    assert json.loads(served.content) == made.document


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["NamespaceVersioning", "URLPathVersioning", "AcceptHeaderVersioning", "HostNameVersioning"])
def test_pages_of_projects_with_versions(
    serve: Serve, client: Client, monkeypatch: pytest.MonkeyPatch, name: str, page: str,
) -> None:
    from rest_framework import versioning
    from rest_framework.views import APIView

    monkeypatch.setattr(APIView, "versioning_class", getattr(versioning, name))
    monkeypatch.setattr(versioning.BaseVersioning, "allowed_versions", ("v1", "v2"))
    whole = project(group("open", [LIBRARY]))
    serve([path("<version>/", include(add_revolution_urls([], whole)))])
    assert client.get(f"/v2/api/open/{page}").status_code == 200
