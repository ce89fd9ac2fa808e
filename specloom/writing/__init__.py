"""Puts made files into a target folder: all or nothing, only what changed, and never over what a person wrote."""

from .manifest import Manifest
from .paths import MANIFEST_NAME, check_paths
from .planning import Plan, plan
from .shared import read_shared, replace_shared
from .target import write

__all__ = ["MANIFEST_NAME", "Manifest", "Plan", "check_paths", "plan", "read_shared", "replace_shared", "write"]
