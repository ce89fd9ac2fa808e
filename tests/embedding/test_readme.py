"""The README's Python examples run as they stand, and those of the chapter on embedding are short."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.emitting import SHOP
from tests.harness.tools import ROOT

IN_A_PROJECT = re.compile(r"\n## Schemas of Django models\n.*?(?=\n## )", re.DOTALL)  # tests/docs makes the project
README = IN_A_PROJECT.sub("", (ROOT / "README.md").read_text())
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
EMBEDDING = re.findall(r"```python\n(.*?)```", README.partition("## Embedding")[2], re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_runs(example: str, tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").symlink_to(SHOP)
    done = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ))
    assert done.returncode == 0, done.stderr


def test_embedding_takes_few_lines() -> None:
    assert len(EMBEDDING) >= 4
    assert all(len(example.splitlines()) < 15 for example in EMBEDDING)
