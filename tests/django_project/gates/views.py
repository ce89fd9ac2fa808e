"""One view of each kind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_page
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.permissions import AllowAny, BasePermission, IsAdminUser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView


class ThingSerializer(serializers.Serializer[object]):
    number = serializers.IntegerField()


class OpenView(APIView):
    """Lets everybody in."""

    permission_classes = (AllowAny,)

    @extend_schema(responses=ThingSerializer)
    def get(self, request: Request) -> Response:
        return Response({"number": 1})

    @extend_schema(request=ThingSerializer, responses=ThingSerializer)
    def post(self, request: Request) -> Response:
        return Response(request.data)


class ThingViewSet(viewsets.ViewSet):
    """Things by number."""

    serializer_class = ThingSerializer

    @extend_schema(responses=ThingSerializer(many=True))
    def list(self, request: Request) -> Response:
        return Response([{"number": 1}])

    @extend_schema(responses=ThingSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        self.check_object_permissions(request, int(pk))
        return Response({"number": int(pk)})

    @action(detail=False, permission_classes=[IsAdminUser])
    def secret(self, request: Request) -> Response:
        return Response({"number": 0})


class DecidingView(APIView):
    """Says for each request what it asks for."""

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny()] if self.request.method == "GET" else [IsAdminUser()]  # type: ignore[list-item]  # stubs

    def get_throttles(self) -> list[BaseThrottle]:
        return []

    @extend_schema(responses=ThingSerializer)
    def get(self, request: Request) -> Response:
        return Response({"number": 2})

    @extend_schema(request=ThingSerializer, responses=ThingSerializer)
    def post(self, request: Request) -> Response:
        return Response({"number": 3})


class CountedView(APIView):
    """Is asked once in a while; what it said is kept meanwhile."""

    asked = 0
    permission_classes = (AllowAny,)

    @extend_schema(responses=ThingSerializer)
    def get(self, request: Request) -> Response:
        type(self).asked += 1
        return Response({"number": self.asked})


counted = cache_page(60)(CountedView.as_view())


@extend_schema(responses=ThingSerializer)
@api_view(["GET", "POST"])
@permission_classes([AllowAny])
def function(request: Request) -> Response:
    """A view that is a function."""
    return Response({"number": 4})


def plain(request: HttpRequest, name: str) -> HttpResponse:
    """Django's own kind."""
    if name == "lost":
        raise LookupError(name)
    if name == "broken":
        raise RuntimeError(name)
    return HttpResponse(name)


@csrf_exempt
def hook(request: HttpRequest) -> HttpResponse:
    """What another server posts to."""
    return HttpResponse("taken")


@method_decorator(csrf_exempt, name="dispatch")
class PlainView(View):
    """Django's own kind as a class."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("class")

    def post(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("posted")


class WaitingView(View):
    """The same as a class."""

    async def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("awaited")


async def waiting(request: HttpRequest) -> HttpResponse:
    """Django's own kind, asynchronous."""
    return HttpResponse("awaited")
