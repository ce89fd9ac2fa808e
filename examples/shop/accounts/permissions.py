"""Who may change an account."""

from django.views import View
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request

from .models import Account


class IsOwnerOrManager(IsAuthenticated):
    """Everybody may change their own account, managers all of them."""

    def has_object_permission(self, request: Request, view: View, account: Account) -> bool:
        return request.method in SAFE_METHODS or account == request.user or request.user.is_manager
