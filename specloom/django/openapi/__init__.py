"""A group's OpenAPI document, made by drf-spectacular in this process: the document, its YAML, and what was said about it."""

from __future__ import annotations

from .document import GroupDocument, group_document, served_document

__all__ = ["GroupDocument", "group_document", "served_document"]
