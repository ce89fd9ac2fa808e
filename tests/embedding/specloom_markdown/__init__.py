"""An emitter outside specloom: an API reference in Markdown, a page a tag."""

from __future__ import annotations

from collections.abc import Iterator

from specloom import Emission, EmitterOptions, IRContext
from specloom.builders.naming import kebab, words
from specloom.ir.operations import IROperationObject


class MarkdownOptions(EmitterOptions):
    """Options of the reference."""

    heading: str = "API"


class MarkdownEmitter:
    """Registered as ``markdown`` in the entry point group ``specloom.emitters``."""

    options_type = MarkdownOptions

    def emit(self, api: IRContext, options: MarkdownOptions) -> Emission:
        """A page a tag."""
        pages = {
            f"{kebab(words(tag))}.md": "\n".join(_page(f"{options.heading}: {tag}", operations))
            for tag, operations in api.operations_by_tag.items()
        }
        return Emission(pages)


def shouting(text: str) -> str:
    """A formatter outside specloom, registered as ``shouting`` in ``specloom.formatters``: a comment above every file."""
    return f"# FORMATTED\n{text}"


def _page(title: str, operations: tuple[IROperationObject, ...]) -> Iterator[str]:
    yield f"# {title}\n"
    for operation in operations:
        yield f"## `{operation.method.upper()} {operation.path}`\n"
        yield f"{operation.summary or operation.operation_id}\n"
        for parameter in operation.parameters:
            yield f"- `{parameter.name}` in {parameter.location}{', required' if parameter.required else ''}"
