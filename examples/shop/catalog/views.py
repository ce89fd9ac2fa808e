"""Views of categories, brands and attributes."""

from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.filters import SearchFilter
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from shop.pagination import LimitOffsetPagination
from shop.parameters import LANGUAGE
from shop.permissions import IsStaff
from shop.schema import LOCATION, errors
from shop.views import CreateModelMixin

from .models import Attribute, Brand, Category, categories_by_parent
from .serializers import (
    AttributeSerializer,
    BrandSerializer,
    CategorySerializer,
    CategoryTreeSerializer,
    TreeQuerySerializer,
)

SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="The category's name in addresses.")


class CategoryFilter(filters.FilterSet):
    parent = extend_schema_field(OpenApiTypes.INT)(filters.ModelChoiceFilter(queryset=Category.objects.all()))


@extend_schema_view(
    list=extend_schema(summary="List categories.", parameters=[LANGUAGE]),
    create=extend_schema(
        summary="Add a category.",
        parameters=[LOCATION],
        responses={201: CategorySerializer, **errors(400, 401, 403)},
    ),
    retrieve=extend_schema(
        summary="Read a category.", parameters=[SLUG], responses={200: CategorySerializer, **errors(404)}
    ),
    partial_update=extend_schema(
        summary="Change a category.",
        description="What is left out stays as it is.",
        parameters=[SLUG],
        responses={200: CategorySerializer, **errors(400, 401, 403, 404)},
    ),
    destroy=extend_schema(
        summary="Remove a category.", parameters=[SLUG], responses={204: None, **errors(401, 403, 404)}
    ),
)
class CategoryViewSet(CreateModelMixin, viewsets.ModelViewSet):
    queryset = Category.objects.all()
    serializer_class = CategorySerializer
    lookup_field = "slug"
    filter_backends = [filters.DjangoFilterBackend]
    filterset_class = CategoryFilter
    http_method_names = ["get", "post", "patch", "delete"]

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny()] if self.request.method == "GET" else [IsStaff()]

    def perform_destroy(self, category: Category) -> None:
        """What stood in the category stands in the one above; its products would stand nowhere."""
        if category.products.exists():
            raise PermissionDenied("There are products in this category.")
        category.children.update(parent=category.parent)
        category.delete()

    @extend_schema(
        operation_id="catalog_categories_tree_retrieve",
        parameters=[LANGUAGE, TreeQuerySerializer],
        responses=CategoryTreeSerializer(many=True),
    )
    @action(detail=False, filter_backends=[])
    def tree(self, request: Request) -> Response:
        """All categories, as trees."""
        query = TreeQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        roots = grow(query.validated_data.get("depth"))
        return Response(CategoryTreeSerializer(roots, many=True).data)


def grow(depth: int | None) -> list[Category]:
    """The categories that stand in no other; each has those below it as ``branches``, ``depth`` levels in all."""
    by_parent = categories_by_parent()
    roots = level = by_parent[None]
    while level:
        depth = depth and depth - 1
        for category in level:
            category.branches = [] if depth == 0 else by_parent[category.pk]
        level = [branch for category in level for branch in category.branches]
    return roots


@extend_schema_view(
    list=extend_schema(summary="List brands."),
    retrieve=extend_schema(summary="Read a brand.", responses={200: BrandSerializer, **errors(404)}),
)
class BrandViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Brand.objects.all()
    serializer_class = BrandSerializer
    permission_classes = [AllowAny]
    pagination_class = LimitOffsetPagination
    filter_backends = [SearchFilter]
    search_fields = ["name"]


@extend_schema_view(
    list=extend_schema(
        summary="List attributes.", description="Attributes come with the products now.", deprecated=True
    )
)
class AttributeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Attribute.objects.all()
    serializer_class = AttributeSerializer
    permission_classes = [AllowAny]
