"""``manage.py generate_go_client``: a Go client of an OpenAPI file."""

from __future__ import annotations

from specloom.django.commands.from_document import DocumentCommand


class Command(DocumentCommand):
    help = "Generate a Go client from an OpenAPI file."
    emitter = "go"
