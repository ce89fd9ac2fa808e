"""Accounts, as the staff sees them."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from shop.testing import ShopTestCase

from .models import Account, AccountRole, Address
from .seeding import PEOPLE, account_id

ANNA = f"/api/accounts/{account_id('anna@example.com')}/"


def picture(width: int, height: int, format: str = "PNG") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, format)
    return SimpleUploadedFile(f"picture.{format.lower()}", file.getvalue(), f"image/{format.lower()}")


class ListTests(ShopTestCase):
    def test_the_staff_leafs_through_all_accounts(self) -> None:
        self.sign_in("support@shop.example.com")
        emails: list[str] = []
        url = "/api/accounts/"
        while url:
            page = self.client.get(url).data
            self.assertEqual(page["count"], len(PEOPLE))
            emails += [account["email"] for account in page["results"]]
            url = page["next"]
        self.assertEqual(emails, [email for email, *_ in reversed(PEOPLE)])

    def test_a_customer_sees_nobody_else(self) -> None:
        self.sign_in("anna@example.com")
        page = self.client.get("/api/accounts/").data
        self.assertEqual([account["email"] for account in page["results"]], ["anna@example.com"])
        self.assertStatus(self.client.get(f"/api/accounts/{account_id('ben@example.com')}/"), 404)

    def test_filters_searches_and_orders(self) -> None:
        self.sign_in("manager@shop.example.com")
        for query, expected in [
            ({"role": "support,manager"}, ["support@shop.example.com", "manager@shop.example.com"]),
            ({"search": "bonnet"}, ["ben@example.com"]),
            (
                {"joined_before": "2026-01-02", "ordering": "email"},
                ["manager@shop.example.com", "support@shop.example.com"],
            ),
            ({"joined_after": "2026-02-14"}, ["customer41@example.com"]),
            ({"is_active": "false"}, []),
        ]:
            with self.subTest(query):
                page = self.client.get("/api/accounts/", query).data
                self.assertEqual([account["email"] for account in page["results"]], expected)

    def test_a_wrong_filter_is_told(self) -> None:
        self.sign_in("manager@shop.example.com")
        response = self.client.get("/api/accounts/", {"role": "king"})
        self.assertStatus(response, 400)
        self.assertEqual(list(response.data), ["role"])

    def test_active_accounts(self) -> None:
        Account.objects.filter(email="ben@example.com").update(last_login=timezone.now() - timedelta(days=3))
        self.sign_in("support@shop.example.com")
        self.assertEqual(self.client.get("/api/accounts/active/").data["count"], 1)
        self.assertEqual(self.client.get("/api/accounts/active/", {"days": 2}).data["count"], 0)
        self.assertStatus(self.client.get("/api/accounts/active/", {"days": 0}), 400)
        self.sign_in("anna@example.com")
        self.assertStatus(self.client.get("/api/accounts/active/"), 403)

    def test_export(self) -> None:
        self.sign_in("manager@shop.example.com")
        response = self.client.get("/api/accounts/export/", {"delimiter": ";"}, HTTP_ACCEPT="text/csv")
        self.assertEqual(response["Content-Type"], "text/csv; charset=utf-8")
        lines = list(csv.DictReader(StringIO(response.getvalue().decode()), delimiter=";"))
        self.assertEqual([line["email"] for line in lines], [email for email, *_ in reversed(PEOPLE)])
        self.sign_in("anna@example.com")
        response = self.client.get("/api/accounts/export/", HTTP_ACCEPT="text/csv")
        self.assertStatus(response, 403)
        self.assertEqual(response.json()["code"], "permission_denied")


class ChangeTests(ShopTestCase):
    def test_anybody_opens_an_account_as_a_customer(self) -> None:
        account = {"email": "new@example.com", "password": "long enough", "profile": {"language": "fr"}}
        response = self.client.post("/api/accounts/", account)
        self.assertStatus(response, 201)
        self.assertEqual(response["Location"], f"http://testserver/api/accounts/{response.data['id']}/")
        self.assertEqual((response.data["role"], response.data["profile"]["language"]), ("customer", "fr"))
        self.assertNotIn("password", response.data)
        self.assertTrue(Account.objects.get(email="new@example.com").check_password("long enough"))

    def test_only_managers_give_roles(self) -> None:
        account = {"email": "new@example.com", "password": "long enough", "role": "support"}
        self.assertStatus(self.client.post("/api/accounts/", account), 403)
        self.sign_in("anna@example.com")
        self.assertStatus(self.client.patch(ANNA, {"role": "manager"}), 403)
        self.sign_in("manager@shop.example.com")
        self.assertStatus(self.client.post("/api/accounts/", account), 201)
        self.assertEqual(self.client.patch(ANNA, {"role": "support"}).data["role"], "support")

    def test_what_is_wrong_with_an_account_is_told_by_field(self) -> None:
        response = self.client.post("/api/accounts/", {"email": "anna", "profile": {"website": "?"}})
        self.assertStatus(response, 400)
        self.assertEqual(sorted(response.data), ["email", "password", "profile.website"])
        self.assertEqual(response.data["password"], ["This field is required."])

    def test_a_change_leaves_the_rest_as_it_is(self) -> None:
        self.sign_in("anna@example.com")
        response = self.client.patch(ANNA, {"profile": {"bio": "New."}})
        self.assertStatus(response, 200)
        self.assertEqual(response.data["profile"]["bio"], "New.")
        self.assertEqual(response.data["profile"]["display_name"], "Anna")
        self.assertEqual(len(response.data["addresses"]), 2)

    def test_support_reads_but_does_not_change(self) -> None:
        self.sign_in("support@shop.example.com")
        self.assertStatus(self.client.get(ANNA), 200)
        self.assertStatus(self.client.patch(ANNA, {"first_name": "X"}), 403)
        self.assertStatus(self.client.delete(ANNA), 403)

    def test_a_manager_removes_an_account(self) -> None:
        self.sign_in("manager@shop.example.com")
        self.assertStatus(self.client.delete(ANNA), 204)
        self.assertStatus(self.client.get(ANNA), 404)

    def test_without_signing_in(self) -> None:
        response = self.client.get("/api/accounts/")
        self.assertStatus(response, 401)
        self.assertEqual(response.data["code"], "not_authenticated")
        self.assertIn("WWW-Authenticate", response)


class AvatarTests(ShopTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in("anna@example.com")

    def put(self, **form: object) -> object:
        return self.client.put(f"{ANNA}avatar/", form, format="multipart")

    def test_a_square_picture(self) -> None:
        file = picture(300, 300, "JPEG")
        file.name = "without-ending"
        response = self.put(file=file)
        self.assertStatus(response, 200)
        self.assertTrue(response.data["profile"]["avatar"].startswith("http://testserver/media/avatars/"))
        with Account.objects.get(email="anna@example.com").profile.avatar.open() as file:
            self.assertEqual(Image.open(file).size, (256, 256))

    def test_a_part_of_a_picture(self) -> None:
        crop = SimpleUploadedFile("crop", b'{"x": 10, "y": 0, "size": 64}', "application/json")
        self.assertStatus(self.put(file=picture(300, 100), crop='{"x": 10, "y": 0, "size": 64}'), 200)
        self.assertStatus(self.put(file=picture(300, 100), crop=crop), 200)

    def test_pictures_that_do_not_fit(self) -> None:
        for form, field in [
            ({"file": picture(300, 100)}, "file"),
            ({"file": picture(64, 64, "GIF")}, "file"),
            ({"file": SimpleUploadedFile("a.png", b"no picture")}, "file"),
            ({"file": SimpleUploadedFile("a.png", bytes(2_000_001))}, "file"),
            ({"file": picture(100, 100), "crop": '{"x": 90, "y": 0, "size": 64}'}, "crop"),
            ({"file": picture(100, 100), "crop": '{"x": -1, "y": 0, "size": 64}'}, "crop.x"),
            ({}, "file"),
        ]:
            response = self.put(**form)
            self.assertStatus(response, 400)
            self.assertEqual(list(response.data), [field])


class SuspensionTests(ShopTestCase):
    def test_the_staff_keeps_an_account_from_signing_in(self) -> None:
        credentials = {"email": "anna@example.com", "password": "a password for examples"}
        self.sign_in("support@shop.example.com")
        until = timezone.now() + timedelta(days=1)
        response = self.client.post(f"{ANNA}suspend/", {"reason": "Spam.", "until": until})
        self.assertFalse(response.data["is_active"])
        self.client.force_authenticate(None)
        self.assertStatus(self.client.post("/api/auth/token/", credentials), 401)
        Account.objects.filter(email="anna@example.com").update(suspended_until=timezone.now())
        self.assertStatus(self.client.post("/api/auth/token/", credentials), 200)

    def test_customers_do_not_suspend(self) -> None:
        self.sign_in("anna@example.com")
        self.assertStatus(self.client.post(f"{ANNA}suspend/", {"reason": "Me."}), 403)


class ModelTests(ShopTestCase):
    def test_one_default_address_of_a_kind(self) -> None:
        anna = Account.objects.get(email="anna@example.com")
        first = anna.addresses.get(kind="billing")
        second = Address.objects.create(
            account=anna, kind="billing", name="A", street="B", country="DE", is_default=True
        )
        self.assertEqual(list(anna.addresses.filter(kind="billing", is_default=True)), [second])
        first.refresh_from_db()
        self.assertFalse(first.is_default)
        self.assertTrue(anna.addresses.get(kind="shipping").is_default)

    def test_names_and_roles(self) -> None:
        self.assertEqual(Account(email="a@example.com").full_name, "a@example.com")
        self.assertEqual(Account(first_name="A", last_name="B").full_name, "A B")
        self.assertTrue(Account.objects.create_superuser("root@example.com", "x").is_manager)
        self.assertFalse(Account(role=AccountRole.SUPPORT).is_manager)
