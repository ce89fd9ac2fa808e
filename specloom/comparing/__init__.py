"""What changed between two API documents, and whether existing clients break: the semantic diff, on the IR.

``compare`` in ``apis.py`` is the way in; ``rules.py`` is the table of what each change means; ``text.py``, ``markdown.py`` and
``data.py`` show a comparison.
"""

from .apis import compare
from .changes import Change, Comparison, Impact, Place, Step, Use

__all__ = ["Change", "Comparison", "Impact", "Place", "Step", "Use", "compare"]
