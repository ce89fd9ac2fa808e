"""Carts, coupons and checkout."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.seeding import PASSWORD, account_id
from orders.models import Order
from payments.seeding import method_id
from products.models import Product, StockLevel
from shop.testing import ShopTestCase

from .models import Cart

CART = "/api/cart/"
ADDRESS = {
    "kind": "billing",
    "name": "Anna Albrecht",
    "street": "Nebenstraße 2",
    "postal_code": "10117",
    "city": "Berlin",
    "country": "DE",
}


class CartTestCase(ShopTestCase):
    def put(self, sku: str, quantity: int = 1, **rest: Any) -> Any:
        product = Product.objects.get(sku=sku)
        return self.client.post(f"{CART}items/", {"product_id": product.pk, "quantity": quantity} | rest)

    def cart(self) -> dict[str, Any]:
        return self.client.get(CART).data


class CartTests(CartTestCase):
    def test_everybody_has_a_cart(self) -> None:
        empty = self.cart()
        self.assertEqual((empty["items"], empty["total"]["amount"]), ([], "0.00"))
        response = self.put("LAMP-01", 2)
        self.assertStatus(response, 201)
        self.assertEqual(response.data["subtotal"], "7.80")
        cart = self.cart()
        self.assertEqual(cart["id"], empty["id"])
        self.assertEqual(cart["total"], {"amount": "7.80", "currency": "EUR"})
        self.assertNotEqual(self.client_class().get(CART).data["id"], cart["id"])

    def test_more_of_the_same_adds_up(self) -> None:
        first = self.put("LAMP-01", 2, options={"cable": "red"}).data
        self.assertEqual(self.put("LAMP-01", 1, options={"cable": "red"}).data["id"], first["id"])
        self.assertNotEqual(self.put("LAMP-01", 1).data["id"], first["id"])
        self.assertEqual([item["quantity"] for item in self.cart()["items"]], [3, 1])

    def test_change_and_remove(self) -> None:
        item = f"{CART}items/{self.put('LAMP-01').data['id']}/"
        self.assertEqual(self.client.patch(item, {"quantity": 3}).data["quantity"], 3)
        self.assertStatus(self.client.patch(item, {"quantity": 0}), 400)
        self.assertStatus(self.client_class().patch(item, {"quantity": 1}), 404)
        self.assertStatus(self.client.delete(item), 204)
        self.assertStatus(self.client.delete(item), 404)
        self.put("LAMP-01")
        self.assertStatus(self.client.delete(CART), 204)
        self.assertEqual(self.cart()["items"], [])

    def test_no_more_than_there_is(self) -> None:
        response = self.put("LAMP-01", 9)
        self.assertStatus(response, 409)
        self.assertEqual(response.data["code"], "out_of_stock")
        self.assertEqual(response.data["items"], [{"sku": "LAMP-01", "requested": 9, "available": 8}])
        item = f"{CART}items/{self.put('LAMP-01', 8).data['id']}/"
        self.assertStatus(self.put("LAMP-01"), 409)
        self.assertStatus(self.client.patch(item, {"quantity": 9}), 409)

    def test_a_bundle_takes_what_is_in_it(self) -> None:
        self.assertStatus(self.put("SET-1", 8), 201)
        response = self.put("SET-1")
        self.assertEqual([item["sku"] for item in response.data["items"]], ["LAMP-01"])

    def test_only_what_is_on_sale(self) -> None:
        response = self.put("CHAIR-12")
        self.assertStatus(response, 400)
        self.assertEqual(list(response.data), ["product_id"])

    def test_a_cart_comes_along_when_somebody_signs_in(self) -> None:
        self.put("LAMP-01")
        response = self.client.post("/api/auth/login/", {"email": "anna@example.com", "password": PASSWORD})
        self.assertStatus(response, 200)
        self.assertEqual([item["product"]["sku"] for item in self.cart()["items"]], ["LAMP-01"])
        self.assertEqual(Cart.objects.get().account_id, account_id("anna@example.com"))

    def test_old_carts_are_emptied(self) -> None:
        self.put("LAMP-01")
        Cart.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        self.assertEqual(self.cart()["items"], [])


class CouponTests(CartTestCase):
    def test_redeem_and_give_back(self) -> None:
        self.put("LAMP-02", 2)
        cart = self.client.post(f"{CART}coupon/", {"code": "welcome"}).data
        self.assertEqual((cart["discount"]["amount"], cart["total"]["amount"]), ("1.38", "12.42"))
        cart = self.client.post(f"{CART}coupon/", {"code": "FIVE"}).data
        self.assertEqual((cart["coupon"]["code"], cart["total"]["amount"]), ("FIVE", "8.80"))
        cart = self.client.delete(f"{CART}coupon/").data
        self.assertEqual((cart["coupon"], cart["total"]["amount"]), (None, "13.80"))

    def test_coupons_that_are_none(self) -> None:
        for code in ("OLD", "NEVER"):
            self.assertEqual(list(self.client.post(f"{CART}coupon/", {"code": code}).data), ["code"])


class CheckoutTests(CartTestCase):
    def check_out(self, key: str | None = None, **changes: Any) -> Any:
        data = {"billing_address": ADDRESS, "payment_method": method_id("card"), "accept_terms": True} | changes
        headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
        return self.client.post(f"{CART}checkout/", data, **headers)

    def test_turns_the_cart_into_an_order(self) -> None:
        anna = self.sign_in("anna@example.com")
        self.put("LAMP-01", 2)
        self.put("MANUAL-1")
        self.client.post(f"{CART}coupon/", {"code": "WELCOME"})
        response = self.check_out(note="Ring twice.", priority=10)
        self.assertStatus(response, 201)
        order = response.data
        amounts = [order[name]["amount"] for name in ("subtotal", "shipping", "total")]
        self.assertEqual(amounts, ["12.30", "9.90", "20.97"])
        self.assertEqual((order["status"], order["note"], order["priority"]), ("open", "Ring twice.", 10))
        self.assertEqual(order["billing_address"]["city"], "Berlin")
        self.assertTrue(anna.addresses.filter(street="Nebenstraße 2").exists())
        self.assertEqual(self.cart()["items"], [])
        berlin = StockLevel.objects.get(product__sku="LAMP-01", warehouse="berlin")
        self.assertEqual((berlin.available, berlin.reserved), (3, 2))

    def test_once_for_a_key(self) -> None:
        self.sign_in("anna@example.com")
        self.put("LAMP-01")
        key = str(uuid4())
        orders = Order.objects.count()
        first, second = self.check_out(key), self.check_out(key)
        self.assertStatus(second, 201)
        self.assertEqual(first.data["id"], second.data["id"])
        self.assertEqual(Order.objects.count(), orders + 1)
        self.assertEqual(list(self.check_out("no UUID").data), ["Idempotency-Key"])

    def test_what_was_sold_meanwhile(self) -> None:
        self.sign_in("anna@example.com")
        self.put("LAMP-01", 3)
        self.put("LAMP-02", 1)
        StockLevel.objects.filter(product__sku="LAMP-01").update(available=1)
        response = self.check_out()
        self.assertStatus(response, 409)
        self.assertEqual(response.data["items"], [{"sku": "LAMP-01", "requested": 3, "available": 2}])
        self.assertFalse(StockLevel.objects.filter(product__sku="LAMP-02", reserved__gt=0).exists())

    def test_what_is_missing(self) -> None:
        self.assertStatus(self.check_out(), 401)
        self.sign_in("ben@example.com")
        wrong = {**ADDRESS, "country": "XX"}
        response = self.check_out(billing_address=wrong, accept_terms=False)
        self.assertEqual(sorted(response.data), ["accept_terms", "billing_address.country", "payment_method"])
        self.sign_in("anna@example.com")
        self.assertEqual(self.check_out().data, {"non_field_errors": ["The cart is empty."]})
