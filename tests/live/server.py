"""A shop over real HTTP: behaves like ``examples/shop``, writes down what arrives, and fails where it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import unquote, urlsplit

from .recording import Request
from .shop import Shop


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends: a JSON value, text or bytes; ``chunks`` are flushed one by one, for streams."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    chunks: Iterable[bytes] | None = None
    hang_up: bool = False

    def payload(self) -> bytes:
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


class ShopServer:
    """Serves a shop on a port of its own until it is left.

    ``requests`` holds everything that arrived, in order. ``POST /__step__/<name>`` names the step that later requests
    belong to. Answers planned for a step come before the shop's own, once each.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.shop = Shop()
        self._step = ""
        self._planned: dict[str, list[Answer]] = {}
        self._expiring: set[str] = set()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> ShopServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def plan(self, step: str, *answers: Answer) -> None:
        """The first requests of a step get these answers, in order."""
        self._planned.setdefault(step, []).extend(answers)

    def expire_at(self, step: str) -> None:
        """The access token that clients have is worth nothing from the beginning of a step."""
        self._expiring.add(step)

    def begin(self, step: str) -> None:
        """What follows belongs to ``step``."""
        self._step = step
        if step in self._expiring:
            self.shop.token = "none is good"

    def of(self, step: str) -> list[Request]:
        """The requests of a step."""
        return [request for request in self.requests if request.step == step]

    def answer(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            if planned := self._planned.get(request.step):
                return planned.pop(0)
            found = self.shop.answer(request)
        return Answer(found.status, found.body, found.headers, found.content_type, found.chunks)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing: what arrived is in ``requests``."""

            def read_body(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                    body = b""
                    while size := int(self.rfile.readline().split(b";")[0], 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                    return body
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))

            def handle_request(self) -> None:
                url = urlsplit(self.path)
                body = self.read_body()
                if url.path.startswith("/__step__/"):
                    server.begin(unquote(url.path.removeprefix("/__step__/")))
                    self.send(Answer(204))
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.send(server.answer(Request(server._step, self.command, url.path, url.query, headers, body)))

            def send(self, answer: Answer) -> None:
                if answer.hang_up:
                    self.close_connection = True
                    return
                payload = answer.payload()
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.chunks is not None:
                    self.send_header("Content-Type", answer.content_type)
                    self.send_header("Transfer-Encoding", "chunked")
                    self.end_headers()
                    for chunk in answer.chunks:
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                        self.wfile.flush()
                    self.wfile.write(b"0\r\n\r\n")
                    return
                if payload:
                    self.send_header("Content-Type", answer.content_type)
                if answer.status != 204:
                    self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
            setattr(Handler, f"do_{method}", Handler.handle_request)
        return Handler
