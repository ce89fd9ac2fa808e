"""What lists of products can be cut down to."""

import re

from django import forms
from django.db.models import Q
from django.views import View
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from catalog.models import Category
from shop.filters import ChoicesInFilter

from .models import Product, ProductQuerySet, ProductStatus


class AnyWordsField(forms.MultipleChoiceField):
    """Several words, no matter which."""

    def valid_value(self, value: str) -> bool:
        return True


class WordsFilter(filters.MultipleChoiceFilter):
    """Words that all have to be there; a parameter that is repeated."""

    field_class = AnyWordsField


class StatusFilter(filters.FilterSet):
    status = ChoicesInFilter(
        choices=ProductStatus.choices, lookup_expr="in", help_text="Several states are separated by commas."
    )


class ProductFilter(StatusFilter):
    category = filters.CharFilter(method="in_category", help_text="Slug of a category; those below count too.")
    created_after = filters.IsoDateTimeFilter("created_at", "gt")
    in_stock = filters.BooleanFilter(method="having_stock")
    price_max = filters.NumberFilter("price", "lte")
    price_min = filters.NumberFilter("price", "gte")
    tag = extend_schema_field(
        {"type": "string", "description": "Repeat it for several tags; a product has to have them all."}
    )(WordsFilter("tags__name", conjoined=True))

    class Meta:
        model = Product
        fields: list[str] = []

    def in_category(self, products: ProductQuerySet, name: str, slug: str) -> ProductQuerySet:
        category = Category.objects.filter(slug=slug).first()
        return products.filter(category__in=category.with_descendants() if category else [])

    def having_stock(self, products: ProductQuerySet, name: str, wanted: bool) -> ProductQuerySet:
        stocked = products.in_stock()
        return stocked if wanted else products.exclude(pk__in=stocked.values("pk"))


class AttributeFilterBackend(BaseFilterBackend):
    """Keeps products with these attributes: ``attributes[color]=red&attributes[size]=42``."""

    PARAMETER = re.compile(r"attributes\[([a-z0-9]+(?:[_-][a-z0-9]+)*)\]")

    def filter_queryset(self, request: Request, queryset: ProductQuerySet, view: View) -> ProductQuerySet:
        for name, value in request.query_params.items():
            if match := self.PARAMETER.fullmatch(name):
                key = f"attributes__{match[1]}"
                equal = Q((key, value))
                if re.fullmatch(r"-?\d+(\.\d+)?", value):
                    equal |= Q((key, float(value)))
                elif value in ("true", "false"):
                    equal |= Q((key, value == "true"))
                queryset = queryset.filter(equal)
        return queryset

    def get_schema_operation_parameters(self, view: View) -> list[dict[str, object]]:
        return [
            {
                "in": "query",
                "name": "attributes",
                "schema": {"type": "object", "additionalProperties": {"type": "string"}},
                "description": "Attribute code → value, as `attributes[color]=red`.",
                "style": "deepObject",
                "explode": True,
            }
        ]
