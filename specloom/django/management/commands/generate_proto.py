"""``manage.py generate_proto``: proto3 files of an OpenAPI file."""

from __future__ import annotations

from specloom.django.commands.from_document import DocumentCommand


class Command(DocumentCommand):
    help = "Generate proto3 files, and what protoc makes of them for Python, from an OpenAPI file."
    emitter = "proto"
