"""Who sends a request."""

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session, with 401 rather than 403 for somebody who has none."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
