"""Billing's addresses."""

from __future__ import annotations

from django.urls import path

from .views import InvoiceListView

urlpatterns = [path("invoices/", InvoiceListView.as_view())]
