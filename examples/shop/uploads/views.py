"""Files that somebody sends and gets back."""

from io import BytesIO

from django.db.models import ProtectedError, Q, QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from shop.errors import Conflict, LengthRequired
from shop.pagination import LimitOffsetPagination
from shop.schema import errors

from .models import Upload
from .ranges import part, read
from .serializers import NewUploadSerializer, UploadSerializer


@extend_schema_view(
    list=extend_schema(summary="List my uploads.", responses={200: UploadSerializer(many=True), **errors(401)}),
    retrieve=extend_schema(summary="Read what is known of a file.", responses={200: UploadSerializer, **errors(404)}),
    destroy=extend_schema(summary="Remove a file.", responses={204: None, **errors(404, 409)}),
)
class UploadViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    queryset = Upload.objects.select_related("owner__profile")
    serializer_class = UploadSerializer
    pagination_class = LimitOffsetPagination
    filter_backends = [DjangoFilterBackend]
    filterset_fields = ["purpose"]
    parser_classes = [MultiPartParser]

    def get_queryset(self) -> QuerySet[Upload]:
        kept = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return super().get_queryset().filter(kept, owner=self.request.user.pk)

    @extend_schema(
        request={"multipart/form-data": NewUploadSerializer}, responses={201: UploadSerializer, **errors(400, 401)}
    )
    def create(self, request: Request) -> Response:
        """Upload a file.

        At most 100 MB; larger files go to the address of `uploads_content_update`.
        """
        form = NewUploadSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        return Response(self.get_serializer(form.save()).data, status=status.HTTP_201_CREATED)

    def perform_destroy(self, upload: Upload) -> None:
        try:
            upload.delete()
        except ProtectedError as error:
            raise Conflict("The file is in use.") from error
        upload.file.delete(save=False)

    @extend_schema(
        parameters=[
            OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="Only a part of it: `bytes=0-1023`."),
            OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200]),
        ],
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "All of it."),
            (206, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "The part asked for."),
            **errors(404),
        },
    )
    @action(detail=True)
    def content(self, request: Request, pk: str) -> StreamingHttpResponse:
        """Download a file."""
        upload = self.get_object()
        wanted = part(request.headers.get("Range", ""), upload.size)
        sent = range(upload.size) if wanted is None else wanted
        response = StreamingHttpResponse(read(upload.file.open(), sent), content_type=upload.content_type)
        response["Content-Length"] = len(sent)
        response["Accept-Ranges"] = "bytes"
        response["ETag"] = f'"{upload.checksum}"'
        if wanted is not None:
            response.status_code = status.HTTP_206_PARTIAL_CONTENT
            response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{upload.size}"
        return response

    @extend_schema(
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: UploadSerializer, **errors(404)},
    )
    @content.mapping.put
    def replace_content(self, request: Request, pk: str) -> Response:
        """Replace the bytes of a file."""
        if "Transfer-Encoding" in request.headers:
            raise LengthRequired()
        upload = self.get_object()
        upload.content_type = request.content_type or upload.content_type
        upload.store(request.stream or BytesIO())
        return Response(self.get_serializer(upload).data)
