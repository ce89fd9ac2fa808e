"""Makes Pydantic models of declarations: the base class, nested schemas, and single fields of plain models."""

from __future__ import annotations

from django.apps import apps

from .inferred import InferredField as InferredField
from .resolved import ResolvedField as ResolvedField
from .schema import BaseSchema as BaseSchema

if apps.models_ready and apps.is_installed("drf_spectacular"):  # else the app specloom.django does this when it is ready
    from specloom.django.schemas.documenting import extension as extension
