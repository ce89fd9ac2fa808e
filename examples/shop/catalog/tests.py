"""Categories, brands and attributes."""

from shop.testing import ShopTestCase

from .models import Category

CATEGORIES = "/api/catalog/categories/"


class CategoryTests(ShopTestCase):
    def test_list_and_read(self) -> None:
        slugs = [category["slug"] for category in self.client.get(CATEGORIES).data]
        self.assertEqual(slugs, ["home", "lamps", "desk-lamps", "chairs", "books", "manuals", "offers"])
        home = Category.objects.get(slug="home")
        below = self.client.get(CATEGORIES, {"parent": home.pk}).data
        self.assertEqual([category["slug"] for category in below], ["lamps", "chairs"])
        lamps = self.client.get(f"{CATEGORIES}lamps/").data
        self.assertEqual(lamps["product_count"], 24)
        self.assertStatus(self.client.get(f"{CATEGORIES}nothing/"), 404)

    def test_names_are_in_the_language_of_the_request(self) -> None:
        names = [
            self.client.get(f"{CATEGORIES}chairs/", HTTP_ACCEPT_LANGUAGE=language).data["name"]
            for language in ("de", "en", "fr")
        ]
        self.assertEqual(names, ["Stühle", "Chairs", "Chairs"])

    def test_trees(self) -> None:
        home, books, offers = self.client.get(f"{CATEGORIES}tree/").data
        self.assertEqual([child["slug"] for child in home["children"]], ["lamps", "chairs"])
        self.assertEqual([child["slug"] for child in home["children"][0]["children"]], ["desk-lamps"])
        self.assertEqual(offers["children"], [])
        shallow = self.client.get(f"{CATEGORIES}tree/", {"depth": 2}).data
        self.assertEqual(shallow[0]["children"][0]["children"], [])
        self.assertEqual(shallow[1], books)
        self.assertStatus(self.client.get(f"{CATEGORIES}tree/", {"depth": 11}), 400)

    def test_the_staff_changes_categories(self) -> None:
        self.sign_in("support@shop.example.com")
        lamps = Category.objects.get(slug="lamps")
        response = self.client.post(CATEGORIES, {"slug": "floor-lamps", "name": "Floor lamps", "parent": lamps.pk})
        self.assertStatus(response, 201)
        self.assertEqual(response["Location"], "http://testserver/api/catalog/categories/floor-lamps/")
        response = self.client.patch(f"{CATEGORIES}floor-lamps/", {"position": 3})
        self.assertEqual(response.data["position"], 3)
        response = self.client.patch(f"{CATEGORIES}lamps/", {"parent": response.data["id"]})
        self.assertEqual(response.data, {"parent": ["A category cannot stand in itself."]})
        self.assertStatus(self.client.post(CATEGORIES, {"slug": "lamps", "name": ""}), 400)

    def test_removing_a_category_moves_those_below(self) -> None:
        self.sign_in("manager@shop.example.com")
        self.assertStatus(self.client.delete(f"{CATEGORIES}lamps/"), 204)
        self.assertEqual(Category.objects.get(slug="desk-lamps").parent.slug, "home")
        response = self.client.delete(f"{CATEGORIES}desk-lamps/")
        self.assertStatus(response, 403)
        self.assertEqual(response.data["detail"], "There are products in this category.")

    def test_others_only_read(self) -> None:
        self.assertStatus(self.client.post(CATEGORIES, {"slug": "a", "name": "A"}), 401)
        self.sign_in("anna@example.com")
        self.assertStatus(self.client.delete(f"{CATEGORIES}offers/"), 403)


class BrandTests(ShopTestCase):
    def test_all_pages(self) -> None:
        names: list[str] = []
        url = "/api/catalog/brands/?limit=12"
        while url:
            page = self.client.get(url).data
            names += [brand["name"] for brand in page["results"]]
            url = page["next"]
        self.assertEqual(len(names), page["count"])
        self.assertEqual(names, sorted(set(names)))

    def test_search_and_read(self) -> None:
        (found,) = self.client.get("/api/catalog/brands/", {"search": "thonet"}).data["results"]
        self.assertEqual(found["country"], "AT")
        self.assertEqual(self.client.get(f"/api/catalog/brands/{found['id']}/").data, found)
        self.assertStatus(self.client.get("/api/catalog/brands/0/"), 404)


class AttributeTests(ShopTestCase):
    def test_values_are_of_several_types(self) -> None:
        attributes = {attribute["code"]: attribute for attribute in self.client.get("/api/catalog/attributes/").data}
        self.assertEqual(attributes["power"]["values"], [5, 7.5, 12])
        self.assertEqual(attributes["dimmable"]["values"], [True, False])
        self.assertIsNone(attributes["color"]["unit"])
