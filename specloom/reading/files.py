"""The one module of reading that touches the disk and the network: the document itself, and the files it refers to."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from specloom.ir.diagnostics import SpecloomError

from .limits import Limits

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

_Data = TypeVar("_Data", bytes, str)


@dataclass(frozen=True, slots=True)
class Source:
    """What was read. ``file`` is its name as the caller gave it; ``folder`` is where its references start from."""

    data: bytes | str
    file: str | None = None
    folder: Path | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something that was referred to is not read, as the parts of a diagnostic."""

    code: str
    message: str
    hint: str | None = None


def is_url(name: str) -> bool:
    """Whether a name is a URL rather than a path; a drive letter is a path."""
    return name.startswith("//") or "://" in name[:40] or name.lower().startswith(("file:", "urn:", "data:"))


def open_source(source: str | Path | bytes, allow: Collection[str], limits: Limits) -> Source:
    """The document to read. A text that has a line break or starts with a brace is the document, any other a path.

    Raises:
        SpecloomError: ``file-missing``, ``file-is-folder``, ``file-unreadable``, ``file-too-large``, ``url-not-allowed``.
    """
    if isinstance(source, bytes):
        return Source(_bounded(source, None, limits))
    if isinstance(source, str) and _is_text(source):
        return Source(_bounded(source, None, limits))
    if isinstance(source, str) and is_url(source):
        data = fetch(source, allow, limits)
        if isinstance(data, Refusal):
            raise SpecloomError.of(data.code, data.message, file=source, hint=data.hint)
        return Source(data, source, None, source)
    path = Path(source)
    name = str(path)
    try:
        with path.open("rb") as stream:
            data = _bounded(_read(stream, limits), name, limits)
    except FileNotFoundError:
        raise SpecloomError.of("file-missing", "there is no such file", file=name,
                               hint="check the name; it is taken from the current folder") from None
    except IsADirectoryError:
        raise SpecloomError.of("file-is-folder", "this is a folder", file=name, hint=_inside(path)) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SpecloomError.of("file-unreadable", f"cannot be read: {reason}", file=name,
                               hint="check its permissions and its name") from None
    return Source(data, name, path.parent)


def _is_text(source: str) -> bool:
    return "\n" in source or "\r" in source or source.lstrip("\ufeff \t")[:1] in ("", "{", "[")


def _inside(folder: Path) -> str:
    try:
        names = sorted(p.name for p in folder.iterdir() if p.suffix in (".yaml", ".yml", ".json") and p.is_file())
    except OSError:
        names = []
    likely = [n for n in names if "openapi" in n.lower() or "swagger" in n.lower() or "schema" in n.lower()] or names
    return f"give the document itself, such as {folder / likely[0]}" if likely else "give the document itself"


def _read(stream: IO[bytes], limits: Limits) -> bytes:
    """Never more than one byte past the limit: devices have no end."""
    chunks: list[bytes] = []
    size = 0
    while size <= limits.max_bytes:
        chunk = stream.read(limits.max_bytes + 1 - size)
        if not chunk:
            break
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


def _bounded(data: _Data, file: str | None, limits: Limits) -> _Data:
    if len(data) > limits.max_bytes:
        raise SpecloomError.of("file-too-large", f"the document is larger than {limits.max_bytes:,} bytes", file=file,
                               hint="generate from a smaller document, or read it with a larger Limits.max_bytes")
    return data


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The files a document may refer to: beside it and below its folder, and what ``allow`` names.

    ``allow`` holds paths, taken from the document's folder (a file, or a folder with all below it), and URLs (one
    document, or a prefix that ends at a slash). Symbolic links are followed before the check.
    """

    folder: Path | None
    allow: tuple[str, ...]
    limits: Limits

    def read(self, name: str) -> bytes | Refusal:
        """The bytes of a file by its path from the document's folder, or of a URL; or why not."""
        if is_url(name):
            return fetch(name, self.allow, self.limits)
        if self.folder is None:
            return Refusal("ref-without-base", f"{name} cannot be found from a document that is not a file",
                           "give the document as a path")
        try:
            path = Path(os.path.realpath(self.folder / name))
            if not self._allowed(path):
                return Refusal("ref-outside", f"{name} is outside the folder of the document",
                               f'allow it by name: --allow {name}, or allow=("{name}",) in Python')
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                return Refusal("dangling-ref", f"{name} is not a file")
            with path.open("rb") as stream:
                data = _read(stream, self.limits)
        except FileNotFoundError:
            return Refusal("dangling-ref", f"there is no file {name} beside the document")
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            return Refusal("dangling-ref", f"{name} cannot be read: {reason}")
        return data if len(data) <= self.limits.max_bytes else _too_large(name, self.limits)

    def _allowed(self, path: Path) -> bool:
        assert self.folder is not None
        roots = [self.folder, *(self.folder / name for name in self.allow if not is_url(name))]
        return any(path.is_relative_to(os.path.realpath(root)) for root in roots)


def _too_large(name: str, limits: Limits) -> Refusal:
    return Refusal("file-too-large", f"{name} is larger than {limits.max_bytes:,} bytes",
                   "generate from a smaller document, or read it with a larger Limits.max_bytes")


def url_allowed(url: str, allow: Collection[str]) -> bool:
    """Whether a URL is one of the allowed ones or lies below one: same scheme and host, whole path segments."""
    try:
        wanted = urlsplit(url)
    except ValueError:
        return False
    if wanted.scheme not in ("http", "https") or ".." in wanted.path.split("/") or "%2e" in wanted.path.lower():
        return False
    for name in allow:
        if not is_url(name):
            continue
        have = urlsplit(name)
        if (have.scheme, have.netloc) != (wanted.scheme, wanted.netloc):
            continue
        if wanted.path == have.path or wanted.path.startswith(have.path.rstrip("/") + "/"):
            return True
    return False


def fetch(url: str, allow: Collection[str], limits: Limits) -> bytes | Refusal:
    """A document from an allowed URL; redirects are followed only to allowed URLs."""
    if not url_allowed(url, allow):
        name = url.split("#")[0]
        hint = f'allow it by name: --allow {name}, or allow=("{name}",) in Python; or keep a copy beside the document'
        return Refusal("url-not-allowed", f"{url} is not fetched", hint)
    from http.client import HTTPException
    from urllib.request import Request

    try:
        request = Request(url, headers={"Accept": "application/json, application/yaml, */*"})
        with _opener(allow).open(request, timeout=limits.timeout_seconds) as response:
            data = _read(response, limits)
    except (OSError, HTTPException, ValueError) as error:
        return Refusal("url-unreadable", f"{url} cannot be fetched: {' '.join(str(error).split())}")
    return data if len(data) <= limits.max_bytes else _too_large(url, limits)


def _opener(allow: Collection[str]) -> OpenerDirector:
    from http.client import HTTPMessage
    from urllib.error import HTTPError
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    class AllowedRedirects(HTTPRedirectHandler):
        def redirect_request(
            self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
        ) -> Request | None:
            if not url_allowed(newurl, allow):
                raise HTTPError(newurl, code, f"redirects to {newurl}, which is not allowed", headers, fp)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    return build_opener(AllowedRedirects())
