"""The Go emitter: which files there are, what they are called, what the options change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import specloom
from specloom.builders.go.nodes import is_identifier
from specloom.emitters.golang import GoOptions, package_name, runtime_files
from specloom.ir.context import IRContext, IRInfoObject, IRTagObject
from specloom.ir.operations import (
    APIKeyScheme,
    HTTPScheme,
    IROperationObject,
    IRResponseObject,
    OAuth2Scheme,
    SecurityRequirement,
)
from specloom.ir.schemas import IRObjectSchema, IRPropertyObject
from specloom.ir.types import ScalarType
from tests.harness import go
from tests.harness.emitting import SHOP
from tests.harness.tools import write_files


def _api(title: str = "Shop API", *tags: str, **more: object) -> IRContext:
    operations = tuple(
        IROperationObject(operation_id=f"call{number}", method="get", path=f"/{number}", tag=tag, responses=(_DONE,))
        for number, tag in enumerate(tags)
    )
    named = tuple(IRTagObject(name=tag) for tag in tags)
    api = IRContext(info=IRInfoObject(title=title, version="1"), tags=named, operations=operations)
    return api.model_copy(update=more)


_DONE = IRResponseObject(status="204")


def test_a_package_has_its_files_and_the_runtime() -> None:
    files = specloom.emit(specloom.load(SHOP), "go")
    own = {path for path in files if path not in runtime_files("shop")}
    assert {"client.go", "models.go", "enums.go", "smoke_test.go", "go.mod", "README.md", "products.go"} <= own
    assert all("\npackage shop\n" in f"\n{text}" for path, text in files.items() if path.endswith(".go"))
    assert files["go.mod"] == "module example.com/shop\n\ngo 1.24\n"


def test_the_runtime_is_copied_but_for_the_name_of_the_package() -> None:
    own, named = runtime_files("client"), runtime_files("shop")
    for name, text in own.items():
        changed = [(a, b) for a, b in zip(text.splitlines(), named[name].splitlines(), strict=True) if a != b]
        assert changed == [("package client", "package shop")]
    assert [name for name in own if name.endswith("_test.go")] == ["roundtrip_test.go"]


@pytest.mark.parametrize(
    "title",
    ["Shop API", "API", "", "2checkout", "Go", "func", "Main", "the REST API v1", "型", "A long title of an API!", "Internal"],
)
def test_a_title_becomes_a_package(title: str) -> None:
    name = package_name(_api(title), GoOptions())
    assert re.fullmatch(r"[a-z][a-z0-9]*", name) and is_identifier(name)
    assert name not in ("main", "internal", "vendor", "testdata", "test")
    assert package_name(_api("Shop API"), GoOptions()) == "shop"


@pytest.mark.parametrize(
    "options",
    [
        {"package_name": "Shop"}, {"package_name": "func"}, {"package_name": "main"}, {"package_name": "a-b"},
        {"package_name": "x_test"},
        {"package_name": 'a"\nimport "os'}, {"module": "example.com/a b"}, {"module": "example.com/a\nrequire x v1"},
        {"module": ""}, {"module": "a//b"}, {"module": "../a"}, {"formats": {"money": "Amount"}},
        {"formats": {"money": "example.com/money.amount"}}, {"unknown": True},
    ],
)  # fmt: skip
def test_options_that_would_break_the_output_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(specloom.SpecloomError):
        specloom.emit(_api(), "go", **options)


def test_options_name_package_and_module_and_leave_out_their_files() -> None:
    files = specloom.emit(_api("Shop", "things"), "go", package_name="acme", module="example.org/acme/shop")
    assert files["go.mod"].startswith("module example.org/acme/shop\n")
    assert "package acme\n" in files["things.go"]
    assert "example.org/acme/shop" in files["README.md"] and "acme.New(" in files["README.md"]
    assert not {"go.mod", "README.md"} & set(specloom.emit(_api("Shop", "things"), "go", package_files=False))


def test_a_format_may_be_a_type_of_the_callers() -> None:
    price = IRPropertyObject(name="price", type=ScalarType(type="string", format="money"), required=True)
    api = _api(schemas={"Thing": IRObjectSchema(name="Thing", properties=(price,))})
    text = specloom.emit(api, "go", formats={"money": "example.com/money/v2.Amount"})["models.go"]
    assert '"example.com/money/v2"' in text
    assert re.search(r"Price money\.Amount +`json:\"price\"`", text)


@pytest.mark.parametrize(
    ("scheme", "shown"),
    [
        (HTTPScheme(name="a", scheme="bearer"), "WithToken(token)"),
        (OAuth2Scheme(name="a"), "WithToken(token)"),
        (HTTPScheme(name="a", scheme="basic"), "WithBasicAuth(user, password)"),
        (APIKeyScheme(name="a", location="header", parameter="X-Key"), 'WithAPIKey("a", key)'),
    ],
)
def test_the_readme_shows_how_to_sign_in(scheme: HTTPScheme | OAuth2Scheme | APIKeyScheme, shown: str) -> None:
    api = _api("Shop API", "things")
    asking = api.operations[0].model_copy(update={"security": ((SecurityRequirement(scheme="a"),),)})
    secured = api.model_copy(update={"security_schemes": (scheme,), "operations": (asking,)})
    readme = specloom.emit(secured, "go")["README.md"]
    assert f'shop.New("", shop.{shown})' in readme


def test_tags_have_files_that_go_builds_on_every_system(tmp_path: Path) -> None:
    """Names that mean a test, a system or another file to Go, or differ in case only, on one disk and in one build."""
    tags = (
        "client", "models", "Models", "smoke_test", "runtime_client", "a_test", "a_linux", "a_windows_amd64", "_hidden", ".dot",
        "con", "doc", "Go", "型", "a/b", "../up", "a", "A", "New", "Client", "error", "string",
    )  # fmt: skip
    files = specloom.emit(_api("Shop", *tags), "go")
    names = [path.casefold() for path in files]
    assert len(names) == len(set(names))
    assert not [path for path in files if "/" in path or path.startswith((".", "_"))]
    write_files(files, tmp_path)
    assert go.build(tmp_path) == []
    listed = go.run_go([go.go(), "list", "-f", "{{join .GoFiles \" \"}}", "."], tmp_path).stdout.split()
    assert sorted(listed) == sorted(path for path in files if path.endswith(".go") and not path.endswith("_test.go"))


def test_nothing_makes_a_module_too(tmp_path: Path) -> None:
    write_files(specloom.emit(_api(), "go"), tmp_path)
    assert [*go.vet(tmp_path), *go.check_staticcheck(tmp_path)] == []
    assert go.run_tests(tmp_path) == []


def test_output_is_the_same_each_time() -> None:
    api = specloom.load(SHOP)
    assert dict(specloom.emit(api, "go")) == dict(specloom.emit(specloom.load(SHOP), "go"))


def test_phases_are_timed() -> None:
    assert set(specloom.emit(_api(), "go").seconds) == {"build", "print"}
