"""How much of a document is read before it is refused: bytes, levels, and what aliases may grow to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that a document has to keep; each is refused with a diagnostic of its own, never with a crash.

    ``max_bytes`` bounds one file (40 MiB: three times GitHub's description).
    ``max_depth`` bounds how deep objects and lists nest (real documents stay below 60).
    ``max_alias_nodes`` bounds how many values YAML aliases may stand for in all, which stops alias bombs.
    ``max_files`` bounds how many other files one document may pull in.
    ``timeout_seconds`` bounds the wait for one document that is fetched from an allowed URL.
    """

    max_bytes: int = 40 * 1024 * 1024
    max_depth: int = 128
    max_alias_nodes: int = 1_000_000
    max_files: int = 1_000
    timeout_seconds: float = 20.0
