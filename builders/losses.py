"""What several languages say in the same words of what their clients do not send."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import IROperationObject


def part_headers(operation: IROperationObject, language: str) -> Iterator[Diagnostic]:
    """Says that headers of a form's parts cannot be given to the client of a language."""
    for content in operation.request_body.contents if operation.request_body else ():
        for encoding in content.encodings:
            if encoding.headers:
                named = ", ".join(repr(header.name) for header in encoding.headers)
                yield Diagnostic(
                    code="part-header-not-carried-over",
                    severity=Severity.INFO,
                    message=f"the {language} client sends no header {named} with the part {encoding.property_name!r}",
                    pointer=operation.pointer,
                )
