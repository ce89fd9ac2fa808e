"""From a checked OpenAPI document to the IR: schemas, operations, and what is derived of them."""

from .lower import lower

__all__ = ["lower"]
