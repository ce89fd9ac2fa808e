"""Reviews, comments and votes."""

from products.models import Product
from shop.testing import ShopTestCase


class ReviewTestCase(ShopTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.product = Product.objects.get(sku="LAMP-01")
        self.url = f"/api/products/{self.product.pk}/reviews/"


class ReviewTests(ReviewTestCase):
    def test_pages_have_cursors(self) -> None:
        first = self.client.get(self.url).data
        self.assertEqual(first["results"][0]["title"], "Review no. 1")
        self.assertEqual(first["results"][0]["reply"]["text"], "Thank you!")
        second = self.client.get(first["next"]).data
        self.assertEqual((len(first["results"]), len(second["results"])), (20, 5))
        self.assertEqual(second["results"][-1]["helpful"], -1)

    def test_filters(self) -> None:
        page = self.client.get(self.url, {"rating": "1,5", "page_size": 100}).data
        self.assertEqual({review["rating"] for review in page["results"]}, {1, 5})
        self.assertEqual(self.client.get(self.url, {"verified": "true"}).data["results"], [])
        self.assertStatus(self.client.get(self.url, {"rating": "6"}), 400)

    def test_write_change_and_remove_a_review(self) -> None:
        self.assertStatus(self.client.post(self.url, {"rating": 4, "title": "Good"}), 401)
        self.sign_in("anna@example.com")
        response = self.client.post(self.url, {"rating": 4, "title": "Good"})
        self.assertStatus(response, 201)
        self.assertEqual(response.data["author"]["full_name"], "Anna Albrecht")
        self.assertFalse(response.data["verified"])
        self.assertStatus(self.client.post(self.url, {"rating": 4, "title": "Again"}), 400)
        url = response["Location"]
        self.assertEqual(self.client.get(url).data, response.data)
        response = self.client.patch(url, {"rating": 1})
        self.assertIsNotNone(response.data["edited_at"])
        self.product.refresh_from_db()
        self.assertAlmostEqual(self.product.rating, 76 / 26)
        self.sign_in("ben@example.com")
        self.assertStatus(self.client.patch(url, {"rating": 5}), 403)
        self.sign_in("support@shop.example.com")
        self.assertStatus(self.client.delete(url), 204)
        self.assertStatus(self.client.get(url), 404)

    def test_who_has_bought_the_product_is_verified(self) -> None:
        self.sign_in("anna@example.com")
        bought = Product.objects.get(sku="LAMP-04")
        response = self.client.post(f"/api/products/{bought.pk}/reviews/", {"rating": 5, "title": "Bright"})
        self.assertTrue(response.data["verified"])

    def test_products_that_are_not_shown_have_no_reviews(self) -> None:
        self.sign_in("anna@example.com")
        draft = Product.objects.get(sku="CHAIR-12")
        self.assertStatus(self.client.post(f"/api/products/{draft.pk}/reviews/", {"rating": 5, "title": "?"}), 404)


class CommentTests(ReviewTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.first, self.second = (review["id"] for review in self.client.get(self.url).data["results"][:2])
        self.comments = f"{self.url}{self.first}/comments/"

    def test_comments_have_answers(self) -> None:
        (comment,) = self.client.get(self.comments).data
        self.assertEqual([reply["text"] for reply in comment["replies"]], ["We send another one."])
        self.sign_in("ben@example.com")
        response = self.client.post(self.comments, {"text": "Mine too.", "reply_to": comment["id"]})
        self.assertStatus(response, 201)
        self.assertEqual(len(self.client.get(self.comments).data[0]["replies"]), 2)
        elsewhere = self.client.post(
            f"{self.url}{self.second}/comments/", {"text": "Mine too.", "reply_to": comment["id"]}
        )
        self.assertStatus(elsewhere, 400)

    def test_who_writes_too_much_has_to_wait(self) -> None:
        self.sign_in("ben@example.com")
        statuses = {self.client.post(self.comments, {"text": "Me!"}).status_code for _ in range(21)}
        self.assertEqual(statuses, {201, 429})
        response = self.client.post(self.comments, {"text": "Me!"})
        self.assertGreater(int(response["Retry-After"]), 0)
        self.assertEqual(response.data["code"], "throttled")

    def test_a_vote_can_be_changed(self) -> None:
        url = f"{self.url}{self.second}/vote/"
        self.assertStatus(self.client.post(url, {"vote": "up"}), 401)
        self.sign_in("ben@example.com")
        helpful = [self.client.post(url, {"vote": vote}).data["helpful"] for vote in ("up", "up", "down")]
        self.assertEqual(helpful, [1, 1, -1])
