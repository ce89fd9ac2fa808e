"""Values that a document allows come back as they were from its Go models: nothing is lost, null and absent stay apart."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import specloom
from specloom.builders.go.names import allocate_names
from specloom.builders.go.shapes import Shapes
from tests.harness.documents import SPECS
from tests.harness.emitting import GOLDEN_SPECS, SHOP
from tests.harness.go import run_tests, write_module

from .instances import Instances

HERE = Path(__file__).parent / "models"
_REAL = (
    "large/clerk.yaml",
    "drf-spectacular/test_polymorphic.yml",
    "openapi-ts/3.1.x/full.yaml",
    "openapi-ts/3.0.x/discriminator-non-string.yaml",
)


def _documents() -> dict[str, Path]:
    golden = {path.stem.replace("-", "_"): path for path in sorted(GOLDEN_SPECS.glob("*")) if path.suffix in (".yaml", ".json")}
    real = {f"real{number}": SPECS / path for number, path in enumerate(_REAL) if (SPECS / path).exists()}
    return {"shop": SHOP, "hostile": HERE / "openapi.yaml", **golden, **real}


def _write(root: Path, document: Path) -> None:
    api = specloom.load(document)
    texts = specloom.emit(api, "go", package_files=False)
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8")
    names = allocate_names(api, Shapes(api.schemas))
    instances = [{"Model": names.types[name], "Value": value} for name, value in Instances(api, seed=7).of_schemas(10)]
    (root / "instances.json").write_text(json.dumps(instances), encoding="utf-8")
    found = re.search(r"^package (\w+)$", texts["client.go"], re.MULTILINE)
    assert found is not None
    driver = (HERE / "instances_test.go").read_text(encoding="utf-8").replace("package client", found.group(), 1)
    (root / "instances_test.go").write_text(driver, encoding="utf-8")


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("instances")
    write_module(root)
    for name, document in _documents().items():
        (root / name).mkdir()
        _write(root / name, document)
    return root


def test_every_value_comes_back_as_it_was(module: Path) -> None:
    assert run_tests(module, "-run", "TestInstances") == []
