"""What all apps share."""

from django.http import JsonResponse
from django.test import SimpleTestCase
from rest_framework.exceptions import ErrorDetail

from .contract import check, find_operation
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


class ContractTests(ShopTestCase):
    def test_answers_that_the_document_does_not_have_are_noticed(self) -> None:
        self.sign_in("anna@example.com")
        response = self.client.get("/api/users/me/")
        for path, status, body in [
            ("/api/users/me/", 200, {**response.json(), "profile": None}),
            ("/api/users/me/", 200, {**response.json(), "email": 1}),
            ("/api/users/me/", 201, response.json()),
            ("/api/users/me/", 401, {"detail": "No code."}),
            ("/api/users/me/", 418, {"error": "teapot"}),
            ("/api/uploads/", 200, response.json()),
        ]:
            with self.subTest(path=path, status=status), self.assertRaises(AssertionError):
                check(JsonResponse(body, status=status), find_operation("GET", path))
        self.assertEqual(find_operation("GET", "/api/accounts/active/")["operationId"], "accounts_active_list")
