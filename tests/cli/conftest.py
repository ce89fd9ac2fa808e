"""Fixtures of the tests of the command line."""

from tests.cli.command_line import specloom

__all__ = ["specloom"]
