"""An operation's parameters in the order every language shows them: path, body, required, optional."""

from __future__ import annotations

from dataclasses import dataclass

from specloom.ir.operations import IROperationObject, IRParameterObject, IRRequestBodyObject, Location


@dataclass(frozen=True, slots=True)
class Params:
    """What a caller gives, in the order of a signature; never a required one after an optional one.

    ``required`` and ``optional`` are query, header and cookie parameters in document order.
    """

    path: tuple[IRParameterObject, ...]
    body: IRRequestBodyObject | None
    required: tuple[IRParameterObject, ...]
    optional: tuple[IRParameterObject, ...]

    @property
    def named(self) -> tuple[IRParameterObject, ...]:
        """All but the path parameters."""
        return (*self.required, *self.optional)

    @property
    def all_optional(self) -> bool:
        """Whether nothing besides path parameters and the body has to be given."""
        return not self.required


def params(operation: IROperationObject) -> Params:
    """The one description that a signature, a call and a document text are views of."""
    path = tuple(p for p in operation.parameters if p.location is Location.PATH)
    named = tuple(p for p in operation.parameters if p.location is not Location.PATH)
    return Params(
        path=path,
        body=operation.request_body,
        required=tuple(p for p in named if p.required),
        optional=tuple(p for p in named if not p.required),
    )
