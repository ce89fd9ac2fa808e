"""Views of products."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ProtectedError
from django.http import StreamingHttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from shop.errors import Conflict
from shop.pagination import PageNumberPagination
from shop.parameters import LANGUAGE
from shop.permissions import IsStaff
from shop.schema import LOCATION, errors
from shop.views import CreateModelMixin

from .filters import AttributeFilterBackend, ProductFilter, StatusFilter
from .models import Photo, Product, ProductKind, ProductQuerySet, ProductStatus, WaitingImport
from .serializers import (
    ImportQuerySerializer,
    ImportReportSerializer,
    PhotoBatchSerializer,
    PhotoSerializer,
    PhotoUploadSerializer,
    ProductSerializer,
    ProductSummarySerializer,
    SimilarQuerySerializer,
    StockCorrectionSerializer,
    StockLevelSerializer,
)
from .stock import correct
from .tables import ROWS_AT_ONCE, CSVParser, import_products

SKU = OpenApiParameter("sku", str, OpenApiParameter.PATH, pattern="^[A-Z0-9-]+$", description="Stock keeping unit.")
PHOTO_ID = OpenApiParameter(
    "photo_id", int, OpenApiParameter.PATH, description="A unique integer value identifying this photo."
)
ORDERING = OpenApiParameter(
    "ordering",
    enum=["-created_at", "-price", "created_at", "name", "price"],
    description="Which field to use when ordering the results.",
)


@extend_schema_view(
    list=extend_schema(
        summary="List products.",
        description="Newest first.",
        parameters=[LANGUAGE, ORDERING],
        responses=ProductSummarySerializer(many=True),
    ),
    create=extend_schema(
        summary="Add a product.",
        parameters=[LOCATION],
        responses={201: ProductSerializer, **errors(400, 401, 403)},
    ),
    retrieve=extend_schema(summary="Read a product.", responses={200: ProductSerializer, **errors(404)}),
    update=extend_schema(
        summary="Replace a product.", responses={200: ProductSerializer, **errors(400, 401, 403, 404)}
    ),
    partial_update=extend_schema(
        summary="Change a product.",
        description="What is left out stays as it is.",
        responses={200: ProductSerializer, **errors(400, 401, 403, 404)},
    ),
    destroy=extend_schema(
        summary="Remove a product.",
        description="A product that was ever ordered is discontinued instead.",
        responses={204: None, **errors(401, 403, 404)},
    ),
)
class ProductViewSet(CreateModelMixin, viewsets.ModelViewSet):
    queryset = Product.objects.with_details()
    permission_classes = [AllowAny]
    pagination_class = PageNumberPagination
    filter_backends = [DjangoFilterBackend, AttributeFilterBackend, SearchFilter, OrderingFilter]
    filterset_class = ProductFilter
    search_fields = ["name", "description", "sku"]
    ordering_fields = ["created_at", "name", "price"]

    def get_queryset(self) -> ProductQuerySet:
        return super().get_queryset().visible_to(self.request.user)

    def get_serializer_class(self) -> type[ProductSerializer | ProductSummarySerializer]:
        return ProductSummarySerializer if self.action == "list" else ProductSerializer

    def get_permissions(self) -> list[BasePermission]:
        writing = self.action in ("create", "update", "partial_update", "destroy")
        return [IsStaff()] if writing else super().get_permissions()

    def perform_destroy(self, product: Product) -> None:
        try:
            product.delete()
        except ProtectedError:
            product.status = ProductStatus.DISCONTINUED
            product.save(update_fields=["status", "updated_at"])

    @extend_schema(parameters=[SKU], responses={200: ProductSerializer, **errors(404)})
    @action(detail=False, url_path="by-sku/(?P<sku>[^/]+)", filter_backends=[], pagination_class=None)
    def by_sku(self, request: Request, sku: str) -> Response:
        """Read a product by what is printed on the shelf."""
        product = get_object_or_404(self.get_queryset(), sku=sku)
        return Response(self.get_serializer(product).data)

    @extend_schema(parameters=[LANGUAGE], responses=ProductSummarySerializer(many=True))
    @action(detail=False, filter_backends=[], pagination_class=None)
    def featured(self, request: Request) -> Response:
        """Products on the front page."""
        products = self.get_queryset().filter(status=ProductStatus.ON_SALE).order_by("-rating", "-created_at")
        return Response(self.summaries(products[:12]))

    @extend_schema(
        parameters=[SimilarQuerySerializer],
        responses={200: ProductSummarySerializer(many=True), **errors(404)},
    )
    @action(detail=True, filter_backends=[], pagination_class=None)
    def similar(self, request: Request, pk: str) -> Response:
        """Products others looked at too."""
        product = self.get_object()
        query = SimilarQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        others = self.get_queryset().filter(category=product.category, status=ProductStatus.ON_SALE)
        return Response(self.summaries(others.exclude(pk=product.pk)[: query.validated_data["limit"]]))

    def summaries(self, products: ProductQuerySet) -> list[dict[str, Any]]:
        return ProductSummarySerializer(products, many=True, context=self.get_serializer_context()).data

    @extend_schema(
        filters=True,
        responses={
            (200, "application/x-ndjson"): OpenApiResponse(ProductSerializer, "The products, oldest first."),
            **errors(403),
        },
    )
    @action(
        detail=False,
        permission_classes=[IsStaff],
        filter_backends=[DjangoFilterBackend],
        filterset_class=StatusFilter,
        pagination_class=None,
    )
    def export(self, request: Request) -> StreamingHttpResponse:
        """All products, one JSON document a line.

        Sent while it is read; nothing is kept in memory on either side.
        """
        products = self.filter_queryset(self.get_queryset()).order_by("pk")
        return StreamingHttpResponse(self.lines(products), content_type="application/x-ndjson")

    def lines(self, products: ProductQuerySet) -> Iterator[bytes]:
        serializer = self.get_serializer()
        for product in products.iterator(chunk_size=500):
            yield JSONRenderer().render(serializer.to_representation(product)) + b"\n"

    @extend_schema(
        parameters=[ImportQuerySerializer],
        request={"text/csv": str},
        responses={
            200: OpenApiResponse(ImportReportSerializer, "Done at once."),
            202: OpenApiResponse(description="Large files are read later; a mail tells the outcome."),
            **errors(400, 403),
        },
    )
    @action(detail=False, methods=["post"], url_path="import", permission_classes=[IsStaff], parser_classes=[CSVParser])
    def import_table(self, request: Request) -> Response:
        """Add and change products from a table.

        The columns are those of the export. Lines that cannot be read are reported and left out.
        """
        query = ImportQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        dry_run = query.validated_data["dry_run"]
        if len(request.data) > ROWS_AT_ONCE:
            WaitingImport.objects.create(account=request.user, rows=request.data, dry_run=dry_run)
            return Response(status=status.HTTP_202_ACCEPTED)
        return Response(ImportReportSerializer(import_products(request.data, dry_run)).data)

    @extend_schema(
        request={"multipart/form-data": PhotoUploadSerializer},
        responses={201: PhotoSerializer, **errors(400, 403, 404)},
    )
    @action(detail=True, methods=["post"], permission_classes=[IsStaff], parser_classes=[MultiPartParser])
    def photo(self, request: Request, pk: str) -> Response:
        """Add a photo."""
        product = self.get_object()
        form = PhotoUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        photo = product.photos.create(
            image=data["photo"],
            alt=data.get("alt", ""),
            position=data.get("position", product.photos.count()),
        )
        context = self.get_serializer_context()
        return Response(PhotoSerializer(photo, context=context).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request={"multipart/form-data": PhotoBatchSerializer},
        responses={201: PhotoSerializer(many=True), **errors(400, 403, 404)},
    )
    @action(
        detail=True,
        methods=["post"],
        permission_classes=[IsStaff],
        parser_classes=[MultiPartParser],
        filter_backends=[],
        pagination_class=None,
    )
    def photos(self, request: Request, pk: str) -> Response:
        """Add several photos."""
        product = self.get_object()
        form = PhotoBatchSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        if data["replace"]:
            product.photos.all().delete()
        first = product.photos.count()
        captions = data.get("alts", [])
        photos = [
            product.photos.create(
                image=image, alt=captions[index] if index < len(captions) else "", position=first + index
            )
            for index, image in enumerate(data["photos"])
        ]
        context = self.get_serializer_context()
        return Response(PhotoSerializer(photos, many=True, context=context).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="products_photos_destroy",
        parameters=[PHOTO_ID],
        responses={204: None, **errors(403, 404)},
    )
    @action(detail=True, methods=["delete"], url_path=r"photos/(?P<photo_id>\d+)", permission_classes=[IsStaff])
    def remove_photo(self, request: Request, pk: str, photo_id: str) -> Response:
        """Remove a photo."""
        photo = get_object_or_404(Photo, product=self.get_object(), pk=photo_id)
        photo.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={200: StockLevelSerializer(many=True), **errors(403, 404)})
    @action(detail=True, permission_classes=[IsStaff], filter_backends=[], pagination_class=None)
    def stock(self, request: Request, pk: str) -> Response:
        """What lies in which warehouse."""
        product = self.get_object()
        levels = product.specific.stock_levels.all() if product.kind == ProductKind.PHYSICAL else []
        return Response(StockLevelSerializer(levels, many=True).data)

    @extend_schema(
        request=StockCorrectionSerializer,
        responses={200: StockLevelSerializer(many=True), **errors(400, 403, 404, 409)},
    )
    @stock.mapping.post
    def correct_stock(self, request: Request, pk: str) -> Response:
        """Correct what lies in a warehouse."""
        product = self.get_object()
        form = StockCorrectionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if product.kind != ProductKind.PHYSICAL:
            raise Conflict("Only things lie in a warehouse.")
        correct(product.specific, form.validated_data["warehouse"], form.validated_data["change"])
        return self.stock(request, pk)
