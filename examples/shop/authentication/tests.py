"""Signing in and out, by session and by token."""

import re

from django.core import mail

from accounts.seeding import PASSWORD
from shop.contract import DocumentedClient
from shop.testing import ShopTestCase

ANNA = {"email": "anna@example.com", "password": PASSWORD}


class SessionTests(ShopTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client = DocumentedClient(enforce_csrf_checks=True)

    def test_sign_in_change_something_and_sign_out(self) -> None:
        response = self.client.post("/api/auth/login/", ANNA)
        self.assertStatus(response, 200)
        self.assertEqual(response.data["email"], "anna@example.com")
        self.assertEqual(response.data["last_login_ip"], "127.0.0.1")
        self.assertEqual(response.cookies["sessionid"]["max-age"], "")
        token = {"HTTP_X_CSRFTOKEN": response.cookies["csrftoken"].value}

        self.assertStatus(self.client.get("/api/users/me/"), 200)
        response = self.client.patch("/api/users/me/", {"first_name": "Anne"})
        self.assertStatus(response, 403)
        self.assertTrue(response.data["detail"].startswith("CSRF Failed"))
        self.assertStatus(self.client.patch("/api/users/me/", {"first_name": "Anne"}, **token), 200)

        self.assertStatus(self.client.post("/api/auth/logout/", **token), 204)
        self.assertStatus(self.client.get("/api/users/me/"), 401)
        self.assertStatus(self.client.post("/api/auth/logout/", **token), 401)

    def test_a_session_that_stays(self) -> None:
        response = self.client.post("/api/auth/login/", {**ANNA, "remember": True})
        self.assertGreater(response.cookies["sessionid"]["max-age"], 0)

    def test_a_wrong_password(self) -> None:
        for email in ("anna@example.com", "nobody@example.com"):
            response = self.client.post("/api/auth/login/", {"email": email, "password": "wrong"})
            self.assertStatus(response, 400)
            self.assertEqual(list(response.data), ["non_field_errors"])


class TokenTests(ShopTestCase):
    def test_sign_in_and_refresh(self) -> None:
        pair = self.client.post("/api/auth/token/", ANNA).data
        self.assertStatus(self.client.post("/api/auth/token/verify/", {"token": pair["access"]}), 200)
        self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair['access']}")
        self.assertEqual(self.client.get("/api/users/me/").data["email"], "anna@example.com")

        response = self.client.post("/api/auth/token/refresh/", {"refresh": pair["refresh"]})
        self.assertStatus(response, 200)
        self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {response.data['access']}")
        self.assertStatus(self.client.get("/api/users/me/"), 200)
        again = self.client.post("/api/auth/token/refresh/", {"refresh": pair["refresh"]})
        self.assertStatus(again, 401)
        self.assertStatus(self.client.post("/api/auth/token/refresh/", {"refresh": response.data["refresh"]}), 200)

    def test_forms_are_taken_too(self) -> None:
        self.assertStatus(self.client.post("/api/auth/token/", ANNA, format="multipart"), 200)

    def test_a_wrong_password(self) -> None:
        response = self.client.post("/api/auth/token/", {**ANNA, "password": "wrong"})
        self.assertStatus(response, 401)
        self.assertEqual(response.data["code"], "no_active_account")

    def test_a_wrong_token(self) -> None:
        self.assertStatus(self.client.post("/api/auth/token/verify/", {"token": "none"}), 401)
        self.client.credentials(HTTP_AUTHORIZATION="Bearer none")
        response = self.client.get("/api/users/me/")
        self.assertStatus(response, 401)
        self.assertEqual(set(response.data), {"detail", "code"})
        self.assertEqual(response.data["code"], "token_not_valid")


class PasswordResetTests(ShopTestCase):
    def test_by_mail(self) -> None:
        self.assertStatus(self.client.post("/api/auth/password/reset/", {"email": "anna@example.com"}), 202)
        (letter,) = mail.outbox
        self.assertEqual(letter.to, ["anna@example.com"])
        form = dict(re.findall(r"(\w+): (\S+)", letter.body))
        confirm = "/api/auth/password/reset/confirm/"
        self.assertStatus(self.client.post(confirm, {**form, "new_password": "12345678"}), 400)
        self.assertStatus(self.client.post(confirm, {**form, "new_password": "something new"}), 204)
        self.assertStatus(self.client.post(confirm, {**form, "new_password": "something else"}), 400)
        self.assertStatus(self.client.post("/api/auth/token/", {**ANNA, "password": "something new"}), 200)

    def test_nobody_learns_who_has_an_account(self) -> None:
        self.assertStatus(self.client.post("/api/auth/password/reset/", {"email": "nobody@example.com"}), 202)
        self.assertEqual(mail.outbox, [])

    def test_tokens_of_nobody(self) -> None:
        for uid in ("", "%", "bm9ib2R5", "MTIz"):
            form = {"uid": uid, "token": "x-y", "new_password": "something new"}
            self.assertStatus(self.client.post("/api/auth/password/reset/confirm/", form), 400)

    def test_not_too_often(self) -> None:
        for _ in range(5):
            self.assertStatus(self.client.post("/api/auth/password/reset/", {"email": "nobody@example.com"}), 202)
        response = self.client.post("/api/auth/password/reset/", {"email": "nobody@example.com"})
        self.assertStatus(response, 429)
        self.assertEqual(response.data["code"], "throttled")
        self.assertLessEqual(int(response["Retry-After"]), 60)
