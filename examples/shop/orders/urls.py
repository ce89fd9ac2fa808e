"""Addresses of the cart and of orders."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from .cart_views import CartItemViewSet, CartView, CheckoutView, CouponView
from .views import OrderViewSet, ShipmentViewSet

router = SimpleRouter()
router.register("cart/items", CartItemViewSet)
router.register("orders", OrderViewSet)
router.register("orders/(?P<order_id>[0-9a-f-]{36})/shipments", ShipmentViewSet, basename="shipment")

urlpatterns = [
    path("cart/", CartView.as_view()),
    path("cart/checkout/", CheckoutView.as_view()),
    path("cart/coupon/", CouponView.as_view()),
    *router.urls,
]
