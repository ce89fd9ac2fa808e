"""Settings of the example shop. Nothing has to be set from outside.

``SHOP_DATABASE`` names another database file, ``SHOP_DEBUG=0`` switches debugging off.
"""

import os
from datetime import timedelta
from pathlib import Path

from specloom.django import OpenAPIClientConfig, OpenAPIGroupConfig

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASE = Path(os.environ.get("SHOP_DATABASE", BASE_DIR / "shop.sqlite3"))

SECRET_KEY = "only-for-the-example-never-in-production"
GATEWAY_SECRET = "shared-with-the-payment-gateway"
DEBUG = os.environ.get("SHOP_DEBUG", "1") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_filters",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    "drf_spectacular",
    "specloom.django",
    "shop",
    "accounts",
    "authentication",
    "uploads",
    "users",
    "catalog",
    "products",
    "reviews",
    "cart",
    "orders",
    "payments",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
ASGI_APPLICATION = "shop.asgi.application"

TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATABASE,
        "OPTIONS": {"timeout": 20},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = DATABASE.parent / "media"
MEDIA_URL = "media/"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "shop@shop.example.com"

TEST_RUNNER = "shop.testing.ShopRunner"

LANGUAGE_CODE = "en"
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("fr", "Français")]
TIME_ZONE = "UTC"
USE_TZ = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework_simplejwt.authentication.JWTAuthentication",
        "shop.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "shop.negotiation.JSONNegotiation",
    "DEFAULT_SCHEMA_CLASS": "shop.schema.DocstringSchema",
    "EXCEPTION_HANDLER": "shop.errors.exception_handler",
    "DEFAULT_THROTTLE_RATES": {
        "sign-in": "120/minute",
        "password-reset": "5/minute",
        "checkout": "60/minute",
        "comments": "20/minute",
    },
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=5),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=1),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "UPDATE_LAST_LOGIN": True,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Shop API",
    "VERSION": "1.4.0",
    "DESCRIPTION": (
        "Everything the shop's pages, its app and its warehouse need.\n"
        "\n"
        "Sign in for a token (`auth_token_create`) or for a session (`auth_login_create`); a session also needs\n"
        "the CSRF token, sent as `X-CSRFToken` with everything that changes something.\n"
        "\n"
        "Money is a decimal number in a string. Times are in UTC.\n"
    ),
    "CONTACT": {"name": "The shop's engineers", "email": "api@shop.example.com"},
    "LICENSE": {"name": "MIT"},
    "SERVERS": [
        {"url": "https://shop.example.com", "description": "Production"},
        {
            "url": "https://{branch}.staging.shop.example.com",
            "description": "A branch under test",
            "variables": {"branch": {"default": "main", "description": "Name of the branch."}},
        },
    ],
    "TAGS": [
        {"name": "accounts", "description": "People who can sign in, as the staff sees them."},
        {"name": "auth", "description": "Tokens, sessions and passwords."},
        {"name": "cart", "description": "What somebody is about to buy."},
        {"name": "catalog", "description": "Categories, brands and attributes."},
        {"name": "orders", "description": "From checkout to delivery."},
        {"name": "payments", "description": "Methods, payments and the gateway's messages."},
        {"name": "products", "description": "What the shop sells."},
        {"name": "reviews", "description": "What customers think."},
        {"name": "uploads", "description": "Files."},
        {"name": "users", "description": "The one who is signed in."},
    ],
    "SCHEMA_PATH_PREFIX": "/api/",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "shop.hooks.describe_enums",
        "shop.hooks.refer_to_enums",
        "shop.hooks.require_bodies",
        "shop.hooks.patch_without_defaults",
        "shop.hooks.write_in_place",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AccountRoleEnum": "accounts.models.AccountRole",
        "AddressKindEnum": "accounts.models.AddressKind",
        "CountryEnum": "accounts.models.Country",
        "CurrencyEnum": "shop.money.Currency",
        "LanguageEnum": "accounts.models.Language",
        "CancelReasonEnum": "orders.models.CancelReason",
        "OrderStatusEnum": "orders.models.OrderStatus",
        "PaymentStatusEnum": "payments.models.PaymentStatus",
        "PriorityEnum": "orders.models.Priority",
        "ProductKindEnum": "products.models.ProductKind",
        "ProductStatusEnum": "products.models.ProductStatus",
        "ReviewRatingEnum": "reviews.models.Rating",
        "UploadPurposeEnum": "uploads.models.UploadPurpose",
    },
}

SPECLOOM = OpenAPIClientConfig(
    enabled=True,
    groups=[
        OpenAPIGroupConfig(
            name="storefront",
            apps=["authentication", "users", "catalog", "products", "reviews", "cart", "orders", "payments"],
            title="Storefront API",
            description="What the shop's pages and its app need.",
            version="1.4.0",
        ),
        OpenAPIGroupConfig(
            name="backoffice",
            apps=["accounts", "uploads"],
            title="Back office API",
            description="What the staff needs.",
            version="1.4.0",
        ),
    ],
    output_dir="openapi",
    generate_go=True,
    generate_proto=True,
    generate_zod_schemas=True,
    generate_fetchers=True,
)
