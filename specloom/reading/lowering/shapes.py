"""What a schema's content may be while it is put together: an object, an enum, a union, or a type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from specloom.ir.schemas import EnumMember, IRPropertyObject
from specloom.ir.types import IRType

from .raw import Raw, Site


@dataclass(frozen=True, slots=True)
class ObjectShape:
    """Properties by name, and the names that are required, whether or not a property of that name is known yet."""

    properties: Mapping[str, IRPropertyObject]
    required: frozenset[str] = frozenset()
    additional: IRType | None = None
    min_properties: int | None = None
    max_properties: int | None = None


@dataclass(frozen=True, slots=True)
class EnumShape:
    """The values of an enum, ``null`` left out."""

    members: tuple[EnumMember, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A member of a union that has no name yet. ``origin`` is the schema it was made of, where that has a name."""

    shape: Shape
    words: str
    site: Site
    schema: Raw
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class RawDiscriminator:
    """A Discriminator Object as the document has it; ``mapping`` leads from values to schema names."""

    property_name: str
    mapping: tuple[tuple[str, str], ...] = ()
    site: Site = field(default_factory=lambda: Site("", ""))


@dataclass(frozen=True, slots=True)
class UnionShape:
    """One of several; ``null`` left out."""

    members: tuple[IRType | Pending, ...]
    exclusive: bool = False
    discriminator: RawDiscriminator | None = None


Shape = ObjectShape | EnumShape | UnionShape | IRType
