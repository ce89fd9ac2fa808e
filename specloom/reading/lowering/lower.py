"""A checked document to the IR, in one pass over it and a few over the declarations."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.ir.context import IRContext, IRInfoObject, IRTagObject
from specloom.ir.operations import IROperationObject
from specloom.ir.paging import PagingRule, describe_paging
from specloom.reading.document import Document

from . import nodes
from .bodies import Bodies
from .defaults import parameters_with_fitting_defaults, with_fitting_defaults
from .discriminators import discriminated, find_parents
from .enums import InlineEnums
from .finishing import Renaming, finished, flattened, settle_unions
from .graph import Graph
from .homes import with_homes
from .kinds import Kinds
from .naming import Names
from .operation_types import map_operation
from .operations import Operations
from .pagination import paged
from .raw import Raw, Site, mapping, sequence, text
from .schemas import Schemas
from .security import requirements, security_schemes, servers
from .uploads import uploading
from .variants import Api, patched, related, split
from .workspace import Workspace

ROOT = Site("", "")


def lower(document: Document, *, paging: Sequence[PagingRule] = ()) -> IRContext:
    """The API that a document describes.

    Args:
        document: what ``read_document`` gave; its diagnostics come along.
        paging: how operations page, where the caller knows better; see :class:`PagingRule`.
    """
    root = dict(document.root)
    components = mapping(root.get("components"))
    own = mapping(components.get("schemas"))
    work = Workspace(document.references, document.version, Names(own))
    site = ROOT.at("components", "schemas")
    parents = find_parents(work, own, site)
    enums = InlineEnums(work)
    schemas = Schemas(work, Kinds(work, frozenset(parents.children)), enums, parents)
    schemas.declare_components(own, site)
    schemas.finish()
    operations = _operations(root, components, schemas)
    schemas.finish()
    wanted = settle_unions(schemas)
    schemas.finish()
    names = enums.named(work.names)
    renaming = Renaming(names)
    made = discriminated(work, flattened(schemas, finished(schemas, renaming, names)), wanted)
    graph = Graph()
    api = _derived(
        work,
        graph,
        Api(
            made,
            tuple(map_operation(operation, renaming) for operation in operations.found),
            tuple(map_operation(operation, renaming) for operation in operations.webhooks),
        ),
    )
    found = tuple(
        parameters_with_fitting_defaults(work, paged(api.schemas, operation), api.schemas) for operation in api.operations
    )
    homed = with_homes(graph, with_fitting_defaults(work, api.schemas), found, api.webhooks)
    context = nodes.context(
        info=_info(root),
        servers=servers(root.get("servers")),
        tags=_tags(root, found),
        security_schemes=security_schemes(
            work, mapping(components.get("securitySchemes")), ROOT.at("components", "securitySchemes")
        ),
        schemas=homed,
        operations=found,
        webhooks=api.webhooks,
        diagnostics=(*document.diagnostics, *work.diagnostics),
    )
    return describe_paging(context, tuple(paging))


def _derived(work: Workspace, graph: Graph, api: Api) -> Api:
    """What follows from the schemas: variants for requests and patches, and uploads."""
    api = patched(work, work.names, split(work, work.names, graph, related(graph, api)))
    return uploading(work, work.names, graph, api)


def _operations(root: Raw, components: Raw, schemas: Schemas) -> Operations:
    schemes = frozenset(mapping(components.get("securitySchemes")))
    security = requirements(schemas.workspace, root.get("security"), schemes, ROOT.at("security"))
    operations = Operations(schemas, Bodies(schemas), schemes, security)
    operations.paths(mapping(root.get("paths")), ROOT.at("paths"))
    operations.hooks(mapping(root.get("webhooks")), ROOT.at("webhooks"))
    return operations


def _info(root: Raw) -> IRInfoObject:
    raw = mapping(root.get("info"))
    contact, licence = mapping(raw.get("contact")), mapping(raw.get("license"))
    return nodes.info_object(
        title=text(raw.get("title")) or "API",
        version=str(raw.get("version", "")),
        summary=text(raw.get("summary")),
        description=text(raw.get("description")),
        terms_of_service=text(raw.get("termsOfService")),
        contact_name=text(contact.get("name")),
        contact_email=text(contact.get("email")),
        contact_url=text(contact.get("url")),
        license_name=text(licence.get("name")),
        license_url=text(licence.get("url")),
    )


def _tags(root: Raw, operations: Sequence[IROperationObject]) -> tuple[IRTagObject, ...]:
    """The first tags of all operations: those of the document's list in its order, then the others as they come."""
    used = dict.fromkeys(operation.tag for operation in operations)
    listed: dict[str, IRTagObject] = {}
    for each in sequence(root.get("tags")):
        raw = mapping(each)
        name = raw.get("name")
        if isinstance(name, str) and name in used and name not in listed:
            listed[name] = nodes.tag_object(name=name, description=text(raw.get("description")))
    return (*listed.values(), *(nodes.tag_object(name=name) for name in used if name not in listed))
