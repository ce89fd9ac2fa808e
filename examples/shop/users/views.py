"""The account, the addresses and the password of the one who is signed in."""

from django.contrib.auth import logout, update_session_auth_hash
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, mixins, status, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import Account, Address
from accounts.serializers import AccountSerializer, AddressSerializer
from orders.models import FINISHED
from shop.errors import Conflict
from shop.schema import LOCATION, errors
from shop.views import CreateModelMixin

from .serializers import PasswordChangeSerializer


@extend_schema_view(
    get=extend_schema(summary="Who am I?", responses={200: AccountSerializer, **errors(401)}),
    patch=extend_schema(
        summary="Change my account.",
        description="What is left out stays as it is.",
        responses={200: AccountSerializer, **errors(400, 401)},
    ),
    delete=extend_schema(
        summary="Close my account.",
        description="There is no way back.",
        responses={204: None, **errors(401, 409)},
    ),
)
class MeView(generics.RetrieveUpdateDestroyAPIView):
    serializer_class = AccountSerializer
    http_method_names = ["get", "patch", "delete", "options"]

    def get_object(self) -> Account:
        return self.request.user

    def perform_update(self, serializer: BaseSerializer) -> None:
        if serializer.validated_data.get("role", serializer.instance.role) != serializer.instance.role:
            raise PermissionDenied("Nobody gives themselves a role.")
        serializer.save()

    def perform_destroy(self, account: Account) -> None:
        if account.orders.exclude(status__in=FINISHED).exists():
            raise Conflict("There are orders under way.")
        account.delete()
        logout(self.request)


@extend_schema_view(
    list=extend_schema(summary="List my addresses.", responses={200: AddressSerializer(many=True), **errors(401)}),
    create=extend_schema(
        summary="Add an address.",
        parameters=[LOCATION],
        responses={201: AddressSerializer, **errors(400, 401, 403)},
    ),
    retrieve=extend_schema(summary="Read one of my addresses.", responses={200: AddressSerializer, **errors(404)}),
    partial_update=extend_schema(
        summary="Change one of my addresses.",
        description="What is left out stays as it is.",
        responses={200: AddressSerializer, **errors(400, 401, 403, 404)},
    ),
    destroy=extend_schema(summary="Remove one of my addresses.", responses={204: None, **errors(401, 403, 404)}),
)
class MyAddressViewSet(
    CreateModelMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet,
):
    queryset = Address.objects.all()
    serializer_class = AddressSerializer
    http_method_names = ["get", "post", "patch", "delete", "options"]
    filter_backends = [DjangoFilterBackend]
    filterset_fields = ["kind"]

    def get_queryset(self) -> QuerySet[Address]:
        return super().get_queryset().filter(account=self.request.user.pk)

    def perform_create(self, serializer: BaseSerializer) -> None:
        serializer.save(account=self.request.user)


class MyPasswordView(generics.GenericAPIView):
    serializer_class = PasswordChangeSerializer

    @extend_schema(responses={204: None, **errors(400, 401)})
    def post(self, request: Request) -> Response:
        """Change my password."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        request.user.set_password(form.validated_data["new_password"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
