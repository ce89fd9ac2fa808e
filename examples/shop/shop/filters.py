"""Filters of lists that several apps use."""

from typing import Any

from django.views import View
from django_filters import rest_framework as filters
from rest_framework.filters import OrderingFilter as RestFrameworkOrderingFilter


class ChoicesInFilter(filters.BaseInFilter, filters.ChoiceFilter):
    """Any of several choices, separated by commas."""


class OrderingFilter(RestFrameworkOrderingFilter):
    """Orders by the view's ``ordering_fields``, and says in the schema which these are."""

    def get_schema_operation_parameters(self, view: View) -> list[dict[str, Any]]:
        fields: list[str] = view.ordering_fields
        return [
            {
                "name": self.ordering_param,
                "required": False,
                "in": "query",
                "description": self.ordering_description,
                "schema": {
                    "type": "array",
                    "items": {"enum": sorted([*fields, *(f"-{field}" for field in fields)]), "type": "string"},
                },
                "explode": False,
                "style": "form",
            }
        ]
