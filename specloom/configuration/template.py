"""The commented configuration that ``specloom init`` writes."""

from __future__ import annotations

import json

_BODY = """\
# What specloom generates. `specloom generate` without arguments does all of it, `specloom generate --check` (for CI)
# fails where a folder is out of date. Every key, for your editor's completion: `specloom config-schema`.

[{prefix}documents.{name}]
source = {source}
# strict = true                         # warnings about the document are errors
# allow = ["../shared/"]                # files outside the document's folder, and URLs, it may refer to

# Only a part of a large document; only schemas still in use are kept. * stands for anything, in paths ** crosses slashes.
# include = {{ tags = ["products"], paths = ["/api/**"], operations = ["users_*"], flags = ["x-public"] }}
# exclude = {{ deprecated = true, tags = ["internal"] }}

[{prefix}documents.{name}.typescript]
output = "frontend/src/api"
zod = true                              # Zod schemas
fetchers = true                         # a function per operation
hooks = true                            # SWR hooks
# package_files = true                  # package.json and tsconfig.json
# import_ending = ".js"                 # of relative imports: "", ".js" or ".ts"

[{prefix}documents.{name}.python]
output = "backend/{module}_client"
# package_files = true                  # pyproject.toml

# [{prefix}documents.{name}.go]
# output = "clients/go"
# module = "example.com/acme/shop"      # the module's path
# package_name = "shop"

# [{prefix}documents.{name}.proto]
# output = "protos"
# package = "acme.shop.v1"
# compile = false                       # no Python modules

# Paging that cannot be recognised in the document. Styles: page, offset, cursor, next-link, link-header.
# [[{prefix}documents.{name}.paging]]
# operations = ["list_*"]
# style = "cursor"
# parameter = "after"                   # the query parameter that asks for a page
# size_parameter = "limit"
# items = "data.items"                  # where in the answer the items are
# next = "data.next_cursor"             # where the next page's cursor or link is
# total = "data.count"
"""


def template(name: str, source: str, *, shared: bool) -> str:
    """A commented configuration of one document. ``shared``: for pyproject.toml, else for a file of its own."""
    key = name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else json.dumps(name)
    module = "".join(char if char.isascii() and char.isalnum() else "_" for char in name.lower()).strip("_") or "api"
    return _BODY.format(
        prefix="tool.specloom." if shared else "", name=key, source=json.dumps(source, ensure_ascii=False), module=module
    )
