"""The whole way, from the settings of a project by drf-spectacular to clients that import and compile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.test import override_settings

from specloom.django import OpenAPIClientConfig, OpenAPIGroupConfig, generate_project, load_project
from specloom.jobs import Mode
from tests.harness.disk import state
from tests.harness.typescript import compile_typescript

from .projects import texts


def test_a_project_becomes_clients_that_import_and_compile(tmp_path: Path) -> None:
    apps = "tests.django_project"
    config = OpenAPIClientConfig(
        enabled=True, output_dir=str(tmp_path / "openapi"),
        groups=[
            OpenAPIGroupConfig(name="books", apps=[f"{apps}.library"], title="Books"),
            OpenAPIGroupConfig(name="the-rest", apps=[f"{apps}.polls", f"{apps}.billing"], title="The rest"),
        ],
    )  # fmt: skip
    base = tmp_path / "openapi"
    with override_settings(SPECLOOM=config):
        project = load_project()
        summary = generate_project(project)
        assert summary.ok, [str(found) for result in summary.results for found in result.diagnostics]
        assert all(result.operations for result in summary.results)
        assert set(summary.results[0].seconds) == {"schema", "read", "IR"}
        before = state(base)
        assert generate_project(project, mode=Mode.CHECK).ok, "the same project gives the same documents"
        assert state(base) == before
    assert "readonly theRest: TheRestAPI;" in texts(base)["clients/typescript/index.ts"]
    assert compile_typescript(base / "clients" / "typescript") == []
    imports = "import books.api, importlib; importlib.import_module('the-rest.api')"
    done = subprocess.run([sys.executable, "-c", imports], cwd=base / "clients" / "python", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
