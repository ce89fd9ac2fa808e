"""Prints proto3 files as ``buf format`` leaves them: texts escaped, names spelled for their scope, then the layout."""

from .files import print_file

__all__ = ["print_file"]
