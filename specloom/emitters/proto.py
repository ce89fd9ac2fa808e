"""The proto emitter: proto3 files, a lock that keeps their numbers, and what protoc makes of them for Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from time import perf_counter
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, SpecloomError

from .proto_files import buf_yaml, readme
from .protocol import NOTHING_EARLIER, Earlier, Emission, EmitterOptions

if TYPE_CHECKING:
    from specloom.builders.proto.lock import Lock
    from specloom.builders.proto.nodes import ProtoFile
    from specloom.builders.proto.types import TypeMapper

LOCK = "specloom.lock.json"
_PACKAGE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9]*(_[a-z0-9]+)*)*")
_GO_PATH = re.compile(r"[A-Za-z0-9_~][A-Za-z0-9._~-]*(/[A-Za-z0-9_~][A-Za-z0-9._~-]*)*")
_TYPE = re.compile(r"(?P<file>[\w./-]+\.proto):(?P<package>[a-z]\w*(\.[a-z]\w*)*)\.(?P<name>[A-Z]\w*)", re.ASCII)


class ProtoOptions(EmitterOptions):
    """What can be said about proto3 files."""

    package: str | None = Field(
        None,
        description="package of all files, such as acme.shop.v1; by default made of the title; without a version, it gets v1",
    )
    compile: bool = Field(True, description="write what protoc makes of the files for Python too: _pb2.py, _pb2_grpc.py, .pyi")
    wrappers: bool = Field(
        False, description="google.protobuf.StringValue and its like for scalars that may be absent, instead of optional"
    )
    go_package: str | None = Field(None, description="path that Go packages are below, for the option go_package")
    formats: Mapping[str, str] = Field(
        default_factory=dict, description='messages of your own by format: {"date": "google/type/date.proto:google.type.Date"}'
    )
    lock: str | None = Field(None, description="text of an earlier specloom.lock.json, where it is not read from the folder")

    @field_validator("package")
    @classmethod
    def _is_package(cls, value: str | None) -> str | None:
        from specloom.builders.proto.names import is_version

        if value is not None and (not _PACKAGE.fullmatch(value) or is_version(value)):
            raise ValueError("is no package of proto, such as acme.shop.v1")
        return value

    @field_validator("go_package")
    @classmethod
    def _is_path(cls, value: str | None) -> str | None:
        if value is not None and not _GO_PATH.fullmatch(value):
            raise ValueError("is no path of Go packages, such as example.com/shop/gen")
        return value

    @field_validator("formats")
    @classmethod
    def _are_types(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for path in value.values():
            if not _TYPE.fullmatch(path):
                raise ValueError(f"{path!r} is not of the form some/file.proto:package.Name")
        return value


class ProtoEmitter:
    """Makes proto3 files."""

    options_type = ProtoOptions
    reads = (LOCK,)
    """Numbers that were given once are in it."""

    def emit(self, api: IRContext, options: ProtoOptions, earlier: Earlier = NOTHING_EARLIER) -> Emission:
        """All files: messages and services, the lock, README.md, buf.yaml, and the Python modules.

        Raises:
            SpecloomError: ``damaged-lock``, ``lock-conflict``, ``lock-newer``; where grpcio-tools is not installed and
                ``compile`` is on; ``invalid-proto-nodes`` where specloom is at fault.
        """
        from specloom.builders.proto.lock import EMPTY_LOCK, parse
        from specloom.builders.proto.lock import text as lock_text
        from specloom.builders.proto.numbering import number
        from specloom.builders.proto.validator import validate
        from specloom.printers.proto import print_file

        start = perf_counter()
        known = earlier.get(LOCK, options.lock)
        lock = EMPTY_LOCK if known is None else parse(known, earlier.path(LOCK))
        files, diagnostics = _files(api, options, lock)
        numbered = number(files, lock)
        problems = validate(numbered.files)
        if problems:
            raise SpecloomError(problems)
        built = perf_counter()
        texts = {file.path: print_file(file) for file in numbered.files}
        done = perf_counter()
        made = _compiled(texts) if options.compile else {}
        seconds = {"build": built - start, "print": done - built, "compile": perf_counter() - done}
        others = {
            LOCK: lock_text(numbered.lock),
            "README.md": readme(api, numbered.files, compiled=options.compile),
            "buf.yaml": buf_yaml(),
        }
        everything = dict(sorted({**texts, **made, **others}.items()))
        return Emission(everything, (*diagnostics, *numbered.diagnostics), seconds, shared=self.reads)


def _files(api: IRContext, options: ProtoOptions, lock: Lock) -> tuple[list[ProtoFile], tuple[Diagnostic, ...]]:
    """The files as nodes, without numbers."""
    from specloom.builders.proto.history import settled
    from specloom.builders.proto.messages import Schemas
    from specloom.builders.proto.names import KeptNames, package_name, tag_names
    from specloom.builders.proto.nodes import file
    from specloom.builders.proto.services import services

    package, kept = package_name(api.info.title, options.package), KeptNames(lock)
    tags, renamed = tag_names(api.operations_by_tag, package)
    api = settled(api, lock, kept, package, tags)
    schemas = Schemas(api, package, kept, wrappers=options.wrappers)
    types = _overridden(schemas.types, options.formats)
    made = services(api, tags, types, kept)
    declarations = schemas.declarations(types)
    common = [file(schemas.file, schemas.package, declarations)] if declarations else []
    files = [_for_go(each, options.go_package) for each in (*common, *made.files)]
    return files, (*renamed, *schemas.diagnostics, *made.diagnostics)


def _overridden(types: TypeMapper, formats: Mapping[str, str]) -> TypeMapper:
    from specloom.builders.proto.nodes import symbol

    for format, path in formats.items():
        found = _TYPE.fullmatch(path)
        assert found is not None, "the options are checked"
        types = types.override(format, symbol(found["name"], found["package"], found["file"]))
    return types


def _for_go(made: ProtoFile, path: str | None) -> ProtoFile:
    from specloom.builders.proto.nodes import file, option

    if path is None:
        return made
    folder = made.package.replace(".", "/")
    alias = "".join(made.package.split(".")[-2:]).replace("_", "")
    return file(made.path, made.package, made.declarations, options=[option("go_package", f"{path}/{folder};{alias}")])


def _compiled(texts: Mapping[str, str]) -> dict[str, str]:
    from .compiling import compile_protos

    return compile_protos(texts)
