"""Schemas of models as source: through the intermediate representation, to one Python module, TypeScript, Go and proto3."""

from __future__ import annotations

from .context import schemas_context as schemas_context
from .context import schemas_document as schemas_document
from .module import schemas_source as schemas_source
from .naming import schema_of_model as schema_of_model
from .naming import schemas_named as schemas_named
from .running import Request as Request
from .running import generate as generate
