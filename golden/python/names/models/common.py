"""Models that several tags share."""

from ..base import Model


class ModelConfig2(Model):
    x: int | None = None


class FooBar2(Model):
    value: int | None = None


class FooBar(Model):
    value: FooBar2 | None = None
