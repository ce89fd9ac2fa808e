"""Puts made files into a target folder: all or nothing, only what changed, and never over what a person wrote."""

from .clearing import clear
from .manifest import Manifest, digest, read_manifest
from .paths import MANIFEST_NAME, check_paths
from .planning import Output, Plan, plan
from .shared import read_shared, replace_shared
from .target import write, write_all

__all__ = [
    "MANIFEST_NAME", "Manifest", "Output", "Plan", "check_paths", "clear", "digest", "plan", "read_manifest", "read_shared",
    "replace_shared", "write", "write_all",
]
