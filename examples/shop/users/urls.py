"""Addresses of the one who is signed in."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from .views import MeView, MyAddressViewSet, MyPasswordView

router = SimpleRouter()
router.register("addresses", MyAddressViewSet, basename="my-address")

urlpatterns = [
    path("users/me/", MeView.as_view(), name="me"),
    path("users/me/", include(router.urls)),
    path("users/me/password/", MyPasswordView.as_view(), name="my-password"),
]
