"""The generated clients of the shop talk to a real server: what arrives and what they read is the same in every language."""

from __future__ import annotations

import base64
import json
import re
import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.harness import go
from tests.harness.emitting import SHOP, emit
from tests.harness.python import check_mypy, check_pyright
from tests.harness.tools import ROOT, node, run, write_files
from tests.harness.typescript import bundle, compile_typescript

from .expected import RESULTS, SIGNED_IN, WIRE, on_the_wire
from .recording import Request
from .server import Answer, ShopServer
from .shop import ORDER, SHIPPED_ORDER, UPLOAD

CLIENTS = Path(__file__).parent / "clients"


@dataclass(frozen=True, slots=True)
class Talk:
    """What a client sent, by step, and what it printed."""

    sent: dict[str, list[Request]]
    results: dict[str, object]
    is_typed: bool = False
    """Whether the client reads into types that have no room for what is not described."""


def as_sync(source: str) -> str:
    """The sync twin of the async scenario: the same text without ``async`` and ``await``, and the sync client."""
    text = re.sub(r"\b(async|await) ", "", source).replace("APIClient", "SyncAPIClient")
    return text.replace("asyncio.run(run())", "run()").replace("import asyncio\n", "")


def listen(command: Sequence[str | Path], folder: Path) -> Talk:
    """Runs a client against a server of its own; some steps find the server in a bad mood."""
    over = threading.Event()

    def never() -> Iterator[bytes]:
        over.wait(30)
        yield b""

    with ShopServer() as server:
        server.plan("cancel", Answer(chunks=never()), Answer(chunks=never()))
        server.plan("retry", Answer(503), Answer(429, headers={"Retry-After": "0"}))
        server.plan("not retry a post", Answer(503))
        server.expire_at("refresh")
        places = {"SHOP_URL": server.url, "SHOP_ORDER": ORDER, "SHOP_SHIPPED_ORDER": SHIPPED_ORDER, "SHOP_UPLOAD": UPLOAD}
        done = run(["env", *(f"{name}={value}" for name, value in places.items()), *command], folder)
        over.set()
        assert done.returncode == 0, done.stderr[-4000:]
        return Talk({name: server.of(name) for name in (*WIRE, "cancel")}, json.loads(done.stdout))


@pytest.fixture(scope="module")
def python_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("python_client")
    write_files(emit(SHOP, "python"), root / "shop_api")
    source = (CLIENTS / "scenario.py").read_text()
    write_files({"asynchronous.py": source, "synchronous.py": as_sync(source)}, root)
    return root


@pytest.fixture(scope="module")
def typescript_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("typescript_client")
    write_files(emit(SHOP, "typescript"), root / "shop")
    shutil.copy(CLIENTS / "scenario.ts", root)
    return root


@pytest.fixture(scope="module")
def go_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program beside the client's module; the race detector is on, so a race is an exit code."""
    root = tmp_path_factory.mktemp("go_client")
    write_files(emit(SHOP, "go"), root / "shop")
    write_files({"main.go": (CLIENTS / "scenario.go").read_text()}, root / "scenario")
    module = "module scenario\n\ngo 1.24\n\nrequire example.com/shop v0.0.0\n\nreplace example.com/shop => ../shop\n"
    write_files({"go.mod": module}, root / "scenario")
    return root / "scenario"


@pytest.fixture(scope="module")
def go_talk(go_client: Path) -> Talk:
    built = go.run_go([go.go(), "build", "-race", "-o", "scenario"], go_client)
    assert built.returncode == 0, built.stderr[-4000:]
    return replace(listen([go_client / "scenario"], go_client), is_typed=True)


@pytest.fixture(scope="module", params=["typescript", "python async", "python sync", "go"])
def talk(request: pytest.FixtureRequest) -> Talk:
    if request.param == "go":
        spoken: Talk = request.getfixturevalue("go_talk")
        return spoken
    if request.param == "typescript":
        root: Path = request.getfixturevalue("typescript_client")
        bundle(root / "scenario.ts", root / "scenario.mjs")
        return listen([node(), "scenario.mjs"], root)
    root = request.getfixturevalue("python_client")
    script = "asynchronous.py" if request.param == "python async" else "synchronous.py"
    return listen([sys.executable, "-W", "error", script], root)


def test_the_typescript_program_compiles(typescript_client: Path) -> None:
    types = {"types": ["node"], "typeRoots": [str(ROOT / "node_modules" / "@types")]}
    assert [str(finding) for finding in compile_typescript(typescript_client, options=types)] == []


def test_the_python_programs_pass_mypy_and_pyright(python_client: Path) -> None:
    modules = ["asynchronous.py", "synchronous.py"]
    findings = [*check_mypy(python_client, modules), *check_pyright(python_client, modules)]
    assert [str(finding) for finding in findings] == []


def test_the_go_program_passes_vet_and_staticcheck(go_client: Path) -> None:
    assert [str(finding) for finding in (*go.vet(go_client), *go.check_staticcheck(go_client))] == []


def test_go_cancels_by_context_and_tries_no_more(go_talk: Talk) -> None:
    assert go_talk.results["cancel"] is True
    assert len(go_talk.sent["cancel"]) == 1


@pytest.mark.parametrize("step", WIRE)
def test_what_arrives(talk: Talk, step: str) -> None:
    assert [on_the_wire(request) for request in talk.sent[step]] == WIRE[step]


@pytest.mark.parametrize("step", RESULTS)
def test_what_is_read(talk: Talk, step: str) -> None:
    assert talk.results[step] == (described(RESULTS[step]) if talk.is_typed else RESULTS[step])


def described(value: object) -> object:
    """A value less ``glow``, which no document describes: a Go struct holds what it has fields for."""
    match value:
        case dict():
            return {key: described(inner) for key, inner in value.items() if key != "glow"}
        case list():
            return [described(inner) for inner in value]
        case _:
            return value


def test_what_is_downloaded(talk: Talk) -> None:
    for step, expected in {"download bytes": bytes(range(256)), "download a document": b"%PDF-1.7\x00\xff"}.items():
        found = talk.results[step]
        assert isinstance(found, str)
        assert base64.b64decode(found) == expected


def test_headers(talk: Talk) -> None:
    for step, requests in talk.sent.items():
        for request in requests:
            if step != "refresh" or request.path != "/api/auth/token/refresh/":
                assert request.headers["accept-language"] == "de"
            if request.path.startswith("/api/auth/token/"):
                assert "authorization" not in request.headers
            if step in SIGNED_IN:
                assert re.fullmatch(r"Bearer access-[12]", request.headers["authorization"])
    tokens = [request.headers.get("authorization") for request in talk.sent["refresh"]]
    assert tokens == ["Bearer access-1", None, "Bearer access-2"]
    assert talk.sent["upload bytes"][0].headers["content-type"] == "application/octet-stream"
    assert "text/event-stream" in talk.sent["stream events"][0].headers["accept"]
