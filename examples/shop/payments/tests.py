"""Payments, payment methods, and the gateway's messages."""

import json
from typing import Any
from uuid import uuid4

from orders.models import Order, OrderStatus
from orders.seeding import order_id
from shop.testing import ShopTestCase

from .gateway import sign
from .models import Payment, PaymentMethod
from .seeding import method_id

PAYMENTS = "/api/payments/"
METHODS = f"{PAYMENTS}methods/"
OPEN = order_id(25)


class MethodTests(ShopTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in("anna@example.com")

    def test_methods_of_all_types(self) -> None:
        methods = {method["type"]: method for method in self.client.get(METHODS).data}
        self.assertEqual(methods["card"]["last4"], "4242")
        self.assertEqual(methods["sepa_debit"]["iban_masked"], "DE89…3000")
        self.assertEqual(methods["wallet"]["account"], "anna@example.com")
        self.assertNotIn("token", methods["card"])

    def test_add_and_remove(self) -> None:
        for method in (
            {"type": "card", "token": "tok_mastercard_5555", "is_default": True},
            {"type": "sepa_debit", "iban": "FR14 2004 1010 0505 0001 3M02 606", "holder": "Anna", "label": "Bank"},
            {"type": "wallet", "provider": "apple_pay"},
        ):
            with self.subTest(method):
                response = self.client.post(METHODS, method)
                self.assertStatus(response, 201)
                self.assertStatus(self.client.delete(response["Location"]), 204)
                self.assertStatus(self.client.delete(response["Location"]), 404)
        self.assertFalse(PaymentMethod.objects.get(pk=method_id("card")).is_default)
        self.assertEqual(len(self.client.get(METHODS).data), 3)

    def test_what_is_wrong(self) -> None:
        for method, field in [
            ({"type": "cash"}, "type"),
            ({"type": "card"}, "token"),
            ({"type": "sepa_debit", "iban": "DE89370400440532013001", "holder": "Anna"}, "iban"),
            ({"type": "wallet", "provider": "sock"}, "provider"),
        ]:
            with self.subTest(method):
                self.assertEqual(list(self.client.post(METHODS, method).data), [field])

    def test_methods_of_others_are_not_there(self) -> None:
        self.sign_in("ben@example.com")
        self.assertEqual(self.client.get(METHODS).data, [])
        self.assertStatus(self.client.delete(f"{METHODS}{method_id('card')}/"), 404)


class PaymentTestCase(ShopTestCase):
    def pay(self, method: str = "card", **changes: Any) -> Any:
        amount = {"amount": "17.80", "currency": "EUR"}
        data = {"order": OPEN, "method_id": method_id(method), "amount": amount} | changes
        return self.client.post(PAYMENTS, data)

    def assertOrder(self, status: str) -> None:
        self.assertEqual(Order.objects.get(pk=OPEN).status, status)


class PaymentTests(PaymentTestCase):
    def test_pay_and_capture(self) -> None:
        self.sign_in("anna@example.com")
        response = self.pay()
        self.assertStatus(response, 201)
        payment = response.data
        self.assertEqual((payment["status"], payment["method"]["last4"]), ("authorized", "4242"))
        url = f"{PAYMENTS}{payment['id']}/"
        self.assertEqual(self.client.get(url).data, payment)
        self.assertStatus(self.client.post(f"{url}capture/"), 403)
        self.sign_in("support@shop.example.com")
        self.assertStatus(self.client.post(f"{url}capture/", {"amount": "17.81"}), 400)
        key = str(uuid4())
        for _ in range(2):
            response = self.client.post(f"{url}capture/", HTTP_IDEMPOTENCY_KEY=key)
            self.assertEqual(response.data["status"], "captured")
        self.assertStatus(self.client.post(f"{url}capture/"), 409)
        self.assertOrder(OrderStatus.PAID)

    def test_a_card_that_is_declined(self) -> None:
        self.sign_in("anna@example.com")
        method = self.client.post(METHODS, {"type": "card", "token": "tok_declined"}).data
        payment = self.pay(method_id=method["id"]).data
        self.assertEqual((payment["status"], payment["failure"]), ("failed", "The card was declined."))

    def test_what_is_wrong(self) -> None:
        self.sign_in("anna@example.com")
        self.assertEqual(list(self.pay(amount={"amount": "17.80", "currency": "USD"}).data), ["amount"])
        self.assertEqual(list(self.pay(order=order_id(1)).data), ["order"])
        self.assertEqual(list(self.pay(method_id=uuid4()).data), ["method_id"])
        self.sign_in("ben@example.com")
        self.assertEqual(sorted(self.pay().data), ["method_id", "order"])

    def test_list(self) -> None:
        self.assertStatus(self.client.get(PAYMENTS), 401)
        self.sign_in("anna@example.com")
        page = self.client.get(PAYMENTS, {"limit": 10, "offset": 20, "ordering": "created_at"}).data
        self.assertEqual((page["count"], len(page["results"]), page["next"]), (24, 4, None))
        found = self.client.get(PAYMENTS, {"order": order_id(3), "status": "captured"}).data["results"]
        self.assertEqual([payment["order"] for payment in found], [order_id(3)])
        self.sign_in("ben@example.com")
        self.assertEqual(self.client.get(PAYMENTS).data["count"], 0)
        self.assertStatus(self.client.get(f"{PAYMENTS}{Payment.objects.first().pk}/"), 404)


class GatewayTests(PaymentTestCase):
    def tell(self, type: str, signature: str | None = None, **data: Any) -> Any:
        body = json.dumps({"id": "evt_1", "type": type, "data": data, "api_version": "2026-01"}).encode()
        return self.client_class().post(
            f"{PAYMENTS}gateway-events/",
            body,
            content_type="application/json",
            HTTP_X_GATEWAY_SIGNATURE=signature or sign(body),
        )

    def test_a_direct_debit_arrives_later(self) -> None:
        self.sign_in("anna@example.com")
        payment = self.pay("sepa").data
        self.assertEqual(payment["status"], "pending")
        self.assertStatus(self.tell("payment.captured", payment=payment["id"]), 204)
        self.assertOrder(OrderStatus.PAID)

    def test_money_that_nobody_waits_for_goes_back(self) -> None:
        self.sign_in("anna@example.com")
        payment = self.pay("sepa").data
        self.client.post(f"/api/orders/{OPEN}/cancel/", {"reason": "other"})
        Payment.objects.filter(pk=payment["id"]).update(status="pending")
        self.assertStatus(self.tell("payment.captured", payment=payment["id"]), 204)
        self.assertEqual(Payment.objects.get(pk=payment["id"]).status, "refunded")

    def test_a_payment_fails_or_comes_back(self) -> None:
        self.sign_in("anna@example.com")
        failing, returning = self.pay("sepa").data, self.pay("wallet").data
        self.assertStatus(self.tell("payment.failed", payment=failing["id"], reason="No money."), 204)
        self.assertStatus(self.tell("payment.refunded", payment=returning["id"]), 204)
        self.assertStatus(self.tell("account.updated", payment=returning["id"]), 204)
        self.assertEqual(Payment.objects.get(pk=failing["id"]).failure, "No money.")
        self.assertEqual(Payment.objects.get(pk=returning["id"]).status, "refunded")

    def test_only_the_gateway_is_heard(self) -> None:
        payment = str(Payment.objects.first().pk)
        self.assertStatus(self.tell("payment.failed", signature="0" * 64, payment=payment), 401)
        self.assertStatus(self.tell("payment.failed", payment=str(uuid4())), 400)
        self.assertStatus(self.tell("payment.failed", payment="nonsense"), 400)
