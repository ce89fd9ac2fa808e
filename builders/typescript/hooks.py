"""SWR hooks over the fetchers: ``useSWR`` for what reads, ``useSWRMutation`` for what writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from . import nodes as ts
from .fetcher_names import FetcherName, is_read
from .fetchers import API, fetcher_doc, fetcher_module
from .params import Argument, Method, Role

_USE_SWR = ts.package("useSWR", "swr", default=True)
_CONFIGURATION = ts.package("SWRConfiguration", "swr")
_RESPONSE = ts.package("SWRResponse", "swr")
_USE_MUTATION = ts.package("useSWRMutation", "swr/mutation", default=True)
_MUTATION_RESPONSE = ts.package("SWRMutationResponse", "swr/mutation")
_ERROR = ts.type_ref(ts.symbol("APIError", "errors"))
_OPTIONS = "options"
_CLIENT = ts.member(ts.name(_OPTIONS), "client", optional=True)
_CLIENT_OPTION = ts.object_type(ts.prop("client", ts.type_ref(API), optional=True))


def hook_file(folder: str, methods: Iterable[Method], names: Mapping[str, FetcherName]) -> ts.File | None:
    """The hooks of one tag; ``None`` where it only streams, which no hook waits for."""
    made = [
        (_read if is_read(method.operation) else _write)(folder, _showing(method, name.fetcher), name)
        for method in methods
        if not method.response.only_streams
        for name in [names[method.operation.operation_id]]
    ]
    return ts.file(f"{folder}/_utils/hooks/{folder}.ts", *made, directives=["use client"]) if made else None


def _showing(method: Method, fetcher: str) -> Method:
    """The method with no argument that hides the fetcher, which a hook calls by its name."""
    taken = {argument.name for argument in method.arguments}
    if fetcher not in taken:
        return method
    other = f"{fetcher}Value"
    while other in taken:
        other += "_"
    arguments = (replace(each, name=other) if each.name == fetcher else each for each in method.arguments)
    return replace(method, arguments=tuple(arguments))


def _read(folder: str, method: Method, name: FetcherName) -> ts.Function:
    """``useProducts(params | null)``: a stable key of the operation and what it is given; ``null`` waits."""
    data = method.response.type
    waiting = [argument for argument in method.arguments if _may_wait(method, argument)]
    parameters = [_nullable(argument) if argument in waiting else argument.parameter for argument in method.arguments]
    options = ts.intersection_of(ts.type_ref(_CONFIGURATION, data, _ERROR), _CLIENT_OPTION)
    fetched = ts.call(ts.ref(_fetcher(folder, name)), *method.call_arguments, _CLIENT)
    if method.arguments:
        binding = ts.array_pattern(None, *(argument.name for argument in method.arguments))
        fetcher = ts.arrow([ts.param(binding)], fetched)
    else:
        fetcher = ts.arrow([], fetched)
    hint = "Pass `null` to wait." if waiting else ""
    return ts.function(
        name.hook,
        [*parameters, ts.param(_OPTIONS, options, optional=True)],
        ts.type_ref(_RESPONSE, data, _ERROR),
        ts.return_(ts.call(ts.ref(_USE_SWR), _key(method, waiting), fetcher, ts.name(_OPTIONS))),
        doc=fetcher_doc(method.operation, hint),
    )


def _may_wait(method: Method, argument: Argument) -> bool:
    """Whether ``null`` may stand for an argument: path parameters, or the parameter object where there are none."""
    if any(a.role is Role.PATH for a in method.arguments):
        return argument.role is Role.PATH
    return argument.role is Role.PARAMS


def _nullable(argument: Argument) -> ts.Parameter:
    type = ts.union_of(argument.type, ts.NULL_TYPE)
    return ts.param(argument.name, type, default=ts.obj() if argument.has_default else None)


def _key(method: Method, waiting: list[Argument]) -> ts.Expression:
    name = ts.string(_key_name(method))
    if not method.arguments:
        return name
    key: ts.Expression = ts.as_const(ts.array(name, *method.call_arguments))
    if [argument.role for argument in waiting] == [Role.PARAMS]:
        return ts.binary(ts.name(waiting[0].name), "&&", key)
    if not waiting:
        return key
    tests = [ts.binary(ts.name(argument.name), "!==", ts.NULL) for argument in waiting]
    test: ts.Expression = tests[0]
    for other in tests[1:]:
        test = ts.binary(test, "&&", other)
    return ts.binary(test, "&&", key)


def _key_name(method: Method) -> str:
    return f"{method.tag.property}/{method.name}"


def _write(folder: str, method: Method, name: FetcherName) -> ts.Function:
    """``useCreateProduct()``: path parameters are given to the hook, everything else to ``trigger``."""
    paths = [argument for argument in method.arguments if argument.role is Role.PATH]
    given = [argument for argument in method.arguments if argument.role is not Role.PATH]
    literal = ts.literal(_key_name(method))
    key_type: ts.Type = ts.tuple_of(literal, *(argument.type for argument in paths), readonly=True) if paths else literal
    key: ts.Expression = ts.string(_key_name(method))
    if paths:
        key = ts.as_const(ts.array(key, *(ts.name(argument.name) for argument in paths)))
    arg_type = _trigger_type(given)
    passed = [ts.name(argument.name) for argument in paths]
    if len(given) == 1:
        values: list[ts.Expression] = [*passed, ts.name("arg")]
    else:
        values = [*passed, *(ts.member(ts.name("arg"), argument.name) for argument in given)]
    fetched = ts.call(ts.ref(_fetcher(folder, name)), *values, _CLIENT)
    if arg_type is None:
        arrow = ts.arrow([], fetched)
    else:
        wrapped = ts.object_type(ts.prop("arg", arg_type))
        arrow = ts.arrow([ts.param("_key"), ts.param(ts.object_pattern("arg"), wrapped)], fetched)
    returned = [method.response.type, _ERROR, key_type, *([arg_type] if arg_type else [])]
    return ts.function(
        name.hook,
        [*(argument.parameter for argument in paths), ts.param(_OPTIONS, _CLIENT_OPTION, optional=True)],
        ts.type_ref(_MUTATION_RESPONSE, *returned),
        ts.return_(ts.call(ts.ref(_USE_MUTATION), key, arrow)),
        doc=fetcher_doc(method.operation),
    )


def _trigger_type(given: list[Argument]) -> ts.Type | None:
    """What ``trigger`` takes: the only argument itself, or an object of several."""
    if not given:
        return None
    if len(given) == 1:
        return given[0].type if given[0].required else ts.union_of(given[0].type, ts.UNDEFINED_TYPE)
    return ts.object_type(
        *(ts.prop(argument.name, argument.type, optional=not argument.required) for argument in given)
    )


def _fetcher(folder: str, name: FetcherName) -> ts.Symbol:
    return ts.symbol(name.fetcher, fetcher_module(folder))
