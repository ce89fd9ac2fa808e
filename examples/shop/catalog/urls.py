"""Addresses of categories, brands and attributes."""

from rest_framework.routers import SimpleRouter

from .views import AttributeViewSet, BrandViewSet, CategoryViewSet

router = SimpleRouter()
router.register("catalog/attributes", AttributeViewSet)
router.register("catalog/brands", BrandViewSet)
router.register("catalog/categories", CategoryViewSet)

urlpatterns = router.urls
