"""Products, their photos, and what lies in the warehouses."""

import json
from io import BytesIO
from typing import Any

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from catalog.models import Brand, Category
from reviews.models import Review
from shop.contract import check_value
from shop.testing import ShopTestCase

from .models import Product, ProductStatus, StockLevel, WaitingImport
from .tables import ROWS_AT_ONCE

PRODUCTS = "/api/products/"


def picture(format: str = "PNG") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, format)
    return SimpleUploadedFile(f"picture.{format.lower()}", file.getvalue(), f"image/{format.lower()}")


class ProductTestCase(ShopTestCase):
    def url(self, sku: str, rest: str = "") -> str:
        return f"{PRODUCTS}{Product.objects.get(sku=sku).pk}/{rest}"

    def lamp(self, **changes: Any) -> dict[str, Any]:
        """What is sent to add a lamp."""
        category = Category.objects.get(slug="desk-lamps")
        lamp = {"kind": "physical", "sku": "LAMP-99", "name": "Lamp", "price": "12.50", "weight": 900}
        return lamp | {"category": category.pk} | changes


class ListTests(ProductTestCase):
    def skus(self, **query: Any) -> list[str]:
        page = self.client.get(PRODUCTS, {"page_size": 100} | query)
        self.assertStatus(page, 200)
        return [product["sku"] for product in page.data["results"]]

    def test_pages_have_numbers(self) -> None:
        first = self.client.get(PRODUCTS).data
        second = self.client.get(first["next"]).data
        self.assertEqual(first["count"], 37)
        self.assertEqual((len(first["results"]), len(second["results"])), (20, 17))
        self.assertStatus(self.client.get(PRODUCTS, {"page": 3}), 404)

    def test_drafts_are_for_the_staff(self) -> None:
        self.assertNotIn("CHAIR-12", self.skus())
        self.assertStatus(self.client.get(self.url("CHAIR-12")), 404)
        self.sign_in("support@shop.example.com")
        self.assertIn("CHAIR-12", self.skus())
        self.assertEqual(self.skus(status="draft"), ["CHAIR-36", "CHAIR-24", "CHAIR-12"])

    def test_filters(self) -> None:
        everything = self.skus()
        self.assertEqual(len(self.skus(status="on_sale,sold-out")), len(everything))
        self.assertEqual(self.skus(category="books"), ["MANUAL-3", "MANUAL-2", "MANUAL-1"])
        self.assertEqual(self.skus(category="nothing"), [])
        self.assertEqual(self.skus(price_min=105, price_max=110), ["LAMP-35"])
        self.assertEqual(self.skus(tag=["new", "oak"]), ["LAMP-35", "CHAIR-33", "LAMP-31"])
        self.assertEqual(self.skus(tag="unheard-of"), [])
        self.assertEqual(self.skus(search="desk set"), ["SET-1"])
        self.assertEqual(self.skus(created_after="2100-01-01T00:00:00Z"), [])
        self.assertStatus(self.client.get(PRODUCTS, {"status": "lost"}), 400)

    def test_attributes_are_compared_as_what_they_are(self) -> None:
        red = self.skus(**{"attributes[color]": "red"})
        self.assertTrue(red)
        self.assertTrue(set(self.skus(**{"attributes[color]": "red", "attributes[dimmable]": "true"})) < set(red))
        self.assertEqual(self.skus(**{"attributes[power]": "6"}), ["LAMP-01"])
        self.assertEqual(self.skus(**{"attributes[color__startswith]": "r"}), self.skus())

    def test_what_is_in_stock(self) -> None:
        StockLevel.objects.filter(product__sku__in=["LAMP-01", "LAMP-02"]).update(available=0)
        self.assertEqual(set(self.skus(in_stock="false")), {"LAMP-01", "LAMP-02", "SET-1"})
        self.assertIn("MANUAL-1", self.skus(in_stock="true"))

    def test_ordering(self) -> None:
        prices = [
            float(product["price"]) for product in self.client.get(PRODUCTS, {"ordering": "-price"}).data["results"]
        ]
        self.assertEqual(prices, sorted(prices, reverse=True))

    def test_featured_and_similar(self) -> None:
        featured = self.client.get(f"{PRODUCTS}featured/", HTTP_ACCEPT_LANGUAGE="de").data
        self.assertEqual(featured[0]["name"], "Lampe Nr. 1")
        similar = self.client.get(self.url("LAMP-01", "similar/"), {"limit": 3}).data
        self.assertEqual([product["sku"] for product in similar], ["LAMP-35", "LAMP-34", "LAMP-32"])
        self.assertStatus(self.client.get(self.url("LAMP-01", "similar/"), {"limit": 0}), 400)


class ReadTests(ProductTestCase):
    def test_each_kind_has_fields_of_its_own(self) -> None:
        lamp = self.client.get(self.url("LAMP-01")).data
        self.assertEqual((lamp["kind"], lamp["stock"], lamp["weight"]), ("physical", 8, 900))
        self.assertEqual(lamp["dimensions"]["width"], 180.5)
        self.assertEqual([photo["width"] for photo in lamp["photos"]], [64])
        manual = self.client.get(f"{PRODUCTS}by-sku/MANUAL-1/").data
        self.assertEqual((manual["kind"], manual["size"]), ("digital", len("Manual no. 1.\n")))
        bundle = self.client.get(self.url("SET-1")).data
        self.assertEqual([item["quantity"] for item in bundle["items"]], [1, 2, 1])
        self.assertStatus(self.client.get(f"{PRODUCTS}by-sku/NOTHING/"), 404)
        self.assertStatus(self.client.get(f"{PRODUCTS}nothing/"), 404)


class WriteTests(ProductTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in("support@shop.example.com")

    def test_add_change_and_replace_a_thing(self) -> None:
        brand = Brand.objects.first()
        response = self.client.post(PRODUCTS, self.lamp(brand_id=brand.pk, tags=["oak", "", "oak", "light"]))
        self.assertStatus(response, 201)
        url = response["Location"]
        self.assertEqual(response.data["brand"]["name"], brand.name)
        self.assertEqual(response.data["tags"], ["light", "oak"])
        self.assertEqual(response.data["status"], "draft")
        changes = {
            "kind": "physical",
            "dimensions": {"height": 1, "length": 2.5, "width": 3},
            "attributes": {"power": 5},
        }
        response = self.client.patch(url, changes)
        self.assertStatus(response, 200)
        self.assertEqual(response.data["dimensions"]["length"], 2.5)
        self.assertEqual(response.data["tags"], ["light", "oak"])
        response = self.client.put(url, self.lamp(name="Other lamp", tags=[]))
        self.assertEqual((response.data["name"], response.data["tags"]), ("Other lamp", []))

    def test_add_a_bundle_and_change_what_is_in_it(self) -> None:
        lamp, chair = Product.objects.get(sku="LAMP-01"), Product.objects.get(sku="CHAIR-03")
        items = [{"product": lamp.pk}, {"product": chair.pk, "quantity": 4}]
        bundle = self.lamp(kind="bundle", sku="SET-2", items=items)
        response = self.client.post(PRODUCTS, bundle)
        self.assertEqual([item["quantity"] for item in response.data["items"]], [1, 4])
        response = self.client.patch(response["Location"], {"items": items[::-1]})
        self.assertEqual([item["quantity"] for item in response.data["items"]], [4, 1])
        for wrong in ([items[0]], [items[0], items[0]], [items[0], {"product": Product.objects.get(sku="SET-1").pk}]):
            with self.subTest(wrong):
                self.assertStatus(self.client.post(PRODUCTS, bundle | {"sku": "SET-3", "items": wrong}), 400)

    def test_what_is_wrong_is_told_by_field(self) -> None:
        for wrong, fields in [
            ({"kind": "liquid"}, ["kind"]),
            ({"sku": "lower case"}, ["sku"]),
            ({"sku": "LAMP-01"}, ["sku"]),
            ({"weight": 0, "price": "-1"}, ["price", "weight"]),
            ({"dimensions": {"height": 0, "length": 1}}, ["dimensions.height", "dimensions.width"]),
            ({"tags": ["x" * 31]}, ["tags.0"]),
        ]:
            with self.subTest(wrong):
                response = self.client.post(PRODUCTS, self.lamp(**wrong))
                self.assertStatus(response, 400)
                self.assertEqual(sorted(response.data), fields)
        self.assertStatus(self.client.post(PRODUCTS, [1, 2]), 400)

    def test_a_product_remains_of_its_kind(self) -> None:
        response = self.client.patch(self.url("LAMP-01"), {"kind": "digital"})
        self.assertEqual(response.data, {"kind": ["A product remains of its kind."]})

    def test_what_was_ordered_is_discontinued(self) -> None:
        self.assertStatus(self.client.delete(self.url("LAMP-05")), 204)
        self.assertFalse(Product.objects.filter(sku="LAMP-05").exists())
        self.assertStatus(self.client.delete(self.url("LAMP-04")), 204)
        self.assertEqual(Product.objects.get(sku="LAMP-04").status, ProductStatus.DISCONTINUED)

    def test_a_file_that_is_sold_stays(self) -> None:
        self.sign_in("manager@shop.example.com")
        upload = self.client.get(self.url("MANUAL-1")).data["download"]
        self.assertStatus(self.client.delete(f"/api/uploads/{upload}/"), 409)

    def test_customers_do_not_change_products(self) -> None:
        self.sign_in("anna@example.com")
        self.assertStatus(self.client.post(PRODUCTS, self.lamp()), 403)
        self.assertStatus(self.client.get(f"{PRODUCTS}export/"), 403)
        self.assertStatus(self.client.get(self.url("LAMP-01", "stock/")), 403)
        self.client.force_authenticate(None)
        self.assertStatus(self.client.delete(self.url("LAMP-01")), 401)


class PhotoTests(ProductTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in("support@shop.example.com")

    def send(self, rest: str, **data: Any) -> Any:
        return self.client.post(self.url("CHAIR-03", rest), data, format="multipart")

    def test_add_and_remove_photos(self) -> None:
        response = self.send("photo/", photo=picture(), alt="From above", position=2)
        self.assertStatus(response, 201)
        self.assertEqual((response.data["width"], response.data["alt"]), (40, "From above"))
        response = self.send("photos/", photos=[picture("JPEG"), picture("WEBP")], alts=["Left", ""], replace=True)
        self.assertStatus(response, 201)
        photos = self.client.get(self.url("CHAIR-03")).data["photos"]
        self.assertEqual([photo["alt"] for photo in photos], ["Left", ""])
        url = self.url("CHAIR-03", f"photos/{photos[0]['id']}/")
        self.assertStatus(self.client.delete(url), 204)
        self.assertStatus(self.client.delete(url), 404)

    def test_only_pictures(self) -> None:
        self.assertStatus(self.send("photo/", photo=picture("GIF")), 400)
        self.assertStatus(self.send("photo/", photo=SimpleUploadedFile("a.png", b"text", "image/png")), 400)
        self.assertStatus(self.send("photos/", photos=[picture() for _ in range(13)]), 400)


class StockTests(ProductTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in("support@shop.example.com")

    def test_read_and_correct(self) -> None:
        url = self.url("LAMP-01", "stock/")
        berlin = self.client.get(url).data[0]
        self.assertEqual((berlin["available"], berlin["delivery_time"]), (5, "P2DT00H00M00S"))
        response = self.client.post(url, {"warehouse": "lyon", "change": -3, "note": "Broken."})
        self.assertEqual([level["available"] for level in response.data], [5, 0])
        self.assertStatus(self.client.post(url, {"warehouse": "lyon", "change": -1}), 409)
        self.assertStatus(self.client.post(url, {"warehouse": "rome", "change": 1}), 400)

    def test_downloads_lie_nowhere(self) -> None:
        self.assertEqual(self.client.get(self.url("MANUAL-1", "stock/")).data, [])
        self.assertStatus(self.client.post(self.url("MANUAL-1", "stock/"), {"warehouse": "lyon", "change": 1}), 409)


class TableTests(ProductTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in("support@shop.example.com")
        category = Category.objects.get(slug="chairs").pk
        self.table = (
            "kind,sku,name,price,category,weight,tags\n"
            f"physical,STOOL-1,Stool,7.50,{category},2000,oak|new\n"
            ",LAMP-01,,99.00,,,\n"
            f"physical,STOOL-2,Stool,cheap,{category},,\n"
        )

    def send(self, table: str, query: str = "") -> Any:
        return self.client.post(f"{PRODUCTS}import/{query}", table.encode(), content_type="text/csv")

    def test_export(self) -> None:
        response = self.client.get(f"{PRODUCTS}export/", {"status": "on_sale,sold-out"})
        self.assertEqual(response["Content-Type"], "application/x-ndjson")
        lines = [json.loads(line) for line in response.getvalue().splitlines()]
        self.assertEqual(len(lines), 37)
        self.assertEqual(lines[0]["sku"], "LAMP-01")
        for line in lines:
            check_value(line, "Product")

    def test_import(self) -> None:
        report = self.send(self.table).data
        self.assertEqual((report["created"], report["updated"]), (1, 1))
        self.assertEqual([failure["line"] for failure in report["failed"]], [4])
        self.assertEqual(sorted(report["failed"][0]["errors"]), ["price", "weight"])
        self.assertEqual([tag.name for tag in Product.objects.get(sku="STOOL-1").tags.all()], ["new", "oak"])
        self.assertEqual(Product.objects.get(sku="LAMP-01").name, "Lamp no. 1")

    def test_a_dry_run_changes_nothing(self) -> None:
        report = self.send(self.table, "?dry_run=true").data
        self.assertEqual((report["created"], report["dry_run"]), (1, True))
        self.assertFalse(Product.objects.filter(sku="STOOL-1").exists())

    def test_large_tables_are_read_later(self) -> None:
        row = self.table.splitlines()[1]
        rows = "\n".join(row.replace("STOOL-1", f"STOOL-{number}") for number in range(ROWS_AT_ONCE + 1))
        self.assertStatus(self.send(f"{self.table.splitlines()[0]}\n{rows}"), 202)
        waiting = WaitingImport.objects.get()
        waiting.rows = waiting.rows[:2]
        waiting.save()
        call_command("import_products")
        self.assertTrue(Product.objects.filter(sku="STOOL-1").exists())
        self.assertIn("Created: 2", mail.outbox[0].body)
        self.assertFalse(WaitingImport.objects.exists())

    def test_what_is_no_table_is_refused(self) -> None:
        response = self.client.post(f"{PRODUCTS}import/", b"\xff\xfe\xff", content_type="text/csv")
        self.assertStatus(response, 400)


class RatingTests(ProductTestCase):
    def test_the_mean_of_all_reviews(self) -> None:
        self.assertEqual(self.client.get(self.url("LAMP-01")).data["rating"], 3.0)
        self.assertIsNone(self.client.get(self.url("LAMP-02")).data["rating"])
        self.assertEqual(Review.objects.count(), 25)
