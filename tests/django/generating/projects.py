"""Projects whose documents are at hand, so that no view has to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from specloom.django.project import Group, Outputs, Project, Spelling
from specloom.ir.diagnostics import Diagnostic

Answer = Mapping[str, object] | BaseException


@dataclass(frozen=True)
class Described:
    """A group's document, as ``group_document`` gives it."""

    document: dict[str, object]
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass
class Documents:
    """Makes the documents of groups; an exception in the place of one is raised."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, project: Project, group: Group) -> Described:
        self.asked.append(group.name)
        answer = self.answers[group.name]
        if isinstance(answer, BaseException):
            raise answer
        return Described(dict(answer), yaml.safe_dump(dict(answer), sort_keys=False))


def document(title: str, fields: tuple[str, ...] = ("id", "name"), *, path: str = "things") -> dict[str, object]:
    """A small API with one tag and one model."""
    properties = {name: {"type": "integer" if name == "id" else "string"} for name in fields}
    answer = {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    number = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1.0.0"},
        "paths": {
            f"/api/{path}/{{id}}/": {
                "get": {"operationId": f"{path}_retrieve", "tags": [path], "parameters": [number], "responses": {"200": answer}},
            },
        },
        "components": {
            "schemas": {"Thing": {"type": "object", "properties": properties, "required": list(fields)}},
            "securitySchemes": {"jwtAuth": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"jwtAuth": []}],
    }


def project(base: Path, *names: str, change: Callable[[Project], Project] = lambda made: made) -> tuple[Project, Documents]:
    """A project of these groups, with what makes their documents."""
    outputs = Outputs(base, base / "schemas", base / "clients", base / "archive")
    groups = tuple(Group(name, (name,), f"The {name} API") for name in names)
    documents = Documents({name: document(f"The {name} API", path=f"things{at}") for at, name in enumerate(names)})
    return change(Project(groups, Spelling.GROUPS, outputs, title="Shop API")), documents


def without_archive(made: Project) -> Project:
    """The same project, that keeps no copies."""
    return replace(made, archive=replace(made.archive, enabled=False))


def texts(folder: Path) -> dict[str, str]:
    """Every file below a folder by its relative path; manifests and archives left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".specloom.json" and "archive" not in path.relative_to(folder).parts
    }
