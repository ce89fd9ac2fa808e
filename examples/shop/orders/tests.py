"""Orders, from payment to delivery."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone

from accounts.models import Account
from accounts.seeding import account_id
from bookkeeping.records import OrderRecord
from payments.models import PaymentStatus
from products.models import StockLevel
from shop.contract import check_value
from shop.testing import ShopTestCase

from .models import Order, OrderStatus
from .seeding import order_id

ORDERS = "/api/orders/"
DELIVERED, SHIPPED, PAID, OPEN = (order_id(number) for number in (1, 23, 24, 25))


class ReadTests(ShopTestCase):
    def test_pages_have_cursors(self) -> None:
        self.sign_in("anna@example.com")
        numbers: list[str] = []
        url = f"{ORDERS}?page_size=10"
        while url:
            page = self.client.get(url).data
            numbers += [order["number"] for order in page["results"]]
            url = page["next"]
        self.assertEqual(numbers, [f"2026-{number:06}" for number in range(25, 0, -1)])

    def test_filters(self) -> None:
        self.sign_in("support@shop.example.com")
        for query, count in [
            ({"status": "open,paid"}, 2),
            ({"placed_after": "2026-01-25T00:00:00Z"}, 3),
            ({"placed_before": "2026-01-03T00:00:00Z"}, 1),
            ({"customer": account_id("anna@example.com"), "page_size": 100}, 25),
            ({"customer": account_id("ben@example.com")}, 0),
        ]:
            with self.subTest(query):
                self.assertEqual(len(self.client.get(ORDERS, query).data["results"]), count)

    def test_customers_see_their_own(self) -> None:
        self.assertStatus(self.client.get(ORDERS), 401)
        self.sign_in("ben@example.com")
        self.assertEqual(self.client.get(ORDERS).data["results"], [])
        for rest in ("", "invoice/", "events/", "shipments/"):
            self.assertStatus(self.client.get(f"{ORDERS}{OPEN}/{rest}"), 404)
        self.assertStatus(self.client.get(f"{ORDERS}nothing/"), 404)

    def test_an_order_outlives_its_customer(self) -> None:
        Order.objects.filter(status=OrderStatus.OPEN).delete()
        Account.objects.get(email="anna@example.com").delete()
        self.sign_in("support@shop.example.com")
        customer = self.client.get(f"{ORDERS}{DELIVERED}/").data["customer"]
        self.assertEqual(customer["full_name"], "removed@shop.example.com")

    def test_nobody_leaves_with_orders_under_way(self) -> None:
        self.sign_in("anna@example.com")
        self.assertStatus(self.client.delete("/api/users/me/"), 409)
        self.client.post(f"{ORDERS}{OPEN}/cancel/", {"reason": "changed_mind"})
        self.client.post(f"{ORDERS}{PAID}/cancel/", {"reason": "changed_mind"})
        Order.objects.get(pk=SHIPPED).deliver()
        self.assertStatus(self.client.delete("/api/users/me/"), 204)

    def test_downloads_are_there_once_they_are_paid_for(self) -> None:
        self.sign_in("anna@example.com")
        manual = self.client.get(f"{ORDERS}{PAID}/").data["items"][0]
        self.assertEqual(self.client.get(f"{ORDERS}{OPEN}/").data["items"][0]["download_url"], None)
        self.assertTrue(manual["download_url"].startswith("http://testserver/"))


class ChangeTests(ShopTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in("anna@example.com")

    def test_change_an_order(self) -> None:
        changes = {
            "note": "At the back door.",
            "is_gift": True,
            "deliver_on": "2026-12-24",
            "deliver_after": "17:30:00",
            "billing_address": {"city": "Potsdam"},
            "metadata": [1, {"a": None}],
        }
        order = self.client.patch(f"{ORDERS}{OPEN}/", changes).data
        self.assertEqual(order["billing_address"]["city"], "Potsdam")
        self.assertEqual(order["billing_address"]["street"], "Hauptstraße 1")
        del changes["billing_address"]
        self.assertEqual({name: order[name] for name in changes}, changes)
        self.assertEqual((order["priority"], order["total"]["amount"]), (5, "17.80"))

    def test_what_is_delivered_stays_as_it_is(self) -> None:
        self.assertStatus(self.client.patch(f"{ORDERS}{DELIVERED}/", {"note": "Too late."}), 400)
        self.assertStatus(self.client.patch(f"{ORDERS}{DELIVERED}/", {"metadata": "seen"}), 200)

    def test_cancel(self) -> None:
        for order in (OPEN, PAID):
            response = self.client.post(f"{ORDERS}{order}/cancel/", {"reason": "changed_mind"})
            self.assertEqual((response.data["status"], response.data["cancel_reason"]), ("cancelled", "changed_mind"))
            self.assertStatus(self.client.post(f"{ORDERS}{order}/cancel/", {"reason": "other"}), 409)
        self.assertFalse(StockLevel.objects.filter(reserved__gt=0).exists())
        self.assertEqual(Order.objects.get(pk=PAID).payments.get().status, PaymentStatus.REFUNDED)
        self.assertStatus(self.client.post(f"{ORDERS}{SHIPPED}/cancel/", {"reason": "too_late"}), 409)
        self.assertStatus(self.client.post(f"{ORDERS}{SHIPPED}/cancel/", {"reason": "weather"}), 400)


class RefundTests(ShopTestCase):
    def refund(self, **data: Any) -> Any:
        return self.client.post(f"{ORDERS}{SHIPPED}/refund/", {"reason": "Broken."} | data)

    def test_a_part_and_then_the_rest(self) -> None:
        self.sign_in("support@shop.example.com")
        product = Order.objects.get(pk=SHIPPED).items.get().product_id
        self.assertEqual(self.refund(amount="2.00").data["status"], "shipped")
        self.assertStatus(self.refund(items=[{"item": product, "quantity": 2}]), 400)
        self.assertStatus(self.refund(items=[{"item": product, "quantity": 1}], amount=None), 200)
        self.assertStatus(self.refund(amount="17.80"), 400)
        self.assertEqual(self.refund().data["status"], "refunded")
        self.assertStatus(self.refund(), 409)

    def test_once_for_a_key(self) -> None:
        self.sign_in("manager@shop.example.com")
        key = str(uuid4())
        for _ in range(2):
            response = self.client.post(
                f"{ORDERS}{SHIPPED}/refund/", {"reason": "Broken.", "amount": "1.00"}, HTTP_IDEMPOTENCY_KEY=key
            )
            self.assertStatus(response, 200)
        self.assertEqual(Order.objects.get(pk=SHIPPED).refunds.count(), 1)

    def test_customers_do_not_pay_themselves_back(self) -> None:
        self.sign_in("anna@example.com")
        self.assertStatus(self.refund(), 403)


class ShipmentTests(ShopTestCase):
    def test_hand_over_and_deliver(self) -> None:
        parcel = {"carrier": "3rd-party", "tracking_number": "A1", "weight": 1200}
        self.sign_in("support@shop.example.com")
        self.assertStatus(self.client.post(f"{ORDERS}{OPEN}/shipments/", parcel), 409)
        later = self.client.post(f"{ORDERS}{PAID}/shipments/", parcel | {"shipped_at": "2100-01-01T00:00:00Z"})
        self.assertEqual((later.status_code, later.data["tracking_url"]), (201, None))
        self.assertEqual(Order.objects.get(pk=PAID).status, OrderStatus.PACKED)
        now = self.client.post(f"{ORDERS}{PAID}/shipments/", {"carrier": "dhl", "tracking_number": "B2", "weight": 1})
        self.assertIn("B2", now.data["tracking_url"])
        self.assertEqual(Order.objects.get(pk=PAID).status, OrderStatus.SHIPPED)
        self.assertStatus(self.client.post(f"{ORDERS}{PAID}/shipments/", parcel), 400)
        self.sign_in("anna@example.com")
        self.assertEqual(len(self.client.get(f"{ORDERS}{PAID}/shipments/").data), 2)
        self.assertStatus(self.client.post(f"{ORDERS}{PAID}/shipments/", parcel), 403)


class ProcessingTests(ShopTestCase):
    def test_time_goes_by(self) -> None:
        Order.objects.filter(pk=PAID).update(placed_at=timezone.now())
        call_command("process_orders")
        statuses = [Order.objects.get(pk=order).status for order in (OPEN, PAID, SHIPPED)]
        self.assertEqual(statuses, ["cancelled", "paid", "delivered"])


class BookkeepingTests(ShopTestCase):
    def export(self, **span: str) -> list[OrderRecord]:
        """What the bookkeeping's program reads of what is written."""
        written = StringIO()
        call_command("export_orders", stdout=written, **span)
        return [OrderRecord.model_validate_json(line) for line in written.getvalue().splitlines()]

    def test_all_that_is_booked_of_an_order(self) -> None:
        Order.objects.get(pk=DELIVERED).refund(Decimal("2.00"), "Scratched.")
        orders = self.export(since="2026-01-01", until="2026-01-31")
        self.assertEqual([order.number for order in orders], [f"2026-{number:06}" for number in range(1, 26)])
        first = orders[0]
        self.assertEqual((first.customer.full_name, first.billing_address.city), ("Anna Albrecht", "Berlin"))
        self.assertEqual((first.items[0].product.sku, first.items[0].total), ("LAMP-04", Decimal("12.90")))
        self.assertEqual(first.total, first.subtotal - first.discount + first.shipping)
        self.assertEqual([refund.amount for refund in first.refunds], [Decimal("2.00")])
        self.assertEqual([payment.captured_amount for payment in first.payments], [first.total])
        self.assertEqual(self.export(since="2026-01-27", until="2026-01-27")[0].payments, [])

    def test_as_many_queries_for_all_orders_as_for_one(self) -> None:
        with self.assertNumQueries(4):
            self.assertEqual(len(self.export(since="2026-01-27", until="2026-01-27")), 1)
        with self.assertNumQueries(4):
            self.assertEqual(len(self.export(since="2026-01-01", until="2026-01-31")), 25)

    def test_the_bookkeeping_has_the_schemas_of_today(self) -> None:
        records = Path(__file__).parents[1] / "bookkeeping" / "records.py"
        quiet = {"stdout": StringIO(), "stderr": StringIO()}
        call_command("generate_schemas", "orders.records", mode="serialization", output=str(records), check=True, **quiet)


class EventTests(ShopTestCase):
    def events(self, order: Any, last: int) -> list[tuple[int, dict[str, Any]]]:
        response = self.client.get(f"{ORDERS}{order}/events/", HTTP_LAST_EVENT_ID=str(last))
        self.assertEqual(response["Content-Type"], "text/event-stream")
        messages = response.getvalue().decode().removesuffix("\n\n").split("\n\n")
        found = [dict(line.split(": ", 1) for line in message.splitlines()) for message in messages]
        return [(int(message["id"]), json.loads(message["data"])) for message in found]

    def test_the_whole_story(self) -> None:
        self.sign_in("anna@example.com")
        self.client.patch(f"{ORDERS}{SHIPPED}/", {"note": "Thank you."})
        Order.objects.get(pk=SHIPPED).deliver()
        events = self.events(SHIPPED, 0)
        story = [event.get("status") or event.get("text") or event["message"] for _, event in events]
        self.assertEqual(
            story, ["paid", "packed", "shipped", "Handed to the carrier.", "Thank you.", "Delivered.", "delivered"]
        )
        self.assertEqual({event["order"] for _, event in events}, {str(SHIPPED)})
        for _, event in events:
            check_value(event, "OrderEvent")
        self.assertEqual(events[4][1]["author"]["full_name"], "Anna Albrecht")
        self.assertEqual(events[5][1]["place"], "Berlin")
        self.assertEqual(self.events(SHIPPED, events[-2][0]), events[-1:])

    def test_without_a_last_event_nothing_of_the_past_is_told(self) -> None:
        self.sign_in("anna@example.com")
        self.assertEqual(self.client.get(f"{ORDERS}{DELIVERED}/events/").getvalue(), b"")


class DocumentTests(ShopTestCase):
    def test_invoice(self) -> None:
        self.sign_in("anna@example.com")
        response = self.client.get(f"{ORDERS}{DELIVERED}/invoice/")
        self.assertTrue(response.content.startswith(b"%PDF-1.4"))
        self.assertIn(b"Invoice 2026-000001", response.content)
        place = int(response.content.split(b"startxref\n")[1].split()[0])
        self.assertTrue(response.content[place:].startswith(b"xref"))
        self.assertStatus(self.client.get(f"{ORDERS}{OPEN}/invoice/"), 409)

    def test_statistics(self) -> None:
        url = f"{ORDERS}statistics/"
        self.sign_in("anna@example.com")
        self.assertStatus(self.client.get(url, {"since": "2026-01-01"}), 403)
        self.sign_in("manager@shop.example.com")
        self.assertStatus(self.client.get(url), 400)
        self.assertStatus(self.client.get(url, {"since": "2026-01-02", "until": "2026-01-01"}), 400)
        found = self.client.get(url, {"since": "2026-01-01", "until": "2026-01-31"}).data
        self.assertEqual(found["orders"], 25)
        self.assertEqual(found["by_status"], {"open": 1, "paid": 1, "shipped": 1, "delivered": 22})
        self.assertEqual(sum(day["orders"] for day in found["by_day"]), 25)
        revenue = sum(float(day["revenue"]) for day in found["by_day"])
        self.assertAlmostEqual(float(found["revenue"]["amount"]), revenue)
        nothing = self.client.get(url, {"since": "2020-01-01", "until": "2020-01-31"}).data
        self.assertEqual((nothing["orders"], nothing["average"]["amount"]), (0, "0.00"))
