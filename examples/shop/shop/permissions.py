"""Who may do what."""

from django.views import View
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class IsStaff(BasePermission):
    """The shop's own people: support and managers."""

    def has_permission(self, request: Request, view: View) -> bool:
        return request.user.is_authenticated and request.user.is_staff


class IsManager(BasePermission):
    """Those who run the shop."""

    def has_permission(self, request: Request, view: View) -> bool:
        return request.user.is_authenticated and request.user.is_manager
