"""drf-spectacular's generator, watched: one view that crashes does not take the others with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary, proxy

from specloom.django.project import Group
from specloom.django.routing.origins import class_place, dotted_name, error_place, view_object
from specloom.ir.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from drf_spectacular.generators import SchemaGenerator
    from drf_spectacular.openapi import AutoSchema
    from rest_framework.request import Request
    from rest_framework.views import APIView

Endpoint = tuple[str, str, str, Callable[..., object]]
"""Path, path as Django writes it, method, view."""


@dataclass(slots=True)
class Watch:
    """What happens while one document is made."""

    group: Group
    diagnostics: list[Diagnostic] = field(default_factory=list)
    views: dict[tuple[str, str], type] = field(default_factory=dict)
    """The class behind each path and lower-case method that came to be described."""
    sign_in: bool = False
    """Whether everybody must be signed in, whatever views say."""
    unasked: dict[str, type] = field(default_factory=dict)
    """The class of each view that may be in the document, by method and path, until it is asked to describe itself."""
    unused: set[str] = field(init=False)
    """The group's patterns that have found no path."""
    guards: list[object] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    """Operations that said all the same that nobody need be."""

    def __post_init__(self) -> None:
        self.unused = {*self.group.include_patterns, *self.group.exclude_patterns}

    def crash(self, view: object, what: str, error: Exception) -> None:
        """Notes that a view cannot be described."""
        place = error_place(error) or class_place(view)
        self.diagnostics.append(Diagnostic(
            code="view-crash", severity=Severity.ERROR, place=place, file=place.file if place else None,
            message=f"{dotted_name(view)} crashes when {what} is described, so that is not in the document: "
                    f"{type(error).__name__}: {error}",
            hint="there is no request and nobody is signed in while a document is made: mind getattr(self, "
                 "'swagger_fake_view', False), or describe it with @extend_schema",
        ))

    def wanted(self, path: str) -> bool:
        """Whether the group's patterns let a path into its document."""
        included, excluded = self.group.include_patterns, self.group.exclude_patterns
        found = [pattern for pattern in (*included, *excluded) if re.search(pattern, path)]
        self.unused.difference_update(found)
        return (not included or any(pattern in included for pattern in found)) and not any(
            pattern in excluded for pattern in found
        )


def generator_class(base: type[SchemaGenerator], watch: Watch) -> type[SchemaGenerator]:
    """The project's generator, telling ``watch`` what happens."""
    from drf_spectacular.settings import spectacular_settings

    class Inspector(base.endpoint_inspector_cls):  # type: ignore[name-defined,misc]  # known only at run time
        def get_allowed_methods(self, callback: Callable[..., object]) -> list[str]:
            try:
                return cast("list[str]", super().get_allowed_methods(callback))
            except Exception as error:
                watch.crash(view_object(callback), "the view", error)
                return []

    class Generator(base):  # type: ignore[valid-type,misc]  # known only at run time
        endpoint_inspector_cls = Inspector
        endpoints: list[Endpoint]
        asking: Request | None = None

        def parse(self, input_request: Request | None, public: bool) -> dict[str, Any]:
            self.asking = input_request
            return cast("dict[str, Any]", super().parse(input_request, public))

        def _get_paths_and_endpoints(self) -> list[tuple[str, str, str, APIView]]:
            self.endpoints = [endpoint for endpoint in self.endpoints if self._can_create(endpoint)]
            found = [
                (path, regex, method, view)
                for path, regex, method, view in super()._get_paths_and_endpoints()
                if watch.wanted(path)
            ]
            for path, _, method, view in found:
                watch.unasked[f"{method} {path}"] = type(view)
                guard(view, f"{method} {path}", watch)
            return found

        def _can_create(self, endpoint: Endpoint) -> bool:
            path, _, method, callback = endpoint
            try:  # all that drf-spectacular does with a view before it lets it describe itself
                view = self.create_view(callback, method)
                path = self.coerce_path(path, method, view)
                view.request = spectacular_settings.GET_MOCK_REQUEST(method, path, view, self.asking)
            except Exception as error:
                watch.crash(view_object(callback), f"{method} {path}", error)
                return False
            return True

    return Generator


def guard(view: APIView, what: str, watch: Watch) -> None:
    """Puts a schema around a view's own that survives its crash. ``watch`` holds it, as views may hold it only weakly."""
    own = cast("AutoSchema", view.schema)
    kind = _spectacular_class(own.__class__)

    class Guarded(kind):  # type: ignore[valid-type,misc]  # known only at run time
        def get_operation(
            self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any,  # noqa: ANN401  # not typed
        ) -> dict[str, Any] | None:
            watch.unasked.pop(what, None)
            before = dict(registry._components)
            try:
                with _traced():
                    operation = super().get_operation(path, path_regex, path_prefix, method, registry)
            except Exception as error:
                registry._components.clear()  # half a component is worse than none; whoever else needs it makes it again
                registry._components.update(before)
                watch.crash(type(self.view), what, error)
                return None
            if operation and watch.sign_in:
                _without_nobody(operation, watch, what)
            if operation:
                watch.views[path, method.lower()] = type(self.view)
            return cast("dict[str, Any] | None", operation)

    guarded = Guarded.__new__(Guarded)
    guarded.__dict__.update(own.__dict__)
    guarded.instance_schemas = WeakKeyDictionary()
    watch.guards.append(guarded)
    view.schema = cast("AutoSchema", proxy(guarded))


def _without_nobody(operation: dict[str, Any], watch: Watch, what: str) -> None:
    """Takes from an operation that it needs no security (OpenAPI 3.0.3 §4.7.10, ``security``: an empty requirement)."""
    security = operation.get("security")
    if security and {} in security:
        operation["security"] = [requirement for requirement in security if requirement]
        watch.opened.append(what)
    if not operation.get("security"):
        operation.pop("security", None)


def _spectacular_class(kind: type) -> type[AutoSchema]:
    """A view's schema class, made one of drf-spectacular's if it is not: the project does not say DEFAULT_SCHEMA_CLASS."""
    from drf_spectacular.openapi import AutoSchema

    if issubclass(kind, AutoSchema):
        return kind
    return cast("type[AutoSchema]", _InPlaceOfDefault(kind.__name__, (kind, AutoSchema), {}))


class _InPlaceOfDefault(type):
    """Puts the second base where REST framework's own schema classes are in the first, below what ``@extend_schema`` made."""

    def mro(cls) -> list[type]:
        if len(cls.__bases__) == 1:
            return super().mro()  # whoever derives from it
        kind, wanted = cls.__bases__
        own = [each for each in kind.__mro__ if not each.__module__.startswith("rest_framework.") and each is not object]
        rest = [each for each in kind.__mro__ if each not in own and each not in wanted.__mro__]
        return [cls, *own, *wanted.__mro__[:-1], *rest, object]


@contextmanager
def _traced() -> Iterator[None]:
    """drf-spectacular forgets to take back where it is when an exception passes."""
    from drf_spectacular.drainage import GENERATOR_STATS

    depth = len(GENERATOR_STATS._traces)
    try:
        yield
    finally:
        del GENERATOR_STATS._traces[depth:]
