"""Leaves out the operations that a caller does not want, and the schemas that only they used."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate

from pydantic import JsonValue

from .context import IRContext
from .diagnostics import Diagnostic, Severity, SpecloomError
from .node import IRNode, trusted
from .operations import IROperationObject
from .schemas import IRSchema
from .usage import schema_homes, used_schemas


class OperationFilter(IRNode):
    """Which operations are meant. Within one kind any pattern may match; a kind that names nothing does not count.

    In patterns ``*`` stands for anything; in ``paths`` it stops at a slash, and ``**`` does not: ``/api/**`` is ``/api`` and all
    below it.
    """

    tags: tuple[str, ...] = ()
    """Patterns of tags; any tag of an operation counts, not only the first."""
    paths: tuple[str, ...] = ()
    """Patterns of path templates, as the document writes them: ``/users/{id}``."""
    operations: tuple[str, ...] = ()
    """Patterns of operation ids."""
    flags: tuple[str, ...] = ()
    """Keys that start with ``x-`` and are neither false nor null in the operation; ``x-audience=public`` asks for a value."""
    deprecated: bool | None = None
    """Whether the operation is deprecated; ``None`` does not ask."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self == NOTHING


NOTHING = trusted(OperationFilter)()

_Test = Callable[[IROperationObject], bool]


def filter_operations(
    api: IRContext, include: OperationFilter = NOTHING, exclude: OperationFilter = NOTHING
) -> IRContext:
    """``api`` with the operations (and webhooks) that ``include`` means in every kind it names and ``exclude`` in none.

    Only schemas still in use are kept, with their homes found anew; tags that lost all operations go. Where nothing is asked,
    ``api`` itself comes back. A pattern that matches nothing is a warning (``filter-matches-nothing``).

    Raises ``SpecloomError`` (``nothing-left``) where no operation is left of some.
    """
    if include.is_empty and exclude.is_empty:
        return api
    wanted, unwanted = list(_tests(include)), list(_tests(exclude))

    def kept(operation: IROperationObject) -> bool:
        return all(test(operation) for test in wanted) and not any(test(operation) for test in unwanted)

    operations = tuple(filter(kept, api.operations))
    webhooks = tuple(filter(kept, api.webhooks))
    findings = [*_idle_patterns(api, "include", include), *_idle_patterns(api, "exclude", exclude)]
    if api.operations and not operations:
        error = Diagnostic(
            code="nothing-left", severity=Severity.ERROR, message="the filters leave no operation of this document",
            hint="an operation is kept where every kind of include filter matches it and no exclude filter does",
        )
        raise SpecloomError([*findings, error])
    tags = {operation.tag for operation in operations}
    return api.model_copy(update={
        "operations": operations,
        "webhooks": webhooks,
        "schemas": _kept_schemas(api, operations, webhooks),
        "tags": tuple(tag for tag in api.tags if tag.name in tags),
        "diagnostics": (*api.diagnostics, *findings),
    })


def _kept_schemas(
    api: IRContext, operations: tuple[IROperationObject, ...], webhooks: tuple[IROperationObject, ...]
) -> dict[str, IRSchema]:
    used = used_schemas(api.schemas, (*operations, *webhooks))
    kept = {name: schema for name, schema in api.schemas.items() if name in used}
    homes = schema_homes(kept, operations, webhooks)
    return {name: _adapted(schema, homes[name], kept) for name, schema in kept.items()}


def _adapted(schema: IRSchema, home: str | None, kept: dict[str, IRSchema]) -> IRSchema:
    base = schema.base if schema.base in kept else None
    if (schema.home, schema.base) == (home, base):
        return schema
    return schema.model_copy(update={"home": home, "base": base})


def _tests(asked: OperationFilter) -> Iterator[_Test]:
    """For each kind that is named, the test whether any of its patterns matches."""
    for each in _patterns(asked).values():
        if each:
            yield _any_of([test for _, test in each])
    if asked.deprecated is not None:
        yield lambda operation: operation.deprecated is asked.deprecated


def _any_of(tests: list[_Test]) -> _Test:
    return lambda operation: any(test(operation) for test in tests)


def _patterns(asked: OperationFilter) -> dict[str, list[tuple[str, _Test]]]:
    return {
        "tags": [(pattern, _tag_test(pattern)) for pattern in asked.tags],
        "paths": [(pattern, _path_test(pattern)) for pattern in asked.paths],
        "operations": [(pattern, _operation_test(pattern)) for pattern in asked.operations],
        "flags": [(pattern, _flag_test(pattern)) for pattern in asked.flags],
    }


def _tag_test(pattern: str) -> _Test:
    matches = re.compile(translate(pattern)).match
    return lambda operation: any(matches(tag) for tag in {operation.tag, *operation.tags})


def _operation_test(pattern: str) -> _Test:
    matches = re.compile(translate(pattern)).match
    return lambda operation: matches(operation.operation_id) is not None


def _path_test(pattern: str) -> _Test:
    matches = path_pattern(pattern).fullmatch
    return lambda operation: matches(operation.path) is not None


def path_pattern(pattern: str) -> re.Pattern[str]:
    """The regular expression of a path pattern: ``*`` within a segment, ``**`` across, a trailing ``/**`` also nothing."""
    head, tail = (pattern[:-3], "(?:/.*)?") if pattern.endswith("/**") else (pattern, "")
    parts = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    tokens = re.findall(r"\*\*|\*|\?|[^*?]+", head)
    return re.compile("".join(parts.get(token) or re.escape(token) for token in tokens) + tail, re.DOTALL)


def _flag_test(pattern: str) -> _Test:
    key, equals, value = pattern.partition("=")

    def test(operation: IROperationObject) -> bool:
        found = operation.extensions.get(key)
        if not equals:
            return found is not None and found is not False
        return any(_text(item) == value for item in (found if isinstance(found, list) else [found]))

    return test


def _text(value: JsonValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _idle_patterns(api: IRContext, role: str, asked: OperationFilter) -> Iterator[Diagnostic]:
    """A warning for each pattern that no operation of the document matches, with the nearest thing that is there."""
    everything = (*api.operations, *api.webhooks)
    for kind, each in _patterns(asked).items():
        for pattern, test in each:
            if any(test(operation) for operation in everything):
                continue
            near = difflib.get_close_matches(pattern, _names(kind, everything), n=1)
            yield Diagnostic(
                code="filter-matches-nothing", severity=Severity.WARNING,
                message=f"no operation matches {role} {kind} {pattern!r}",
                hint=f"did you mean {near[0]!r}?" if near else None,
            )


def _names(kind: str, operations: Iterable[IROperationObject]) -> list[str]:
    names: dict[str, None] = {}
    for operation in operations:
        match kind:
            case "tags":
                names.update(dict.fromkeys((operation.tag, *operation.tags)))
            case "paths":
                names[operation.path] = None
            case "operations":
                names[operation.operation_id] = None
            case _:
                names.update(dict.fromkeys(operation.extensions))
    return list(names)
