"""The whole of an API: info, servers, schemas, operations, and what was found out while reading it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from pydantic import Field

from .diagnostics import Diagnostic
from .node import IRNode
from .operations import IROperationObject, IRSecurityScheme, IRServerObject
from .schemas import IREnumSchema, IRSchema, Role

DEFAULT_TAG = "default"
"""The tag of operations that have none."""


class IRInfoObject(IRNode):
    """Who the API is."""

    title: str
    version: str
    summary: str | None = None
    description: str | None = None
    terms_of_service: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_url: str | None = None
    license_name: str | None = None
    license_url: str | None = None


class IRTagObject(IRNode):
    """A group of operations. ``group`` is the Django group it belongs to, where there is one."""

    name: str
    description: str | None = None
    group: str | None = None


class IRContext(IRNode):
    """An API. Everything in it is immutable; a changed one is a new one."""

    info: IRInfoObject
    servers: tuple[IRServerObject, ...] = ()
    tags: tuple[IRTagObject, ...] = ()
    """Every tag that an operation belongs to first, in order of appearance in the document's own list, then in the paths."""
    security_schemes: tuple[IRSecurityScheme, ...] = ()
    schemas: dict[str, IRSchema] = Field(default_factory=dict)
    """By name, in document order; inline ones follow the schema or operation they stood in."""
    operations: tuple[IROperationObject, ...] = ()
    """In document order."""
    webhooks: tuple[IROperationObject, ...] = ()
    """What the API calls at its users (webhooks, callbacks); ``path`` is a name or an expression. Only types come of them."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def operations_by_tag(self) -> Mapping[str, tuple[IROperationObject, ...]]:
        """Operations of each tag, tags in the order of ``tags``."""
        found: dict[str, list[IROperationObject]] = {tag.name: [] for tag in self.tags}
        for operation in self.operations:
            found.setdefault(operation.tag, []).append(operation)
        return {tag: tuple(operations) for tag, operations in found.items() if operations}

    @cached_property
    def schemas_by_home(self) -> Mapping[str | None, tuple[IRSchema, ...]]:
        """Schemas of each home tag, ``None`` for ``common``, in document order."""
        found: dict[str | None, list[IRSchema]] = {}
        for schema in self.schemas.values():
            found.setdefault(schema.home, []).append(schema)
        return {home: tuple(schemas) for home, schemas in found.items()}

    @cached_property
    def enum_schemas(self) -> tuple[IREnumSchema, ...]:
        """All enums."""
        return tuple(s for s in self.schemas.values() if isinstance(s, IREnumSchema))

    @property
    def request_models(self) -> tuple[IRSchema, ...]:
        """Schemas that are sent to create or replace."""
        return self._of_role(Role.REQUEST)

    @property
    def response_models(self) -> tuple[IRSchema, ...]:
        """Schemas that have request variants beside them."""
        return self._of_role(Role.RESPONSE)

    @property
    def patch_models(self) -> tuple[IRSchema, ...]:
        """Schemas that are sent to change a part."""
        return self._of_role(Role.PATCH)

    @property
    def has_request_response_split(self) -> bool:
        """Whether what is sent and what is answered have schemas of their own."""
        return bool(self.request_models)

    def get_schema(self, name: str) -> IRSchema | None:
        """The schema of that name."""
        return self.schemas.get(name)

    def get_operation(self, operation_id: str) -> IROperationObject | None:
        """The operation of that id."""
        return self._operations_by_id.get(operation_id)

    def with_diagnostics(self, diagnostics: Iterable[Diagnostic]) -> IRContext:
        """The same API with further diagnostics."""
        return self.model_copy(update={"diagnostics": (*self.diagnostics, *diagnostics)})

    @cached_property
    def _operations_by_id(self) -> Mapping[str, IROperationObject]:
        return {operation.operation_id: operation for operation in self.operations}

    def _of_role(self, role: Role) -> tuple[IRSchema, ...]:
        return tuple(s for s in self.schemas.values() if s.role is role)
