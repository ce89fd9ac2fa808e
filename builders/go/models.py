"""``models.go`` and ``enums.go``: the types of an API in the order of the document, each followed by its methods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic
from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRObjectSchema, IRSchema, IRUnionSchema
from specloom.ir.types import ANYTHING

from . import nodes as go
from .documentation import schema_doc, union_doc
from .enums import enum_declarations
from .losses import losses
from .names import Names
from .shapes import Arms
from .structs import struct_declarations
from .types import TypeMapper
from .unions import Union, holds_sentence, union_declarations, union_of
from .validation import Validation


@dataclass(frozen=True, slots=True)
class Models:
    """The files, and what could not be said in them."""

    files: tuple[go.File, ...]
    diagnostics: tuple[Diagnostic, ...]


def model_files(api: IRContext, types: TypeMapper, validation: Validation, package: str) -> Models:
    """The types of ``api``; a file without any is left out."""
    names = types.names
    builder = _Builder(api, names, types, validation)
    enums = [d for schema in api.enum_schemas for d in enum_declarations(schema, names)]
    models = list(builder.declarations())
    files = [go.file(name, package, found) for name, found in (("enums.go", enums), ("models.go", models)) if found]
    return Models(tuple(files), tuple(d for schema in api.schemas.values() for d in losses(schema, types)))


class _Builder:
    """Builds the declarations of one API."""

    def __init__(self, api: IRContext, names: Names, types: TypeMapper, validation: Validation) -> None:
        self.api, self.names, self.types, self.validation = api, names, types, validation
        self.shapes = types.shapes
        self.kinds = _kinds(api, names)

    def declarations(self) -> Iterator[go.Declaration]:
        for name, schema in self.api.schemas.items():
            if not isinstance(schema, IREnumSchema):
                yield from self._schema(schema)
                yield from self.validation.methods(name)
            yield from self._inline(name)
        yield from self._inline(None)

    def _inline(self, owner: str | None) -> Iterator[go.Declaration]:
        for arms in self.names.inline_owners.get(owner, ()):
            union = union_of(arms, self.names.inline[arms], None, self.shapes)
            yield from union_declarations(union, self.types, go.doc(holds_sentence(union)))
            yield from self.validation.union_methods(union)

    def _schema(self, schema: IRSchema) -> Iterator[go.Declaration]:
        match schema:
            case IRObjectSchema():
                yield from self._object(schema)
            case IRUnionSchema() | IRAliasSchema():
                yield from self._alias_or_union(schema)
            case IREnumSchema():
                pass
            case _:
                assert_never(schema)

    def _object(self, schema: IRObjectSchema) -> Iterator[go.Declaration]:
        name = self.names.types[schema.name]
        base = None if schema.base is None else self.names.types.get(schema.base)
        doc = schema_doc(schema, name, base, self.kinds.get(schema.name, ""))
        if self.shapes.definition(schema.name) == "struct":
            yield from struct_declarations(schema, self.names, self.types, doc)
        else:
            values = self.types.value(ANYTHING if schema.additional is None else schema.additional)
            yield go.type_declaration(name, go.map_of(go.STRING, values), doc)

    def _alias_or_union(self, schema: IRUnionSchema | IRAliasSchema) -> Iterator[go.Declaration]:
        name = self.names.types[schema.name]
        found = self.shapes.aliased(schema.name)
        if isinstance(found, tuple):
            union = self.union(schema, found)
            yield from union_declarations(union, self.types, union_doc(schema, name, holds_sentence(union)))
        else:
            defined = self.shapes.definition(schema.name) == "defined"
            yield go.type_declaration(name, self.types(found), schema_doc(schema, name), alias=not defined)

    def union(self, schema: IRUnionSchema | IRAliasSchema, arms: Arms) -> Union:
        """A union that has a schema."""
        discriminator = schema.discriminator if isinstance(schema, IRUnionSchema) else None
        return union_of(arms, self.names.unions[schema.name], discriminator, self.shapes)


def _kinds(api: IRContext, names: Names) -> Mapping[str, str]:
    """What is said of a type that has no words of its own and is one kind of just one union: of which, and of what kind."""
    found: dict[str, dict[str, str]] = {}
    for name in names.unions:
        schema = api.schemas[name]
        if isinstance(schema, IRUnionSchema) and schema.discriminator is not None:
            key = schema.discriminator.property_name
            for value, target in schema.discriminator.mapping:
                said = f'of kind "{value}"' if key in ("kind", "type") else f'whose "{key}" is "{value}"'
                sentence = f"{names.types[target]} is the [{names.types[name]}] {said}."
                found.setdefault(target, {})[f"{name} {value}"] = sentence
    return {target: sentences.popitem()[1] for target, sentences in found.items() if len(sentences) == 1}
