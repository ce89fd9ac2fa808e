from names.common.v1 import messages_pb2 as _messages_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.Error
    def __init__(self, body: _Optional[_Union[_messages_pb2.Error, _Mapping]] = ...) -> None: ...

class ListOddTagXesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListOddTagXesResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
