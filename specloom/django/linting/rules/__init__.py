"""The rules, by what they are about; ``RULES`` has all of them in the order in which they are listed."""

from __future__ import annotations

from . import actions, classes, fields, methods, naming, remaining, views

RULES = (*methods.RULES, *fields.RULES, *classes.RULES, *views.RULES, *actions.RULES, *naming.RULES, *remaining.RULES)
