"""Addresses of payments."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from .views import GatewayEventView, PaymentMethodViewSet, PaymentViewSet

router = SimpleRouter()
router.register("payments/methods", PaymentMethodViewSet)
router.register("payments", PaymentViewSet)

urlpatterns = [path("payments/gateway-events/", GatewayEventView.as_view()), *router.urls]
