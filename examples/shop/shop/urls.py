"""All addresses of the shop. Every app brings its own, below ``/api/``."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerView

urlpatterns = [
    path("api/", include("accounts.urls")),
    path("api/", include("authentication.urls")),
    path("api/", include("cart.urls")),
    path("api/", include("catalog.urls")),
    path("api/", include("orders.urls")),
    path("api/", include("payments.urls")),
    path("api/", include("products.urls")),
    path("api/", include("reviews.urls")),
    path("api/", include("uploads.urls")),
    path("api/", include("users.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(), name="swagger"),
    path("api/redoc/", SpectacularRedocView.as_view(), name="redoc"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
