"""An app of generic views with a serializer that is no model."""
