"""What fetchers and hooks are called: ``getProducts`` and ``useProducts``, ``createProduct`` and ``useCreateProduct``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from specloom.builders.naming import NameAllocator, camel, pascal, words
from specloom.builders.operations import Words, item_noun, list_noun, without_tag
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import IROperationObject


@dataclass(frozen=True, slots=True)
class FetcherName:
    """The names of one operation's fetcher and hook."""

    fetcher: str
    hook: str


_WRITES: Mapping[Words, str] = {
    ("create",): "create",
    ("update",): "update",
    ("partial", "update"): "partialUpdate",
    ("destroy",): "delete",
    ("delete",): "delete",
}
_READ_VERBS = frozenset({"get", "list", "fetch", "retrieve", "read", "find"})


def fetcher_names(
    api: IRContext, identifier: Callable[[str], str]
) -> tuple[dict[str, FetcherName], tuple[Diagnostic, ...]]:
    """Names by operationId, unique in the whole API, and what had to be named by its whole operationId.

    ``list`` and ``retrieve`` of a tag read its noun (``getProducts``, ``getProduct``), writes name it (``createProduct``); any
    other operation keeps its operationId. ``identifier`` makes a JavaScript name of a text.
    """
    wanted = {operation.operation_id: _wanted(operation) for operation in api.operations}
    fetchers, hooks = Counter(fetcher for fetcher, _ in wanted.values()), Counter(hook for _, hook in wanted.values())
    names = NameAllocator()
    diagnostics: list[Diagnostic] = []
    made: dict[str, FetcherName] = {}
    for operation in api.operations:
        key = operation.operation_id
        whole = camel(words(key)) or operation.method
        fetcher, hook = wanted[key]
        clashes = fetchers[fetcher] > 1 or hooks[hook] > 1
        if clashes:
            fetcher, hook = whole, f"use{pascal(words(key))}"
        given = names.allocate((key, "fetcher"), identifier(fetcher), identifier(whole))
        used = names.allocate((key, "hook"), identifier(hook), identifier(f"use{pascal(words(key))}"))
        made[key] = FetcherName(given.name, used.name)
        if clashes:
            diagnostics.append(
                Diagnostic(
                    code="fetcher-name-kept-long",
                    severity=Severity.INFO,
                    message=f"the fetcher of {key!r} is {given.name}: a shorter name would be another operation's too",
                    pointer=operation.pointer,
                )
            )
    return made, tuple(diagnostics)


def is_read(operation: IROperationObject) -> bool:
    """Whether its hook reads (``useSWR``) or writes (``useSWRMutation``)."""
    return operation.method in ("get", "head")


def _wanted(operation: IROperationObject) -> tuple[str, str]:
    whole = words(operation.operation_id)
    tag = words(operation.tag)
    verb = without_tag(whole, tag)
    if is_read(operation):
        if verb == ("list",) and whole != verb:
            return camel(("get", *list_noun(tag))), f"use{pascal(list_noun(tag))}"
        if verb == ("retrieve",) and whole != verb:
            return camel(("get", *item_noun(tag))), f"use{pascal(item_noun(tag))}"
        noun = whole[1:] if len(whole) > 1 and whole[0] in _READ_VERBS else whole
        return camel(whole), f"use{pascal(noun)}"
    if verb in _WRITES and whole != verb:
        name = _WRITES[verb] + pascal(item_noun(tag))
        return name, f"use{name[0].upper()}{name[1:]}"
    return camel(whole), f"use{pascal(whole)}"
