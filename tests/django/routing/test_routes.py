"""Which routes a group has: by the apps of the views, wherever and however they are mounted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path, resolve, reverse
from django.utils.translation import gettext_lazy
from pytest_django.fixtures import Settings
from rest_framework_simplejwt.views import TokenObtainPairView

from specloom.django.openapi import group_document
from specloom.django.project import Spelling
from specloom.django.routing import RouteInfo, group_routes, urlconf
from specloom.django.routing.tree import Pattern
from specloom.ir.diagnostics import SpecloomError
from tests.django_project.billing.views import InvoiceListView
from tests.django_project.describing import BILLING, LIBRARY, POLLS, group, project
from tests.django_project.gates import views as gates_views
from tests.django_project.polls.views import VoteView, results

Serve = Callable[[list[Pattern]], None]


def by_path(routes: tuple[RouteInfo, ...]) -> dict[str, str]:
    return {route.path: route.view.rpartition(".")[2] for route in routes if "{format}" not in route.path}


def test_every_kind_of_pattern(serve: Serve, settings: Settings) -> None:
    vote = path("<int:poll>/votes/", VoteView.as_view(), name="vote")
    serve([
        path("a/", include([path("b/", include(([vote], "polls"), "here"))])),
        re_path(r"^r/(?P<poll>\d+)/results/$", results, name="results"),
        re_path(r"^(?P<tenant>[a-z]+)/in/", include([path("votes/<int:poll>", VoteView.as_view())])),
        *i18n_patterns(path(gettext_lazy("votes/<int:poll>/"), VoteView.as_view())),
        path("bills/", InvoiceListView.as_view()),
    ])
    one, two = group("polls", [POLLS]), group("bills", [BILLING])
    whole = project(one, two)
    routes = group_routes(whole, one)
    assert by_path(routes.views) == {
        "/a/b/{poll}/votes/": "VoteView", "/r/{poll}/results/": "results", "/{tenant}/in/votes/{poll}": "VoteView",
        "/en-us/votes/{poll}/": "VoteView",
    }
    assert [route.name for route in routes.views] == ["here:vote", "results", None, None]
    assert {route.app for route in routes.views} == {"polls"}
    assert resolve("/a/b/4/votes/", urlconf(whole, one)).view_name == "here:vote"
    assert resolve("/acme/in/votes/4", urlconf(whole, one)).kwargs == {"tenant": "acme", "poll": 4}
    assert reverse("here:vote", args=[3], urlconf=urlconf(whole, one)) == "/a/b/3/votes/"
    assert by_path(group_routes(whole, two).views) == {"/bills/": "InvoiceListView"}


def test_views_of_libraries_count_to_the_app_that_mounts_them(serve: Serve, gates: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = ModuleType(f"{POLLS}.inside")
    inside.__dict__["urlpatterns"] = [
        path("token/", TokenObtainPairView.as_view()), path("open/", gates_views.OpenView.as_view()),
    ]
    monkeypatch.setitem(sys.modules, inside.__name__, inside)
    serve([path("api/polls/", include(inside)), path("api/token/", TokenObtainPairView.as_view())])
    one = group("one", [POLLS])
    assert by_path(group_routes(project(one), one).views) == {
        "/api/polls/token/": "TokenObtainPairView", "/api/polls/open/": "OpenView",
    }
    assert "/api/polls/token/" in group_document(project(one), one).text
    beside = project(one, group("two", [gates]))
    assert by_path(group_routes(beside, one).views) == {"/api/polls/token/": "TokenObtainPairView"}
    assert by_path(group_routes(beside, beside.groups[1]).views) == {"/api/polls/open/": "OpenView"}


def test_a_group_that_is_not_mounted(serve: Serve) -> None:
    serve([path("api/polls/", include(POLLS + ".urls"))])
    one, two = group("one", [LIBRARY]), group("two", [POLLS, BILLING])
    whole = project(one, two)
    routes = group_routes(whole, one)
    assert not routes.mounted and routes.views[0].path == "/api/one/library/authors/"
    assert [each.code for each in routes.diagnostics] == ["not-mounted"]
    half = group_routes(whole, two)
    assert half.mounted
    [found] = half.diagnostics
    assert found.code == "not-mounted" and BILLING in found.message and found.file is not None
    assert Path(found.file).parts[-2:] == ("billing", "urls.py")


def test_apps_without_addresses(serve: Serve) -> None:
    serve([])
    one = group("one", ["django.contrib.contenttypes"])
    for spelling in Spelling:
        routes = group_routes(project(one, spelling=spelling), one)
        assert routes.views == ()
        assert [each.code for each in routes.diagnostics] == ["no-urls", "no-routes"]
        assert group_document(project(one, spelling=spelling), one).document["paths"] == {}


def test_urlconfs_that_cannot_be_imported(
    serve: Serve, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "broken_root.py").write_text("from django.urls import path\n\nurlpatterns = [path('x', missing)]\n")
    (tmp_path / "unfinished_root.py").write_text("urlpatterns = [\n")
    app = tmp_path / "halfapp"
    app.mkdir()
    (app / "__init__.py").write_text("")
    (app / "urls.py").write_text("import nothing_of_this_name\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    one = group("one", [LIBRARY])
    faults = (("broken_root", 3, "NameError"), ("unfinished_root", 1, "SyntaxError"), ("no_such_root", None, "No module"))
    for name, line, says in faults:
        settings.ROOT_URLCONF = name
        with pytest.raises(SpecloomError) as caught:
            group_routes(project(one), one)
        [found] = caught.value.diagnostics
        assert found.code == "urlconf-import" and says in found.message and found.hint
        if line is not None:
            assert found.place is not None and (Path(found.place.file).stem, found.place.line) == (name, line)
    serve([])
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "halfapp"]
    half = group("half", ["halfapp"])
    with pytest.raises(SpecloomError, match=r"halfapp\.urls cannot be imported") as caught:
        group_routes(project(half, spelling=Spelling.ZONES), half)
    place = caught.value.diagnostics[0].place
    assert place is not None and (Path(place.file), place.line) == (app / "urls.py", 1)


def test_the_same_question_has_the_same_urlconf(serve: Serve) -> None:
    one = group("one", [LIBRARY])
    serve([path("api/", include(LIBRARY + ".urls"))])
    first = urlconf(project(one), one)
    assert urlconf(project(one), one) is first
    assert first.__name__ not in sys.modules
    serve([path("v2/", include(LIBRARY + ".urls"))])
    assert urlconf(project(one), one) is not first
    assert group_routes(project(one), one).views[0].path == "/v2/authors/"


def test_routes_that_are_never_reached(serve: Serve) -> None:
    serve([
        path("api/", include([path("<int:poll>/", VoteView.as_view()), path("other/", VoteView.as_view())])),
        re_path(r"^api/(?P<poll>\d+)/$", results), path("api/library/", include(LIBRARY + ".urls")),
        path("api/<poll>/", InvoiceListView.as_view()),
    ])
    one, two = group("one", [POLLS]), group("two", [LIBRARY])
    [found] = group_routes(project(one, two), one).diagnostics
    assert found.code == "shadowed-route" and "/api/{poll}/" in found.message
    assert "polls.views.results is reached by nothing that " in found.message and "polls.views.VoteView takes" in found.message
    assert found.place is not None and Path(found.place.file).parts[-2:] == ("polls", "views.py")
    assert group_routes(project(one, two), two).diagnostics == ()
