"""TypeScript: which files an API becomes, by which options. Builders make the nodes, the printer their text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files as resource_files
from time import perf_counter
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from specloom.builders.typescript import nodes as ts
from specloom.builders.typescript.client import client_file, lost_in_client, methods_by_tag, most_common_security
from specloom.builders.typescript.models import model_files, type_mapper
from specloom.builders.typescript.names import COMMON, ENUMS, Names, names, spelled_value
from specloom.builders.typescript.params import Method, methods
from specloom.builders.typescript.root import (
    api_file,
    hooks_file,
    index_file,
    instance_file,
    schema_file,
    tag_index_file,
    types_index_file,
)
from specloom.builders.typescript.types import TypeMapper
from specloom.builders.typescript.validator import TypeScriptValidator
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic
from specloom.printers.typescript import print_file
from specloom.runtime.endings import with_import_ending

from .protocol import Emission, EmitterOptions

RUNTIME = ("specloom.runtime", "typescript")


FormatType = Annotated[str, StringConstraints(pattern=r"^([^:]+:)?[A-Za-z_$][A-Za-z0-9_$]*$")]
"""A type of an npm package as ``module:Name``, or of the platform as ``Name``."""


class TypeScriptOptions(EmitterOptions):
    """What TypeScript output is to have. Fetchers need Zod schemas and hooks need fetchers: each turns on what it needs."""

    client: bool = Field(default=True, description="clients and their runtime; without them, types and Zod schemas alone")
    zod: bool = Field(default=False, description="Zod 4 schemas beside the types")
    fetchers: bool = Field(default=False, description="a function for each operation, its answer parsed by Zod")
    hooks: bool = Field(default=False, description="SWR hooks over the fetchers")
    package_files: bool = Field(default=False, description="package.json and tsconfig.json")
    package_name: str = Field(default="api-client", description="the package's name in package.json")
    import_ending: Literal["", ".js", ".ts"] = Field(default="", description="what relative imports end in")
    formats: Mapping[str, FormatType] = Field(
        default_factory=dict, description='types of your own by format: {"decimal": "decimal.js:Decimal"}, {"date": "Name"}'
    )

    @model_validator(mode="before")
    @classmethod
    def _turn_on_what_is_needed(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        made = dict(given)
        if made.get("hooks"):
            made.setdefault("fetchers", True)
        if made.get("fetchers"):
            made.setdefault("zod", True)
        return made


class TypeScriptEmitter:
    """Models, enums, a client for each tag, the runtime; Zod schemas, fetchers, hooks and package files on demand.

    ``formats`` puts types of the caller's own, as nodes, in the place of scalars by their format: a branded string for
    ``decimal``, say. They go before those of the options.
    """

    def __init__(self, formats: Mapping[str, ts.Type] | None = None) -> None:
        self._formats = dict(formats or {})

    @property
    def options_type(self) -> type[EmitterOptions]:
        """The model of its options."""
        return TypeScriptOptions

    def emit(self, api: IRContext, options: TypeScriptOptions) -> Emission:
        """All files of ``api``."""
        started = perf_counter()
        formats = {**{format: _format_type(path) for format, path in options.formats.items()}, **self._formats}
        made, diagnostics = _build(api, options, formats)
        checked = TypeScriptValidator().check(made)
        built = perf_counter()
        texts = {file.path: print_file(file, import_ending=options.import_ending) for file in made}
        if options.client:
            texts.update(_runtime(options.import_ending))
        if options.package_files:
            texts.update(_package_files(api, options))
        printed = perf_counter()
        return Emission(
            files=texts,
            diagnostics=(*diagnostics, *checked),
            seconds={"build": built - started, "print": printed - built},
        )


def _format_type(path: str) -> ts.Type:
    module, _, name = path.rpartition(":")
    return ts.type_ref(ts.package(name, module)) if module else ts.type_name(name)


def _build(
    api: IRContext, options: TypeScriptOptions, formats: Mapping[str, ts.Type]
) -> tuple[list[ts.File], list[Diagnostic]]:
    found = names(api)
    types = type_mapper(api, found, formats)
    calls, renamed = methods(api, found, types)
    diagnostics = [*found.diagnostics, *renamed]
    models = model_files(api, found, types)
    if not options.client:
        return _types_alone(api, options, found, types, models)
    by_tag = methods_by_tag(api, calls)
    security = most_common_security(api)
    descriptions = {tag.name: tag.description for tag in api.tags}
    used = {tag: found.tags[tag] for tag in by_tag}
    made: list[ts.File] = [
        api_file(api, used, security),
        instance_file(has_base_url=bool(api.servers and api.servers[0].url)),
        *models,
    ]
    for tag, tag_names in used.items():
        client = client_file(api, tag_names, by_tag[tag], types, security=security, description=descriptions.get(tag))
        made.append(client)
        diagnostics.extend(lost_in_client(by_tag[tag], client))
    extra, more = _extras(api, options, found, types, by_tag)
    made.extend(extra)
    diagnostics.extend(more)
    made.extend(_indexes(found, used.keys(), {file.module for file in made}))
    return made, diagnostics


def _types_alone(
    api: IRContext, options: TypeScriptOptions, found: Names, types: TypeMapper, models: Iterable[ts.File]
) -> tuple[list[ts.File], list[Diagnostic]]:
    """What needs no runtime: models and enums, Zod schemas, and one index of them."""
    extra, diagnostics = _extras(api, options.model_copy(update={"fetchers": False, "hooks": False}), found, types, {})
    index = [types_index_file(found, (file.module for file in extra))] if found.types else []
    return [*models, *extra, *index], [*found.diagnostics, *diagnostics]


def _extras(
    api: IRContext, options: TypeScriptOptions, found: Names, types: TypeMapper, by_tag: Mapping[str, list[Method]]
) -> tuple[list[ts.File], list[Diagnostic]]:
    """Zod schemas, fetchers and hooks, and what could not be carried over."""
    if not options.zod:
        return [], []
    from specloom.builders.typescript.zod import zod_schemas

    schemas = zod_schemas(api, found.types, types.formats)
    made, diagnostics = list(schemas.files), list(schemas.diagnostics)
    if not options.fetchers:
        return made, diagnostics
    from specloom.builders.typescript.fetcher_names import fetcher_names
    from specloom.builders.typescript.fetchers import fetcher_file
    from specloom.builders.typescript.hooks import hook_file

    spelled, renamed = fetcher_names(api, spelled_value)
    diagnostics.extend(renamed)
    hooks: list[ts.File] = []
    for tag, operations in by_tag.items():
        folder = found.tags[tag].folder
        made.append(fetcher_file(folder, operations, spelled, schemas.expression))
        hooked = hook_file(folder, operations, spelled) if options.hooks else None
        if hooked is not None:
            hooks.append(hooked)
    if hooks:
        made += [*hooks, hooks_file(file.module for file in hooks)]
    return made, diagnostics


def _indexes(found: Names, tags: Iterable[str], modules: set[str]) -> Iterable[ts.File]:
    listed = [found.tags[tag] for tag in tags]
    for tag in listed:
        fetchers = f"{tag.folder}/_utils/fetchers/{tag.folder}"
        yield tag_index_file(
            tag, has_models=f"{tag.folder}/models" in modules, extra=[fetchers] if fetchers in modules else []
        )
    yield index_file(listed, found, has_common=f"{COMMON}/models" in modules, has_enums=ENUMS in modules)
    if found.types:
        yield schema_file(found)


def _runtime(ending: Literal["", ".js", ".ts"]) -> Mapping[str, str]:
    """The runtime's files, byte for byte but for the ending of their imports."""
    package, folder = RUNTIME
    found: dict[str, str] = {}
    for file in sorted(resource_files(package).joinpath(folder).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ts"):
            found[file.name] = with_import_ending(file.read_text(encoding="utf-8"), ending)
    return found


def _package_files(api: IRContext, options: TypeScriptOptions) -> Mapping[str, str]:
    peers = {"zod": "^4.0.0"} if options.zod else {}
    if options.hooks:
        peers.update({"react": ">=18", "swr": "^2.0.0"})
    package: dict[str, object] = {
        "name": options.package_name,
        "version": _semantic(api.info.version),
        "type": "module",
        "sideEffects": False,
        "exports": {".": "./index.ts", "./*": "./*.ts"},
    }
    if peers:
        package["peerDependencies"] = peers
        package["peerDependenciesMeta"] = {name: {"optional": True} for name in peers}
    compiler = {
        "target": "es2022",
        "module": "esnext",
        "moduleResolution": "bundler",
        "strict": True,
        "verbatimModuleSyntax": True,
        "noEmit": True,
        "skipLibCheck": True,
    }
    if options.import_ending == ".ts":
        compiler["allowImportingTsExtensions"] = True
    return {"package.json": _json(package), "tsconfig.json": _json({"compilerOptions": compiler})}


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _semantic(version: str) -> str:
    """A version that npm takes: ``1.2`` is ``1.2.0``, anything it cannot be is ``0.0.0``."""
    match = re.fullmatch(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?", version.strip())
    if match is None:
        return "0.0.0"
    numbers = ".".join(str(int(part or 0)) for part in match.groups()[:3])
    return f"{numbers}{match[4] or ''}"
