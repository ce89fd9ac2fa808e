"""What drf-spectacular says about a project, as diagnostics with file, line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from specloom.django.routing.origins import class_place, definition_line
from specloom.ir.diagnostics import Diagnostic, Place, Severity

_REMARK = re.compile(
    r"(?:(?P<file>.+?\.py)(?::(?P<line>\d+))?: )?(?P<kind>Warning|Error)(?: \[(?P<trail>.*?)\])?: (?P<text>.*)", re.DOTALL
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CLASH = re.compile(r'operationId "(?P<name>[^"]*)" has collisions (?P<places>\[.*\])\.')
_PAIR = re.compile(r"\('(?P<path>[^']*)', '(?P<method>[^']*)'\)")

_HINTS = (
    ("unable to guess serializer", "unknown-serializer",
     "give the view a serializer_class, or say @extend_schema(request=..., responses=...) on the method"),
    ("unable to resolve type hint", "untyped-field",
     "annotate what the method returns, or say @extend_schema_field(...) above it"),
    ("could not resolve authenticator", "unknown-authentication",
     "write an OpenApiAuthenticationExtension with this class as target_class"),
    ("could not derive type of path parameter", "untyped-path-parameter",
     "use a converter, as in <int:id>, or @extend_schema(parameters=[OpenApiParameter(..., location='path')])"),
    ("could not derive type of under-specified", "untyped-path-parameter",
     "use a converter, as in <int:id>, or @extend_schema(parameters=[OpenApiParameter(..., location='path')])"),
    ("Failed to obtain model through view's queryset", "no-queryset",
     "get_queryset may not need a request: return a plain queryset if getattr(self, 'swagger_fake_view', False)"),
    ("exception raised while getting serializer", "view-crash",
     "get_serializer_class may not need a request: mind getattr(self, 'swagger_fake_view', False)"),
    ("identical names", "component-clash", "rename one, or @extend_schema_serializer(component_name=...) on one"),
    ("enum naming encountered", "enum-clash",
     'name the enum: SPECTACULAR_SETTINGS = {"ENUM_NAME_OVERRIDES": {"Name": "path.to.choices"}}'),
)


def remarks(warnings: Iterable[str], errors: Iterable[str]) -> Iterator[Diagnostic]:
    """drf-spectacular's warnings and errors. Clashes of operationIds have :func:`operation_clashes` for themselves."""
    for said in (*warnings, *errors):
        match = _REMARK.fullmatch(_COLOUR.sub("", said))
        text = match["text"] if match else said
        if _CLASH.search(text):
            continue
        code, hint = next(((code, hint) for start, code, hint in _HINTS if start in text), (None, None))
        kind = "schema-error" if match and match["kind"] == "Error" else "schema-warning"
        yield Diagnostic(code=code or kind, severity=Severity.WARNING, message=_message(match, text), hint=hint,
                         place=_place(match))


def operation_clashes(warnings: Iterable[str], views: Mapping[tuple[str, str], type]) -> Iterator[Diagnostic]:
    """Operations of one name; drf-spectacular has numbered all but the first."""
    for said in warnings:
        clash = _CLASH.search(said)
        if clash is None:
            continue
        pairs = sorted((pair["path"], pair["method"]) for pair in _PAIR.finditer(clash["places"]))
        where = " and ".join(
            f"{method.upper()} {path}{_by(views.get((path, method)))}" for path, method in pairs
        )
        path, method = pairs[-1]
        view = views.get((path, method))
        yield Diagnostic(
            code="operation-id-clash", severity=Severity.WARNING,
            message=f"the operationId {clash['name']} is that of {where}, so all but the first get a number",
            pointer=f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}/operationId",
            place=class_place(view) if view else None,
            hint="name one: @extend_schema(operation_id=...) above its method",
        )


def _by(view: type | None) -> str:
    return f" ({view.__name__})" if view else ""


def _message(match: re.Match[str] | None, text: str) -> str:
    trail = match["trail"] if match else None
    return f"{trail}: {text}" if trail else text


def _place(match: re.Match[str] | None) -> Place | None:
    if match is None or not match["file"]:
        return None
    file = match["file"]
    if match["line"]:
        return Place(file=file, line=int(match["line"]))
    names = (match["trail"] or "").split(" > ")
    return Place(file=file, line=definition_line(file, names[-1]))
