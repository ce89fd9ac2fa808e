"""``manage.py generate_api`` of the shop, started twice at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.harness.emitting import SHOP

LANGUAGES = ("typescript", "python", "go")


def generating(base: Path, *options: str) -> subprocess.Popen[str]:
    languages = [f"--{language}" for language in LANGUAGES]
    return subprocess.Popen(
        [sys.executable, "manage.py", "generate_api", "--output-dir", str(base / "api"), *languages, *options],
        cwd=SHOP.parent, env={**os.environ, "DJANGO_SETTINGS_MODULE": "shop.settings"},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def test_two_at_once_end_well_and_leave_one_complete_output(tmp_path: Path) -> None:
    for process in [generating(tmp_path), generating(tmp_path)]:
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said
        assert "2 done" in said
    made = {path.relative_to(tmp_path / "api") for path in tmp_path.rglob("*") if path.is_file()}
    for group in ("storefront", "backoffice"):
        assert Path("schemas", f"{group}.yaml") in made
        clients = {"typescript": "client.ts", "python": "client.py", "go": "client.go"}
        assert {Path("clients", language, group, clients[language]) for language in LANGUAGES} <= made
    archives = [entry for entry in (tmp_path / "api" / "archive").iterdir() if entry.name != "latest"]
    assert len(archives) == 2
    assert all((archive / "metadata.json").is_file() for archive in archives)
    strange = [path for path in tmp_path.rglob(".*") if path.name not in (".specloom.json", ".gitignore")]
    assert strange == []
    checking = generating(tmp_path, "--check")
    said, _ = checking.communicate(timeout=300)
    assert checking.returncode == 0, said
