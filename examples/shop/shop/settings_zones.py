"""The same shop in zones: each has addresses, a document and clients of its own.

python manage.py revolution --settings=shop.settings_zones
"""

from specloom.django import ZoneConfig, get_revolution_config

from .settings import *
from .settings import BASE_DIR

SPECLOOM = None
ROOT_URLCONF = "shop.urls_zones"

DJANGO_REVOLUTION = get_revolution_config(
    project_root=BASE_DIR,
    api_prefix="api",
    zones={
        "storefront": ZoneConfig(
            apps=["authentication", "users", "catalog", "products", "reviews", "cart", "orders", "payments"],
            title="Storefront API",
            description="What the shop's pages and its app need.",
            public=True,
        ),
        "backoffice": ZoneConfig(
            apps=["accounts", "uploads"],
            title="Back office API",
            description="What the staff needs.",
            public=False,
            auth_required=True,
            permissions=["shop.permissions.IsStaff"],
            rate_limit="1000/hour",
        ),
    },
)
