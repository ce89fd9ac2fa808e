"""From Go nodes to gofmt's own bytes, line by line: gofmt fits nothing to a width, so there is nothing to look ahead for."""

from __future__ import annotations

from .files import print_file

__all__ = ["print_file"]
