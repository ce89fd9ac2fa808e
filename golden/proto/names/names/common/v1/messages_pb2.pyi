from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Promise(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROMISE_UNSPECIFIED: _ClassVar[Promise]
    PROMISE_THEN: _ClassVar[Promise]
    PROMISE_VALUE_THEN: _ClassVar[Promise]
    PROMISE_1: _ClassVar[Promise]
    PROMISE_MINUS_1: _ClassVar[Promise]
    PROMISE_EMPTY: _ClassVar[Promise]
    PROMISE_CLASS: _ClassVar[Promise]
    PROMISE_CONSTRUCTOR: _ClassVar[Promise]
    PROMISE_U65E5_U672C_U8A9E: _ClassVar[Promise]
PROMISE_UNSPECIFIED: Promise
PROMISE_THEN: Promise
PROMISE_VALUE_THEN: Promise
PROMISE_1: Promise
PROMISE_MINUS_1: Promise
PROMISE_EMPTY: Promise
PROMISE_CLASS: Promise
PROMISE_CONSTRUCTOR: Promise
PROMISE_U65E5_U672C_U8A9E: Promise

class None2(_message.Message):
    __slots__ = ("proto", "constructor", "id", "field_1st", "a_b_value", "a_b")
    FROM_FIELD_NUMBER: _ClassVar[int]
    PROTO_FIELD_NUMBER: _ClassVar[int]
    CONSTRUCTOR_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    FIELD_1ST_FIELD_NUMBER: _ClassVar[int]
    A_B_VALUE_FIELD_NUMBER: _ClassVar[int]
    A_B_FIELD_NUMBER: _ClassVar[int]
    proto: str
    constructor: str
    id: str
    field_1st: int
    a_b_value: str
    a_b: str
    def __init__(self, proto: _Optional[str] = ..., constructor: _Optional[str] = ..., id: _Optional[str] = ..., field_1st: _Optional[int] = ..., a_b_value: _Optional[str] = ..., a_b: _Optional[str] = ..., **kwargs) -> None: ...

class Error(_message.Message):
    __slots__ = ("name", "promise")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROMISE_FIELD_NUMBER: _ClassVar[int]
    name: str
    promise: Promise
    def __init__(self, name: _Optional[str] = ..., promise: _Optional[_Union[Promise, str]] = ...) -> None: ...

class ModelConfig(_message.Message):
    __slots__ = ("model_config", "copy", "date", "list", "field")
    MODEL_CONFIG_FIELD_NUMBER: _ClassVar[int]
    COPY_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    LIST_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    model_config: str
    copy: str
    date: str
    list: _containers.RepeatedScalarFieldContainer[str]
    field: str
    def __init__(self, model_config: _Optional[str] = ..., copy: _Optional[str] = ..., date: _Optional[str] = ..., list: _Optional[_Iterable[str]] = ..., field: _Optional[str] = ...) -> None: ...

class Wrong(_message.Message):
    __slots__ = ("why",)
    WHY_FIELD_NUMBER: _ClassVar[int]
    why: str
    def __init__(self, why: _Optional[str] = ...) -> None: ...

class Taken(_message.Message):
    __slots__ = ("by",)
    BY_FIELD_NUMBER: _ClassVar[int]
    by: str
    def __init__(self, by: _Optional[str] = ...) -> None: ...

class ModelConfig2(_message.Message):
    __slots__ = ("x",)
    X_FIELD_NUMBER: _ClassVar[int]
    x: int
    def __init__(self, x: _Optional[int] = ...) -> None: ...

class FooBar(_message.Message):
    __slots__ = ("value",)
    VALUE_FIELD_NUMBER: _ClassVar[int]
    value: FooBar2
    def __init__(self, value: _Optional[_Union[FooBar2, _Mapping]] = ...) -> None: ...

class FooBar2(_message.Message):
    __slots__ = ("value",)
    VALUE_FIELD_NUMBER: _ClassVar[int]
    value: int
    def __init__(self, value: _Optional[int] = ...) -> None: ...
