"""Python nodes as text: every file a fixed point of black 26, its imports made of what it mentions."""

from .modules import print_module as print_module
