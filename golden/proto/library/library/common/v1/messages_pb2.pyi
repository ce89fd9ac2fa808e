import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Genre(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GENRE_UNSPECIFIED: _ClassVar[Genre]
    GENRE_FICTION: _ClassVar[Genre]
    GENRE_NON_FICTION: _ClassVar[Genre]
    GENRE_SCI_FI: _ClassVar[Genre]
GENRE_UNSPECIFIED: Genre
GENRE_FICTION: Genre
GENRE_NON_FICTION: Genre
GENRE_SCI_FI: Genre

class Shelf(_message.Message):
    __slots__ = ("id", "name", "inside", "parts")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    INSIDE_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    id: int
    name: str
    inside: Shelf
    parts: _containers.RepeatedCompositeFieldContainer[Shelf]
    def __init__(self, id: _Optional[int] = ..., name: _Optional[str] = ..., inside: _Optional[_Union[Shelf, _Mapping]] = ..., parts: _Optional[_Iterable[_Union[Shelf, _Mapping]]] = ...) -> None: ...

class Book(_message.Message):
    __slots__ = ("id", "title", "genre", "price", "pages", "added_at", "shelf", "holder", "extra")
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    GENRE_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    PAGES_FIELD_NUMBER: _ClassVar[int]
    ADDED_AT_FIELD_NUMBER: _ClassVar[int]
    SHELF_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    EXTRA_FIELD_NUMBER: _ClassVar[int]
    id: int
    title: str
    genre: str
    price: str
    pages: int
    added_at: _timestamp_pb2.Timestamp
    shelf: Shelf
    holder: Holder
    extra: _struct_pb2.Struct
    def __init__(self, id: _Optional[int] = ..., title: _Optional[str] = ..., genre: _Optional[str] = ..., price: _Optional[str] = ..., pages: _Optional[int] = ..., added_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., shelf: _Optional[_Union[Shelf, _Mapping]] = ..., holder: _Optional[_Union[Holder, _Mapping]] = ..., extra: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class BookRequest(_message.Message):
    __slots__ = ("title", "genre", "price", "pages")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    GENRE_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    PAGES_FIELD_NUMBER: _ClassVar[int]
    title: str
    genre: str
    price: str
    pages: int
    def __init__(self, title: _Optional[str] = ..., genre: _Optional[str] = ..., price: _Optional[str] = ..., pages: _Optional[int] = ...) -> None: ...

class PatchedBookRequest(_message.Message):
    __slots__ = ("title", "price")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    title: str
    price: str
    def __init__(self, title: _Optional[str] = ..., price: _Optional[str] = ...) -> None: ...

class CoverRequest(_message.Message):
    __slots__ = ("picture", "credit")
    PICTURE_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    picture: bytes
    credit: str
    def __init__(self, picture: _Optional[bytes] = ..., credit: _Optional[str] = ...) -> None: ...

class Holder(_message.Message):
    __slots__ = ("reader", "branch")
    READER_FIELD_NUMBER: _ClassVar[int]
    BRANCH_FIELD_NUMBER: _ClassVar[int]
    reader: Reader
    branch: Branch
    def __init__(self, reader: _Optional[_Union[Reader, _Mapping]] = ..., branch: _Optional[_Union[Branch, _Mapping]] = ...) -> None: ...

class Reader(_message.Message):
    __slots__ = ("kind", "name", "email")
    KIND_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    kind: str
    name: str
    email: str
    def __init__(self, kind: _Optional[str] = ..., name: _Optional[str] = ..., email: _Optional[str] = ...) -> None: ...

class Branch(_message.Message):
    __slots__ = ("kind", "town")
    KIND_FIELD_NUMBER: _ClassVar[int]
    TOWN_FIELD_NUMBER: _ClassVar[int]
    kind: str
    town: str
    def __init__(self, kind: _Optional[str] = ..., town: _Optional[str] = ...) -> None: ...

class Loan(_message.Message):
    __slots__ = ("id", "book", "due")
    ID_FIELD_NUMBER: _ClassVar[int]
    BOOK_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    id: str
    book: int
    due: str
    def __init__(self, id: _Optional[str] = ..., book: _Optional[int] = ..., due: _Optional[str] = ...) -> None: ...

class PaginatedBookList(_message.Message):
    __slots__ = ("count", "next", "previous", "results")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    NEXT_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    count: int
    next: str
    previous: str
    results: _containers.RepeatedCompositeFieldContainer[Book]
    def __init__(self, count: _Optional[int] = ..., next: _Optional[str] = ..., previous: _Optional[str] = ..., results: _Optional[_Iterable[_Union[Book, _Mapping]]] = ...) -> None: ...

class PaginatedLoanList(_message.Message):
    __slots__ = ("next", "previous", "results")
    NEXT_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    next: str
    previous: str
    results: _containers.RepeatedCompositeFieldContainer[Loan]
    def __init__(self, next: _Optional[str] = ..., previous: _Optional[str] = ..., results: _Optional[_Iterable[_Union[Loan, _Mapping]]] = ...) -> None: ...

class Detail(_message.Message):
    __slots__ = ("detail",)
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    detail: str
    def __init__(self, detail: _Optional[str] = ...) -> None: ...
