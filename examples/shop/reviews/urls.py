"""Addresses of reviews."""

from rest_framework.routers import SimpleRouter

from .views import ReviewViewSet

router = SimpleRouter()
router.register("products/(?P<product_id>[0-9]+)/reviews", ReviewViewSet)

urlpatterns = router.urls
