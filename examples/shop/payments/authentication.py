"""How the payment gateway proves who it is."""

import hmac
from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from .gateway import sign


class GatewayAuthentication(BaseAuthentication):
    """A signature of the body, made with a secret that only the gateway and the shop know."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, str]:
        signature = request.headers.get("X-Gateway-Signature", "")
        if not hmac.compare_digest(signature.encode(), sign(request.body).encode()):
            raise AuthenticationFailed("The signature is not that of the body.")
        return AnonymousUser(), signature

    def authenticate_header(self, request: Request) -> str:
        return "Signature"


class IsGateway(BasePermission):
    """Whoever signed the request."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.auth)
