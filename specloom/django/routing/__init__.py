"""Which addresses a group or zone has, which policies hold there, and how they and the pages of the schema are mounted."""

from __future__ import annotations

from .routes import RouteInfo, Routes, forget_routes, group_routes, urlconf

__all__ = ["RouteInfo", "Routes", "forget_routes", "group_routes", "urlconf"]
