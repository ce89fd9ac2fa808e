"""From a file to a checked document to the IR: loading, references, tolerance, lowering.

The front half makes a :class:`Document`: ``files`` reads bytes, ``loading`` and ``yaml_core`` turn them into plain data,
``formats`` refuses what is not OpenAPI 3, ``repairs`` mends what real documents get wrong, ``references`` says what a
``$ref`` points at, ``checking`` has openapi-pydantic judge the result, ``positions`` finds lines when somebody looks.
The lowering reads the plain data of a Document and nothing else.
"""

from .document import Document, locate, read_document
from .limits import Limits
from .pointers import JSON
from .references import Location, References, Resolved

__all__ = ["JSON", "Document", "Limits", "Location", "References", "Resolved", "locate", "read_document"]
