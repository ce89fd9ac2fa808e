"""What a zone asks of those who call it, put on its views: who may, how often, and what is around each call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.utils.module_loading import import_string

from specloom.django.project import Group
from specloom.ir.diagnostics import SpecloomError

from .middleware import middleware_around
from .origins import view_class
from .tree import View

if TYPE_CHECKING:
    from rest_framework.permissions import BasePermission
    from rest_framework.throttling import BaseThrottle
    from rest_framework.views import APIView


@dataclass(frozen=True, slots=True)
class Policy:
    """What a zone's views ask for beside their own, in classes."""

    permissions: tuple[type[BasePermission], ...] = ()
    throttles: tuple[type[BaseThrottle], ...] = ()
    around: Callable[[View], View] | None = None
    """The zone's middleware."""

    def __bool__(self) -> bool:
        return bool(self.permissions or self.throttles or self.around)


def policy(group: Group) -> Policy:
    """What a zone's fields mean. Raises :class:`SpecloomError`: ``django-config``, one of them cannot take effect."""
    return Policy(permission_classes(group), throttle_classes(group), middleware_around(group))


def permission_classes(group: Group) -> tuple[type[BasePermission], ...]:
    """``auth_required`` and ``permissions`` of a zone, as classes."""
    from rest_framework.permissions import IsAuthenticated

    named = tuple(cast("type[BasePermission]", imported(name, group, "permissions")) for name in group.permissions)
    return (IsAuthenticated, *named) if group.auth_required and IsAuthenticated not in named else named


def throttle_classes(group: Group) -> tuple[type[BaseThrottle], ...]:
    """``rate_limit`` of a zone: one count for each user, or each address of those not signed in, over all of the zone."""
    if group.rate_limit is None:
        return ()
    from rest_framework.throttling import UserRateThrottle

    class ZoneThrottle(UserRateThrottle):
        scope = f"zone-{group.name}"
        rate = group.rate_limit

    try:
        ZoneThrottle()
    except (ValueError, KeyError, IndexError):
        raise SpecloomError.of("django-config", f"{group.name}: the rate_limit {group.rate_limit!r} is none",
                               hint="a number and a period, as in '1000/hour'") from None
    return (ZoneThrottle,)


def asks_to_sign_in(group: Group) -> bool:
    """Whether nobody gets an answer of a group without being signed in, whatever its views say."""
    from rest_framework.permissions import DjangoModelPermissions, IsAdminUser, IsAuthenticated

    def refuses(permission: object) -> bool:
        if not isinstance(permission, type):
            return False  # a | b: who is let in by which is not to be seen
        if issubclass(permission, DjangoModelPermissions):
            return permission.authenticated_users_only
        return issubclass(permission, (IsAuthenticated, IsAdminUser))

    return group.auth_required or any(refuses(permission) for permission in permission_classes(group))


def under(asked: Policy) -> Callable[[View], View]:
    """What makes a view obey: the same view with the policy on it, its name, CSRF exemption and schema kept."""

    def change(view: View) -> View:
        if asked.permissions or asked.throttles:
            view = _rebuilt(view, asked) or _gated(view, asked)
        return asked.around(view) if asked.around else view

    return change


def imported(name: str, group: Group, field: str) -> object:
    """What a dotted name means. Raises :class:`SpecloomError`: nothing."""
    try:
        return import_string(name)
    except ImportError as error:
        raise SpecloomError.of("django-config", f"{group.name}: {field} names {name}: {error}",
                               hint="write the dotted name of a class that can be imported") from None


def _rebuilt(view: View, asked: Policy) -> View | None:
    """A REST view made again from its class, with more permissions and throttles; ``None`` if that would lose something."""
    from rest_framework.views import APIView

    cls = view_class(view)
    if cls is None or not issubclass(cls, APIView):
        return None
    given = dict(getattr(view, "initkwargs", {}))
    actions = getattr(view, "actions", None)
    if _layers(view) != _layers(_as_view(cls, actions, given)):
        return None  # a decorator around as_view(), such as cache_page, would be gone
    serving, more = cls, dict(given)
    if asked.permissions and cls.get_permissions is APIView.get_permissions:
        more["permission_classes"] = [*asked.permissions, *given.get("permission_classes", cls.permission_classes)]
    elif asked.permissions:
        serving = _subclass(serving, "get_permissions", asked.permissions)
    if asked.throttles and cls.get_throttles is APIView.get_throttles:
        more["throttle_classes"] = [*given.get("throttle_classes", cls.throttle_classes), *asked.throttles]
    elif asked.throttles:
        serving = _subclass(serving, "get_throttles", asked.throttles)
    made = _as_view(serving, actions, more)
    own = {name: value for name, value in vars(view).items() if name != "__wrapped__"}
    vars(made).update(own, initkwargs=more)  # whoever looks at the class, such as an extension of drf-spectacular, sees its own
    return made


def _as_view(cls: type[APIView], actions: dict[str, str] | None, given: dict[str, Any]) -> View:
    if actions is None:
        return cls.as_view(**given)
    return cast("View", cast("Any", cls).as_view(dict(actions), **given))


def _layers(view: object) -> list[object]:
    """The code of a view and of all that it is wrapped in."""
    found: list[object] = []
    while view is not None:
        found.append(getattr(view, "__code__", None))
        view = getattr(view, "__wrapped__", None)
    return found


def _subclass(cls: type[APIView], method: str, more: tuple[type, ...]) -> type[APIView]:
    """A class that decides for itself what it asks for, asking for more."""

    def both(self: APIView) -> list[object]:
        return [*(each() for each in more), *getattr(super(made, self), method)()]

    same = {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
    made: type[APIView] = type(cls.__name__, (cls,), {**same, method: both})
    return made


def _gated(view: View, asked: Policy) -> View:
    """A view that is asked only after the policy has been met: one of Django's, or one with a decorator around it."""
    gate = _gate(view, asked)
    if iscoroutinefunction(view):
        @wraps(view)
        async def later(request: Any, *args: Any, **kwargs: Any) -> object:  # noqa: ANN401  # a view's own
            refused = await sync_to_async(gate)(request, *args, **kwargs)
            return await view(request, *args, **kwargs) if refused is None else refused

        return later

    @wraps(view)
    def now(request: Any, *args: Any, **kwargs: Any) -> object:  # noqa: ANN401  # a view's own
        refused = gate(request, *args, **kwargs)
        return view(request, *args, **kwargs) if refused is None else refused

    return now


def _gate(view: View, asked: Policy) -> Callable[..., object | None]:
    """Asks for a policy as REST framework would, and gives the answer to who does not meet it."""
    from rest_framework.views import APIView

    cls = view_class(view)
    like = cls if cls is not None and issubclass(cls, APIView) else APIView
    given = getattr(view, "initkwargs", {})

    class Gate(APIView):
        authentication_classes = given.get("authentication_classes", like.authentication_classes)
        renderer_classes = given.get("renderer_classes", like.renderer_classes)
        permission_classes = asked.permissions
        throttle_classes = asked.throttles
        versioning_class = None
        schema = None

        def perform_content_negotiation(self, request: Any, force: bool = False) -> Any:  # noqa: ANN401  # as APIView's
            return super().perform_content_negotiation(request, force=True)

        def refusal(self, request: Any, *args: Any, **kwargs: Any) -> object | None:  # noqa: ANN401  # as APIView.dispatch's
            self.args, self.kwargs, self.headers = args, kwargs, {}
            asking = self.request = self.initialize_request(request, *args, **kwargs)
            try:
                self.initial(asking, *args, **kwargs)
            except Exception as error:
                answer = self.handle_exception(error)
                self.response = self.finalize_response(asking, answer, *args, **kwargs)
                return self.response
            return None

    return lambda request, *args, **kwargs: Gate().refusal(request, *args, **kwargs)
