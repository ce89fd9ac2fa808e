"""The built-in formatters: ``black`` and ``none``. Others are registered under the entry point group ``specloom.formatters``."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final


def black(text: str) -> str:
    """``text`` as black's stable style has it, for Python 3.11 and newer, 88 columns wide."""
    from black import format_str
    from black.mode import Mode, TargetVersion

    return format_str(text, mode=Mode(target_versions={TargetVersion.PY311}))


def none(text: str) -> str:
    """``text`` as it was printed."""
    return text


FORMATTERS: Final = MappingProxyType[str, Callable[[str], str]]({"black": black, "none": none})
"""By name."""
