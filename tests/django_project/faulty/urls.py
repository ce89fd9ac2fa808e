"""One address: tests make others of the views by name."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("sound/", views.SoundView.as_view())]
