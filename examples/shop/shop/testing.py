"""How the project's tests run: no slow passwords, no files on disk, and the data of ``manage.py seed``."""

from typing import Any

from django.core.cache import cache
from django.test import override_settings
from django.test.runner import DiscoverRunner
from rest_framework.response import Response
from rest_framework.test import APITestCase

from accounts.models import Account

from .contract import DocumentedClient
from .seeding import seed


class ShopRunner(DiscoverRunner):
    """Django's runner, with settings that are quick."""

    quick = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}},
    )

    def setup_test_environment(self, **options: Any) -> None:
        super().setup_test_environment(**options)
        self.quick.enable()

    def setup_databases(self, **options: Any) -> list[Any]:
        """Sows once; every test case works in a transaction of its own."""
        created = super().setup_databases(**options)
        seed()
        return created

    def teardown_test_environment(self, **options: Any) -> None:
        self.quick.disable()
        super().teardown_test_environment(**options)


class ShopTestCase(APITestCase):
    """Begins with the data of ``manage.py seed`` and with nobody signed in; answers have to be documented."""

    client_class = DocumentedClient

    def setUp(self) -> None:
        cache.clear()  # Who was throttled in one test is not in the next.

    def sign_in(self, email: str) -> Account:
        """What follows is sent by this account."""
        account = Account.objects.get(email=email)
        self.client.force_authenticate(account)
        return account

    def assertStatus(self, response: Response, status: int) -> None:
        self.assertEqual(response.status_code, status, getattr(response, "data", None))
