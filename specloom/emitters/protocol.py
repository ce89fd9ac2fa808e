"""What an emitter is: from the IR to files in memory, with its own options and its own findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
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

    ``seconds`` is how long each phase took (``build``, ``print``, ``format``). ``shared`` names the files that people commit and
    merge and that the next run reads again: whatever a person made of them, they are written over, and never deleted.
    """

    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    shared: tuple[str, ...] = ()

    def __getitem__(self, path: str) -> str:
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


@dataclass(frozen=True, slots=True)
class Earlier(Mapping[str, str]):
    """What a target holds of the files that an emitter ``reads``, by name. ``folder`` is the target, for messages."""

    texts: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""

    def __getitem__(self, name: str) -> str:
        return self.texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def path(self, name: str) -> str:
        """Where a file is, for messages about it."""
        return str(PurePath(self.folder, name))


NOTHING_EARLIER = Earlier()

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
class RememberingEmitter(Emitter[Options], Protocol[Options]):
    """A language whose output depends on what was made before: numbers that were given once stay."""

    @property
    def reads(self) -> tuple[str, ...]:
        """Names of files in the target folder, which its emissions have as ``shared`` again."""
        ...

    def emit(self, api: IRContext, options: Options, earlier: Earlier = ...) -> Emission:
        """Make all files of ``api``, going by what ``earlier`` holds; without it, as if nothing had been made yet."""
        ...


@runtime_checkable
class Formatter(Protocol):
    """Formats one file's text. Registered by the entry point group ``specloom.formatters``; ``none`` is one that does nothing."""

    def __call__(self, text: str) -> str:
        """The formatted text."""
        ...
