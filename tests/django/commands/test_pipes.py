"""A command whose output nobody reads to its end stops without a word."""

from __future__ import annotations

import subprocess
import sys


def test_the_reader_goes_away() -> None:
    settings = ["--settings", "tests.django_project.settings"]
    command = [sys.executable, "-u", "-m", "specloom", "django", *settings, "validate_openapi", "--list-rules"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait() == 1
    assert said == ""
