"""Rules over a project's serializers and views that explain bad schemas before they reach a client, and fix what is certain.

Each rule says in its module how it knows: by the classes that run, by what drf-spectacular says of the project's routes, or by
the source alone. Places always come from the source, read by libcst. Needs a Django project that is set up.
"""

from .findings import Finding, Fix, Position, Report, Rule
from .fixing import Fixed, FixedFile, fix
from .rules import RULES
from .running import lint, select
from .targets import PATTERNS, Targets, find_targets

__all__ = [
    "PATTERNS", "RULES", "Finding", "Fix", "Fixed", "FixedFile", "Position", "Report", "Rule", "Targets", "find_targets",
    "fix", "lint", "select",
]  # fmt: skip
