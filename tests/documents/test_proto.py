"""Every real document as proto3: protoc accepts it, its Python imports, buf has nothing to say, and additions break nothing."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import specloom
from specloom.emitters.compiling import compile_protos
from tests.harness.documents import SPECS, openapi_documents
from tests.harness.emitting import load, own_documents
from tests.harness.proto import include_paths, run_buf
from tests.harness.tools import Finding, run, write_files
from tests.proto.growing import grown

from .generated import assert_none

_LOCK = "specloom.lock.json"
_BUF = """version: v2
modules:
  - path: out
  - path: google
lint:
  use: [STANDARD]
breaking:
  use: [FILE]
"""
_IMPORT_ALL = """
import importlib, pathlib, sys
for name in pathlib.Path(sys.argv[1]).read_text().split():
    importlib.import_module(name)
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """All documents in one module of buf, each in a package of its own, with google/api beside it; and what went wrong."""

    root: Path
    protos: Mapping[str, str]
    locks: Mapping[str, str]
    failures: Mapping[str, list[Finding]]


def package(number: int, name: str) -> str:
    return f"d{number}_{re.sub('_+', '_', name).strip('_').lower()}.v1"


def generate(documents: Mapping[str, Path | Mapping[str, object]], root: Path, locks: Mapping[str, str]) -> Judged:
    """Every document, each with its earlier lock."""
    protos: dict[str, str] = {}
    after: dict[str, str] = {}
    failures: dict[str, list[Finding]] = {}
    for number, (name, document) in enumerate(documents.items()):
        try:
            files = specloom.emit(load(document), "proto", package=package(number, name), compile=False, lock=locks.get(name))
        except Exception as error:
            failures[name] = [Finding(name, f"{type(error).__name__}: {str(error)[:600]}")]
            continue
        after[name] = files[_LOCK]
        protos.update({path: text for path, text in files.items() if path.endswith(".proto")})
    write_files(protos, root / "out")
    google = include_paths()[0]
    for path in ("google/api/annotations.proto", "google/api/http.proto"):
        (root / "google" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(google / path, root / "google" / path)
    (root / "buf.yaml").write_text(_BUF)
    return Judged(root, protos, after, failures)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    own = {f"own_{name}": document for name, document in own_documents().items()}
    return generate({**own, **openapi_documents()}, tmp_path_factory.mktemp("proto"), {})


@pytest.mark.skipif(not SPECS.is_dir(), reason=f"the real documents are not there: {SPECS}")
def test_every_real_document_generates(judged: Judged) -> None:
    assert len(openapi_documents()) > 200
    assert_none(judged.failures)


def test_protoc_accepts_everything_and_it_imports(judged: Judged, tmp_path: Path, say: Callable[[str], None]) -> None:
    python = compile_protos(judged.protos)
    for path, text in python.items():
        if path.endswith(".pyi"):
            ast.parse(text, path)
    write_files(python, tmp_path)
    modules = [path.removesuffix(".py").replace("/", ".") for path in python if path.endswith(".py")]
    (tmp_path / "modules.txt").write_text("\n".join(modules))
    done = run([sys.executable, "-W", "error", "-c", _IMPORT_ALL, "modules.txt"], tmp_path)
    assert done.returncode == 0, done.stderr[-4000:]
    count = len(openapi_documents()) - len(judged.failures)
    say(f"proto documents: {len(openapi_documents())} generated, {count} compiled ({len(modules)} modules import)")


def test_buf_has_nothing_to_say(judged: Judged, say: Callable[[str], None]) -> None:
    said = run_buf(["lint", "out"], judged.root)
    changed = run_buf(["format", "-d", "--exit-code", "out"], judged.root)
    files = f"{changed.count('diff -u')} of {len(judged.protos)} files changed by buf"
    say(f"proto formatting: {files}; lint: {len(said.splitlines())} findings")
    assert said == ""
    assert changed == ""


def test_additions_break_nothing(tmp_path: Path, say: Callable[[str], None]) -> None:
    """New operations, schemas, properties, parameters and values, all of them in front of what is there."""
    before: dict[str, Path | Mapping[str, object]] = {}
    after: dict[str, Path | Mapping[str, object]] = {}
    for name, path in openapi_documents().items():
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text) if path.suffix == ".json" else json.loads(json.dumps(yaml.safe_load(text), default=str))
        if not re.search(r"""\$ref["']?: *["'][^#"']""", text):  # other files are found beside a file only
            before[name], after[name] = data, grown(data)
    old = generate(before, tmp_path / "old", {})
    new = generate(after, tmp_path / "new", old.locks)
    assert_none({**old.failures, **new.failures})
    added = sum(text.count("aaa_added") for text in new.protos.values())
    said = run_buf(["breaking", ".", "--against", tmp_path / "old", "--exclude-imports"], new.root)
    say(f"proto growth: {len(before)} documents, {added} additions, {len(said.splitlines())} breaks found by buf")
    assert added > 3_000
    assert said == ""
