"""The menu: what a person wants done, asked with arrow keys; nothing is done here."""

from .menu import Action, Choice, ask

__all__ = ["Action", "Choice", "ask"]
