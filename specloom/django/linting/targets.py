"""Which files are looked at: those of the project's own apps whose names say that serializers or views are in them."""

from __future__ import annotations

import difflib
import site
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from django.apps import AppConfig, apps

from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

PATTERNS = (
    "*serializers.py", "*serializer.py", "*views.py", "*viewsets.py", "api.py",
    "*serializers/*.py", "*views/*.py", "*viewsets/*.py", "api/*.py",
)  # fmt: skip
"""A pattern without a slash is about the name of a file, one with a slash about its path below the app."""

_SKIPPED = frozenset(["migrations", "tests", "test", "__pycache__", "node_modules"])


@dataclass(frozen=True, slots=True)
class Targets:
    """The files to look at, and the folders that a finding may be in beside them.

    ``exact``: only the files, because files or patterns were asked for by name.
    """

    files: tuple[Path, ...]
    roots: tuple[Path, ...]
    exact: bool = False

    def own(self, path: Path) -> bool:
        """A file that the caller asked about, or that belongs to one of the apps asked about."""
        return path in self.files or (_is_own(path) and any(path.is_relative_to(root) for root in self.roots))

    def covers(self, path: Path) -> bool:
        """Whether a finding in this file is to be shown where nothing but a name led to it."""
        return path in self.files or (not self.exact and self.own(path))


def find_targets(
    labels: Sequence[str] = (), files: Sequence[str | Path] = (), patterns: Sequence[str] = ()
) -> Targets:
    """The files of some apps, all of the project's own apps where none is named, and files that are named themselves.

    ``labels`` are labels or names of apps (``orders``, ``shop.orders``). ``patterns`` replace ``PATTERNS``.

    Raises ``SpecloomError`` ``unknown-app``, ``no-such-file``, ``no-file-matches``.
    """
    named = tuple(_named_file(Path(file)) for file in files)
    configs = _configs(labels) if labels or not named else ()
    roots = tuple(Path(config.path).resolve() for config in configs)
    found = (path for root in roots for path in _below(root, patterns or PATTERNS))
    every = tuple(dict.fromkeys((*named, *found)))
    if patterns and not every:
        raise SpecloomError.of(
            "no-file-matches", f"no file of {', '.join(config.label for config in configs) or 'the project'} "
            f"matches {', '.join(patterns)}", hint="a pattern without a slash is about file names: --pattern '*serializers.py'",
        )
    return Targets(every, roots or tuple(dict.fromkeys(path.parent for path in named)), exact=bool(patterns or named))


def label_of(path: Path) -> str:
    """The label of the app that a file belongs to; empty where it belongs to none."""
    best = ""
    depth = -1
    for config in apps.get_app_configs():
        root = Path(config.path).resolve()
        if path.is_relative_to(root) and len(root.parts) > depth:
            best, depth = config.label, len(root.parts)
    return best


def own_apps() -> tuple[AppConfig, ...]:
    """The installed apps whose source is the project's: not from site-packages, and not specloom itself."""
    return tuple(
        config for config in apps.get_app_configs()
        if config.name != "specloom.django" and _is_own(Path(config.path).resolve())
    )


def _configs(labels: Sequence[str]) -> tuple[AppConfig, ...]:
    if not labels:
        return own_apps()
    known = {config.label: config for config in apps.get_app_configs()}
    known |= {config.name: config for config in apps.get_app_configs()}
    wrong = [label for label in labels if label not in known]
    if wrong:
        raise SpecloomError(_unknown(label, known) for label in wrong)
    return tuple({known[label].name: known[label] for label in labels}.values())


def _unknown(label: str, known: Iterable[str]) -> Diagnostic:
    near = difflib.get_close_matches(label, sorted(known), n=1)
    hint = f"did you mean {near[0]}?" if near else "the apps are: " + ", ".join(config.label for config in own_apps())
    return Diagnostic(code="unknown-app", severity=Severity.ERROR, message=f"no installed app is called {label!r}", hint=hint)


def _named_file(path: Path) -> Path:
    if not path.is_file():
        raise SpecloomError.of("no-such-file", f"{path} is not a file", file=str(path), hint="--file takes the path of a module")
    return path.resolve()


def _below(root: Path, patterns: Sequence[str]) -> Iterator[Path]:
    for path in sorted(root.rglob("*.py")):
        below = path.relative_to(root)
        if _skipped(below) or not _is_own(path):
            continue
        if any(fnmatchcase(below.as_posix() if "/" in pattern else below.name, pattern) for pattern in patterns):
            yield path


def _skipped(below: Path) -> bool:
    inside = any(part in _SKIPPED or part.startswith(".") for part in below.parts[:-1])
    return inside or below.name.startswith("test_") or below.name.endswith("_test.py")


def _is_own(path: Path) -> bool:
    return not any(path.is_relative_to(folder) for folder in _foreign())


@cache
def _foreign() -> tuple[Path, ...]:
    paths = sysconfig.get_paths()
    folders = [paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"], *site.getsitepackages()]
    return tuple(dict.fromkeys(Path(folder).resolve() for folder in folders))
