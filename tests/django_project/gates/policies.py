"""Permissions and middleware that zones of tests name."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

Ask = Callable[[HttpRequest], HttpResponse]


class HasKey(BasePermission):
    """Lets in who sends a key."""

    message = "no key"

    def has_permission(self, request: Request, view: APIView) -> bool:
        return request.headers.get("X-Key") == "open"


class OnlyOdd(BasePermission):
    """Lets everybody see odd things only."""

    def has_object_permission(self, request: Request, view: APIView, thing: object) -> bool:
        return isinstance(thing, int) and thing % 2 == 1


class Outer:
    """Notes what it is asked, before and after, and the hooks it has."""

    made = 0

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        type(self).made += 1

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META.setdefault("trace", []).append(f"{type(self).__name__} in")
        response = self.ask(request)
        trace = [*request.META["trace"], f"{type(self).__name__} out"]
        request.META["trace"] = trace
        response["X-Trace"] = ", ".join(trace)
        response["X-Length"] = str(len(response.content))
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object) -> None:
        request.META["trace"].append(f"{type(self).__name__} view")

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        request.META["trace"].append(f"{type(self).__name__} template")
        return response


class Inner(Outer):
    """The same, inside; answers for views that fail."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return HttpResponse(f"excused: {error}", status=418) if isinstance(error, LookupError) else None


class Closed(Outer):
    """Lets nothing through."""

    def process_view(self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object) -> HttpResponse:
        return HttpResponse("closed", status=503)


def unused(ask: Ask) -> Ask:
    """Is not wanted on this site."""
    raise MiddlewareNotUsed


def later(ask: Ask) -> Ask:
    """Works on asynchronous sites only."""
    return ask


later.sync_capable = False  # type: ignore[attr-defined]  # as django.utils.decorators.async_only_middleware marks it
