"""From a file to a checked document to the IR: loading, references, tolerance, lowering.

The front half makes a :class:`Document`: ``files`` reads bytes, ``loading`` and ``yaml_core`` turn them into plain data,
``formats`` refuses what is not OpenAPI 3, ``repairs`` mends what real documents get wrong, ``references`` says what a
``$ref`` points at, ``checking`` has openapi-pydantic judge the result, ``positions`` finds lines when somebody looks.
The lowering reads the plain data of a Document and nothing else. What it may count on:

- every object stands where OpenAPI has it and every field has its form; what had not was repaired or left out, with a
  diagnostic. Types are known names; ``required`` and ``enum`` are lists; boolean schemas became ``{}`` and ``{"not": {}}``
  (``additionalProperties`` may still be a boolean); 3.0 documents say ``nullable``, 3.1 documents do not;
- every ``$ref`` where OpenAPI has references is canonical, resolves without a base and leads to an object of its kind;
  none leads only back to itself (through ``$ref``, ``allOf``, ``oneOf`` or ``anyOf``). Targets of mappings are such
  references too. Path items by reference are copied to their paths;
- every operation has an ``operationId`` of its own, and every name in a path template a path parameter.

An error is what the caller has to decide (a file outside the folder, a URL) or what leaves nothing to read; it is raised
as a SpecloomError with every diagnostic found and their lines. Everything else is a warning (something was repaired or
left out) or an info (legal, or without effect).
"""

from .document import Document, Judge, locate, read_document
from .limits import Limits
from .pointers import JSON
from .references import Location, References, Resolved

__all__ = ["JSON", "Document", "Judge", "Limits", "Location", "References", "Resolved", "locate", "read_document"]
