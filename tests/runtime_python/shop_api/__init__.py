"""Shop API."""

from .client import APIClient, SyncAPIClient

__all__ = ["APIClient", "SyncAPIClient"]
