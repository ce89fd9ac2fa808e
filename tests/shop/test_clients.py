"""The generated clients of the shop talk to the shop itself, over the network and into a database: all see the same."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness import go
from tests.harness.emitting import SHOP, emit
from tests.harness.python import check_mypy
from tests.harness.tools import ROOT, node, run, write_files
from tests.harness.typescript import bundle, compile_typescript

from .expected import RESULTS
from .serving import Answered, Shop, generating, serving

CLIENTS = Path(__file__).parent / "clients"
CUSTOMERS = {
    "typescript": "customer26@example.com",
    "python async": "customer27@example.com",
    "python sync": "customer28@example.com",
    "go": "customer29@example.com",
}
PAGE = "customer30@example.com"
NODE_TYPES = {"types": ["node"], "typeRoots": [str(ROOT / "node_modules" / "@types")]}
"""Each client buys and complains under a name of its own."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What a client printed, by step, and what it asked."""

    results: dict[str, object]
    asked: list[Answered]


def as_sync(source: str) -> str:
    """The sync twin of the async scenario: the same text without ``async`` and ``await``, and the sync clients."""
    text = re.sub(r"\b(async|await) ", "", source).replace(" APIClient", " SyncAPIClient").replace("AsyncClient", "Client")
    text = re.sub(r"Awaitable\[(\w+)\]", r"\1", text).replace("import Awaitable, Callable", "import Callable")
    at_once = "list(ThreadPoolExecutor().map(lambda call: call(), calls))"
    text = text.replace("asyncio.gather(*(call() for call in calls))", at_once)
    text = text.replace("import asyncio\n", "from concurrent.futures import ThreadPoolExecutor\n")
    return text.replace("asyncio.run(run())", "run()")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with serving(tmp_path_factory.mktemp("served_shop")) as served:
        yield served


def talking(shop: Shop, name: str, command: Sequence[str | Path], folder: Path) -> Talk:
    customer = CUSTOMERS.get(name, PAGE)
    own = {"SHOP_CLIENT": name, "SHOP_CUSTOMER": customer, "SHOP_EXPIRED": shop.expired[customer]}
    places = [f"{variable}={value}" for variable, value in {**shop.places, **own}.items()]
    done = run(["env", *places, *command], folder)
    assert done.returncode == 0, done.stderr[-4000:]
    return Talk(json.loads(done.stdout), shop.answered(name))


@pytest.fixture(scope="module")
def python_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shop_from_python")
    write_files(emit(SHOP, "python"), root / "shop_api")
    source = (CLIENTS / "scenario.py").read_text()
    write_files({"asynchronous.py": source, "synchronous.py": as_sync(source)}, root)
    return root


@pytest.fixture(scope="module")
def typescript_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shop_from_typescript")
    write_files(emit(SHOP, "typescript"), root / "shop")
    shutil.copy(CLIENTS / "scenario.ts", root)
    bundle(root / "scenario.ts", root / "scenario.mjs")
    return root


@pytest.fixture(scope="module")
def go_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program beside the client's module; the race detector is on, so a race is an exit code."""
    root = tmp_path_factory.mktemp("shop_from_go")
    write_files(emit(SHOP, "go"), root / "shop")
    module = "module scenario\n\ngo 1.24\n\nrequire example.com/shop v0.0.0\n\nreplace example.com/shop => ../shop\n"
    write_files({"main.go": (CLIENTS / "scenario.go").read_text(), "go.mod": module}, root / "scenario")
    built = go.run_go([go.go(), "build", "-race", "-o", "scenario"], root / "scenario")
    assert built.returncode == 0, built.stderr[-4000:]
    return root / "scenario"


@pytest.fixture(scope="module", params=CUSTOMERS)
def talk(request: pytest.FixtureRequest, shop: Shop) -> Talk:
    name: str = request.param
    root: Path = request.getfixturevalue(f"{name.partition(' ')[0]}_client")
    match name:
        case "typescript":
            command: list[str | Path] = [node(), "scenario.mjs"]
        case "go":
            command = [root / "scenario"]
        case _:
            script = "asynchronous.py" if name == "python async" else "synchronous.py"
            command = [sys.executable, "-W", "error", script]
    return talking(shop, name, command, root)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program beside what ``generate_api`` leaves of the shop's groups."""
    root = tmp_path_factory.mktemp("shop_from_a_page")
    process = generating(root, "--typescript", "--no-archive")
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said
    shutil.copy(CLIENTS / "groups.ts", root / "scenario.ts")
    bundle(root / "scenario.ts", root / "scenario.mjs")
    return root


def test_the_clients_of_all_groups_share_their_tokens(page: Path, shop: Shop) -> None:
    talk = talking(shop, "a page", [node(), "scenario.mjs"], page)
    assert talk.results == {
        "one refresh for all groups": [True, 0, 1],
        "refused in another group": [401, False],
    }
    assert compile_typescript(page, options=NODE_TYPES) == []


def test_the_typescript_program_compiles(typescript_client: Path) -> None:
    assert [str(finding) for finding in compile_typescript(typescript_client, options=NODE_TYPES)] == []


def test_the_python_programs_pass_mypy(python_client: Path) -> None:
    assert [str(finding) for finding in check_mypy(python_client, ["asynchronous.py", "synchronous.py"])] == []


def test_the_go_program_passes_vet(go_client: Path) -> None:
    assert [str(finding) for finding in go.vet(go_client)] == []


def test_nothing_is_left_out(talk: Talk) -> None:
    assert talk.results.keys() == RESULTS.keys()


@pytest.mark.parametrize("step", RESULTS)
def test_what_is_read(talk: Talk, step: str) -> None:
    assert talk.results[step] == RESULTS[step]


def test_a_refused_comment_is_not_sent_again(talk: Talk) -> None:
    comments = [seen.status for seen in talk.asked if re.fullmatch(r"POST .*/comments/", seen.request)]
    assert comments == [201] * 20 + [429]


def test_the_server_never_failed(talk: Talk) -> None:
    assert [seen for seen in talk.asked if seen.status >= 500] == []
