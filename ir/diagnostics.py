"""What went wrong or could not be carried over, and where: diagnostics, and the one exception that carries them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """How bad a diagnostic is: only an ``error`` stops the work."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Place(BaseModel):
    """A position in a document: line and column count from 1, in characters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class Diagnostic(BaseModel):
    """One finding about a document, or about what became of it in a language.

    ``code`` is stable and kebab-case (``dangling-ref``, ``name-changed``): configuration, SARIF and searches go by it.
    ``pointer`` is a JSON pointer into the document (RFC 6901), ``""`` the whole of it, ``None`` where there is none.
    ``place`` is computed only when a diagnostic is shown, because finding lines costs a second parse.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity
    message: str
    pointer: str | None = None
    file: str | None = None
    place: Place | None = None
    hint: str | None = None

    def __str__(self) -> str:
        where = str(self.place) if self.place else self.file
        if self.pointer:
            where = f"{where}#{self.pointer}" if where else f"#{self.pointer}"
        head = f"{where}: " if where else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{head}{self.severity} {self.code}: {self.message}{hint}"


class SpecloomError(Exception):
    """The work cannot be done. Carries every diagnostic found up to then, the errors among them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        errors = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        super().__init__("\n".join(str(d) for d in errors or self.diagnostics))

    def __reduce__(self) -> tuple[type[SpecloomError], tuple[tuple[Diagnostic, ...]]]:
        """Travels between processes with its diagnostics, which are not what ``args`` holds."""
        return type(self), (self.diagnostics,)

    @classmethod
    def of(
        cls, code: str, message: str, *, pointer: str | None = None, file: str | None = None,
        place: Place | None = None, hint: str | None = None,
    ) -> SpecloomError:
        """An error of one diagnostic."""
        return cls([Diagnostic(code=code, severity=Severity.ERROR, message=message, pointer=pointer, file=file,
                               place=place, hint=hint)])


def nearest(name: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """A hint: the known name that was perhaps meant, else ``otherwise``, which by default names all there are."""
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(name, names, n=1) or get_close_matches(
        name.lower(), [each for each in names if name.lower() in each.lower() or each.lower() in name.lower()], n=1, cutoff=0.0
    )
    if near:
        return f"did you mean {near[0]!r}?"
    return f"there are: {', '.join(names) or 'none'}" if otherwise is None else otherwise
