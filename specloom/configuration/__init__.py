"""What a project wants generated, read from pyproject.toml or specloom.toml and checked before anything is done."""

from .finding import find_configuration, load_configuration
from .sections import Configuration, config_schema
from .template import template

__all__ = ["Configuration", "config_schema", "find_configuration", "load_configuration", "template"]
