"""Runs in the shop's folder: makes and fills its database, then serves it; ends when its standard input does.

The server is the one that ``runserver`` starts, around the application of the project's settings. The first line written is
JSON: where it is, and what clients need that the API does not give. What it answered is noted in the file named by the only
argument, a line of JSON a request.
"""

from __future__ import annotations

import base64
import json
import sys
import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import django

django.setup()

from accounts.models import Account  # noqa: E402
from accounts.seeding import PASSWORD  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler, get_internal_wsgi_application  # noqa: E402
from orders.seeding import order_id  # noqa: E402
from products.seeding import picture  # noqa: E402
from rest_framework_simplejwt.tokens import AccessToken  # noqa: E402


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing; the log has it."""


def noting(application: WSGIApplication, path: Path) -> WSGIApplication:
    """The application, with a note of each request and the status of its answer."""
    lock = threading.Lock()

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        def note(status: str, *details: object) -> object:
            entry = {
                "client": environ.get("HTTP_X_CLIENT"),
                "request": f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}",
                "status": int(status[:3]),
            }
            with lock, path.open("a", encoding="utf-8") as log:
                print(json.dumps(entry), file=log)
            return start(status, *details)

        return application(environ, note)

    return answer


def expired(account: Account) -> str:
    """A token that this server signed and that was good until a minute ago."""
    token = AccessToken.for_user(account)
    token.set_exp(lifetime=timedelta(minutes=-1))
    return str(token)


def main() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as quick as no other
    call_command("migrate", verbosity=0)
    call_command("seed", stdout=sys.stderr)
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.daemon_threads = True
    server.set_app(noting(get_internal_wsgi_application(), Path(sys.argv[1])))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    places = {
        "SHOP_URL": f"http://127.0.0.1:{server.server_port}",
        "SHOP_PASSWORD": PASSWORD,
        "SHOP_ORDER": str(order_id(1)),
        "SHOP_PICTURE": base64.b64encode(picture("lamp").read()).decode(),
    }
    tokens = {account.email: expired(account) for account in Account.objects.filter(email__startswith="customer")}
    print(json.dumps({"places": places, "expired": tokens}), flush=True)
    sys.stdin.read()
    server.shutdown()


main()
