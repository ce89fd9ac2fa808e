"""``manage.py generate_client``: another name of ``generate_api``."""

from __future__ import annotations

from .generate_api import Command

__all__ = ["Command"]
