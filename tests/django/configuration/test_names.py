"""The names that ``specloom.django`` has are there, and are what they say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import specloom.django

_SOURCE = Path(specloom.django.__file__)


@pytest.mark.parametrize("name", dir(specloom.django))
def test_each_name_is_there(name: str) -> None:
    assert getattr(specloom.django, name) is not None


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(_SOURCE.read_text("utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname: (node.module, alias.name)
        for node in checked.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert seen.keys() == set(dir(specloom.django))
    for name, (module, own) in seen.items():
        assert name == own
        assert specloom.django._HOMES[name] == module


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'OpenAPIGroup'"):
        specloom.django.OpenAPIGroup  # noqa: B018  # the asking is the point
