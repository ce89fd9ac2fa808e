"""What a schema that brings in others consists of: parts that hold together, groups to choose from, its own keywords."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.reading.pointers import JSON

from .kinds import Kinds, is_required_only
from .raw import COMPOSITIONS, Raw, Site, is_said, sequence, types_of
from .workspace import Workspace

CARRIED_NOT = frozenset(
    {
        "not",
        "if",
        "then",
        "else",
        "dependentRequired",
        "dependentSchemas",
        "contains",
        "minContains",
        "maxContains",
        "$dynamicRef",
        "$recursiveRef",
    }
)
"""Keywords that no type says."""
_TYPE_ONLY = frozenset({"type"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Takes schemas apart, without lowering anything."""

    workspace: Workspace
    kinds: Kinds

    def is_bare_reference(self, schema: Raw, site: Site) -> bool:
        """Whether a schema is a reference and nothing that counts beside it."""
        if not isinstance(schema.get("$ref"), str):
            return False
        if self.workspace.version == "3.0":
            ignored = sorted(key for key in schema if key != "$ref" and key[:2] != "x-")
            if ignored:
                self.workspace.info(
                    "ref-siblings-ignored",
                    f"beside $ref, OpenAPI 3.0 ignores {', '.join(ignored)}",
                    site,
                    "put the $ref into an allOf",
                )
            return True
        return not is_said(schema) and not any(key in schema for key in ("allOf", "oneOf", "anyOf"))

    def stand_in(self, schema: Raw, site: Site) -> tuple[JSON, Site] | None:
        """The one schema that a composition comes down to, where everything else in it is an annotation."""
        if self.workspace.version == "3.0" and isinstance(schema.get("$ref"), str):
            return {"$ref": schema["$ref"]}, site
        parts, groups = self.conjuncts(schema, site), self.groups(schema, site)
        if self.own_matters(schema, site):
            return None
        if len(parts) == 1 and not groups:
            return parts[0]
        if len(groups) == 1 and not parts:
            members = self.members(schema, groups[0], site)
            if len(members) == 1 and self.kinds.kind(*members[0]) != "null":
                return members[0]
        return None

    def conjuncts(self, schema: Raw, site: Site) -> list[tuple[JSON, Site]]:
        """What has to hold together with a schema's own keywords: its ``$ref`` and ``allOf``, less what says nothing."""
        found: list[tuple[JSON, Site]] = []
        if isinstance(schema.get("$ref"), str):
            found.append(({"$ref": schema["$ref"]}, site))
            if self.workspace.version == "3.0":
                return found
        for index, member in enumerate(sequence(schema.get("allOf"))):
            if isinstance(member, dict) and (is_said(member) or member.keys() & COMPOSITIONS):
                found.append((member, site.at("allOf", index)))
        return found

    def groups(self, schema: Raw, site: Site) -> list[str]:
        """Which of ``oneOf`` and ``anyOf`` choose between something; those that only ask for properties to be there do not."""
        found = []
        for key in ("oneOf", "anyOf"):
            members = sequence(schema.get(key))
            if members and not all(is_required_only(member) for member in members):
                found.append(key)
            elif members:
                self.workspace.info("required-alternatives", f"which properties {key} requires is not checked", site.at(key))
        return found

    def own_matters(self, schema: Raw, site: Site) -> bool:
        """Whether a schema's own keywords say more than its parts do."""
        if not is_said(schema):
            return False
        for word in sorted(schema.keys() & CARRIED_NOT):
            self.workspace.warn("keyword-not-carried", f"{word} has no type that says it; it is left out", site.at(word))
        return (
            any(key not in _TYPE_ONLY and key not in CARRIED_NOT for key in schema if is_said({key: None}))
            or len(types_of(schema)) > 2
        )

    def members(self, schema: Raw, group: str, site: Site) -> list[tuple[JSON, Site]]:
        """The members of a ``oneOf`` or ``anyOf`` that are more than ``null`` or a list of required names."""
        return [
            (member, place)
            for index, member in enumerate(sequence(schema.get(group)))
            if not is_required_only(member) and self.kinds.kind(member, place := site.at(group, index)) != "null"
        ]
