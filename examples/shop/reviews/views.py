"""Views of reviews; they stand below the product they are of."""

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import BasePermission, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.views import APIView

from products.models import Product, ProductQuerySet
from shop.filters import ChoicesInFilter
from shop.pagination import CursorPagination
from shop.schema import LOCATION, RETRY_AFTER, errors
from shop.views import CreateModelMixin

from .models import Rating, Review, rate
from .serializers import CommentSerializer, NewCommentSerializer, ReviewSerializer, VoteSerializer

PRODUCT_ID = OpenApiParameter(
    "product_id", int, OpenApiParameter.PATH, description="A unique integer value identifying this product."
)


class MostHelpfulFirst(CursorPagination):
    ordering = ["-helpful", "-pk"]


class CommentThrottle(UserRateThrottle):
    scope = "comments"


class ReviewFilter(filters.FilterSet):
    rating = ChoicesInFilter(
        choices=Rating.choices, lookup_expr="in", help_text="Several ratings are separated by commas."
    )
    verified = filters.BooleanFilter()


class IsAuthorOrStaff(BasePermission):
    """What is there is changed by its author or, where it has to be, by the staff."""

    def has_object_permission(self, request: Request, view: APIView, review: Review) -> bool:
        writing = request.method in ("PATCH", "DELETE")
        return not writing or review.author == request.user or request.user.is_staff


@extend_schema(tags=["reviews"], parameters=[PRODUCT_ID])
@extend_schema_view(
    list=extend_schema(summary="List the reviews of a product.", description="Most helpful first."),
    create=extend_schema(
        summary="Write a review.",
        parameters=[LOCATION],
        responses={201: ReviewSerializer, **errors(400, 401, 403)},
    ),
    retrieve=extend_schema(summary="Read a review.", responses={200: ReviewSerializer, **errors(404)}),
    partial_update=extend_schema(
        summary="Change a review.",
        description="What is left out stays as it is.",
        responses={200: ReviewSerializer, **errors(400, 401, 403, 404)},
    ),
    destroy=extend_schema(summary="Remove a review.", responses={204: None, **errors(401, 403, 404)}),
)
class ReviewViewSet(CreateModelMixin, viewsets.ModelViewSet):
    queryset = Review.objects.select_related("author__profile", "reply__author__profile")
    serializer_class = ReviewSerializer
    permission_classes = [IsAuthenticatedOrReadOnly, IsAuthorOrStaff]
    pagination_class = MostHelpfulFirst
    filter_backends = [filters.DjangoFilterBackend]
    filterset_class = ReviewFilter
    http_method_names = ["get", "post", "patch", "delete", "options"]

    def get_queryset(self) -> QuerySet[Review]:
        return super().get_queryset().filter(product__in=self.products(), product=self.kwargs["product_id"])

    def products(self) -> ProductQuerySet:
        return Product.objects.visible_to(self.request.user)

    def perform_create(self, serializer: BaseSerializer) -> None:
        product = get_object_or_404(self.products(), pk=self.kwargs["product_id"])
        author = self.request.user
        if product.reviews.filter(author=author).exists():
            raise ValidationError("You have written a review of this product.")
        verified = product.order_items.filter(order__customer=author, order__delivered_at__isnull=False).exists()
        serializer.save(product=product, author=author, verified=verified)
        rate(product)

    def perform_update(self, serializer: BaseSerializer) -> None:
        rate(serializer.save(edited_at=timezone.now()).product)

    def perform_destroy(self, review: Review) -> None:
        review.delete()
        rate(review.product)

    @extend_schema(responses={200: CommentSerializer(many=True), **errors(404)})
    @action(detail=True, filter_backends=[], pagination_class=None)
    def comments(self, request: Request, product_id: str, pk: str) -> Response:
        """Read what others say to a review."""
        comments = self.get_object().comments.filter(reply_to=None).select_related("author__profile")
        context = self.get_serializer_context()
        return Response(CommentSerializer(comments, many=True, context=context).data)

    @extend_schema(
        parameters=[RETRY_AFTER],
        request=NewCommentSerializer,
        responses={201: CommentSerializer, **errors(400, 401, 404, 429)},
    )
    @comments.mapping.post
    def add_comment(self, request: Request, product_id: str, pk: str) -> Response:
        """Say something to a review."""
        context = self.get_serializer_context() | {"review": self.get_object()}
        form = NewCommentSerializer(data=request.data, context=context)
        form.is_valid(raise_exception=True)
        comment = form.save(review=context["review"], author=request.user)
        return Response(CommentSerializer(comment, context=context).data, status=status.HTTP_201_CREATED)

    def get_throttles(self) -> list[BaseThrottle]:
        return [CommentThrottle()] if self.action == "add_comment" else super().get_throttles()

    @extend_schema(request=VoteSerializer, responses={200: ReviewSerializer, **errors(400, 401, 404)})
    @action(detail=True, methods=["post"])
    def vote(self, request: Request, product_id: str, pk: str) -> Response:
        """Say whether a review helped."""
        review = self.get_object()
        form = VoteSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        review.votes.update_or_create(voter=request.user, defaults={"choice": form.validated_data["vote"]})
        review.count_votes()
        return Response(self.get_serializer(review).data)
