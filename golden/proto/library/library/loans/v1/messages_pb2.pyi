from library.common.v1 import messages_pb2 as _messages_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListLoansRequest(_message.Message):
    __slots__ = ("cursor",)
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    cursor: str
    def __init__(self, cursor: _Optional[str] = ...) -> None: ...

class ListLoansResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.PaginatedLoanList
    def __init__(self, body: _Optional[_Union[_messages_pb2.PaginatedLoanList, _Mapping]] = ...) -> None: ...

class GetLoanEventRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetLoanEventResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.Loan
    def __init__(self, body: _Optional[_Union[_messages_pb2.Loan, _Mapping]] = ...) -> None: ...
