"""The runtime of generated Go clients: works over HTTP, free of races, and clean for gofmt, go vet and staticcheck."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.go import check_staticcheck, go, gofmt_changes, run_go, vet, write_module
from tests.harness.tools import ROOT

HERE = Path(__file__).parent
SOURCES = sorted(path for path in (ROOT / "specloom" / "runtime" / "go").glob("*.go") if not path.stem.endswith("_test"))
WIRE_CASES = HERE.parent / "runtime_typescript" / "wire_cases.json"

# A client of an API without any operation: it uses next to nothing of the runtime.
BARE = """package bare

// Client calls an API that can do nothing.
type Client struct{ client *apiClient }

// New makes a client.
func New(baseURL string, opts ...Option) *Client {
	return &Client{newAPIClient(baseURL, apiDescription{}, opts)}
}

// IsReady reports whether there is a client.
func (c *Client) IsReady() bool { return c.client != nil }
"""


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module with the runtime and its tests, and the runtime in a client that does nothing."""
    root = tmp_path_factory.mktemp("go")
    write_module(root)
    for name in ("client", "bare"):
        (root / name).mkdir()
        for source in SOURCES:
            text = source.read_text()
            (root / name / source.name).write_text(text.replace("\npackage client\n", f"\npackage {name}\n"))
    (root / "bare" / "client.go").write_text(BARE)
    for test in HERE.glob("*_test.go"):
        (root / "client" / test.name).write_bytes(test.read_bytes())
    (root / "client" / WIRE_CASES.name).write_bytes(WIRE_CASES.read_bytes())
    return root


def test_works_over_http_without_races(module: Path, say: Callable[[str], None]) -> None:
    done = run_go([go(), "test", "-race", "-json", "./client"], module)
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    ends = [event for event in events if "Test" in event and event["Action"] in ("pass", "fail", "skip")]
    results = {event["Test"]: event["Action"] for event in ends}
    count = Counter(results.values())
    failed = [name for name, action in results.items() if action != "pass"]
    output = "".join(event.get("Output", "") for event in events if event.get("Test") in failed or "Test" not in event)
    assert not failed, output[-8000:]
    assert done.returncode == 0, (output + done.stderr)[-8000:]
    # Every case of the table, as JSON, as Go value and as pointer.
    cases = json.loads(WIRE_CASES.read_text("utf-8"))
    assert sum(name.startswith("TestWireCases/") for name in results) == 3 * len(cases) > 450
    say(f"Go runtime: {count['pass']} tests passed with the race detector on")


def test_is_clean_whatever_of_it_is_used(module: Path) -> None:
    paths = [str(path.relative_to(module)) for path in sorted(module.glob("*/*.go"))]
    assert len(paths) > 2 * len(SOURCES)
    assert gofmt_changes(module, paths) == []
    assert vet(module) == []
    assert check_staticcheck(module) == []


def test_each_file_says_what_it_is_for_and_is_short() -> None:
    for source in SOURCES:
        text = source.read_text()
        head, _, _ = text.partition("\npackage client\n")
        said = [line for line in head.splitlines() if line.startswith("// ")]
        assert said, source.name
        assert text.count("\npackage client\n") == 1, source.name
        assert len(text.splitlines()) <= 400, source.name
