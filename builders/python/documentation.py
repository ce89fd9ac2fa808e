"""What the documentation of a document becomes in docstrings."""

from __future__ import annotations

from collections.abc import Iterable

from specloom.builders.documentation import default_sentence, example_sentence
from specloom.ir.operations import IROperationObject, IRParameterObject
from specloom.ir.schemas import IRPropertyObject, IRSchemaObject, Role

from .text import clean_lines


def schema_documentation(schema: IRSchemaObject) -> str:
    """Of a class or alias: the document's words, else, for what is sent, what it is sent for."""
    parts = [schema.description or _title(schema)]
    if not parts[0] and schema.base is not None:
        if schema.role is Role.REQUEST:
            parts = [f"What is sent to create or replace a `{schema.base}`."]
        elif schema.role is Role.PATCH:
            parts = [f"What is sent to change a `{schema.base}`."]
    if schema.deprecated:
        parts.append("Deprecated.")
    return "\n\n".join(p for p in parts if p and p.strip())


def _title(schema: IRSchemaObject) -> str | None:
    said = (schema.title or "").strip()
    return None if said.replace(" ", "").lower() == schema.name.lower() else said


def property_documentation(prop: IRPropertyObject) -> str:
    """Of a field: the document's words and what a value left out means."""
    parts = [prop.description or prop.title or ""]
    if not prop.required:
        parts.append(default_sentence(prop.default))
    parts.append(example_sentence(prop))
    if prop.deprecated:
        parts.append("Deprecated.")
    return "\n\n".join(p for p in parts if p.strip())


def operation_documentation(
    operation: IROperationObject,
    arguments: Iterable[tuple[str, IRParameterObject]],
    body: str | None,
    raised: Iterable[str],
) -> str:
    """Of a method, in Google's layout: summary, description, endpoint, arguments that have something to say, errors."""
    parts: list[str] = []
    summary, description = (operation.summary or "").strip(), (operation.description or "").strip()
    if summary:
        parts.append(_sentence(summary))
    if description and description.rstrip(".") != summary.rstrip("."):
        parts.append(description)
    if operation.deprecated:
        parts.append("Deprecated.")
    parts.append(f"``{operation.method.upper()} {operation.path}``")
    entries = [_entry(name, _parameter(parameter)) for name, parameter in arguments]
    if body and body.strip():
        entries.insert(0, _entry("data", body))
    shown = [entry for entry in entries if entry]
    if shown:
        parts.append("Args:\n" + "\n".join(shown))
    errors = list(raised)
    if errors:
        parts.append("Raises:\n" + _entry("APIError", f"{_joined(errors)}."))
    return "\n\n".join(parts)


def _sentence(text: str) -> str:
    lines = text.splitlines()
    return text if len(lines) > 1 or not lines or text[-1] in ".!?:…`)" else text + "."


def _parameter(parameter: IRParameterObject) -> str:
    parts = [parameter.description or ""]
    if not parameter.required:
        parts.append(default_sentence(parameter.default))
    if parameter.deprecated:
        parts.append("Deprecated.")
    return " ".join(p.strip() for p in parts if p.strip())


def _entry(name: str, text: str) -> str:
    """An argument's lines: wrapped, the further ones indented below it."""
    lines = clean_lines(text, 72, first=len(name) + 2)
    if not lines:
        return ""
    first, *rest = lines
    return "\n".join([f"    {name}: {first}", *(f"        {line}" if line else "" for line in rest)])


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " or " + parts[-1]
