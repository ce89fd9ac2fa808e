"""What arrived at a test server: requests as they were on the wire, with their bodies taken apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a multipart body; ``filename`` is None where it is no file."""

    name: str
    filename: str | None
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived. Header names are in lower case; ``query`` is as it was sent, still encoded."""

    step: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query, decoded, in the order it was sent."""
        return parse_qsl(self.query, keep_blank_values=True, strict_parsing=bool(self.query))

    @property
    def json(self) -> object:
        """The body as JSON."""
        parsed: object = json.loads(self.body)
        return parsed

    @property
    def form(self) -> list[tuple[str, str]]:
        """The body as a urlencoded form."""
        return parse_qsl(self.body.decode(), keep_blank_values=True)

    @property
    def parts(self) -> list[Part]:
        """The body's parts, where it is multipart (RFC 7578)."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        message = message_from_bytes(head + self.body, policy=HTTP)
        assert message.is_multipart(), self.headers["content-type"]
        found: list[Part] = []
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            body = part.get_payload(decode=True)
            assert isinstance(name, str) and isinstance(body, bytes)
            found.append(Part(name, part.get_filename(), part["Content-Type"], body))
        return found
