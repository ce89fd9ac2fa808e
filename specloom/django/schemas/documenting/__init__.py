"""Schemas in the documents of drf-spectacular: in the words of the document's version, with the enums of its serializers."""
