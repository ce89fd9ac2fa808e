"""``smoke_test.go``: every model is written and read again, and a fuzz test does so with any JSON."""

from __future__ import annotations

from specloom.ir.context import IRContext
from specloom.ir.schemas import IRSchema, schema_types
from specloom.ir.types import IRType, ReferenceType, ScalarType, UploadType, children

from . import nodes as go
from .names import Names

_PLAIN = (ScalarType, ReferenceType)
_NEW = go.name("new")
_ANYTHING = go.slice_of(go.ANY)


def smoke_file(api: IRContext, package: str, names: Names) -> go.File:
    """``smoke_test.go``; what files are uploaded with is no JSON, and not in it."""
    models = [go.call(_NEW, go.name(names.types[s.name])) for s in api.schemas.values() if not _has_upload(s)]
    listed = go.composite(_ANYTHING, models, multiline=True) if models else go.NIL
    return go.file(
        "smoke_test.go",
        package,
        [
            _test("TestModels", "T", "testRoundTrips", "TestModels writes each model as JSON and reads it again."),
            _test("FuzzModels", "F", "fuzzRoundTrips", "FuzzModels reads any JSON as each model and writes it again."),
            go.function(
                "allModels", [], [_ANYTHING], [go.return_(listed)], go.doc("allModels has a zero value of each model.")
            ),
        ],
    )


def _test(name: str, kind: str, driver: str, text: str) -> go.Declaration:
    variable = kind.lower()
    run = go.call(go.name(driver), go.name(variable), go.call(go.name("allModels")))
    given = go.parameter(variable, go.pointer(go.ref("testing", kind)))
    return go.function(name, [given], [], [go.expression(run)], go.doc(text))


def _has_upload(schema: IRSchema) -> bool:
    # Nearly all types are a scalar or a reference.
    return any(not isinstance(type, _PLAIN) and _is_upload(type) for type in schema_types(schema))


def _is_upload(type: IRType) -> bool:
    return isinstance(type, UploadType) or any(map(_is_upload, children(type)))
