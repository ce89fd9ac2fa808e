"""What a zone asks of those who call it, at work on views of every kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import AsyncClient, Client
from django.urls import get_resolver

import specloom
from specloom.django.openapi import group_document
from specloom.django.project import Group, Project
from specloom.ir.diagnostics import SpecloomError
from tests.django_project.describing import group
from tests.django_project.gates import policies, views

pytestmark = pytest.mark.django_db
Zones = Callable[..., Project]
POLICIES = "tests.django_project.gates.policies"
EVERY = ["open/", "deciding/", "counted/", "function/", "plain/x/", "class/", "waiting/",
         "waiting/class/", "things/", "things/1/"]


def zone(gates: str, **given: object) -> Group:
    return group("z", [gates], **given)


@pytest.fixture
def user(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("ann"))
    return client


@pytest.mark.parametrize("path", EVERY)
def test_only_who_is_signed_in(gates: str, serve_zones: Zones, client: Client, user: Client, path: str) -> None:
    serve_zones(zone(gates, auth_required=True))
    refused, answer = client.get(f"/api/z/gates/{path}"), user.get(f"/api/z/gates/{path}")
    assert refused.status_code == 403 and b"credentials" in refused.content
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("path", EVERY)
def test_without_policy_views_are_as_they_are(gates: str, serve_zones: Zones, client: Client, path: str) -> None:
    serve_zones(zone(gates))
    assert client.get(f"/api/z/gates/{path}").status_code == 200
    assert get_resolver().resolve("/api/z/gates/function/").func is views.function


@pytest.mark.parametrize("path", EVERY)
def test_permissions_come_beside_a_views_own(gates: str, serve_zones: Zones, client: Client, path: str) -> None:
    serve_zones(zone(gates, permissions=(f"{POLICIES}.HasKey",)))
    assert client.get(f"/api/z/gates/{path}").status_code == 403
    assert client.get(f"/api/z/gates/{path}", headers={"X-Key": "open"}).status_code == 200


def test_a_views_own_permissions_stay(gates: str, serve_zones: Zones, user: Client) -> None:
    serve_zones(zone(gates, permissions=(f"{POLICIES}.HasKey",), auth_required=True))
    key = {"X-Key": "open"}
    assert user.get("/api/z/gates/things/", headers=key).status_code == 200
    assert user.get("/api/z/gates/things/secret/", headers=key).status_code == 403
    assert user.post("/api/z/gates/deciding/", headers=key).status_code == 403


def test_permissions_of_objects_are_asked(gates: str, serve_zones: Zones, client: Client) -> None:
    serve_zones(zone(gates, permissions=(f"{POLICIES}.OnlyOdd",)))
    assert [client.get(f"/api/z/gates/things/{number}/").status_code for number in (1, 2, 3)] == [200, 403, 200]


def test_a_kept_answer_is_not_given_to_everybody(gates: str, serve_zones: Zones, client: Client, user: Client) -> None:
    serve_zones(zone(gates, auth_required=True))
    before = views.CountedView.asked
    answers = [user.get("/api/z/gates/counted/").json() for _ in range(3)]
    assert answers == [{"number": before + 1}] * 3
    assert client.get("/api/z/gates/counted/").status_code == 403


@pytest.mark.parametrize("path", EVERY)
def test_who_asks_too_often_waits(gates: str, serve_zones: Zones, client: Client, path: str) -> None:
    serve_zones(zone(gates, rate_limit="2/minute"))
    codes = [client.get(f"/api/z/gates/{path}").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    answer = client.get(f"/api/z/gates/{path}")
    assert 0 < int(answer["Retry-After"]) <= 60


def test_a_rate_is_one_count_over_all_of_a_zone(
    gates: str, serve_zones: Zones, client: Client, user: Client,
) -> None:
    serve_zones(zone(gates, rate_limit="3/hour"), group("other", [gates], rate_limit="1/hour"))
    codes = [client.get(f"/api/z/gates/{path}").status_code for path in ("open/", "plain/x/", "deciding/", "things/")]
    assert codes == [200, 200, 200, 429]
    assert client.get("/api/other/gates/open/").status_code == 200
    assert user.get("/api/z/gates/open/").status_code == 200


def test_csrf_is_asked_where_it_was(gates: str, serve_zones: Zones) -> None:
    serve_zones(zone(gates, rate_limit="100/hour", middleware=(f"{POLICIES}.Outer",)))
    strict = Client(enforce_csrf_checks=True)
    codes = {path: strict.post(f"/api/z/gates/{path}").status_code for path in ("open/", "hook/", "class/", "plain/x/")}
    assert codes == {"open/": 200, "hook/": 200, "class/": 200, "plain/x/": 403}
    strict.force_login(User.objects.create_user("ben"))
    assert strict.post("/api/z/gates/open/").status_code == 403


def test_what_is_posted_reaches_the_view(gates: str, serve_zones: Zones, user: Client) -> None:
    serve_zones(zone(gates, auth_required=True, rate_limit="9/hour", middleware=(f"{POLICIES}.Outer",)))
    answer = user.post("/api/z/gates/open/", {"number": 7}, content_type="application/json")
    assert answer.json() == {"number": 7}


async def answered_later(path: str) -> int:
    return (await AsyncClient().get(path)).status_code


def test_asynchronous_sites(gates: str, serve_zones: Zones) -> None:
    from asgiref.sync import async_to_sync

    serve_zones(zone(gates, auth_required=True, middleware=(f"{POLICIES}.Outer",)))
    paths = ("waiting/", "waiting/class/", "open/")
    assert [async_to_sync(answered_later)(f"/api/z/gates/{path}") for path in paths] == [403] * 3


def test_the_document_knows_of_sign_in(gates: str, serve_zones: Zones) -> None:
    asked, free = zone(gates, auth_required=True), group("free", [gates])
    whole = serve_zones(asked, free)
    optional = {
        one.name: {
            operation.operation_id for operation in specloom.load(group_document(whole, one).document).operations
            if not operation.security or any(not requirement for requirement in operation.security)
        }
        for one in whole.groups
    }
    assert optional["z"] == set()
    assert {"gates_open_retrieve", "gates_deciding_retrieve", "gates_counted_retrieve"} <= optional["free"]


def test_middleware_is_around_views_outermost_first(gates: str, serve_zones: Zones, client: Client) -> None:
    before = policies.Outer.made
    serve_zones(zone(gates, middleware=(f"{POLICIES}.Outer", f"{POLICIES}.unused", f"{POLICIES}.Inner")))
    assert policies.Outer.made == before + 1
    plain, rest = client.get("/api/z/gates/plain/x/"), client.get("/api/z/gates/open/")
    whole = ["Outer in", "Inner in", "Outer view", "Inner view", "Inner out", "Outer out"]
    assert plain["X-Trace"].split(", ") == whole
    assert rest["X-Trace"].split(", ") == [*whole[:4], "Inner template", "Outer template", *whole[4:]]
    assert rest["X-Length"] == str(len(rest.content)) != "0"
    assert [client.get(f"/api/z/gates/{path}").content for path in ("waiting/", "waiting/class/")] == [b"awaited"] * 2
    assert not client.get("/api/z/schema/").has_header("X-Trace")


def test_middleware_may_answer_for_a_view(gates: str, serve_zones: Zones, client: Client) -> None:
    serve_zones(zone(gates, middleware=(f"{POLICIES}.Inner",)), group("shut", [gates], middleware=(f"{POLICIES}.Closed",)))
    excused = client.get("/api/z/gates/plain/lost/")
    assert (excused.status_code, excused.content) == (418, b"excused: lost")
    with pytest.raises(RuntimeError, match="broken"):
        client.get("/api/z/gates/plain/broken/")
    shut = client.get("/api/shut/gates/open/")
    assert (shut.status_code, shut["X-Trace"]) == (503, "Closed in, Closed out")


@pytest.mark.parametrize(("given", "says"), [
    ({"permissions": ("no.such.Permission",)}, "permissions names no.such.Permission"),
    ({"rate_limit": "often"}, "rate_limit 'often'"),
    ({"middleware": ("no.such.middleware",)}, "middleware names no.such.middleware"),
    ({"middleware": (f"{POLICIES}.later",)}, "only asynchronously"),
    ({"middleware": (f"{POLICIES}.POLICIES",)}, "middleware names"),
    ({"cors_enabled": True}, "django-cors-headers"),
])
def test_what_cannot_take_effect_is_refused(gates: str, serve_zones: Zones, given: dict[str, object], says: str) -> None:
    with pytest.raises(SpecloomError, match=says) as caught:
        serve_zones(zone(gates, **given))
    assert [each.code for each in caught.value.diagnostics] == ["django-config"]
