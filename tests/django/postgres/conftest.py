"""PostgreSQL in place of the project's database, for the tests of this folder."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.harness.postgres.server import Server, postgres


@pytest.fixture(scope="session")
def postgres_server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    """A server with the tables of the project, started for the first test that needs one; each worker has its own.

    The project's own database is made first, or this one would be taken for it.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PG")]:  # what libpq would look at
            patch.delenv(name)
        with postgres() as server:
            # All tables at once: PostgreSQL refuses a foreign key to one that a migration makes later.
            unmigrated = override_settings(MIGRATION_MODULES={app.label: None for app in apps.get_app_configs()})
            with django_db_blocker.unblock(), _instead(server), unmigrated:
                call_command("migrate", run_syncdb=True, verbosity=0)
            yield server


@pytest.fixture(scope="module", autouse=True)
def on_postgres(postgres_server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The default connection is to PostgreSQL for the tests of a module, in threads too."""
    with django_db_blocker.unblock(), _instead(postgres_server):
        django_db_blocker.block()
        yield
        django_db_blocker.restore()


@contextmanager
def _instead(server: Server) -> Iterator[None]:
    """The server as the default database, with Django's own connection out of the way."""
    usual, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = connections.configure_settings({"default": dict(server.settings)})["default"]
    del connections["default"]
    _forget()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = settings
        connections["default"] = usual
        _forget()


def _forget() -> None:
    """Forgets what is known of the database before: the content types, and the connection of the thread of asynchronous code."""
    ContentType.objects.clear_cache()
    asyncio.run(sync_to_async(_disconnect)())


def _disconnect() -> None:
    """Django keeps that thread for as long as the process lives, and never closes a database that is in memory."""
    for wrapper in connections.all(initialized_only=True):
        if wrapper.connection is not None:
            wrapper.connection.close()
        del connections[wrapper.alias]
