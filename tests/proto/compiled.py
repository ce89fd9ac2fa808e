"""Generated Python modules, imported: the messages and services of a document."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Any

import specloom
from specloom.builders.proto.lock import Lock, parse
from specloom.ir.context import IRContext
from tests.harness.tools import write_files


@dataclass(frozen=True, slots=True)
class Compiled:
    """A document, what was generated of it, and its modules by path (``shop/common/v1/messages``)."""

    api: IRContext
    files: Mapping[str, str]
    modules: Mapping[str, ModuleType]

    @property
    def lock(self) -> Lock:
        return parse(self.files["specloom.lock.json"])

    @property
    def common(self) -> ModuleType:
        """The module of all schemas."""
        return next(module for path, module in self.modules.items() if path.endswith("common/v1/messages_pb2"))

    def ending(self, ending: str) -> list[ModuleType]:
        return [module for path, module in self.modules.items() if path.endswith(ending)]


@cache
def _folder() -> Path:
    folder = Path(mkdtemp(prefix="specloom-proto-"))
    sys.path.append(str(folder))
    return folder


def compiled(document: Path | Mapping[str, Any], package: str, **options: object) -> Compiled:
    """A document generated in ``package``, which no other one of this process has, compiled and imported."""
    api = specloom.load(document)
    files = specloom.emit(api, "proto", package=package, **options)
    write_files(files, _folder())
    names = [path.removesuffix(".py") for path in files if path.endswith(".py")]
    return Compiled(api, files, {name: import_module(name.replace("/", ".")) for name in names})


def services(modules: Iterable[ModuleType]) -> list[Any]:
    """The descriptors of all services in modules."""
    return [service for module in modules for service in module.DESCRIPTOR.services_by_name.values()]
