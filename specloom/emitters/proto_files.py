"""What lies beside proto3 files: README.md and buf.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from specloom.ir.context import IRContext

if TYPE_CHECKING:
    from specloom.builders.proto.nodes import ProtoFile

_COMMANDS = """\
Every command runs in this folder. `google/api` is in [googleapis](https://github.com/googleapis/googleapis); clone it beside this
folder, or leave that to buf: `buf dep update`, then `buf generate`.

```sh
PROTOS=$(find . -name '*.proto')

# Python (pip install grpcio-tools googleapis-common-protos)
GOOGLE=$(python -c 'import google.api, pathlib; print(pathlib.Path(next(iter(google.api.__path__))).parents[1])')
python -m grpc_tools.protoc -I. -I"$GOOGLE" --python_out=. --grpc_python_out=. --pyi_out=. $PROTOS

# Go (protoc-gen-go, protoc-gen-go-grpc); make the files with the option go_package first
protoc -I. -I../googleapis --go_out=gen --go-grpc_out=gen $PROTOS

# Java, Kotlin (protoc-gen-grpc-java)
protoc -I. -I../googleapis --java_out=gen --kotlin_out=gen --grpc-java_out=gen $PROTOS

# C++ (grpc_cpp_plugin)
protoc -I. -I../googleapis --cpp_out=gen --grpc_out=gen --plugin=protoc-gen-grpc=$(which grpc_cpp_plugin) $PROTOS

# C# (Grpc.Tools brings grpc_csharp_plugin)
protoc -I. -I../googleapis --csharp_out=gen --csharp_opt=base_namespace= \\
  --grpc_out=gen --plugin=protoc-gen-grpc=$(which grpc_csharp_plugin) $PROTOS

# JavaScript and TypeScript (npm install @bufbuild/protoc-gen-es)
protoc -I. -I../googleapis --es_out=gen --es_opt=target=ts $PROTOS

# Ruby, PHP, Swift, Dart
protoc -I. -I../googleapis --ruby_out=gen $PROTOS
protoc -I. -I../googleapis --php_out=gen $PROTOS
protoc -I. -I../googleapis --swift_out=gen --grpc-swift_out=gen $PROTOS
protoc -I. -I../googleapis --dart_out=grpc:gen $PROTOS
```
"""
_RULES = """\
## Numbers

`specloom.lock.json` says which number each field and each enum value has, and had. Commit it and never delete it: by it no number
ever moves, and what is removed stays reserved. After a merge with conflicts, `specloom lock repair .` keeps all numbers in use.

## JSON

Every field has the name that it has in the API's JSON, so `json_format.Parse` and `MessageToJson` (protojson in other languages)
read and write that JSON. ProtoJSON has rules of its own where the API's JSON says something else:

| in the API's JSON | in ProtoJSON |
| --- | --- |
| an integer of 64 bits, `5` | read as it is, written as a string, `"5"` |
| a value of an enum, `"on_sale"` or `3` | its name here, `"PRODUCT_STATUS_ON_SALE"`; the comment of each has the original |
| one of several types | one level deeper, below the name of the type: `{"card": {...}}` |
| a list in a list, a list in a map, an element that may be null | one level deeper: `{"values": [...]}`, `{"value": ...}` |
| keys that an object does not name | below `additionalProperties` |
| `null` | read as absent, and absent when written |
| an empty list or map, 0, `false` or `""` that is always there | absent, unless `always_print_fields_with_no_presence` is set |
| a list or a map that may be absent | absent and empty are one |
| a time, `2026-11-21T18:00:00+01:00` | the same moment, written in UTC: `2026-11-21T17:00:00Z` |
| Base64 | written with padding, in the standard alphabet |

## HTTP

`google.api.http` says how each rpc is an HTTP request: the body of a request is its field `body`, and so is that of an answer.
Parameters of path, query, header and cookie are fields of the request. Headers of answers travel as metadata, errors as a status
whose details may carry the messages that the API describes for them. An rpc without `google.api.http` has a path that it cannot
say.
"""


def readme(api: IRContext, files: Sequence[ProtoFile], *, compiled: bool) -> str:
    """How the files are used."""
    title = "".join(c if c.isalnum() or c in " -" else " " for c in " ".join(api.info.title.split()))
    parts = [
        f"# {' '.join(title.split()) or 'API'} in proto3\n",
        _table(files),
        *([_python(files)] if compiled else []),
        "## Compiling\n\n" + _COMMANDS,
        _RULES,
    ]
    return "\n".join(part for part in parts if part)


def _table(files: Iterable[ProtoFile]) -> str:
    rows = [f"| `{file.path}` | `{file.package}` |" for file in files]
    return "\n".join(("| file | package |", "| --- | --- |", *rows, "")) if rows else ""


def _python(files: Iterable[ProtoFile]) -> str:
    """How the modules made for Python are called, shown with the first rpc there is."""
    from specloom.builders.proto.nodes import Service

    for file in files:
        for service in file.declarations:
            if isinstance(service, Service) and service.rpcs:
                rpc = service.rpcs[0]
                call = f"stub.{rpc.name}(messages_pb2.{rpc.request.path[0]}())"
                use = f"for answer in {call}:\n        ..." if rpc.streams_response else f"answer = {call}"
                return f"""## Python

The modules are made already; `pip install grpcio protobuf googleapis-common-protos`, and this folder on the path.

```python
import grpc
from {file.package} import messages_pb2, service_pb2_grpc

with grpc.insecure_channel("localhost:50051") as channel:
    stub = service_pb2_grpc.{service.name}Stub(channel)
    {use}
```
"""
    return ""


def buf_yaml() -> str:
    """The module that ``buf lint``, ``buf format`` and ``buf breaking`` work on."""
    return """version: v2
deps:
  - buf.build/googleapis/googleapis
lint:
  use:
    - STANDARD
breaking:
  use:
    - FILE
"""
