"""Which addresses a group or zone has, which policies hold there, and how they and the pages of the schema are mounted."""

from __future__ import annotations

from .manager import DynamicZoneManager
from .mounting import add_revolution_urls, get_revolution_urls_info, integrate_into_urls
from .routes import RouteInfo, Routes, forget_routes, group_routes, urlconf

__all__ = [
    "DynamicZoneManager",
    "RouteInfo",
    "Routes",
    "add_revolution_urls",
    "forget_routes",
    "get_revolution_urls_info",
    "group_routes",
    "integrate_into_urls",
    "urlconf",
]
