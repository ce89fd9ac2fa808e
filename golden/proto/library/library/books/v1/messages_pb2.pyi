from library.common.v1 import messages_pb2 as _messages_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListBooksRequest(_message.Message):
    __slots__ = ("page", "genre", "search")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    GENRE_FIELD_NUMBER: _ClassVar[int]
    SEARCH_FIELD_NUMBER: _ClassVar[int]
    page: int
    genre: _containers.RepeatedScalarFieldContainer[_messages_pb2.Genre]
    search: str
    def __init__(self, page: _Optional[int] = ..., genre: _Optional[_Iterable[_Union[_messages_pb2.Genre, str]]] = ..., search: _Optional[str] = ...) -> None: ...

class ListBooksResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.PaginatedBookList
    def __init__(self, body: _Optional[_Union[_messages_pb2.PaginatedBookList, _Mapping]] = ...) -> None: ...

class CreateBookRequest(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.BookRequest
    def __init__(self, body: _Optional[_Union[_messages_pb2.BookRequest, _Mapping]] = ...) -> None: ...

class CreateBookResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.Book
    def __init__(self, body: _Optional[_Union[_messages_pb2.Book, _Mapping]] = ...) -> None: ...

class GetBookRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: int
    def __init__(self, id: _Optional[int] = ...) -> None: ...

class GetBookResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.Book
    def __init__(self, body: _Optional[_Union[_messages_pb2.Book, _Mapping]] = ...) -> None: ...

class PatchBookRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: int
    body: _messages_pb2.PatchedBookRequest
    def __init__(self, id: _Optional[int] = ..., body: _Optional[_Union[_messages_pb2.PatchedBookRequest, _Mapping]] = ...) -> None: ...

class PatchBookResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: _messages_pb2.Book
    def __init__(self, body: _Optional[_Union[_messages_pb2.Book, _Mapping]] = ...) -> None: ...

class DeleteBookRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: int
    def __init__(self, id: _Optional[int] = ...) -> None: ...

class DeleteBookResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class CreateBookCoverRequest(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: int
    body: _messages_pb2.CoverRequest
    def __init__(self, id: _Optional[int] = ..., body: _Optional[_Union[_messages_pb2.CoverRequest, _Mapping]] = ...) -> None: ...

class CreateBookCoverResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetBookCoverRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: int
    def __init__(self, id: _Optional[int] = ...) -> None: ...

class GetBookCoverResponse(_message.Message):
    __slots__ = ("body",)
    BODY_FIELD_NUMBER: _ClassVar[int]
    body: bytes
    def __init__(self, body: _Optional[bytes] = ...) -> None: ...
