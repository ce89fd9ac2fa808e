"""One fault each, among views that are in order."""

from __future__ import annotations

from typing import NoReturn

from drf_spectacular.utils import extend_schema
from rest_framework import authentication, generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.versioning import URLPathVersioning
from rest_framework.views import APIView

from tests.django_project.library.models import Book


class PartSerializer(serializers.Serializer[object]):
    part = serializers.IntegerField()


class CrashingSerializer(serializers.Serializer[object]):
    part = PartSerializer()

    def get_fields(self) -> NoReturn:
        raise LookupError("no fields today")


class HoldingSerializer(serializers.Serializer[object]):
    part = PartSerializer()
    inner = CrashingSerializer()


class SoundView(APIView):
    @extend_schema(responses=PartSerializer)
    def get(self, request: Request) -> Response:
        return Response({"part": 1})


class CrashesWhenMadeView(APIView):
    def __init__(self, **given: object) -> None:
        raise OSError("no such device")

    def get(self, request: Request) -> Response:
        return Response()


class CrashesInSerializerView(APIView):
    @extend_schema(responses=HoldingSerializer)
    def get(self, request: Request) -> Response:
        return Response()

    @extend_schema(request=PartSerializer, responses=PartSerializer)
    def post(self, request: Request) -> Response:
        return Response()


class CrashesInAuthenticationView(generics.ListAPIView[Book]):
    """Wants a user where there is none."""

    queryset = Book.objects.all()

    def get_authenticators(self) -> NoReturn:
        raise AttributeError(self.request.user.shelf)  # type: ignore[union-attr]  # on purpose


class SilentView(APIView):
    """Does not say what it answers."""

    def get(self, request: Request) -> Response:
        return Response()


class OddAuthentication(authentication.BaseAuthentication):
    """drf-spectacular cannot know it."""


class OddlyAuthenticatedView(SoundView):
    authentication_classes = (OddAuthentication,)


class LooseSerializer(serializers.Serializer[object]):
    loose = serializers.SerializerMethodField()

    def get_loose(self, thing):  # type: ignore[no-untyped-def]  # on purpose
        return thing


class LooseView(generics.RetrieveAPIView[Book]):
    serializer_class = LooseSerializer  # type: ignore[assignment]  # any serializer will do
    queryset = Book.objects.all()


class NamedView(SoundView):
    @extend_schema(operation_id="thing", responses=PartSerializer)
    def get(self, request: Request) -> Response:
        return Response()


class OtherNamedView(SoundView):
    @extend_schema(operation_id="thing", responses=PartSerializer)
    def get(self, request: Request) -> Response:
        return Response()


class VersionedView(SoundView):
    versioning_class = URLPathVersioning
