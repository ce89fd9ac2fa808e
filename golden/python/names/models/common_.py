"""Models of the tag *common*."""

import builtins
import datetime as dt
from typing import Annotated

from pydantic import Field

from ..base import Model


class ModelConfig(Model):
    model_config_: Annotated[str | None, Field(alias="model_config")] = None
    copy_: Annotated[str | None, Field(alias="copy")] = None
    date: dt.date | None = None
    list: builtins.list[str] | None = None
    field: Annotated[str, Field(max_length=3)] | None = None


class Wrong(Model):
    why: str | None = None


class Taken(Model):
    by: str | None = None
