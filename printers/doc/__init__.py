"""The layout algebra that all printers share: documents of text, lines and groups, and the printer that fits them to a width.

The algebra and its answers are Prettier's (its ``docs/`` commands: ``group``, ``indent``, ``ifBreak``, ``fill``,
``conditionalGroup``, ``lineSuffix``). A document is a string, a tuple of documents, or one of the node classes. Invariants:

- A string holds no newline. Lines are nodes.
- A forced break (``HARDLINE``, ``LITERALLINE``, ``BREAK_PARENT``) breaks every group around it, but for those made by
  :func:`conditional_group`. This is known when a group is made, so that printing never looks ahead for it.
- A group's one-line text is computed once, when it is made: a group that fits is printed by copying it.
- Documents are immutable and may be shared.
"""

from __future__ import annotations

from .algebra import (
    BREAK_PARENT,
    HARDLINE,
    LINE,
    LITERALLINE,
    SOFTLINE,
    BreakParent,
    Dedent,
    Doc,
    Fill,
    Group,
    IfBreak,
    Indent,
    IndentIfBreak,
    Later,
    Line,
    Lines,
    LineSuffix,
    align,
    can_break,
    conditional_group,
    deferred,
    fill,
    forces_break,
    group,
    if_break,
    indent,
    join,
    lines,
    remove_lines,
)
from .fitting import to_text

__all__ = [
    "BREAK_PARENT", "HARDLINE", "LINE", "LITERALLINE", "SOFTLINE", "BreakParent", "Dedent", "Doc", "Fill", "Group", "IfBreak",
    "Indent", "IndentIfBreak", "Later", "Line", "LineSuffix", "Lines", "align", "can_break", "conditional_group", "deferred",
    "fill", "forces_break", "group", "if_break", "indent", "join", "lines", "remove_lines", "to_text",
]
