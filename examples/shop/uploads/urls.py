"""Addresses of files."""

from rest_framework.routers import SimpleRouter

from .views import UploadViewSet

router = SimpleRouter()
router.register("uploads", UploadViewSet, basename="upload")

urlpatterns = router.urls
