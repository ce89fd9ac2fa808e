"""The part of generated code that shows what became of something."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping


def typescript_excerpt(files: Mapping[str, str], shown: str) -> str:
    """A declaration by name; ``call`` is how the only operation sends and reads, ``client`` the root client's own lines."""
    if shown == "client":
        return _between(files["client.ts"], r"^(const SECURITY_SCHEMES|export class API )", r"^\}")
    if shown == "call":
        text = files["things/client.ts"]
        start = re.search(r"^  (list|create)\(", text, re.MULTILINE)
        assert start, text
        return _dedented(text[start.start() : text.index("\n  }\n", start.start()) + 4])
    pattern = rf"^export (interface|type|const) {shown}\b"
    found = [
        _between(text, pattern, r"^(\}|\S.*;$)") for path, text in files.items() if path.endswith(("models.ts", "enums.ts"))
        and "schema.enums" not in path and re.search(pattern, text, re.MULTILINE)
    ]  # fmt: skip
    return "\n".join(found)


def python_excerpt(files: Mapping[str, str], shown: str) -> str:
    """The same of a Python client; of its two clients the asynchronous one."""
    if shown == "client":
        return _segments(files["client.py"], lambda name: name in ("SECURITY_SCHEMES", "SECURITY", "APIClient"))
    if shown == "call":
        return _method(files["subclients/things.py"])
    wanted = (shown,)
    modules = (text for path, text in files.items() if path.startswith("models/") or path == "enums.py")
    return "\n\n".join(filter(None, (_segments(text, lambda name: name in wanted) for text in modules)))


def go_excerpt(files: Mapping[str, str], shown: str) -> str:
    """The same of a Go client."""
    if shown == "client":
        return _between(files["client.go"], r"^func New\(", r"^\}")
    if shown == "call":
        return _between(files["things.go"], r"^func \(s \*ThingsService\) (List|Create)\(", r"^\}")
    texts = [text for path, text in files.items() if path in ("models.go", "enums.go")]
    found = [_between(text, rf"^type {shown}\b", r"^(\}|type .*[^{]$)") for text in texts]
    members = rf"^const ({shown}\w* {shown} =|\($)"
    found += [_between(text, members, r"^(\)|const \w.*)$") for text in texts if f" {shown} " in text]
    return "\n\n".join(part for part in found if f"{shown} " in part)


def proto_excerpt(files: Mapping[str, str], shown: str) -> str:
    """The same of .proto files; ``call`` is the only rpc with its messages. What has no name there is shown where it is used."""
    texts = {path.rpartition("/")[2]: text for path, text in files.items() if path.endswith(".proto") and "/common/" not in path}
    if shown in ("client", "call"):
        rpc = _between(texts["service.proto"], r"^service ", r"^\}")
        return rpc if shown == "client" else f"{rpc}\n\n{_between(texts['messages.proto'], '^message ', r'^}')}"
    common = next((text for path, text in files.items() if path.endswith("/common/v1/messages.proto")), "")
    found = _between(common, rf"^(message|enum) {shown}\b", r"^(\}|.*\{\})")
    return found or (_between(texts["messages.proto"], r"^message \w+Response ", "^}") if shown == "Thing" else "")


EXCERPTS: Mapping[str, tuple[str, Callable[[Mapping[str, str], str], str]]] = {
    "typescript": ("ts", typescript_excerpt),
    "python": ("python", python_excerpt),
    "go": ("go", go_excerpt),
    "proto": ("proto", proto_excerpt),
}
"""How each language's code block is called, and how its excerpts are taken."""


def _between(text: str, start: str, end: str) -> str:
    """All runs of lines from one that matches ``start`` to one that matches ``end``."""
    shown: list[str] = []
    inside = False
    for line in text.splitlines():
        if not inside and re.match(start, line):
            inside = True
        if inside:
            shown.append(line)
            inside = not re.match(end, line)
    return "\n".join(shown)


def _segments(text: str, wanted: Callable[[str], bool]) -> str:
    lines = text.splitlines()
    shown = []
    for statement in ast.parse(text).body:
        match statement:
            case ast.ClassDef(name=name):
                found = name
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                found = name
            case _:
                continue
        if wanted(found):
            shown.append("\n".join(lines[statement.lineno - 1 : statement.end_lineno]))
    return "\n".join(shown)


def _method(text: str) -> str:
    lines = text.splitlines()
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.ClassDef) and not statement.name.startswith("Sync"):
            for member in statement.body:
                if isinstance(member, ast.AsyncFunctionDef | ast.FunctionDef) and member.name in ("list", "create"):
                    return _dedented("\n".join(lines[member.lineno - 1 : member.end_lineno]))
    raise AssertionError(f"no operation in:\n{text}")


def _dedented(text: str) -> str:
    lines = text.splitlines()
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[margin:] for line in lines)
