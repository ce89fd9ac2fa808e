"""It talks: a server made of the generated servicers and a client made of the generated stubs, over loopback, for every rpc."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from types import ModuleType

import grpc
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tests.harness.emitting import SHOP

from .compiled import Compiled, compiled, services

_SAMPLES: dict[int, object] = {
    FieldDescriptor.CPPTYPE_INT32: -7, FieldDescriptor.CPPTYPE_INT64: 2**62, FieldDescriptor.CPPTYPE_UINT32: 7,
    FieldDescriptor.CPPTYPE_UINT64: 2**63, FieldDescriptor.CPPTYPE_DOUBLE: 0.1, FieldDescriptor.CPPTYPE_FLOAT: 0.5,
    FieldDescriptor.CPPTYPE_BOOL: True,
}  # fmt: skip


def filled(message: Message, depth: int = 3) -> Message:
    """``message`` with something in every field, the last arm of each oneof, three levels deep."""
    for field in message.DESCRIPTOR.fields:
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            _fill_map(message, field, depth)
        elif field.message_type is not None:
            if depth:
                here = getattr(message, field.name)
                filled(here.add() if field.is_repeated else here, depth - 1)
                if not field.is_repeated:
                    here.SetInParent()
        elif field.is_repeated:
            getattr(message, field.name).extend([sample(field)] * 2)
        else:
            setattr(message, field.name, sample(field))
    return message


def _fill_map(message: Message, field: FieldDescriptor, depth: int) -> None:
    value = field.message_type.fields_by_name["value"]
    if value.message_type is None:
        getattr(message, field.name)["key"] = sample(value)
    elif depth:
        filled(getattr(message, field.name)["key"], depth - 1)


def sample(field: FieldDescriptor) -> object:
    """A value that is not the default one."""
    if field.enum_type is not None:
        return field.enum_type.values[-1].number
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return b"\x00\xff" if field.type == FieldDescriptor.TYPE_BYTES else "grüß"
    return _SAMPLES[field.cpp_type]


def made(descriptor: Descriptor) -> Message:
    return filled(GetMessageClass(descriptor)())


class Server:
    """Answers every rpc of all servicers with a filled message, three of them where it streams, and keeps what was asked."""

    def __init__(self, modules: list[ModuleType]) -> None:
        self.asked: list[tuple[str, Message]] = []
        self._server = grpc.server(ThreadPoolExecutor(max_workers=2))
        for module in modules:
            for name in dir(module):
                if name.endswith("Servicer"):
                    self._add(module, name)
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()

    def _add(self, module: ModuleType, name: str) -> None:
        base = getattr(module, name)
        pb2 = import_of(module)
        service = pb2.DESCRIPTOR.services_by_name[name.removesuffix("Servicer")]
        methods = {method.name: self._method(method) for method in service.methods}
        assert set(methods) <= set(vars(base)), "the servicer has a method for each rpc"
        getattr(module, f"add_{name}_to_server")(type(name, (base,), methods)(), self._server)

    def _method(self, method: MethodDescriptor) -> Callable[..., object]:
        def answer(servicer: object, request: Message, context: object) -> Message:
            self.asked.append((method.full_name, request))
            return made(method.output_type)

        def stream(servicer: object, request: Message, context: object) -> Iterator[Message]:
            self.asked.append((method.full_name, request))
            for _ in range(3):
                yield made(method.output_type)

        return stream if method.server_streaming else answer

    def stop(self) -> None:
        self._server.stop(None).wait()


def import_of(module: ModuleType) -> ModuleType:
    """The module of messages and services that a module of stubs belongs to."""
    return import_module(module.__name__.removesuffix("_grpc"))


@pytest.fixture(scope="module")
def shop() -> Compiled:
    return compiled(SHOP, "loopback.shop.v1")


def test_every_rpc_carries_a_message_there_and_another_one_back(shop: Compiled) -> None:
    stubs = shop.ending("service_pb2_grpc")
    server = Server(stubs)
    seen: dict[str, int] = {"streaming": 0, "empty": 0, "bytes": 0, "repeated": 0, "several": 0}
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        for module in stubs:
            for service in services([import_of(module)]):
                stub = getattr(module, f"{service.name}Stub")(channel)
                for method in service.methods:
                    request = made(method.input_type)
                    answer = getattr(stub, method.name)(request, timeout=10)
                    answers = list(answer) if method.server_streaming else [answer]
                    assert answers == [made(method.output_type)] * (3 if method.server_streaming else 1), method.full_name
                    assert server.asked[-1] == (method.full_name, request)
                    fields = method.output_type.fields
                    seen["streaming"] += method.server_streaming
                    seen["empty"] += not fields
                    seen["several"] += len(method.input_type.fields) > 1
                    seen["bytes"] += any(f.type == f.TYPE_BYTES for f in (*fields, *method.input_type.fields))
                    seen["repeated"] += any(f.is_repeated for f in fields)
    server.stop()
    assert len(server.asked) == len(shop.api.operations)
    assert all(seen.values()), seen


def test_what_streams_in_the_document_streams_here(shop: Compiled) -> None:
    streaming = {m.name for s in services(shop.ending("service_pb2")) for m in s.methods if m.server_streaming}
    assert len(streaming) == sum(operation.streaming is not None for operation in shop.api.operations) > 0
    assert not [m for s in services(shop.ending("service_pb2")) for m in s.methods if m.client_streaming]


def test_a_server_may_leave_rpcs_out(shop: Compiled) -> None:
    module = shop.ending("service_pb2_grpc")[0]
    service = services([import_of(module)])[0]
    server = grpc.server(ThreadPoolExecutor(max_workers=1))
    getattr(module, f"add_{service.name}Servicer_to_server")(getattr(module, f"{service.name}Servicer")(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    method = service.methods[0]
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel, pytest.raises(grpc.RpcError) as error:
        getattr(getattr(module, f"{service.name}Stub")(channel), method.name)(made(method.input_type), timeout=10)
    assert error.value.code() is grpc.StatusCode.UNIMPLEMENTED
    server.stop(None).wait()
