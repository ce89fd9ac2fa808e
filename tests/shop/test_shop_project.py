"""The example shop is a working Django project, and ``examples/shop/openapi.yaml`` is what its schema command writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.harness.emitting import SHOP


def manage(database: Path, *arguments: str, settings: str = "shop.settings") -> str:
    """What a command of the project writes to its two outputs; it has to succeed."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "SHOP_DATABASE": str(database / "shop.sqlite3"),
    }
    run = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "manage.py", *arguments],
        cwd=SHOP.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


def test_the_document_is_what_the_schema_command_writes(tmp_path: Path) -> None:
    written = tmp_path / "openapi.yaml"
    said = manage(tmp_path, "spectacular", "--fail-on-warn", "--validate", "--file", str(written))
    assert said == ""
    assert written.read_bytes() == SHOP.read_bytes()


def test_the_project_passes_its_own_tests_and_checks(tmp_path: Path) -> None:
    assert "\nOK" in manage(tmp_path, "test")


def test_its_groups_and_zones_are_in_order(tmp_path: Path) -> None:
    assert "2 groups: in order" in manage(tmp_path, "generate_api", "--validate")
    assert "2 zones: in order" in manage(tmp_path, "revolution", "--validate", settings="shop.settings_zones")


def test_a_zone_has_addresses_of_its_own(tmp_path: Path) -> None:
    addresses = manage(tmp_path, "revolution", "--show-urls", settings="shop.settings_zones")
    assert "/api/backoffice/accounts/{pk}/suspend/" in addresses
    assert "/api/storefront/products/by-sku/{sku}/" in addresses


def test_the_migrations_are_complete(tmp_path: Path) -> None:
    assert "No changes" in manage(tmp_path, "makemigrations", "--check", "--dry-run")


def test_an_empty_database_is_filled(tmp_path: Path) -> None:
    manage(tmp_path, "migrate")
    assert "anna@example.com" in manage(tmp_path, "seed")
