"""The sections of a configuration: what each key means, with the targets of every emitter that is installed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, create_model

from specloom.emitters.protocol import EmitterOptions
from specloom.ir.filtering import NOTHING, OperationFilter
from specloom.ir.paging import PagingRule
from specloom.jobs import Job


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration file: a job for each document, in the order of the file, paths absolute."""

    file: Path
    jobs: tuple[Job, ...]


class DocumentSection(BaseModel):
    """One API description. Beside these keys, a table by the name of each emitter that is to run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(description="The OpenAPI document: a path from this file's folder, or a URL that 'allow' names.")
    include: OperationFilter = Field(
        default=NOTHING, description="Only operations that match; each kind that is named has to match."
    )
    exclude: OperationFilter = Field(default=NOTHING, description="No operations that match in any kind that is named.")
    paging: tuple[PagingRule, ...] = Field(default=(), description="Paging that cannot be recognised.")
    strict: bool = Field(default=False, description="Whether warnings about the document are errors.")
    allow: tuple[str, ...] = Field(
        default=(), description="Files outside the document's folder and URLs that the document may refer to."
    )


class RootSection(BaseModel):
    """The whole: ``[tool.specloom]`` in pyproject.toml, the top of specloom.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: dict[str, DocumentSection] = Field(description="The documents, each under a name of your choice.")


def root_section(emitters: Mapping[str, type[EmitterOptions]]) -> type[RootSection]:
    """The model of a file in which documents may have a table for each of ``emitters``."""
    targets = {name: (_target_section(name, options) | None, None) for name, options in emitters.items()}
    document = create_model("Document", __base__=DocumentSection, __doc__=DocumentSection.__doc__, **targets)  # type: ignore[call-overload]  # fields by name cannot be typed
    return create_model("Configuration", __base__=RootSection, __doc__=RootSection.__doc__, documents=(
        dict[str, document], Field(description="The documents, each under a name of your choice.")
    ))


def _target_section(name: str, options: type[EmitterOptions]) -> type[EmitterOptions]:
    words = "".join(word.capitalize() for word in name.replace("-", "_").split("_"))
    output = Field(description="The folder it is written to, from this file's folder.")
    return create_model(f"{words}Target", __base__=options, __doc__=f"What is made by the {name} emitter.", output=(str, output))


def config_schema(emitters: Mapping[str, type[EmitterOptions]]) -> dict[str, object]:
    """The JSON Schema (2020-12) of a configuration with the tables of ``emitters``; for editors and for checks."""
    schema = root_section(emitters).model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
