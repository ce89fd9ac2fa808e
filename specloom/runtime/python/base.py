"""What models are made of: the base class, enumerations that may grow, and files."""

from __future__ import annotations

import base64
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from typing import IO, Annotated, Self, TypeAlias, TypeVar, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetPydanticSchema,
    PlainSerializer,
)
from pydantic_core import core_schema

EnumT = TypeVar("EnumT", bound=Enum)


class Model(BaseModel):
    """A JSON object. Fields this client does not know are kept and sent back."""

    model_config = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        protected_namespaces=(),
        # Messages of errors end up in logs; the values may be secret.
        hide_input_in_errors=True,
        # Patterns of API descriptions may look ahead, which Rust's engine cannot.
        regex_engine="python-re",
        # Large packages import fast: a model is compiled when it is first used.
        defer_build=True,
    )


class OpenStrEnum(StrEnum):
    """Known strings. A new one from the server becomes a member of its own."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        return _unlisted(cls, str.__new__(cls, value), str(value))

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return _by_value(self)

    def is_known(self) -> bool:
        """Whether the API description lists this value."""
        return self._name_ in type(self).__members__


class OpenIntEnum(IntEnum):
    """Known integers. A new one from the server becomes a member of its own."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return _unlisted(cls, int.__new__(cls, value), int(value))

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return _by_value(self)

    def is_known(self) -> bool:
        """Whether the API description lists this value."""
        return self._name_ in type(self).__members__


class OpenEnum(Enum):
    """Known values of mixed types. A new one becomes a member of its own."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if value is not None and not isinstance(value, str | int | float):
            return None
        return _unlisted(cls, object.__new__(cls), value)

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return _by_value(self)

    def __eq__(self, other: object) -> bool:
        # Unlisted members are made anew on each read, so identity is not enough.
        return type(self) is type(other) and self._value_ == cast(Self, other)._value_

    def __hash__(self) -> int:
        return hash(self._value_)

    def is_known(self) -> bool:
        """Whether the API description lists this value."""
        return self._name_ in type(self).__members__


def _by_value(member: Enum) -> tuple[object, ...]:
    # Python before 3.11.4 copies and pickles members by name, which unlisted ones have not.
    return type(member), (member.value,)


def _unlisted(cls: type[EnumT], member: EnumT, value: object) -> EnumT:
    # Not kept in the class: values from a server must not grow memory.
    member._name_ = str(value)
    member._value_ = value
    return member


FileContent: TypeAlias = bytes | IO[bytes] | Path
"""What is in a file. A `Path` is opened when it is sent and closed after."""


class Upload:
    """A file in a dumped model. Pydantic would iterate over a bare file object."""

    def __init__(self, file: object) -> None:
        self.file = file


def _check_file(value: object) -> object:
    if not _is_file(value):
        raise ValueError(
            "a file is bytes, a binary file object, a pathlib.Path,"
            " or (filename, one of these) or (filename, one of these, content type)"
        )
    return value


def _is_file(value: object) -> bool:
    if isinstance(value, tuple):
        name, *rest = cast(tuple[object, ...], value) or (None,)
        named = isinstance(name, str) and 1 <= len(rest) <= 2
        return named and not isinstance(rest[0], tuple) and _is_file(rest[0])
    return isinstance(value, bytes | Path) or hasattr(value, "read")


FileInput: TypeAlias = Annotated[
    FileContent | tuple[str, FileContent] | tuple[str, FileContent, str],
    GetPydanticSchema(
        lambda _source, _handler: core_schema.no_info_plain_validator_function(
            _check_file,
            serialization=core_schema.plain_serializer_function_ser_schema(Upload),
        )
    ),
]
"""A file to upload: its content, or `(filename, content)`, or
`(filename, content, content type)`."""


def _from_base64(value: object) -> object:
    return base64.b64decode(value, validate=True) if isinstance(value, str) else value


def _to_base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


Base64: TypeAlias = Annotated[
    bytes,
    BeforeValidator(_from_base64),
    PlainSerializer(_to_base64, return_type=str),
]
"""Bytes here, base64 (RFC 4648, section 4) in what is sent."""
