"""Django's middleware around the views of one zone, instead of around everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from asgiref.sync import async_to_sync, iscoroutinefunction

from specloom.django.project import Group
from specloom.ir.diagnostics import SpecloomError

from .tree import View

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

Handler = Callable[["HttpRequest"], "HttpResponseBase"]

_CALL: ContextVar[tuple[View, tuple[object, ...], dict[str, object]]] = ContextVar("specloom_call")
"""The view that a chain of middleware is around at this moment; a middleware is told only of the request."""


def middleware_around(group: Group) -> Callable[[View], View] | None:
    """What puts a zone's middleware around a view, outermost first; ``None`` where there is none.

    Each is made once for the zone, as Django makes it once for a site, and its ``process_view``, ``process_exception`` and
    ``process_template_response`` are called as Django calls them. What a view raises and none of them answers goes on to the
    site's own middleware.

    Raises:
        SpecloomError: ``django-config``, one cannot be imported, cannot be made, or only works for asynchronous sites.
    """
    if not group.middleware:
        return None
    chain = _chain(group)

    def around(view: View) -> View:
        inner = view
        if iscoroutinefunction(view):
            inner = cast("View", async_to_sync(cast("Any", view)))

        @wraps(view)
        def called(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            token = _CALL.set((inner, args, kwargs))
            try:
                return chain(request)
            finally:
                _CALL.reset(token)

        for mark in ("_is_coroutine", "_is_coroutine_marker"):  # markcoroutinefunction's, before and from Python 3.12
            vars(called).pop(mark, None)
        return called

    return around


def _chain(group: Group) -> Handler:
    from django.core.exceptions import MiddlewareNotUsed

    made: list[object] = []  # innermost first
    handler: Handler = _innermost(made)
    for name in reversed(group.middleware):
        factory = _factory(name, group)
        try:
            layer = factory(handler)
        except MiddlewareNotUsed:
            continue
        except Exception as error:
            raise SpecloomError.of("django-config", f"{group.name}: the middleware {name} cannot be made: "
                                   f"{type(error).__name__}: {error}") from error
        if not callable(layer):
            raise SpecloomError.of("django-config", f"{group.name}: the middleware {name} gives no function")
        made.append(layer)
        handler = cast("Handler", layer)
    return handler


def _factory(name: str, group: Group) -> Callable[[Handler], object]:
    from .policies import imported

    found = imported(name, group, "middleware")
    if not callable(found):
        raise SpecloomError.of("django-config", f"{group.name}: {name} is no middleware",
                               hint="a class or function that takes get_response")
    if not getattr(found, "sync_capable", True):
        raise SpecloomError.of("django-config", f"{group.name}: the middleware {name} works only asynchronously",
                               hint="views of REST framework are synchronous: put it into MIDDLEWARE instead")
    return found


def _innermost(made: Sequence[object]) -> Handler:
    """What the innermost middleware asks: the view, with the hooks of all around it (``BaseHandler._get_response``)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        view, args, kwargs = _CALL.get()
        response = None
        for hook in _hooks(reversed(made), "process_view"):
            response = hook(request, view, args, kwargs)
            if response:
                break
        if response is None:
            try:
                response = view(request, *args, **kwargs)
            except Exception as error:
                response = _excused(made, request, error)
        if callable(getattr(response, "render", None)):
            for hook in _hooks(made, "process_template_response"):
                response = hook(request, response)
            try:
                response = cast("Any", response).render()
            except Exception as error:
                response = _excused(made, request, error)
        return cast("HttpResponseBase", response)

    return answer


def _excused(made: Sequence[object], request: HttpRequest, error: Exception) -> object:
    """What the first middleware that minds says instead of an exception; the exception goes on if none does."""
    for hook in _hooks(made, "process_exception"):
        response = hook(request, error)
        if response:
            return response
    raise error


def _hooks(made: Iterable[object], name: str) -> list[Callable[..., object]]:
    return [getattr(each, name) for each in made if hasattr(each, name)]
