"""Constructors of the nodes that documents have by the thousand, less the checks of values that lowering has typed itself."""

from __future__ import annotations

from typing import Final

from specloom.ir.node import trusted
from specloom.ir.operations import (
    IRHeaderObject,
    IRMediaTypeObject,
    IROperationObject,
    IRParameterObject,
    IRResponseObject,
    Pagination,
)
from specloom.ir.schemas import (
    Default,
    EnumMember,
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRUnionSchema,
)
from specloom.ir.types import ArrayType, LiteralType, MapType, ReferenceType, ScalarType

array_type: Final = trusted(ArrayType)
literal_type: Final = trusted(LiteralType)
map_type: Final = trusted(MapType)
reference_type: Final = trusted(ReferenceType)
scalar_type: Final = trusted(ScalarType)

default: Final = trusted(Default)
enum_member: Final = trusted(EnumMember)
property_object: Final = trusted(IRPropertyObject)

object_schema: Final = trusted(IRObjectSchema)
enum_schema: Final = trusted(IREnumSchema)
union_schema: Final = trusted(IRUnionSchema)
alias_schema: Final = trusted(IRAliasSchema)

header_object: Final = trusted(IRHeaderObject)
media_type_object: Final = trusted(IRMediaTypeObject)
parameter_object: Final = trusted(IRParameterObject)
response_object: Final = trusted(IRResponseObject)
operation_object: Final = trusted(IROperationObject)
pagination: Final = trusted(Pagination)
