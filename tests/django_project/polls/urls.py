"""The polls' addresses."""

from __future__ import annotations

from django.urls import path

from .views import VoteView, results

urlpatterns = [
    path("<int:poll>/votes/", VoteView.as_view()),
    path("<int:poll>/results/", results),
]
