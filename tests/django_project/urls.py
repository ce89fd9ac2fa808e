"""The addresses of the test project: the API of three apps under ``api/``, and a page that is no API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


urlpatterns = [
    path("", home),
    path("api/library/", include("tests.django_project.library.urls")),
    path("api/polls/", include("tests.django_project.polls.urls")),
    path("api/billing/", include("tests.django_project.billing.urls")),
]
