"""Each view's address."""

from __future__ import annotations

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from . import views

app_name = "gates"
router = SimpleRouter()
router.register("things", views.ThingViewSet, basename="thing")

urlpatterns = [
    path("open/", views.OpenView.as_view(), name="open"),
    path("deciding/", views.DecidingView.as_view(), name="deciding"),
    path("counted/", views.counted, name="counted"),
    path("function/", views.function, name="function"),
    path("plain/<slug:name>/", views.plain, name="plain"),
    path("hook/", views.hook, name="hook"),
    re_path(r"^class/$", views.PlainView.as_view(), name="class"),
    path("waiting/", views.waiting, name="waiting"),
    path("waiting/class/", views.WaitingView.as_view(), name="waiting-class"),
    *router.urls,
]
