from names.common.v1 import messages_pb2 as _messages_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ClassRequest(_message.Message):
    __slots__ = ("id", "query_id", "self", "options", "x_request_id", "page_size")
    CLASS_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    QUERY_ID_FIELD_NUMBER: _ClassVar[int]
    SELF_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    X_REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    id: str
    query_id: str
    self: str
    options: str
    x_request_id: str
    page_size: int
    def __init__(self_, id: _Optional[str] = ..., query_id: _Optional[str] = ..., self: _Optional[str] = ..., options: _Optional[str] = ..., x_request_id: _Optional[str] = ..., page_size: _Optional[int] = ..., **kwargs) -> None: ...

class ClassResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.None2
    def __init__(self, body: _Optional[_Union[_messages_pb2.None2, _Mapping]] = ...) -> None: ...
