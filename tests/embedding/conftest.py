"""Installs the outside package, as pip would leave it, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ENTRY_POINTS = """
[specloom.emitters]
markdown = specloom_markdown:MarkdownEmitter
broken = specloom_markdown:NoSuchThing

[specloom.formatters]
shouting = specloom_markdown:shouting
"""


@pytest.fixture(scope="session")
def outside_python(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Runs Python code where ``specloom_markdown`` is installed; answers what it printed."""
    site = tmp_path_factory.mktemp("site")
    (site / "specloom_markdown").symlink_to(Path(__file__).parent / "specloom_markdown")
    info = site / "specloom_markdown-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: specloom-markdown\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)

    def run(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(site)}
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
