"""The Go emitter: a package over the standard library, a module of its own. Decides files and options, builds nothing itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from time import perf_counter
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from specloom.builders.naming import words
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, SpecloomError
from specloom.ir.operations import APIKeyScheme, HTTPScheme

from .protocol import Emission, EmitterOptions

if TYPE_CHECKING:
    from specloom.builders.go import nodes as go
    from specloom.builders.go.types import TypeMapper

_PACKAGE = re.compile(r"[a-z][a-z0-9_]*")
_MODULE = re.compile(r"[A-Za-z0-9_~][A-Za-z0-9._~-]*(/[A-Za-z0-9_~][A-Za-z0-9._~-]*)*")
_TYPE = re.compile(r"(?P<path>[A-Za-z0-9._~/-]+)\.(?P<name>[A-Z]\w*)", re.ASCII)
_CLAUSE = re.compile(r"^package client$", re.MULTILINE)
_DRIVER = "roundtrip_test.go"
"""The one test of the runtime that generated packages have too."""
_OF_MODELS = tuple(
    f"runtime_{name}.go" for name in ("arms", "forms", "json", "problems", "raw", "unions", "validation", "values")
)
"""What of the runtime models and enums may need; these files need no other."""
_DECLARED = re.compile(r"^(?:func|type|var|const) (\w+)", re.MULTILINE)
_WORD = re.compile(r"\w+")


class GoOptions(EmitterOptions):
    """What can be said about a Go client."""

    package_name: str | None = Field(None, description="name of the package; by default made of the title")
    module: str | None = Field(None, description="path of the module, for go.mod; by default example.com/ and the package")
    client: bool = Field(True, description="the client and its runtime; without it, models and enums alone")
    package_files: bool = Field(
        True, description="write go.mod and README.md; without them, the package belongs to a module around it"
    )
    formats: Mapping[str, str] = Field(
        default_factory=dict, description='types of your own by format: {"money": "example.com/money.Amount"}'
    )

    @field_validator("package_name")
    @classmethod
    def _is_package(cls, value: str | None) -> str | None:
        from specloom.builders.go.nodes import is_identifier

        fits = value is None or (_PACKAGE.fullmatch(value) and is_identifier(value))
        if not fits or value in _UNFIT or str(value).endswith("_test"):
            raise ValueError("is no name of a package: small letters, digits and _, no word of Go or of its command")
        return value

    @field_validator("module")
    @classmethod
    def _is_module(cls, value: str | None) -> str | None:
        if value is not None and not (_MODULE.fullmatch(value) and all(not part.endswith(".") for part in value.split("/"))):
            raise ValueError("is no path of a module, such as example.com/shop")
        return value

    @field_validator("formats")
    @classmethod
    def _are_types(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for path in value.values():
            if not _TYPE.fullmatch(path):
                raise ValueError(f"{path!r} is not of the form example.com/module/package.Name")
        return value


class GoEmitter:
    """Makes Go packages."""

    options_type = GoOptions

    def emit(self, api: IRContext, options: GoOptions) -> Emission:
        """All files of the package, the runtime among them.

        Raises:
            SpecloomError: ``invalid-go-nodes`` where specloom is at fault.
        """
        from specloom.builders.go.validator import validate
        from specloom.printers.go import print_file

        start = perf_counter()
        package = package_name(api, options)
        made, diagnostics = _files(api, package, options)
        problems = validate(made)
        if problems:
            raise SpecloomError(problems)
        built = perf_counter()
        taken = frozenset(_declared(made)) | _runtime_names()
        texts = {file.name: print_file(file, taken=taken) for file in made}
        done = perf_counter()
        texts.update(runtime_files(package) if options.client else _mentioned(texts, runtime_files(package)))
        if options.package_files:
            texts.update(_package_files(api, package, options.module or f"example.com/{package}", client=options.client))
        return Emission(dict(sorted(texts.items())), diagnostics, {"build": built - start, "print": done - built})


def _files(api: IRContext, package: str, options: GoOptions) -> tuple[list[go.File], tuple[Diagnostic, ...]]:
    """The package's own files as nodes."""
    from specloom.builders.go.client import client_file
    from specloom.builders.go.models import model_files
    from specloom.builders.go.names import allocate_names
    from specloom.builders.go.operations import operation_files
    from specloom.builders.go.security import go_security
    from specloom.builders.go.shapes import Shapes
    from specloom.builders.go.smoke import smoke_file
    from specloom.builders.go.types import TypeMapper
    from specloom.builders.go.validation import Validation

    shapes = Shapes(api.schemas)
    names = allocate_names(api, shapes)
    types = _overridden(TypeMapper(names, shapes), options.formats)
    security = go_security(api)
    validation = Validation(api, types)
    models = model_files(api, types, validation, package)
    if not options.client:
        return list(models.files), tuple(diagnostic for one in (names, models, validation) for diagnostic in one.diagnostics)
    client = client_file(api, package, names, security)
    operations = operation_files(api, package, types, security, validation)
    made = [client, *models.files, *operations.files, smoke_file(api, package, names)]
    found = (names, security, models, operations, validation)
    return made, tuple(diagnostic for one in found for diagnostic in one.diagnostics)


def _overridden(types: TypeMapper, formats: Mapping[str, str]) -> TypeMapper:
    from specloom.builders.go.nodes import Symbol

    for format, path in formats.items():
        found = _TYPE.fullmatch(path)
        assert found is not None
        types = types.override(format, Symbol(found["path"], found["name"]))
    return types


def _declared(made: Iterable[go.File]) -> Iterable[str]:
    """Names at the top of the package: no import may be called so."""
    from specloom.builders.go import nodes as go

    for file in made:
        for declaration in file.declarations:
            match declaration:
                case go.Values(specs=specs):
                    for spec in specs:
                        yield from spec.names
                case go.Function(receiver=None, name=name) | go.TypeDeclaration(name=name):
                    yield name


def _runtime_names() -> frozenset[str]:
    from specloom.builders.go.reserved import RUNTIME

    return RUNTIME


@cache
def _runtime_sources() -> Mapping[str, str]:
    folder = files("specloom.runtime") / "go"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".go")), key=lambda f: f.name)
    return {f.name: f.read_text(encoding="utf-8") for f in found if not f.name.endswith("_test.go") or f.name == _DRIVER}


def runtime_files(package: str) -> dict[str, str]:
    """The files that every client has, as they are in specloom but for the package's name."""
    return {name: _CLAUSE.sub(f"package {package}", text, count=1) for name, text in _runtime_sources().items()}


def _mentioned(texts: Mapping[str, str], runtime: Mapping[str, str]) -> dict[str, str]:
    """The files of the runtime that models mention, and those that these mention."""
    found: dict[str, str] = {}
    waiting = list(texts.values())
    while waiting:
        mentioned = set(_WORD.findall(waiting.pop()))
        for name in _OF_MODELS:
            if name not in found and not mentioned.isdisjoint(_DECLARED.findall(runtime[name])):
                found[name] = runtime[name]
                waiting.append(runtime[name])
    return found


def package_name(api: IRContext, options: GoOptions) -> str:
    """The name of the package: as the options say, else made of the title, less words that say nothing."""
    if options.package_name is not None:
        return options.package_name
    from specloom.builders.go.nodes import is_identifier

    found = [kept for word in words(api.info.title) if (kept := re.sub(r"[^a-z0-9]", "", word))]
    useful = [word for word in found if word not in _EMPTY_WORDS] or found
    name = "".join(useful[:_LONGEST_NAME]) or "api"
    if not name[0].isalpha():
        name = f"api{name}"
    return name if is_identifier(name) and name not in _UNFIT else f"{name}api"


_EMPTY_WORDS = frozenset(("api", "apis", "openapi", "the", "rest", "http", "v1", "v2", "v3", "specification", "spec"))
_LONGEST_NAME = 3
_UNFIT = frozenset(("main", "internal", "vendor", "testdata", "test"))
"""Names that mean something to the go command."""


def _package_files(api: IRContext, package: str, module: str, *, client: bool) -> dict[str, str]:
    """What makes a module of the folder: ``go.mod``, and how to use it."""
    title = re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", " ".join(api.info.title.split())) or "API"
    used = _client_use(api, package, module) if client else _models_use(package, module)
    return {"go.mod": f"module {module}\n\ngo 1.24\n", "README.md": f"# {title}\n\n{used}"}


def _client_use(api: IRContext, package: str, module: str) -> str:
    credentials = "".join(f", {package}.{option}" for option in _credentials(api))
    return f"""A Go client. It needs nothing but the standard library, and Go 1.24 or later.

```go
client := {package}.New(""{credentials})
```

- The first argument is the URL of the API; left empty, it is the one that the API's description names.
- Every call takes a context first and options last: `{package}.WithTimeout`, `{package}.WithRetries`,
  `{package}.WithHeader` and others.
- An answer that is no success is an error: `errors.As` finds `*{package}.APIError` in it, and where the API says what
  comes with a status, `*{package}.ErrorOf[T]` with that. `errors.Is(err, {package}.ErrNotFound)` asks for a status.
- What may be left out is a pointer (`{package}.Ptr` makes one), a slice or a map; what may be null besides is
  `{package}.Nullable[T]`.
- Methods whose names end in `All` go over all pages: `for item, err := range ...`.

## The module

It is called `{module}`, which `module` in specloom's options changes:

```sh
specloom generate openapi.yaml --go . --option go.module=example.org/you/{package}
```

`go test` writes each model as JSON and reads it again; `go test -fuzz FuzzModels` does so with any JSON.
"""


def _models_use(package: str, module: str) -> str:
    return f"""Go types: the package `{package}` of the module `{module}`.
They need nothing but the standard library, and Go 1.24 or later.

- What may be left out is a pointer (`{package}.Ptr` makes one), a slice or a map; what may be null besides is
  `{package}.Nullable[T]`.
- `encoding/json` reads and writes them.
"""


def _credentials(api: IRContext) -> Iterable[str]:
    """The options that give a client what most operations ask for."""
    from specloom.builders.go.security import go_security

    usual = go_security(api).usual
    wanted = usual[0] if usual else ()
    for scheme in api.security_schemes:
        if scheme.name in wanted:
            match scheme:
                case APIKeyScheme(name=name):
                    yield f"WithAPIKey({_quoted(name)}, key)"
                case HTTPScheme(scheme="basic"):
                    yield "WithBasicAuth(user, password)"
                case _:
                    yield "WithToken(token)"


def _quoted(text: str) -> str:
    """A string of Go, which JSON's are too."""
    return json.dumps(text)
