"""Models of the tag *class*."""

from typing import Annotated

from pydantic import Field

from ..base import Model


class None2(Model):
    from_: Annotated[str, Field(alias="from")]
    proto: Annotated[str, Field(alias="__proto__")]
    constructor: str | None = None
    id: Annotated[str | None, Field(alias="@id")] = None
    field_1st: Annotated[int | None, Field(alias="1st")] = None
    a_b_: Annotated[str | None, Field(alias="a-b")] = None
    a_b: str | None = None
