"""Views of payments."""

from django.db import transaction
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError
from rest_framework.views import APIView

from shop.idempotency import idempotency_key
from shop.pagination import LimitOffsetPagination
from shop.parameters import IDEMPOTENCY_KEY
from shop.permissions import IsStaff
from shop.schema import LOCATION, errors
from shop.views import CreateModelMixin

from .authentication import GatewayAuthentication, IsGateway
from .gateway import authorize
from .models import Payment, PaymentMethod, PaymentStatus
from .serializers import (
    CaptureSerializer,
    GatewayEventSerializer,
    PaymentEventSerializer,
    PaymentMethodSerializer,
    PaymentSerializer,
)


class PaymentFilter(filters.FilterSet):
    order = filters.UUIDFilter()
    status = filters.ChoiceFilter(choices=PaymentStatus.choices)


@extend_schema_view(
    list=extend_schema(summary="List payments.", responses={200: PaymentSerializer(many=True), **errors(401)}),
    create=extend_schema(
        summary="Pay for an order.",
        description="An answer with the status `pending` is not the end: follow the order's events.",
        parameters=[LOCATION],
        responses={201: PaymentSerializer, **errors(400, 401, 403)},
    ),
    retrieve=extend_schema(summary="Read a payment.", responses={200: PaymentSerializer, **errors(404)}),
)
class PaymentViewSet(CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    queryset = Payment.objects.select_related("method")
    serializer_class = PaymentSerializer
    pagination_class = LimitOffsetPagination
    filter_backends = [filters.DjangoFilterBackend, OrderingFilter]
    filterset_class = PaymentFilter
    ordering_fields = ["created_at", "amount"]

    def get_queryset(self) -> QuerySet[Payment]:
        payments, account = super().get_queryset(), self.request.user
        return payments if account.is_staff else payments.filter(order__customer=account)

    def perform_create(self, serializer: PaymentSerializer) -> None:
        outcome, failure = authorize(serializer.validated_data["method"])
        serializer.save(status=outcome, failure=failure)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=CaptureSerializer,
        responses={200: PaymentSerializer, **errors(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"], permission_classes=[IsStaff])
    @transaction.atomic
    def capture(self, request: Request, pk: str) -> Response:
        """Take the money that was authorized."""
        payment = self.get_object()
        form = CaptureSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        amount = form.validated_data.get("amount")
        if amount is not None and not 0 < amount <= payment.amount:
            raise ValidationError({"amount": [f"At most {payment.amount} can be taken."]})
        key = idempotency_key(request)
        if key is None or payment.capture_key != key:
            payment.capture(amount, key)
        return Response(self.get_serializer(payment).data)


@extend_schema_view(
    list=extend_schema(
        summary="List my payment methods.", responses={200: PaymentMethodSerializer(many=True), **errors(401)}
    ),
    create=extend_schema(
        summary="Add a payment method.",
        parameters=[LOCATION],
        responses={201: PaymentMethodSerializer, **errors(400, 401, 403)},
    ),
    destroy=extend_schema(summary="Remove a payment method.", responses={204: None, **errors(401, 403, 404)}),
)
class PaymentMethodViewSet(CreateModelMixin, mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet):
    queryset = PaymentMethod.objects.select_related("cardmethod", "sepamethod", "walletmethod", "account")
    serializer_class = PaymentMethodSerializer

    def get_queryset(self) -> QuerySet[PaymentMethod]:
        return super().get_queryset().filter(account=self.request.user, removed_at=None)

    def perform_create(self, serializer: PaymentMethodSerializer) -> None:
        serializer.save(account=self.request.user)

    def perform_destroy(self, method: PaymentMethod) -> None:
        method.remove()


class GatewayEventView(APIView):
    authentication_classes = [GatewayAuthentication]
    permission_classes = [IsGateway]

    @extend_schema(request=GatewayEventSerializer, responses={204: None, **errors(400)})
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Called by the payment gateway."""
        form = GatewayEventSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if form.validated_data["type"].startswith("payment."):
            details = PaymentEventSerializer(data=form.validated_data["data"])
            details.is_valid(raise_exception=True)
            self.receive(form.validated_data["type"], **details.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def receive(self, event: str, payment: Payment, reason: str) -> None:
        """Notes what became of a payment. The gateway may tell it more than once."""
        match event:
            case "payment.captured" if payment.status in (PaymentStatus.PENDING, PaymentStatus.AUTHORIZED):
                payment.settle()
            case "payment.failed":
                payment.fail(reason)
            case "payment.refunded":
                payment.give_back()
