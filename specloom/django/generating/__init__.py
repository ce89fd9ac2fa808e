"""From a project's groups to files: documents, clients in every language, the TypeScript index over all, packages, archive."""

from .generator import OpenAPIGenerator
from .results import GenerationResult, GenerationSummary, GroupResult, PackageResult
from .running import generate_project

__all__ = [
    "GenerationResult", "GenerationSummary", "GroupResult", "OpenAPIGenerator", "PackageResult", "generate_project",
]
