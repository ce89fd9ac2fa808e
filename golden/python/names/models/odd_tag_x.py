"""Models of the tag *Odd Tag/../x*."""

from typing import Annotated

from pydantic import Field

from ..base import Model
from ..enums import Promise


class Error(Model):
    name: str | None = None
    promise: Annotated[Promise | None, Field(alias="Promise")] = None
