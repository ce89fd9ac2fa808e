"""Addresses of the cart."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from .views import CartItemViewSet, CartView, CheckoutView, CouponView

router = SimpleRouter()
router.register("cart/items", CartItemViewSet)

urlpatterns = [
    path("cart/", CartView.as_view()),
    path("cart/checkout/", CheckoutView.as_view()),
    path("cart/coupon/", CouponView.as_view()),
    *router.urls,
]
