"""Addresses of categories, brands and attributes."""

from rest_framework.routers import SimpleRouter

from .views import AttributeViewSet, BrandViewSet, CategoryViewSet

router = SimpleRouter()
router.register("attributes", AttributeViewSet)
router.register("brands", BrandViewSet)
router.register("categories", CategoryViewSet)

urlpatterns = router.urls
