"""One run of drf-spectacular over the project's routes: the document, and everything it said, with whom it was about.

drf-spectacular's messages are text without a place. Each is recorded while the frames that led to it still stand, so that the
view, the method, the field and the function are known and not guessed from words.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType

from django.conf import settings
from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import spectacular_settings

from specloom.django.configuration import load_project
from specloom.django.openapi.document import SPECTACULAR, schema
from specloom.django.openapi.generator import Watch, generator_class
from specloom.django.project import Group, Project
from specloom.django.routing import group_routes
from specloom.ir.diagnostics import Severity, SpecloomError


@dataclass(frozen=True, slots=True)
class Message:
    """What drf-spectacular said, and about what: each as far as it was known when it was said."""

    severity: Severity
    text: str
    view: type | None = None
    path: str = ""
    method: str = ""
    action: str = ""
    serializer: type | None = None
    field: str = ""
    function: Callable[..., object] | None = None


@dataclass(frozen=True, slots=True)
class Crash:
    """A view, or the whole document, ended in an exception: its words, and the places that led to it, the innermost last."""

    text: str
    frames: tuple[tuple[Path, int], ...]
    view: type | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An operation: where it is, and which view answers."""

    path: str
    method: str
    view: type
    action: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document: of a group, or of all routes where there are no groups (``group`` is empty then)."""

    group: str
    messages: tuple[Message, ...]
    schema: Mapping[str, object]
    components: Mapping[str, type]
    """The serializer behind each component."""
    endpoints: tuple[Endpoint, ...]
    crashes: tuple[Crash, ...] = ()


@dataclass(frozen=True, slots=True)
class Generation:
    """The documents of a project."""

    documents: tuple[Document, ...]

    @property
    def messages(self) -> Iterator[Message]:
        return (message for document in self.documents for message in document.messages)

    @property
    def endpoints(self) -> Iterator[Endpoint]:
        return (endpoint for document in self.documents for endpoint in document.endpoints)


def generate() -> Generation:
    """Runs drf-spectacular once for each group of the project, or once over all routes where it has no groups.

    What is not in one document does not clash: two groups may each have a ``StatusEnum``.
    """
    if not any(hasattr(settings, name) for name in ("SPECLOOM", "DJANGO_REVOLUTION")):
        return Generation((_whole(),))
    try:
        project = load_project()
        return Generation(tuple(_of_group(project, group) for group in project.groups) or (_whole(),))
    except SpecloomError as error:
        return Generation((Document("", (), {}, {}, (), (_configuration(error),)),))


def _whole() -> Document:
    def make(watch: Watch) -> Mapping[str, object]:
        made = generator_class(spectacular_settings.DEFAULT_GENERATOR_CLASS, watch)()
        return made.get_schema(request=None, public=True)  # type: ignore[no-untyped-call,no-any-return]  # it is not typed

    return _document(Group(name="", apps=(), title=""), make)


def _of_group(project: Project, group: Group) -> Document:
    return _document(group, lambda watch: schema(project, group, group_routes(project, group), watch))


def _document(group: Group, make: Callable[[Watch], Mapping[str, object]]) -> Document:
    recorder, watch = _Recorder(), _Watch(group)
    made: Mapping[str, object] = {}
    with SPECTACULAR, translation.override(settings.LANGUAGE_CODE):
        try:
            with _recording(recorder):
                made = make(watch)
        except SpecloomError as error:
            watch.crashes.append(_crash(error.__cause__, None) if error.__cause__ is not None else _configuration(error))
        except Exception as error:  # whatever the project's code raises in drf-spectacular
            watch.crashes.append(_crash(error, None))
    endpoints = tuple(_endpoints(recorder.generator))
    return Document(group.name, tuple(recorder.messages), made, _components(recorder.generator), endpoints, tuple(watch.crashes))


@dataclass(slots=True)
class _Watch(Watch):
    """Keeps the exception of each view that crashes, not only words about it."""

    crashes: list[Crash] = field(default_factory=list)

    def crash(self, view: object, what: str, error: Exception) -> None:
        made = _crash(error, view if isinstance(view, type) else None)
        if all((each.text, each.view) != (made.text, made.view) for each in self.crashes):
            self.crashes.append(made)


def _crash(error: BaseException, view: type | None) -> Crash:
    return Crash(f"{type(error).__name__}: {error}", _places(error.__traceback__), view)


def _configuration(error: SpecloomError) -> Crash:
    return Crash("; ".join(found.message for found in error.diagnostics if found.severity is Severity.ERROR), (), None)


@dataclass(slots=True)
class _Recorder:
    messages: list[Message] = field(default_factory=list)
    generator: object | None = None

    def emit(self, msg: object, severity: str) -> None:
        """Stands where ``GeneratorStats.emit`` does."""
        frames = list(_callers(sys._getframe(1)))
        self.generator = self.generator or _first(frames, SchemaGenerator)
        schema = _first(frames, AutoSchema)
        view = getattr(schema, "view", None) or _named_in(frames, "parse", "view")
        about = next((_about(frame) for frame in frames if frame.f_code.co_name == "_map_serializer_field"), (None, ""))
        function = _named_in(frames, "_map_response_type_hint", "method")
        message = Message(
            Severity.ERROR if severity == "error" else Severity.WARNING, str(msg),
            type(view) if view is not None else None, str(getattr(schema, "path", "")), str(getattr(schema, "method", "")),
            str(getattr(view, "action", None) or ""), *about, function if callable(function) else None,
        )
        if message not in self.messages:
            self.messages.append(message)


def _named_in(frames: Sequence[FrameType], function: str, name: str) -> object | None:
    """A local name of the innermost function of a name."""
    return next((frame.f_locals.get(name) for frame in frames if frame.f_code.co_name == function), None)


def _about(frame: FrameType) -> tuple[type | None, str]:
    subject = frame.f_locals.get("field")
    name = str(getattr(subject, "field_name", None) or "")
    parent = getattr(subject, "parent", None)
    return (type(parent) if parent is not None else None), name


@contextmanager
def _recording(recorder: _Recorder) -> Iterator[None]:
    """drf-spectacular keeps one collector for the process; this stands in its place, and takes itself away again."""
    setattr(GENERATOR_STATS, "emit", recorder.emit)  # noqa: B010  # on the object, in front of its class's method
    traces = len(GENERATOR_STATS._traces)
    try:
        yield
    finally:
        del GENERATOR_STATS.emit
        del GENERATOR_STATS._traces[traces:]  # an exception leaves its own behind
        GENERATOR_STATS.reset()


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _first(frames: Sequence[FrameType], kind: type) -> object | None:
    """The innermost object of a class that is at work."""
    return next((each for frame in frames if isinstance(each := frame.f_locals.get("self"), kind)), None)


def _places(trace: TracebackType | None) -> tuple[tuple[Path, int], ...]:
    return tuple((Path(frame.f_code.co_filename).resolve(), line) for frame, line in traceback.walk_tb(trace))


def _components(generator: object) -> Mapping[str, type]:
    registered = getattr(getattr(generator, "registry", None), "_components", {})
    return {
        name: subject if isinstance(subject := component.object, type) else type(subject)
        for (name, kind), component in registered.items() if kind == "schemas"
    }  # fmt: skip


def _endpoints(generator: object) -> Iterator[Endpoint]:
    for path, _, method, callback in getattr(generator, "endpoints", None) or ():
        actions = getattr(callback, "actions", None) or {}
        view = getattr(callback, "cls", None)
        if isinstance(view, type):
            yield Endpoint(path, method, view, actions.get(method.lower(), ""))


def said(message: Message, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Whether a message is of a kind."""
    return pattern.search(message.text)
