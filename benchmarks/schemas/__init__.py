"""Schemas of Django models beside those of django-ninja, DRF's serializers and plain Pydantic."""
