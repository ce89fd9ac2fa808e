"""What a project says in its settings and its environment, checked and brought into one form: ``Project``.

Settings import from here before Django is set up, so nothing here touches Django until ``load_project`` is called.
"""

from .loading import load_project
from .options import group_options
from .values import ConfigModel

__all__ = ["ConfigModel", "group_options", "load_project"]
