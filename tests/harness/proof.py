"""A TypeScript file that compiles only where every Zod schema's inferred type and its interface are assignable to each other."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.builders.typescript.names import names
from specloom.builders.typescript.zod import zod_symbols
from specloom.ir.context import IRContext

_HEAD = """import type { z } from "zod";
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : "the interface has more") : "the schema infers more";
"""


def zod_proof(api: IRContext) -> str:
    """The file, for the top folder of a client made with Zod schemas."""
    return "\n".join([_HEAD, *_proofs(api)])


def _proofs(api: IRContext) -> Iterator[str]:
    types = names(api).types
    for at, (name, schema) in enumerate(zod_symbols(api, types).items()):
        interface = types[name]
        yield f'import type {{ {schema.name} as S{at} }} from "./{schema.module}";'
        yield f'import type {{ {interface.name} as T{at} }} from "./{interface.module}";'
        yield f"export const proof{at}: Same<z.infer<typeof S{at}>, T{at}> = true;"
