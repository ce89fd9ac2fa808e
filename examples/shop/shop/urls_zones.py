"""All addresses of the shop in zones: ``/api/storefront/…`` and ``/api/backoffice/…``, with their documents."""

from specloom.django import add_revolution_urls

urlpatterns = add_revolution_urls([])
