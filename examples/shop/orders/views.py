"""Views of orders and their shipments."""

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from shop.errors import Conflict
from shop.idempotency import idempotency_key
from shop.pagination import CursorPagination
from shop.parameters import IDEMPOTENCY_KEY
from shop.permissions import IsStaff
from shop.schema import errors

from .filters import OrderFilter
from .invoices import invoice
from .models import PAID_FOR, Order, OrderEvent, OrderQuerySet, OrderStatus
from .schemas import ShipmentSchema
from .serializers import (
    ORDER_EVENT,
    CancelSerializer,
    NewShipmentSerializer,
    OrderSerializer,
    OrderStatisticsSerializer,
    OrderSummarySerializer,
    RefundSerializer,
    StatisticsQuerySerializer,
)
from .statistics import statistics
from .streams import follow

LAST_EVENT_ID = OpenApiParameter("Last-Event-ID", str, OpenApiParameter.HEADER, description="Go on after this event.")
ORDER_ID = OpenApiParameter(
    "order_id",
    OpenApiTypes.UUID,
    OpenApiParameter.PATH,
    description="A UUID string identifying this order.",
)


class NewestFirst(CursorPagination):
    ordering = "-placed_at"


@extend_schema_view(
    list=extend_schema(
        summary="List orders.",
        description="One's own; the staff sees all. Newest first.",
        responses={200: OrderSummarySerializer(many=True), **errors(401)},
    ),
    retrieve=extend_schema(summary="Read an order.", responses={200: OrderSerializer, **errors(404)}),
    partial_update=extend_schema(
        summary="Change an order.",
        description="What is left out stays as it is.",
        responses={200: OrderSerializer, **errors(400, 401, 403, 404)},
    ),
)
class OrderViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.UpdateModelMixin, viewsets.GenericViewSet):
    queryset = Order.objects.select_related("customer__profile").prefetch_related("items__product__photos")
    serializer_class = OrderSerializer
    pagination_class = NewestFirst
    filter_backends = [DjangoFilterBackend]
    filterset_class = OrderFilter
    http_method_names = ["get", "post", "patch", "options"]

    def get_queryset(self) -> OrderQuerySet:
        return super().get_queryset().visible_to(self.request.user)

    def get_serializer_class(self) -> type[OrderSerializer | OrderSummarySerializer]:
        return OrderSummarySerializer if self.action == "list" else OrderSerializer

    @transaction.atomic
    def perform_update(self, serializer: OrderSerializer) -> None:
        noted = serializer.instance.note
        order = serializer.save()
        if order.note and order.note != noted:
            order.tell(OrderEvent.Kind.NOTE_ADDED, author=self.request.user, text=order.note)

    @extend_schema(
        parameters=[StatisticsQuerySerializer],
        responses={200: OrderStatisticsSerializer, **errors(400, 403)},
    )
    @action(detail=False, permission_classes=[IsStaff])
    def statistics(self, request: Request) -> Response:
        """Orders and revenue of a span of time."""
        query = StatisticsQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(OrderStatisticsSerializer(statistics(**query.validated_data)).data)

    @extend_schema(request=CancelSerializer, responses={200: OrderSerializer, **errors(400, 404, 409)})
    @action(detail=True, methods=["post"])
    @transaction.atomic
    def cancel(self, request: Request, pk: str) -> Response:
        """Cancel an order.

        Possible until it is packed. What was paid goes back the way it came.
        """
        order = self.get_object()
        form = CancelSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        order.cancel(**form.validated_data)
        return Response(self.get_serializer(order).data)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=RefundSerializer,
        responses={200: OrderSerializer, **errors(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"], permission_classes=[IsStaff])
    @transaction.atomic
    def refund(self, request: Request, pk: str) -> Response:
        """Pay back an order, or a part of it."""
        order = self.get_object()
        key = idempotency_key(request)
        if key is None or not order.refunds.filter(idempotency_key=key).exists():
            order.require(*PAID_FOR)
            form = RefundSerializer(data=request.data, context={"order": order})
            form.is_valid(raise_exception=True)
            order.refund(form.validated_data["amount"], form.validated_data["reason"], key)
        return Response(self.get_serializer(order).data)

    @extend_schema(
        parameters=[LAST_EVENT_ID],
        responses={
            (200, "text/event-stream"): OpenApiResponse(ORDER_EVENT, "A stream of events."),
            **errors(404),
        },
    )
    @action(detail=True)
    def events(self, request: Request, pk: str) -> StreamingHttpResponse:
        """Follow an order.

        Server-sent events, from the moment of the call; the connection ends when the order is delivered or cancelled.
        """
        order = self.get_object()
        last = request.headers.get("Last-Event-ID", "")
        newest = order.events.values_list("pk", flat=True).last() or 0
        after = int(last) if last.isdecimal() else newest
        return StreamingHttpResponse(
            follow(order, after, request),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-cache"},
        )

    @extend_schema(
        parameters=[OpenApiParameter("Content-Disposition", str, OpenApiParameter.HEADER, response=[200])],
        responses={
            (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, "The document."),
            **errors(404, 409),
        },
    )
    @action(detail=True)
    def invoice(self, request: Request, pk: str) -> HttpResponse:
        """The invoice, to print."""
        order = self.get_object()
        if order.status in (OrderStatus.OPEN, OrderStatus.CANCELLED):
            raise Conflict("There is no invoice of what was not paid.")
        return HttpResponse(
            invoice(order),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="invoice-{order.number}.pdf"'},
        )


@extend_schema(parameters=[ORDER_ID])
@extend_schema_view(
    list=extend_schema(
        summary="List the shipments of an order.",
        responses={200: ShipmentSchema, **errors(404)},
    ),
)
class ShipmentViewSet(viewsets.GenericViewSet):
    def get_permissions(self) -> list[BasePermission]:
        return [IsStaff()] if self.action == "create" else super().get_permissions()

    def order(self) -> Order:
        return get_object_or_404(Order.objects.visible_to(self.request.user), pk=self.kwargs["order_id"])

    def list(self, request: Request, order_id: str) -> Response:
        shipments = ShipmentSchema.from_queryset(self.order().shipments)
        return Response([shipment.model_dump(mode="json") for shipment in shipments])

    @extend_schema(request=NewShipmentSerializer, responses={201: ShipmentSchema, **errors(400, 403, 404, 409)})
    @transaction.atomic
    def create(self, request: Request, order_id: str) -> Response:
        """Hand a parcel to a carrier."""
        order = self.order()
        form = NewShipmentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        order.require(OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED)
        shipment = form.save(order=order)
        order.hand_over(shipment)
        return Response(ShipmentSchema.model_validate(shipment).model_dump(mode="json"), status=status.HTTP_201_CREATED)
