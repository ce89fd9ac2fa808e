"""TypeScript nodes as text: every file a fixed point of Prettier 3's defaults, its imports made of what it mentions."""

from __future__ import annotations

from specloom.builders.typescript.nodes import Expression, File, Type
from specloom.printers.doc import HARDLINE, Doc, group, join, to_text
from specloom.printers.width import columns

from . import comments
from .expressions import expression
from .scope import Scope, declared_names
from .statements import statements
from .strings import string_literal
from .types import WIDTH, type_doc


def print_file(file: File, *, import_ending: str = "") -> str:
    """The text of a file: header, directives, imports, statements.

    ``import_ending`` is put after relative module paths: nothing, ``.js`` or ``.ts``.
    """
    scope = Scope(file.module, declared_names(file.statements), import_ending)
    body = statements(scope, file.statements, spaced=True)
    sections: list[Doc] = []
    header = comments.leading(file.header)
    if header:
        sections.append(header[:-1])
    if file.directives:
        sections.append(join(HARDLINE, [f"{string_literal(d)};" for d in file.directives]))
    sections.extend(join(HARDLINE, found) for found in scope.imports() if found)
    if body:
        sections.append(body)
    if not sections:
        return ""
    return to_text((join((HARDLINE, HARDLINE), sections), HARDLINE), width=WIDTH, measure=columns)


def print_type(type: Type) -> str:
    """A type alone; symbols print their names."""
    return to_text(group(type_doc(Scope("", (), ""), type)), width=WIDTH, measure=columns)


def print_expression(value: Expression) -> str:
    """An expression alone; symbols print their names."""
    return to_text(group(expression(Scope("", (), ""), value)), width=WIDTH, measure=columns)
