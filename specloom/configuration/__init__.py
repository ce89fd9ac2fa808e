"""What a project wants generated, read from pyproject.toml or specloom.toml and checked before anything is done."""

from .finding import find_configuration, load_configuration
from .sections import Configuration, Document, Target
from .template import template

__all__ = ["Configuration", "Document", "Target", "find_configuration", "load_configuration", "template"]
