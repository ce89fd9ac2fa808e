"""What operations are called: the operationId less what the tag already says, the same words in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import IROperationObject

from .naming import plural, singular, words

Words = tuple[str, ...]

_VERBS: Mapping[str, tuple[Words, ...]] = {
    "get": (("list",), ("retrieve",)),
    "post": (("create",),),
    "put": (("update",),),
    "patch": (("partial", "update"), ("update",)),
    "delete": (("destroy",), ("delete",)),
}
"""Last words of an operationId that only repeat the HTTP method, as Django REST framework writes them."""


def method_names(operations: Iterable[IROperationObject]) -> tuple[dict[str, Words], tuple[Diagnostic, ...]]:
    """Words of each operation's method name within its tag, by operationId, and what had to be named at more length.

    ``products_list`` of the tag *products* is ``list``, ``products_featured_list`` is ``featured``, ``getProduct`` is
    ``get``. Where two would be the same, both keep more of their operationId.
    """
    choices = {operation.operation_id: (operation, _candidates(operation)) for operation in operations}
    level = dict.fromkeys(choices, 0)
    clashed: dict[str, None] = {}
    while True:
        taken: dict[Words, list[str]] = {}
        for operation_id, (_, candidates) in choices.items():
            taken.setdefault(candidates[level[operation_id]], []).append(operation_id)
        longer = [
            operation_id
            for same in taken.values()
            if len(same) > 1
            for operation_id in same
            if level[operation_id] + 1 < len(choices[operation_id][1])
        ]
        if not longer:
            break
        for operation_id in longer:
            level[operation_id] += 1
            clashed[operation_id] = None
    names = {operation_id: candidates[level[operation_id]] for operation_id, (_, candidates) in choices.items()}
    diagnostics = tuple(
        Diagnostic(
            code="operation-name-kept-long",
            severity=Severity.INFO,
            message=f"{operation_id!r} keeps more of its operationId, because the shorter name would be another operation's too",
            pointer=choices[operation_id][0].pointer,
        )
        for operation_id in clashed
    )
    return names, diagnostics


def _candidates(operation: IROperationObject) -> tuple[Words, ...]:
    """Names from the shortest to the whole operationId, no two the same."""
    whole = words(operation.operation_id) or (operation.method,)
    untagged = without_tag(whole, words(operation.tag))
    verb = next((verb for verb in _VERBS.get(operation.method, ()) if untagged[-len(verb) :] == verb), ())
    short = untagged[: len(untagged) - len(verb)] or untagged
    return tuple(dict.fromkeys((short, untagged, whole)))


def without_tag(name: Words, tag: Words) -> Words:
    """``name`` less the first place where it says ``tag``, in singular or plural; all of it where nothing would be left."""
    wanted = _folded(tag)
    size = len(wanted)
    if not size or size >= len(name):
        return name
    folded = _folded(name)
    for start in range(len(name) - size + 1):
        if folded[start : start + size] == wanted:
            return name[:start] + name[start + size :]
    return name


def _folded(name: Words) -> Words:
    return tuple(singular(word) for word in name)


def list_noun(name: Words) -> Words:
    """The words of a thing, the last one in plural: what a list of it is called."""
    return (*name[:-1], plural(name[-1])) if name else name


def item_noun(name: Words) -> Words:
    """The words of a thing, the last one in singular: what one of it is called."""
    return (*name[:-1], singular(name[-1])) if name else name
