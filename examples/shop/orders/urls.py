"""Addresses of orders."""

from rest_framework.routers import SimpleRouter

from .views import OrderViewSet, ShipmentViewSet

router = SimpleRouter()
router.register("orders", OrderViewSet)
router.register("orders/(?P<order_id>[^/.]+)/shipments", ShipmentViewSet, basename="shipment")

urlpatterns = router.urls
