"""``manage.py generate_ts_client``: a TypeScript client of an OpenAPI file."""

from __future__ import annotations

from specloom.django.commands.from_document import DocumentCommand


class Command(DocumentCommand):
    help = "Generate a TypeScript client from an OpenAPI file."
    emitter = "typescript"
    switches = (
        ("zod", "Zod schemas."),
        ("fetchers", "A function per operation."),
        ("hooks", "SWR hooks."),
        ("package_files", "package.json and tsconfig.json."),
    )
