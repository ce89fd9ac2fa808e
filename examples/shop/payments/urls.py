"""Addresses of payments."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from .views import GatewayEventView, PaymentMethodViewSet, PaymentViewSet

router = SimpleRouter()
router.register("methods", PaymentMethodViewSet)
router.register("", PaymentViewSet)

urlpatterns = [path("gateway-events/", GatewayEventView.as_view()), *router.urls]
