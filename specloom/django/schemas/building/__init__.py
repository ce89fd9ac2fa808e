"""Makes Pydantic models of declarations: the base class, nested schemas, and single fields of plain models."""

from __future__ import annotations

from .inferred import InferredField as InferredField
from .resolved import ResolvedField as ResolvedField
from .schema import BaseSchema as BaseSchema
