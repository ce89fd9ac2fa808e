"""The pages of every group: ``path("openapi/", include("specloom.django.urls"))`` gives ``openapi/{group}/schema/`` and so on.

Below ``schema/`` are ``swagger/`` and ``redoc/``. The names are ``specloom:{group}-schema``, ``-swagger`` and ``-redoc``.
"""

from __future__ import annotations

from specloom.django.routing.mounting import NAMESPACE, group_urlpatterns

app_name = NAMESPACE
urlpatterns = group_urlpatterns()
