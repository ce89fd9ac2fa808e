"""What an emitter is: from the IR to files in memory, with its own options and its own findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel, ConfigDict

from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic


class EmitterOptions(BaseModel):
    """Options that a language has; each emitter's own are a subclass. Unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Emission(Mapping[str, str]):
    """Files by path, relative and with ``/``, in the order they were made; and what could not be carried over.

    ``seconds`` is how long each phase took (``build``, ``print``, ``format``).
    """

    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    def __getitem__(self, path: str) -> str:
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


Options = TypeVar("Options", bound=EmitterOptions, contravariant=True)


@runtime_checkable
class Emitter(Protocol[Options]):
    """A language. Registered by the entry point group ``specloom.emitters``; the entry point's name is the emitter's."""

    @property
    def options_type(self) -> type[EmitterOptions]:
        """The model of its options."""
        ...

    def emit(self, api: IRContext, options: Options) -> Emission:
        """Make all files of ``api``. Never writes, never fails on a valid context: what cannot be said is a diagnostic."""
        ...


@runtime_checkable
class Formatter(Protocol):
    """Formats one file's text. Registered by the entry point group ``specloom.formatters``; ``none`` is one that does nothing."""

    def __call__(self, text: str) -> str:
        """The formatted text."""
        ...
