"""What all apps share."""

from django.test import SimpleTestCase
from rest_framework.exceptions import ErrorDetail

from .errors import messages_by_field
from .settings import INSTALLED_APPS, SPECLOOM
from .testing import ShopTestCase


class ErrorTests(SimpleTestCase):
    def test_messages_have_the_paths_of_their_fields(self) -> None:
        wrong = [ErrorDetail("Wrong.", "invalid")]
        for detail, expected in [
            (wrong, {"non_field_errors": ["Wrong."]}),
            ({"email": wrong}, {"email": ["Wrong."]}),
            ({"profile": {"website": wrong}, "email": wrong}, {"profile.website": ["Wrong."], "email": ["Wrong."]}),
            ({"items": [{}, {"quantity": wrong}]}, {"items.1.quantity": ["Wrong."]}),
            ({"tags": {0: wrong}}, {"tags.0": ["Wrong."]}),
        ]:
            with self.subTest(detail):
                self.assertEqual(messages_by_field(detail), expected)


class ProjectTests(ShopTestCase):
    def test_every_app_with_addresses_is_in_one_group(self) -> None:
        grouped = [app for group in SPECLOOM.groups for app in group.apps]
        ours = INSTALLED_APPS[INSTALLED_APPS.index("shop") + 1 :]
        self.assertEqual(sorted(grouped), sorted(ours))

    def test_the_document_is_served(self) -> None:
        response = self.client.get("/api/schema/")
        self.assertStatus(response, 200)
        self.assertIn(b"operationId: accounts_list", response.content)
        self.assertStatus(self.client.get("/api/docs/"), 200)

    def test_errors_are_json_whatever_is_accepted(self) -> None:
        response = self.client.get("/api/accounts/", HTTP_ACCEPT="text/csv")
        self.assertStatus(response, 401)
        self.assertEqual(response["Content-Type"], "application/json")

    def test_a_body_of_another_kind_is_refused(self) -> None:
        response = self.client.post("/api/auth/login/", "<a/>", content_type="application/xml")
        self.assertStatus(response, 415)
        self.assertEqual(response.data["code"], "unsupported_media_type")
