"""Serializers that several apps build upon."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework import serializers
from rest_framework.fields import empty


class ValueSerializer(serializers.Serializer):
    """Something that looks the same wherever it stands; the API's document has it once, not once for requests too."""


class JSONPartMixin:
    """An object that may stand in ``multipart/form-data`` as a part of its own, in JSON."""

    def get_value(self, dictionary: Mapping[str, Any]) -> Any:
        value = dictionary.get(self.field_name, empty)
        if isinstance(value, UploadedFile):
            value = value.read().decode(errors="replace")
        if not isinstance(value, str):
            return super().get_value(dictionary)
        try:
            return json.loads(value)
        except ValueError:
            return value
