"""How drf-spectacular describes views, serializers and authentication."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, force_instance, get_doc
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer

from .errors import ErrorDetailSerializer, ValidationErrorSerializer
from .serializers import ValueSerializer

LOCATION = OpenApiParameter(
    "Location", OpenApiTypes.URI, OpenApiParameter.HEADER, description="Where it can be read.", response=[201]
)
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    OpenApiTypes.INT,
    OpenApiParameter.HEADER,
    description="Seconds to wait before the next attempt.",
    response=[429],
)

ERRORS = {
    400: OpenApiResponse(ValidationErrorSerializer, "What is wrong with each field."),
    401: OpenApiResponse(ErrorDetailSerializer, "Not signed in, or the token has expired."),
    403: OpenApiResponse(ErrorDetailSerializer, "Signed in, but not allowed."),
    404: OpenApiResponse(ErrorDetailSerializer, "There is no such object, or it is not visible to you."),
    409: OpenApiResponse(ErrorDetailSerializer, "Not possible in the present state."),
    429: OpenApiResponse(ErrorDetailSerializer, "Too many requests."),
}


def errors(*statuses: int) -> dict[int, OpenApiResponse]:
    """The answers of an operation that fails in these ways, for ``extend_schema(responses={200: ..., **errors(404)})``."""
    return {status: ERRORS[status] for status in statuses}


class DocstringSchema(AutoSchema):
    """Describes an operation by the docstring of its method: the first line is the summary, the rest the description."""

    def get_summary(self) -> str | None:
        return self._docstring().partition("\n")[0] or None

    def get_description(self) -> str:
        return self._docstring().partition("\n")[2].strip()

    def resolve_serializer(self, serializer: Any, direction: str, bypass_extensions: bool = False) -> ResolvedComponent:
        """Gives values one component for requests and responses."""
        if isinstance(force_instance(serializer), ValueSerializer):
            direction = "response"
        return super().resolve_serializer(serializer, direction, bypass_extensions)

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        """Makes no components for requests of what is only read."""
        if getattr(field, "read_only", False):
            direction = "response"
        return super()._map_serializer_field(field, direction, bypass_extensions)

    def _docstring(self) -> str:
        name = getattr(self.view, "action", None) or self.method.lower()
        return get_doc(getattr(self.view, name, None))


class SessionScheme(OpenApiAuthenticationExtension):
    """The cookie of Django's session."""

    target_class = "shop.authentication.SessionAuthentication"
    name = "cookieAuth"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


class GatewayScheme(OpenApiAuthenticationExtension):
    """The signature of the payment gateway."""

    target_class = "payments.authentication.GatewayAuthentication"
    name = "gatewaySignature"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "X-Gateway-Signature",
            "description": "HMAC of the body with the secret shared with the payment gateway.",
        }


class ValidationErrorExtension(OpenApiSerializerExtension):
    """Fields are not known beforehand: any name may stand beside ``non_field_errors``."""

    target_class = "shop.errors.ValidationErrorSerializer"

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**schema, "additionalProperties": schema["properties"]["non_field_errors"]}


class PolymorphicExtension(OpenApiSerializerExtension):
    """One of several objects; a field tells which."""

    target_class = "shop.polymorphism.PolymorphicSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        serializer = self.target
        proxy = PolymorphicProxySerializer(
            type(serializer).__name__, serializer.kinds, serializer.kind_field, partial=serializer.partial
        )
        return auto_schema._map_serializer(proxy, direction)


class GatewayEventExtension(OpenApiSerializerExtension):
    """The gateway may add fields."""

    target_class = "payments.serializers.GatewayEventSerializer"

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**schema, "additionalProperties": {}}
