"""What earlier runs made of a place it stays: types that a document's growth would change are the earlier ones still.

Reading names an inline enum once for all places with the same values; a value more in one place then gives that place another
enum. An object without properties is ``google.protobuf.Struct``; its first property would make a message of it. To the users of a
field both are breaks, though the document only grew.
"""

from __future__ import annotations

from collections.abc import Mapping

from specloom.ir.context import IRContext
from specloom.ir.operations import IRMediaTypeObject, IROperationObject
from specloom.ir.schemas import EnumMember, IREnumSchema, IRObjectSchema, IRSchema
from specloom.ir.types import ANYTHING, IRType, MapType, ReferenceType, nullable, replace, without_null

from .lock import Entries, Entry, Lock
from .names import KeptNames, TagNames, common_package, message_name

_STRUCT = "google.protobuf.Struct"
_FREE = MapType(values=ANYTHING)


def settled(api: IRContext, lock: Lock, kept: KeptNames, package: str, tags: Mapping[str, TagNames]) -> IRContext:
    """``api`` with the types that earlier runs, of which ``lock`` tells, gave to its properties, parameters and bodies."""
    return _Settling(api, lock, kept, common_package(package), tags).result() if lock.messages else api


class _Settling:
    def __init__(
        self, api: IRContext, lock: Lock, kept: KeptNames, package: str, tags: Mapping[str, TagNames]
    ) -> None:
        self._api, self._lock, self._kept, self._package, self._tags = api, lock, kept, package, tags
        self._names = kept.types(package)
        self._keys = {f"{package}.{name}": key for key, name in self._names.items()}
        self._enums: dict[str, IREnumSchema] = {}
        """Enums that take the values of others."""

    def result(self) -> IRContext:
        schemas = {name: self._schema(schema) for name, schema in self._api.schemas.items()}
        operations = tuple(self._operation(operation) for operation in self._api.operations)
        # Not a copy, which would take along what the context has computed of its operations.
        parts = {name: getattr(self._api, name) for name in IRContext.model_fields}
        return IRContext.model_construct(**{**parts, "schemas": {**schemas, **self._enums}, "operations": operations})

    def _schema(self, schema: IRSchema) -> IRSchema:
        if not isinstance(schema, IRObjectSchema):
            return schema
        entries = self._entries(self._package, self._names.get(schema.name, message_name(schema.name)))
        types = [self._earlier(prop.type, entries.get(prop.name)) for prop in schema.properties] if entries else []
        if all(type is prop.type for type, prop in zip(types, schema.properties, strict=False)):
            return schema
        properties = tuple(
            prop if type is prop.type else prop.model_copy(update={"type": type})
            for type, prop in zip(types, schema.properties, strict=True)
        )
        return schema.model_copy(update={"properties": properties})

    def _operation(self, operation: IROperationObject) -> IROperationObject:
        package = self._tags[operation.tag].package
        names = self._kept.types(package)
        asked = self._entries(package, names.get(f"{operation.operation_id} request", ""))
        answered = self._entries(package, names.get(f"{operation.operation_id} response", ""))
        if not asked and not answered:
            return operation
        types = [self._earlier(p.type, asked.get(f"{p.location} {p.name}")) for p in operation.parameters]
        parameters = tuple(
            p if type is p.type else p.model_copy(update={"type": type})
            for p, type in zip(operation.parameters, types, strict=True)
        )
        body = operation.request_body
        if body is not None:
            body = body.model_copy(update={"contents": self._contents(body.contents, asked.get("body"))})
        responses = tuple(
            r.model_copy(update={"contents": self._contents(r.contents, answered.get(r.status))}) for r in operation.responses
        )
        return operation.model_copy(update={"parameters": parameters, "request_body": body, "responses": responses})

    def _contents(self, contents: tuple[IRMediaTypeObject, ...], entry: Entry | None) -> tuple[IRMediaTypeObject, ...]:
        return tuple(c.model_copy(update={"type": self._earlier(c.type, entry)}) for c in contents) if entry else contents

    def _entries(self, package: str, name: str) -> Entries:
        return self._lock.messages.get(f"{package}.{name}", {})

    def _earlier(self, type: IRType, entry: Entry | None) -> IRType:
        """``type``, or the type that its place had."""
        if entry is None:
            return type
        if entry.type == _STRUCT:
            bare = without_null(type)
            is_object = isinstance(bare, ReferenceType) and isinstance(self._api.schemas[bare.name], IRObjectSchema)
            return type if not is_object else _FREE if bare is type else nullable(_FREE)
        had = entry.type.removeprefix("repeated ").removeprefix("map<string, ").removesuffix(">")
        key = self._keys.get(had)
        return type if key is None or had not in self._lock.enums else replace(type, lambda part: self._enum(part, key))

    def _enum(self, type: IRType, key: str) -> IRType:
        """A reference to an inline enum, as one to the enum ``key`` that was there before, which takes its values."""
        if not isinstance(type, ReferenceType) or type.name == key:
            return type
        found = self._api.schemas[type.name]
        known = self._enums.get(key) or self._api.schemas.get(key)
        if not isinstance(found, IREnumSchema) or not found.inline:
            return type
        if known is None:
            self._enums[key] = found.model_copy(update={"name": key})
        elif isinstance(known, IREnumSchema) and known.inline:
            self._enums[key] = known.model_copy(update={"members": _joined(known.members, found.members)})
        else:
            return type
        return ReferenceType(name=key)


def _joined(members: tuple[EnumMember, ...], others: tuple[EnumMember, ...]) -> tuple[EnumMember, ...]:
    known = {(type(member.value), member.value) for member in members}
    return (*members, *(other for other in others if (type(other.value), other.value) not in known))
