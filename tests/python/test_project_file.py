"""The project file of a generated package: a wheel can be built of it, and holds the package under its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.build import build_wheel

import specloom
from specloom.emitters.python import PythonEmitter, PythonOptions

_DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": 'The "Lamp & Chair" shop\\', "version": "1.2.0"},
    "paths": {
        "/lamps": {
            "get": {
                "operationId": "lamps_list",
                "tags": ["lamps"],
                "responses": {
                    "200": {
                        "description": ".",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Lamp"}}},
                    }
                },
            }
        }
    },
    "components": {"schemas": {"Lamp": {"type": "object", "properties": {"watt": {"type": "integer"}}}}},
}


@pytest.mark.parametrize(("given", "name"), [(None, "the_lamp_chair_shop"), ("lamp_shop", "lamp_shop")])
def test_a_wheel_of_it_holds_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str | None, name: str) -> None:
    source, wheels, site = (tmp_path / folder for folder in ("any-folder", "wheels", "site"))
    (tmp_path / "openapi.json").write_text(json.dumps(_DOCUMENT))
    files = (
        PythonEmitter()
        .emit(specloom.load(tmp_path / "openapi.json"), PythonOptions(package_files=True, package_name=given))
        .files
    )
    for path, text in files.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(text, encoding="utf-8")
    wheels.mkdir()
    monkeypatch.chdir(source)
    built = build_wheel(str(wheels))
    assert built == f"{name}-1.2.0-py3-none-any.whl"
    with ZipFile(wheels / built) as wheel:
        wheel.extractall(site)
        held = {path for path in wheel.namelist() if not path.startswith(f"{name}-1.2.0.dist-info/")}
        metadata = wheel.read(f"{name}-1.2.0.dist-info/METADATA").decode()
    assert held == {f"{name}/{path}" for path in files if path != "pyproject.toml"}
    assert 'Summary: A client of the The "Lamp & Chair" shop\\.' in metadata
    assert {line for line in metadata.splitlines() if line.startswith("Requires-Dist")} == {
        "Requires-Dist: httpx>=0.27",
        "Requires-Dist: pydantic<3,>=2.11",
    }
    code = f"import {name} as made; from {name}.models.lamps import Lamp; print(made.__file__, Lamp(watt=3).watt)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(site / name / "__init__.py"), "3"]
