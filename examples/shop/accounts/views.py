"""Accounts, as the staff sees them."""

import csv
from collections.abc import Iterator
from datetime import timedelta

from django.http import StreamingHttpResponse
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiRequest,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.filters import SearchFilter
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from shop.filters import OrderingFilter
from shop.pagination import PageNumberPagination
from shop.permissions import IsStaff
from shop.schema import LOCATION, errors
from shop.views import CreateModelMixin

from .filters import AccountFilter
from .models import Account, AccountQuerySet, AccountRole
from .permissions import IsOwnerOrManager
from .pictures import avatar
from .serializers import (
    AccountSerializer,
    ActiveQuerySerializer,
    AvatarSerializer,
    ExportQuerySerializer,
    SuspendSerializer,
)


@extend_schema_view(
    list=extend_schema(
        summary="List accounts.",
        description="For the staff. Newest first.",
        responses={200: AccountSerializer(many=True), **errors(401)},
    ),
    create=extend_schema(
        summary="Open an account.",
        description="Anybody may, as a customer; other roles are given by a manager.",
        parameters=[LOCATION],
        responses={201: AccountSerializer, **errors(400, 403)},
    ),
    retrieve=extend_schema(summary="Read an account.", responses={200: AccountSerializer, **errors(404)}),
    update=extend_schema(
        summary="Replace an account.", responses={200: AccountSerializer, **errors(400, 401, 403, 404)}
    ),
    partial_update=extend_schema(
        summary="Change an account.",
        description="What is left out stays as it is.",
        responses={200: AccountSerializer, **errors(400, 401, 403, 404)},
    ),
    destroy=extend_schema(
        summary="Remove an account.",
        description="Orders and invoices stay, without a name.",
        responses={204: None, **errors(401, 403, 404)},
    ),
)
class AccountViewSet(CreateModelMixin, viewsets.ModelViewSet):
    queryset = Account.objects.select_related("profile").prefetch_related("addresses")
    serializer_class = AccountSerializer
    permission_classes = [IsOwnerOrManager]
    pagination_class = PageNumberPagination
    filter_backends = [DjangoFilterBackend, SearchFilter, OrderingFilter]
    filterset_class = AccountFilter
    search_fields = ["email", "first_name", "last_name"]
    ordering_fields = ["date_joined", "email"]

    def get_queryset(self) -> AccountQuerySet:
        return super().get_queryset().visible_to(self.request.user)

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny()] if self.action == "create" else super().get_permissions()

    def perform_create(self, serializer: BaseSerializer) -> None:
        self.check_role(serializer, AccountRole.CUSTOMER)
        serializer.save()

    def perform_update(self, serializer: BaseSerializer) -> None:
        self.check_role(serializer, serializer.instance.role)
        serializer.save()

    def check_role(self, serializer: BaseSerializer, role: str) -> None:
        """Only managers give somebody another role than the one they have or begin with."""
        is_manager = self.request.user.is_authenticated and self.request.user.is_manager
        if serializer.validated_data.get("role", role) != role and not is_manager:
            raise PermissionDenied("Only managers give roles.")

    @extend_schema(
        parameters=[ActiveQuerySerializer], responses={200: AccountSerializer(many=True), **errors(401, 403)}
    )
    @action(detail=False, permission_classes=[IsStaff], filter_backends=[])
    def active(self, request: Request) -> Response:
        """Accounts that signed in lately."""
        query = ActiveQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        since = timezone.now() - timedelta(days=query.validated_data["days"])
        page = self.paginate_queryset(self.get_queryset().filter(last_login__gte=since))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        parameters=[
            ExportQuerySerializer,
            OpenApiParameter("Content-Disposition", str, OpenApiParameter.HEADER, response=[200]),
        ],
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, "The table."), **errors(403)},
    )
    @action(detail=False, permission_classes=[IsStaff], pagination_class=None, filter_backends=[])
    def export(self, request: Request) -> StreamingHttpResponse:
        """All accounts, as a table.

        One line an account, UTF-8, with a header line.
        """
        query = ExportQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        return StreamingHttpResponse(
            table(self.get_queryset(), query.validated_data["delimiter"]),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="accounts.csv"'},
        )

    @extend_schema(
        request={
            "multipart/form-data": OpenApiRequest(
                AvatarSerializer,
                encoding={
                    "file": {"contentType": "image/png, image/jpeg"},
                    "crop": {"contentType": "application/json"},
                },
            )
        },
        responses={200: AccountSerializer, **errors(400, 404)},
    )
    @action(detail=True, methods=["put"], parser_classes=[MultiPartParser])
    def avatar(self, request: Request, pk: str) -> Response:
        """Replace the picture."""
        account = self.get_object()
        form = AvatarSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        picture = avatar(form.validated_data["file"], form.validated_data.get("crop"))
        account.profile.avatar.save(f"{account.pk}.png", picture)
        return Response(self.get_serializer(account).data)

    @extend_schema(request=SuspendSerializer, responses={200: AccountSerializer, **errors(400, 403, 404)})
    @action(detail=True, methods=["post"], permission_classes=[IsStaff])
    def suspend(self, request: Request, pk: str) -> Response:
        """Keep an account from signing in."""
        account = self.get_object()
        form = SuspendSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        account.suspend(**form.validated_data)
        return Response(self.get_serializer(account).data)


class Line:
    """A file for ``csv.writer`` that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def table(accounts: AccountQuerySet, delimiter: str) -> Iterator[str]:
    """Accounts as the lines of a CSV file."""
    writer = csv.writer(Line(), delimiter=delimiter)
    yield writer.writerow(["id", "email", "full_name", "role", "is_active", "date_joined"])
    for account in accounts.iterator(chunk_size=500):
        joined = account.date_joined.isoformat()
        yield writer.writerow([account.pk, account.email, account.full_name, account.role, account.is_active, joined])
