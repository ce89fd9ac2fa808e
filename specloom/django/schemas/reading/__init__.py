"""Reads what a schema is validated from: instances of models, what their attributes hold, and the way back to the model."""

from __future__ import annotations

from .instances import InstanceReader as InstanceReader
from .keywords import model_keywords as model_keywords
from .stored import StoredRows as StoredRows
from .stored import Storing as Storing
from .values import ABSENT as ABSENT
from .values import objects_of as objects_of
from .values import plain_value as plain_value
from .values import validators_of as validators_of
