"""The rules: what each kind of change means for existing clients, where they send it and where they get it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .changes import Impact, Use


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a change means one way, and why."""

    impact: Impact
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of change: its stable code, what is said of it, and what it means both ways.

    What only goes one way (an operation, a security requirement) has the same ruling twice.
    """

    code: str
    said: str
    request: Ruling
    response: Ruling

    def ruling(self, use: Use) -> Ruling:
        """The ruling of one way."""
        return self.request if use is Use.REQUEST else self.response


def _breaking(reason: str) -> Ruling:
    return Ruling(Impact.BREAKING, reason)


def _source(reason: str) -> Ruling:
    return Ruling(Impact.SOURCE, reason)


def _compatible(reason: str) -> Ruling:
    return Ruling(Impact.COMPATIBLE, reason)


_LOST = _breaking("what clients send there is lost or refused")
_MISSING = _breaking("clients that read it no longer get it")
_LEFT_OUT = _breaking("requests of existing clients leave it out")
_OPTIONAL = _compatible("requests without it stay valid")
_IGNORED = _compatible("clients ignore what they do not know")
_REFUSED = _breaking("clients send what is no longer accepted")
_UNEXPECTED = _breaking("clients get what they do not expect")
_WIDER_REQUEST = _source("requests stay valid; generated clients take another type")
_NARROWER_RESPONSE = _source("answers stay as clients expect them; generated clients have another type")


def _parts(word: str) -> Iterable[Rule]:
    """Rules of what a request or a response is made of: parameters, headers, properties."""
    yield Rule(f"{word}-added", "added", _OPTIONAL, _IGNORED)
    yield Rule(f"required-{word}-added", "added", _LEFT_OUT, _IGNORED)
    yield Rule(f"{word}-removed", "removed", _LOST, _MISSING)
    yield Rule(f"required-{word}-removed", "removed", _LOST, _MISSING)


def _any_way(code: str, said: str, ruling: Ruling) -> Rule:
    return Rule(code, said, ruling, ruling)


def _operations() -> Iterable[Rule]:
    yield Rule("operation-added", "added", _compatible("existing clients do not call it"),
               _compatible("existing clients do not ask for it"))
    yield Rule("operation-removed", "removed", _breaking("clients that call it get no answer"),
               _breaking("clients that wait for it are no longer called"))
    yield _any_way("operation-moved", "moved", _breaking("clients call it where it was"))
    yield _any_way("operation-id-changed", "operationId changed", _source("its method in generated clients has another name"))
    yield _any_way("tag-changed", "first tag changed", _source("generated clients have the method in another group"))
    yield _any_way("path-parameter-renamed", "renamed",
                   _source("requests stay as they are; the argument of generated clients has another name"))
    yield _any_way("pagination-changed", "paging changed", _source("generated clients page in another way"))
    yield _any_way("deprecation-added", "deprecated", _compatible("it goes on working; clients should stop using it"))
    yield _any_way("deprecation-removed", "no longer deprecated", _compatible("it goes on working"))


def _document() -> Iterable[Rule]:
    yield _any_way("server-added", "added", _compatible("existing clients do not call it"))
    yield _any_way("server-removed", "removed", _breaking("clients that call the API there no longer find it"))
    yield _any_way("server-value-added", "value added", _compatible("existing clients do not choose it"))
    yield _any_way("server-value-removed", "value removed", _breaking("clients that choose it no longer find the API"))
    yield _any_way("server-default-changed", "default changed", _source("generated clients call another address unless told"))
    yield _any_way("security-tightened", "security tightened", _breaking("credentials that were enough are refused"))
    yield _any_way("security-loosened", "security loosened", _compatible("credentials that were enough are accepted"))
    yield _any_way("security-changed", "security changed", _breaking("credentials that were enough are refused"))
    yield _any_way("security-scheme-added", "added", _compatible("existing clients do not use it"))
    yield _any_way("security-scheme-removed", "removed",
                   _source("generated clients lose the argument for it; the operations say what they need instead"))
    yield _any_way("security-scheme-renamed", "renamed",
                   _source("credentials travel as before; generated clients call the argument otherwise"))
    yield _any_way("security-scheme-changed", "changed", _breaking("clients send their credentials in the old way"))
    yield _any_way("schema-added", "added", _compatible("existing clients do not know it"))
    yield _any_way("schema-removed", "removed", _source("generated clients lose the type; where it was used is judged there"))
    yield _any_way("schema-renamed", "renamed",
                   _source("what travels is the same; the type of generated clients has another name"))


def _bodies() -> Iterable[Rule]:
    yield from _parts("parameter")
    yield _any_way("parameter-serialization-changed", "written in another way", _breaking("clients write it in the old way"))
    yield from _parts("header")
    yield Rule("request-body-added", "added", _OPTIONAL, _IGNORED)
    yield Rule("required-request-body-added", "added", _LEFT_OUT, _IGNORED)
    yield Rule("request-body-removed", "removed", _LOST, _MISSING)
    yield Rule("required-request-body-removed", "removed", _LOST, _MISSING)
    yield Rule("media-type-added", "media type added", _compatible("clients go on sending what they did"),
               _compatible("clients go on asking for what they did"))
    yield Rule("media-type-removed", "media type removed", _breaking("clients that send it are refused"),
               _breaking("clients that ask for it get none"))
    yield _any_way("encoding-changed", "written in another way", _breaking("clients write it in the old way"))
    yield Rule("response-added", "added", _compatible("clients may go on answering as they did"),
               _compatible("clients take a status that they do not know for x00 of its class (RFC 9110 §15)"))
    yield Rule("response-removed", "removed", _breaking("the answer of clients is no longer understood"),
               _breaking("clients that wait for this answer no longer get it"))
    yield _any_way("error-response-added", "added",
                   _compatible("clients take a status that they do not know for x00 of its class (RFC 9110 §15)"))
    yield _any_way("error-response-removed", "removed", _compatible("clients have one failure less to expect"))
    yield _any_way("response-status-changed", "status changed", _compatible("the status that was there is still described"))


def _types() -> Iterable[Rule]:
    yield from _parts("property")
    yield Rule("required-added", "became required", _breaking("requests of existing clients may leave it out"),
               _compatible("it is always there now"))
    yield Rule("required-removed", "became optional", _OPTIONAL, _breaking("clients that rely on it may not get it"))
    yield Rule("read-only-added", "became read-only", _LOST, _compatible("answers have it as before"))
    yield Rule("read-only-removed", "no longer read-only", _OPTIONAL, _compatible("answers have it as before"))
    yield Rule("write-only-added", "became write-only", _compatible("requests have it as before"), _MISSING)
    yield Rule("write-only-removed", "no longer write-only", _compatible("requests have it as before"), _IGNORED)
    yield Rule("nullable-added", "null allowed", _compatible("requests stay valid"),
               _breaking("clients get null where there was always a value"))
    yield Rule("nullable-removed", "null no longer allowed", _breaking("requests with null are refused"),
               _compatible("there is always a value now"))
    yield Rule("type-changed", "type changed", _REFUSED, _UNEXPECTED)
    yield Rule("type-widened", "type widened", _WIDER_REQUEST, _UNEXPECTED)
    yield Rule("type-narrowed", "type narrowed", _REFUSED, _NARROWER_RESPONSE)
    yield _any_way("type-renamed", "type has another name",
                   _source("generated clients have another type; differences of its content are listed on their own"))
    yield Rule("alternative-added", "alternative added", _compatible("requests stay valid"), _UNEXPECTED)
    yield Rule("alternative-removed", "alternative removed", _REFUSED, _NARROWER_RESPONSE)
    yield Rule("discriminator-changed", "discriminator changed", _breaking("clients name the alternative in the old way"),
               _breaking("clients do not find out which alternative they got"))
    yield Rule("enum-value-added", "value added", _compatible("requests stay valid"),
               _breaking("clients get a value that they do not know"))
    yield Rule("enum-value-removed", "value removed", _breaking("clients that send it are refused"),
               _source("clients no longer get it; generated clients lose its name"))
    yield Rule("format-added", "format added", _REFUSED, _NARROWER_RESPONSE)
    yield Rule("format-removed", "format removed", _WIDER_REQUEST, _UNEXPECTED)
    yield Rule("format-changed", "format changed", _REFUSED, _UNEXPECTED)
    yield Rule("constraint-tightened", "limit tightened", _REFUSED, _compatible("answers stay as clients expect them"))
    yield Rule("constraint-loosened", "limit loosened", _compatible("requests stay valid"),
               _breaking("clients that check answers, or rely on the limit, get what they do not expect"))
    yield Rule("constraint-changed", "limit changed", _REFUSED, _UNEXPECTED)
    yield Rule("additional-properties-added", "other keys allowed", _compatible("requests stay valid"), _IGNORED)
    yield Rule("additional-properties-removed", "other keys no longer allowed", _breaking("requests with other keys are refused"),
               _compatible("answers stay as clients expect them"))
    yield Rule("default-changed", "default changed", _compatible("requests stay valid; left out, it means something else"),
               _compatible("answers stay as clients expect them"))


RULES: Mapping[str, Rule] = MappingProxyType({
    rule.code: rule for each in (_document(), _operations(), _bodies(), _types()) for rule in each
})
"""All rules by code, in the order in which ``docs/diff.md`` lists them."""

UNUSED = "no operation of both documents uses it; only types of generated clients change"
"""Why a change that would be breaking is not where nothing sends or gets the value."""
