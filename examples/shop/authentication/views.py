"""Signing in and out."""

from django.contrib.auth import login, logout
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView
from rest_framework_simplejwt import views as jwt

from accounts.models import Account
from accounts.serializers import AccountSerializer
from shop.authentication import SessionAuthentication
from shop.schema import RETRY_AFTER, errors

from .serializers import (
    CredentialsSerializer,
    LoginSerializer,
    PasswordResetConfirmSerializer,
    PasswordResetSerializer,
    RefreshedTokenSerializer,
    TokenPairSerializer,
)


class LoginView(generics.GenericAPIView):
    serializer_class = LoginSerializer
    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign-in"

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "Set-Cookie",
                str,
                OpenApiParameter.HEADER,
                description="`sessionid` and `csrftoken`.",
                response=[200],
            ),
            RETRY_AFTER,
        ],
        responses={200: AccountSerializer, **errors(400, 429)},
    )
    def post(self, request: Request) -> Response:
        """Sign in for a session."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        account = form.validated_data["account"]
        login(request, account)
        if not form.validated_data["remember"]:
            request.session.set_expiry(0)
        return Response(AccountSerializer(account, context=self.get_serializer_context()).data)


class LogoutView(APIView):
    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses={204: None, **errors(401)})
    def post(self, request: Request) -> Response:
        """End the session."""
        logout(request)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordResetView(generics.GenericAPIView):
    serializer_class = PasswordResetSerializer
    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "password-reset"

    @extend_schema(
        parameters=[RETRY_AFTER],
        responses={202: OpenApiResponse(description="A mail is on its way, perhaps."), **errors(400, 429)},
    )
    def post(self, request: Request) -> Response:
        """Ask for a new password.

        Sends a mail where there is such an account, and says the same where there is none.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        account = Account.objects.filter(email__iexact=form.validated_data["email"], is_active=True).first()
        if account is not None:
            uid = urlsafe_base64_encode(force_bytes(account.pk))
            token = default_token_generator.make_token(account)
            send_mail("Your new password", f"uid: {uid}\ntoken: {token}\n", None, [account.email])
        return Response(status=status.HTTP_202_ACCEPTED)


class PasswordResetConfirmView(generics.GenericAPIView):
    serializer_class = PasswordResetConfirmSerializer
    authentication_classes = []
    permission_classes = [AllowAny]

    @extend_schema(responses={204: None, **errors(400)})
    def post(self, request: Request) -> Response:
        """Set the new password."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        account = form.validated_data["account"]
        account.set_password(form.validated_data["new_password"])
        account.save(update_fields=["password"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class TokenObtainPairView(jwt.TokenObtainPairView):
    permission_classes = [AllowAny]
    parser_classes = [JSONParser, FormParser, MultiPartParser]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign-in"

    @extend_schema(
        parameters=[RETRY_AFTER],
        request=CredentialsSerializer,
        responses={200: TokenPairSerializer, **errors(401, 429)},
    )
    def post(self, request: Request) -> Response:
        """Sign in for a pair of tokens.

        Takes a set of user credentials and returns an access and refresh JSON web
        token pair to prove the authentication of those credentials.
        """
        return super().post(request)


class TokenRefreshView(jwt.TokenRefreshView):
    permission_classes = [AllowAny]
    parser_classes = [JSONParser, FormParser, MultiPartParser]

    @extend_schema(responses={200: RefreshedTokenSerializer, **errors(401)})
    def post(self, request: Request) -> Response:
        """Get a new access token.

        Takes a refresh type JSON web token and returns an access type JSON web
        token if the refresh token is valid.
        """
        return super().post(request)


class TokenVerifyView(jwt.TokenVerifyView):
    permission_classes = [AllowAny]

    @extend_schema(responses={200: None, **errors(401)})
    def post(self, request: Request) -> Response:
        """Check a token."""
        super().post(request)
        return Response()
