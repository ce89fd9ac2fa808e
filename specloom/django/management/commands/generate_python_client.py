"""``manage.py generate_python_client``: a Python client of an OpenAPI file."""

from __future__ import annotations

from specloom.django.commands.from_document import DocumentCommand


class Command(DocumentCommand):
    help = "Generate a Python client from an OpenAPI file."
    emitter = "python"
    switches = (("package_files", "pyproject.toml."),)
