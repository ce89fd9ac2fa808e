"""What somebody does with their own account."""

from accounts.models import Account
from accounts.seeding import PASSWORD
from shop.testing import ShopTestCase


class MeTests(ShopTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.anna = self.sign_in("anna@example.com")

    def test_read_and_change(self) -> None:
        self.assertEqual(self.client.get("/api/users/me/").data["full_name"], "Anna Albrecht")
        response = self.client.patch("/api/users/me/", {"last_name": "Bauer", "profile": {"preferences": [1, None]}})
        self.assertEqual(response.data["full_name"], "Anna Bauer")
        self.assertEqual(response.data["profile"]["preferences"], [1, None])
        self.assertStatus(self.client.patch("/api/users/me/", {"role": "manager"}), 403)
        self.assertStatus(self.client.put("/api/users/me/", {}), 405)

    def test_close_the_account(self) -> None:
        self.anna = self.sign_in("customer01@example.com")
        self.assertStatus(self.client.delete("/api/users/me/"), 204)
        self.assertFalse(Account.objects.filter(pk=self.anna.pk).exists())

    def test_change_the_password(self) -> None:
        url = "/api/users/me/password/"
        response = self.client.post(url, {"old_password": "wrong", "new_password": "short"})
        self.assertStatus(response, 400)
        self.assertEqual(sorted(response.data), ["new_password", "old_password"])
        self.assertStatus(self.client.post(url, {"old_password": PASSWORD, "new_password": "something new"}), 204)
        self.anna.refresh_from_db()
        self.assertTrue(self.anna.check_password("something new"))

    def test_a_session_outlives_a_change_of_password(self) -> None:
        self.client.force_authenticate(None)
        self.client.login(email="anna@example.com", password=PASSWORD)
        self.client.post("/api/users/me/password/", {"old_password": PASSWORD, "new_password": "something new"})
        self.assertStatus(self.client.get("/api/users/me/"), 200)


class AddressTests(ShopTestCase):
    address = {
        "kind": "shipping",
        "name": "Anna",
        "street": "Rue 1",
        "postal_code": "75001",
        "city": "Paris",
        "country": "FR",
    }

    def setUp(self) -> None:
        super().setUp()
        self.sign_in("anna@example.com")

    def test_add_change_and_remove(self) -> None:
        response = self.client.post("/api/users/me/addresses/", self.address)
        self.assertStatus(response, 201)
        self.assertEqual((response.data["phone"], response.data["is_default"]), (None, False))
        url = response["Location"]
        self.assertEqual(self.client.get(url).data, response.data)
        self.assertEqual(self.client.patch(url, {"phone": "01 23 45 67"}).data["phone"], "01 23 45 67")
        self.assertStatus(self.client.delete(url), 204)
        self.assertStatus(self.client.get(url), 404)

    def test_the_list_can_be_filtered(self) -> None:
        self.assertEqual(len(self.client.get("/api/users/me/addresses/").data), 2)
        (found,) = self.client.get("/api/users/me/addresses/", {"kind": "billing"}).data
        self.assertEqual(found["kind"], "billing")

    def test_addresses_of_others_are_not_there(self) -> None:
        (found, _) = self.client.get("/api/users/me/addresses/").data
        self.sign_in("ben@example.com")
        self.assertEqual(self.client.get("/api/users/me/addresses/").data, [])
        self.assertStatus(self.client.get(f"/api/users/me/addresses/{found['id']}/"), 404)

    def test_wrong_values(self) -> None:
        response = self.client.post("/api/users/me/addresses/", {**self.address, "country": "XX", "phone": "none"})
        self.assertStatus(response, 400)
        self.assertEqual(sorted(response.data), ["country", "phone"])
