"""Constructors of nodes for values that lowering has typed itself, less the checks, which would take longer than all else."""

from __future__ import annotations

from typing import Final

from specloom.ir.context import IRContext, IRInfoObject, IRTagObject
from specloom.ir.node import trusted
from specloom.ir.operations import (
    APIKeyScheme,
    HTTPScheme,
    IREncodingObject,
    IRHeaderObject,
    IRMediaTypeObject,
    IROperationObject,
    IRParameterObject,
    IRRequestBodyObject,
    IRResponseObject,
    IRServerObject,
    IRServerVariable,
    MutualTLSScheme,
    OAuth2Flow,
    OAuth2Scheme,
    OpenIDConnectScheme,
    Pagination,
    SecurityRequirement,
)
from specloom.ir.schemas import (
    Default,
    Discriminator,
    EnumMember,
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRUnionSchema,
)
from specloom.ir.types import (
    ArrayType,
    Constraints,
    LiteralType,
    MapType,
    ReferenceType,
    ScalarType,
    TupleType,
    UploadType,
)

array_type: Final = trusted(ArrayType)
constraints: Final = trusted(Constraints)
literal_type: Final = trusted(LiteralType)
map_type: Final = trusted(MapType)
reference_type: Final = trusted(ReferenceType)
scalar_type: Final = trusted(ScalarType)
tuple_type: Final = trusted(TupleType)
upload_type: Final = trusted(UploadType)

default: Final = trusted(Default)
discriminator: Final = trusted(Discriminator)
enum_member: Final = trusted(EnumMember)
property_object: Final = trusted(IRPropertyObject)
object_schema: Final = trusted(IRObjectSchema)
enum_schema: Final = trusted(IREnumSchema)
union_schema: Final = trusted(IRUnionSchema)
alias_schema: Final = trusted(IRAliasSchema)

encoding_object: Final = trusted(IREncodingObject)
header_object: Final = trusted(IRHeaderObject)
media_type_object: Final = trusted(IRMediaTypeObject)
operation_object: Final = trusted(IROperationObject)
pagination: Final = trusted(Pagination)
parameter_object: Final = trusted(IRParameterObject)
request_body_object: Final = trusted(IRRequestBodyObject)
response_object: Final = trusted(IRResponseObject)

server_object: Final = trusted(IRServerObject)
server_variable: Final = trusted(IRServerVariable)
security_requirement: Final = trusted(SecurityRequirement)
api_key_scheme: Final = trusted(APIKeyScheme)
http_scheme: Final = trusted(HTTPScheme)
mutual_tls_scheme: Final = trusted(MutualTLSScheme)
oauth2_flow: Final = trusted(OAuth2Flow)
oauth2_scheme: Final = trusted(OAuth2Scheme)
openid_connect_scheme: Final = trusted(OpenIDConnectScheme)

context: Final = trusted(IRContext)
info_object: Final = trusted(IRInfoObject)
tag_object: Final = trusted(IRTagObject)
