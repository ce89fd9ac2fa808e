"""Settings of Django REST framework and drf-spectacular that make good documents, as a project may put them into its own."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import ClassVar, Literal, TypedDict

from pydantic import Field

from .values import ConfigModel, Many, Rate

_AUTHENTICATION = (
    "rest_framework_simplejwt.authentication.JWTAuthentication",
    "rest_framework.authentication.TokenAuthentication",
    "rest_framework.authentication.SessionAuthentication",
)
_PARSERS = (
    "rest_framework.parsers.JSONParser",
    "rest_framework.parsers.FormParser",
    "rest_framework.parsers.MultiPartParser",
)
_FILTERS = (
    "django_filters.rest_framework.DjangoFilterBackend",
    "rest_framework.filters.SearchFilter",
    "rest_framework.filters.OrderingFilter",
)


class DRFSettings(TypedDict):
    """What a project's settings take over."""

    REST_FRAMEWORK: dict[str, object]
    SPECTACULAR_SETTINGS: dict[str, object]


def _installed(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of dotted names whose library is there."""
    return tuple(name for name in names if find_spec(name.partition(".")[0]) is not None)


class SwaggerUISettings(ConfigModel):
    """What Swagger UI is told; the names are its own."""

    deepLinking: bool = True  # noqa: N815  # Swagger UI's name, as all below
    persistAuthorization: bool = True  # noqa: N815
    displayOperationId: bool = False  # noqa: N815
    defaultModelsExpandDepth: int = 3  # noqa: N815
    defaultModelExpandDepth: int = 3  # noqa: N815
    defaultModelRendering: Literal["example", "model"] = "model"  # noqa: N815
    displayRequestDuration: bool = True  # noqa: N815
    docExpansion: Literal["list", "full", "none"] = "list"  # noqa: N815
    filter: bool | str = True
    showExtensions: bool = True  # noqa: N815
    showCommonExtensions: bool = True  # noqa: N815
    tryItOutEnabled: bool = True  # noqa: N815
    supportedSubmitMethods: Many[str] = ("get", "post", "put", "delete", "patch")  # noqa: N815
    validatorUrl: str | None = None  # noqa: N815
    showMutatedRequest: bool = True  # noqa: N815


class SpectacularConfig(ConfigModel):
    """What drf-spectacular is told."""

    title: str = Field(default="API", description="The document's title.")
    description: str = Field(default="RESTful API", description="The document's description.")
    version: str = Field(default="1.0.0", description="The document's version.")
    schema_path_prefix: str = Field(default="/api/", description="What all paths begin with; what follows names the tags.")
    contact: Mapping[str, str] | None = Field(default=None, description="Whom to ask: name, url, email.")
    license_info: Mapping[str, str] | None = Field(default=None, description="The licence: name, url.")
    terms_of_service: str | None = Field(default=None, description="A link.")
    component_split_request: bool = Field(default=True, description="Whether what is sent has schemas of its own.")
    component_split_patch: bool = Field(default=True, description="Whether a partial update has one too.")
    enum_name_overrides: Mapping[str, object] = Field(
        default_factory=dict, description="Names for enums: {'Name': 'path.to.choices'}."
    )
    enum_add_explicit_blank_null_choice: bool = Field(default=False, description="Whether blank and null are enums too.")
    preprocessing_hooks: Many[str] = Field(default=(), description="Dotted names.")
    postprocessing_hooks: Many[str] = Field(
        default=("drf_spectacular.hooks.postprocess_schema_enums",), description="Dotted names."
    )
    serve_include_schema: bool = Field(default=False, description="Whether the document describes its own address too.")
    swagger_ui_settings: SwaggerUISettings = Field(default=SwaggerUISettings(), description="What Swagger UI is told.")
    custom_settings: Mapping[str, object] = Field(
        default_factory=dict, description="Any other of drf-spectacular's settings, by its own name, over what is above."
    )

    def get_django_settings(self) -> dict[str, dict[str, object]]:
        """``{"SPECTACULAR_SETTINGS": ...}``"""
        said: dict[str, object] = {
            "TITLE": self.title,
            "DESCRIPTION": self.description,
            "VERSION": self.version,
            "SCHEMA_PATH_PREFIX": self.schema_path_prefix,
            "CONTACT": None if self.contact is None else dict(self.contact),
            "LICENSE": None if self.license_info is None else dict(self.license_info),
            "TOS": self.terms_of_service,
            "COMPONENT_SPLIT_REQUEST": self.component_split_request,
            "COMPONENT_SPLIT_PATCH": self.component_split_patch,
            "ENUM_NAME_OVERRIDES": dict(self.enum_name_overrides),
            "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": self.enum_add_explicit_blank_null_choice,
            "PREPROCESSING_HOOKS": list(self.preprocessing_hooks),
            "POSTPROCESSING_HOOKS": list(self.postprocessing_hooks),
            "SERVE_INCLUDE_SCHEMA": self.serve_include_schema,
            "SWAGGER_UI_SETTINGS": self.swagger_ui_settings.model_dump(mode="json"),
        }
        given = {name: value for name, value in said.items() if value is not None}
        return {"SPECTACULAR_SETTINGS": {**given, **self.custom_settings}}


class DRFConfig(ConfigModel):
    """What Django REST framework is told, and drf-spectacular."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        name: f"give spectacular=SpectacularConfig({name}=...)" for name in SpectacularConfig.model_fields
    }

    default_renderer_classes: Many[str] = Field(
        default=("rest_framework.renderers.JSONRenderer",), description="Dotted names."
    )
    default_parser_classes: Many[str] = Field(
        default=_PARSERS, description="Dotted names."
    )
    default_permission_classes: Many[str] = Field(
        default=("rest_framework.permissions.AllowAny",), description="Dotted names."
    )
    default_authentication_classes: Many[str] = Field(
        default_factory=lambda: _installed(_AUTHENTICATION),
        description="Dotted names; by default JWT (if its library is there), token, session.",
    )
    default_filter_backends: Many[str] = Field(
        default_factory=lambda: _installed(_FILTERS),
        description="Dotted names; by default fields (if django-filter is there), search, ordering.",
    )
    default_pagination_class: str | None = Field(
        default="rest_framework.pagination.PageNumberPagination", description="A dotted name."
    )
    page_size: int = Field(default=20, ge=1, description="How many items a page has.")
    enable_browsable_api: bool = Field(default=False, description="Pages for people beside JSON.")
    enable_throttling: bool = Field(default=False, description="Whether there are limits.")
    anon_throttle_rate: Rate = Field(default="100/hour", description="The limit for those who are not signed in.")
    user_throttle_rate: Rate = Field(default="1000/hour", description="The limit for those who are.")
    spectacular: SpectacularConfig = Field(default=SpectacularConfig(), description="What drf-spectacular is told.")
    custom_rest_framework_settings: Mapping[str, object] = Field(
        default_factory=dict, description="Any other of Django REST framework's settings, by its own name, over what is above."
    )

    def get_rest_framework_settings(self) -> dict[str, object]:
        """What ``REST_FRAMEWORK`` is to be."""
        browsable = ("rest_framework.renderers.BrowsableAPIRenderer",) if self.enable_browsable_api else ()
        said: dict[str, object] = {
            "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
            "DEFAULT_RENDERER_CLASSES": [*self.default_renderer_classes, *browsable],
            "DEFAULT_PARSER_CLASSES": list(self.default_parser_classes),
            "DEFAULT_PERMISSION_CLASSES": list(self.default_permission_classes),
            "DEFAULT_AUTHENTICATION_CLASSES": list(self.default_authentication_classes),
            "DEFAULT_FILTER_BACKENDS": list(self.default_filter_backends),
            "DEFAULT_PAGINATION_CLASS": self.default_pagination_class,
            "PAGE_SIZE": self.page_size,
        }
        if self.enable_throttling:
            said["DEFAULT_THROTTLE_CLASSES"] = [
                "rest_framework.throttling.AnonRateThrottle", "rest_framework.throttling.UserRateThrottle",
            ]
            said["DEFAULT_THROTTLE_RATES"] = {"anon": self.anon_throttle_rate, "user": self.user_throttle_rate}
        return {**said, **self.custom_rest_framework_settings}

    def get_spectacular_settings(self) -> dict[str, object]:
        """What ``SPECTACULAR_SETTINGS`` is to be."""
        return self.spectacular.get_django_settings()["SPECTACULAR_SETTINGS"]

    def get_django_settings(self) -> DRFSettings:
        """Both."""
        return {
            "REST_FRAMEWORK": self.get_rest_framework_settings(), "SPECTACULAR_SETTINGS": self.get_spectacular_settings(),
        }


def create_drf_config(
    title: str = "API",
    description: str = "RESTful API",
    version: str = "1.0.0",
    schema_path_prefix: str = "/api/",
    enable_browsable_api: bool = False,
    enable_throttling: bool = False,
    *,
    contact: Mapping[str, str] | None = None,
    license_info: Mapping[str, str] | None = None,
    **settings: object,
) -> DRFConfig:
    """Both configurations as a value. ``settings`` are further fields of ``DRFConfig``.

    Raises:
        pydantic.ValidationError: a field is unknown, or its value will not do.
    """
    spectacular = SpectacularConfig(
        title=title, description=description, version=version, schema_path_prefix=schema_path_prefix,
        contact=contact, license_info=license_info,
    )
    return DRFConfig.model_validate({
        "spectacular": spectacular, "enable_browsable_api": enable_browsable_api, "enable_throttling": enable_throttling,
        **settings,
    })


def create_drf_spectacular_config(
    title: str = "API",
    description: str = "RESTful API",
    version: str = "1.0.0",
    schema_path_prefix: str = "/api/",
    contact: Mapping[str, str] | None = None,
    license_info: Mapping[str, str] | None = None,
    enable_browsable_api: bool = False,
    enable_throttling: bool = False,
    **settings: object,
) -> DRFSettings:
    """Settings of Django REST framework and drf-spectacular for a project's own: ``globals().update(...)``.

    Args:
        title: the document's title.
        description: its description.
        version: its version.
        schema_path_prefix: what all paths begin with; what follows names the tags.
        contact: whom to ask: ``name``, ``url``, ``email``.
        license_info: the licence: ``name``, ``url``.
        enable_browsable_api: pages for people beside JSON.
        enable_throttling: 100 requests an hour for those who are not signed in, 1000 for those who are.
        settings: ``REST_FRAMEWORK_<NAME>`` and ``SPECTACULAR_<NAME>`` put any other of the two libraries' settings over these;
            all else are further fields of ``DRFConfig``.

    Raises:
        pydantic.ValidationError: a field is unknown, or its value will not do.
    """
    own, framework, spectacular = _sorted(settings)
    made = create_drf_config(
        title, description, version, schema_path_prefix, enable_browsable_api, enable_throttling,
        contact=contact, license_info=license_info, **own,
    ).get_django_settings()
    return {
        "REST_FRAMEWORK": {**made["REST_FRAMEWORK"], **framework},
        "SPECTACULAR_SETTINGS": {**made["SPECTACULAR_SETTINGS"], **spectacular},
    }


def _sorted(settings: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object], dict[str, object]]:
    """Fields of ``DRFConfig``, settings of Django REST framework, settings of drf-spectacular."""
    own: dict[str, object] = {}
    framework: dict[str, object] = {}
    spectacular: dict[str, object] = {}
    for name, value in settings.items():
        if name.startswith("REST_FRAMEWORK_"):
            framework[name.removeprefix("REST_FRAMEWORK_")] = value
        elif name.startswith("SPECTACULAR_"):
            spectacular[name.removeprefix("SPECTACULAR_")] = value
        else:
            own[name] = value
    return own, framework, spectacular
