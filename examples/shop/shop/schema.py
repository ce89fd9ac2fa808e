"""What drf-spectacular cannot know by itself about the API's document."""

from typing import Any

from django.utils.module_loading import import_string
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, force_instance, get_doc
from drf_spectacular.settings import spectacular_settings
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


def describe_enums(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Puts the docstrings of the choices before the list of their values, and names of numbers beside them."""
    schemas = result.get("components", {}).get("schemas", {})
    for name, path in spectacular_settings.ENUM_NAME_OVERRIDES.items():
        choices, schema = import_string(path), schemas.get(name)
        if schema is None:
            continue
        if choices.__doc__:
            schema["description"] = f"{choices.__doc__}\n\n{schema['description']}"
        labels = [str(label) for label in choices.labels]
        if schema["type"] == "integer" and all(label.isidentifier() for label in labels):
            schema["x-enum-varnames"] = labels
    return result


def refer_to_enums(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Lets query parameters share the enums of the components; lists of choices stay with the enums alone."""
    schemas = result.get("components", {}).get("schemas", {})
    enums = {
        choices(schema): {"$ref": f"#/components/schemas/{name}"}
        for name, schema in schemas.items()
        if "enum" in schema
    }
    for operation in operations(result):
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                describe_without_choices(parameter)
                is_array = parameter["schema"].get("type") == "array"
                holder, key = (parameter["schema"], "items") if is_array else (parameter, "schema")
                holder[key] = enums.get(choices(holder[key]), holder[key])
    for schema in schemas.values():
        for holder in schema.get("properties", {}).values():
            describe_without_choices(holder)
    return result


def require_bodies(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Says that a body has to be there which is a file or of several kinds, as drf-spectacular does of other objects."""
    schemas = result.get("components", {}).get("schemas", {})
    for operation in operations(result):
        body = operation.get("requestBody", {"content": {}})
        for schema in (media["schema"] for media in body["content"].values()):
            name = schema.get("$ref", "").rpartition("/")[2]
            is_union = "oneOf" in schemas.get(name, {}) and not name.startswith("Patched")
            if schema.get("type") == "string" or is_union:
                body["required"] = True
    return result


def patch_without_defaults(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Takes defaults out of what is sent to change something: what is left out stays as it is."""
    for name, schema in result.get("components", {}).get("schemas", {}).items():
        if name.startswith("Patched"):
            for holder in schema.get("properties", {}).values():
                holder.pop("default", None)
    return result


def write_in_place(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Writes serializers with the extension ``x-in-place``, and enums of a single value, where they stand."""
    schemas = result.get("components", {}).get("schemas", {})
    parts = {}
    for name, schema in list(schemas.items()):
        is_constant = "type" in schema and len(schema.get("enum", [])) == 1
        if is_constant or schema.pop("x-in-place", False):
            parts[f"#/components/schemas/{name}"] = schemas.pop(name)
            schema.pop("description", None)
    todo: list[Any] = [result]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            reference = node.get("$ref") or node.get("allOf", [{}])[0].get("$ref")
            if reference in parts:
                node.pop("$ref" if "$ref" in node else "allOf")
                node.update(parts[reference])
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    return result


def operations(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in result["paths"].values() for operation in item.values()]


def choices(schema: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(str(value) for value in schema.get("enum", [])))


def describe_without_choices(holder: dict[str, Any]) -> None:
    """Leaves of a description what stands before the list of choices."""
    text, mark, _ = ("\n\n" + holder.get("description", "")).partition("\n\n* `")
    if mark:
        del holder["description"]
        if text.strip():
            holder["description"] = text.strip()
