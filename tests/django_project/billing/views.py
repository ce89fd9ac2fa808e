"""Invoices that are made up on the spot."""

from __future__ import annotations

from rest_framework import generics, permissions, serializers


class InvoiceSerializer(serializers.Serializer[object]):
    number = serializers.CharField(max_length=20)
    total = serializers.DecimalField(max_digits=10, decimal_places=2)
    paid = serializers.BooleanField(read_only=True)


class InvoiceListView(generics.ListAPIView[object]):  # type: ignore[type-var]  # there is no model
    """Invoices."""

    serializer_class = InvoiceSerializer
    permission_classes = (permissions.IsAuthenticated,)
    pagination_class = None

    def get_queryset(self) -> list[object]:  # type: ignore[override]  # a list will do
        return [{"number": "2026-1", "total": "10.00", "paid": False}]
