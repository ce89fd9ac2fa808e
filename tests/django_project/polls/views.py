"""Polls, without models."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class VoteSerializer(serializers.Serializer[object]):
    choice = serializers.IntegerField(min_value=0)
    comment = serializers.CharField(required=False, allow_blank=True)


class ResultSerializer(serializers.Serializer[object]):
    votes = serializers.ListField(child=serializers.IntegerField())


class VoteView(APIView):
    """Votes on one poll."""

    @extend_schema(request=VoteSerializer, responses={201: VoteSerializer})
    def post(self, request: Request, poll: int) -> Response:
        """Vote."""
        serializer = VoteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.data, status=201)


@extend_schema(responses=ResultSerializer)
@api_view(["GET"])
def results(request: Request, poll: int) -> Response:
    """How a poll stands."""
    return Response({"votes": [1, 2, poll]})
