"""Files that somebody sends and gets back."""

import base64
import hashlib
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shop.testing import ShopTestCase

from .models import Upload


class UploadTests(ShopTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in("ben@example.com")

    def upload(self, content: bytes = b"0123456789", **form: object) -> object:
        form = {"file": SimpleUploadedFile("numbers.txt", content, "text/plain"), "purpose": "import", **form}
        return self.client.post("/api/uploads/", form, format="multipart")

    def test_a_file_is_kept_as_it_is(self) -> None:
        response = self.upload()
        self.assertStatus(response, 201)
        data = response.data
        self.assertEqual((data["filename"], data["content_type"], data["size"]), ("numbers.txt", "text/plain", 10))
        self.assertEqual(base64.b64decode(data["checksum"]), hashlib.sha256(b"0123456789").digest())
        self.assertEqual(data["owner"]["full_name"], "Ben Bonnet")
        self.assertIsNone(data["expires_at"])
        content = self.client.get(data["url"], HTTP_ACCEPT="application/octet-stream")
        self.assertEqual(content.getvalue(), b"0123456789")
        self.assertEqual(content["ETag"], f'"{data["checksum"]}"')

    def test_a_name_and_a_span_of_time(self) -> None:
        data = self.upload(filename="other.txt", expires_in="P1DT1H").data
        self.assertEqual(data["filename"], "other.txt")
        upload = Upload.objects.get(pk=data["id"])
        self.assertAlmostEqual(upload.expires_at, timezone.now() + timedelta(hours=25), delta=timedelta(minutes=1))
        Upload.objects.filter(pk=upload.pk).update(expires_at=timezone.now())
        self.assertStatus(self.client.get(f"/api/uploads/{upload.pk}/"), 404)

    def test_parts(self) -> None:
        url = self.upload().data["url"]
        for asked, status, content, sent in [
            ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
            ("bytes=7-", 206, b"789", "bytes 7-9/10"),
            ("bytes=-2", 206, b"89", "bytes 8-9/10"),
            ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
            ("bytes=12-", 200, b"0123456789", None),
            ("bytes=-", 200, b"0123456789", None),
            ("lines=1-2", 200, b"0123456789", None),
        ]:
            with self.subTest(asked):
                response = self.client.get(url, HTTP_RANGE=asked)
                self.assertStatus(response, status)
                self.assertEqual(response.getvalue(), content)
                self.assertEqual(response.get("Content-Range"), sent)

    def test_replace_the_content(self) -> None:
        url = self.upload().data["url"]
        large = bytes(range(256)) * 1000
        response = self.client.put(url, large, content_type="application/octet-stream")
        self.assertStatus(response, 200)
        self.assertEqual(response.data["size"], len(large))
        self.assertEqual(self.client.get(url).getvalue(), large)
        self.assertEqual(self.client.put(url, b"", content_type="application/octet-stream").data["size"], 0)

    def test_a_body_of_unknown_length(self) -> None:
        url = self.upload().data["url"]
        response = self.client.generic("PUT", url, HTTP_TRANSFER_ENCODING="chunked")
        self.assertStatus(response, 411)

    def test_list_by_purpose(self) -> None:
        self.upload()
        self.upload(purpose="manual")
        self.assertEqual(self.client.get("/api/uploads/").data["count"], 2)
        page = self.client.get("/api/uploads/", {"purpose": "manual", "limit": 1, "offset": 0}).data
        self.assertEqual([upload["purpose"] for upload in page["results"]], ["manual"])

    def test_files_of_others_are_not_there(self) -> None:
        url = self.upload().data["url"]
        self.sign_in("anna@example.com")
        self.assertStatus(self.client.get(url), 404)
        self.assertStatus(self.client.put(url, b"x", content_type="application/octet-stream"), 404)

    def test_remove(self) -> None:
        upload = Upload.objects.get(pk=self.upload().data["id"])
        self.assertStatus(self.client.delete(f"/api/uploads/{upload.pk}/"), 204)
        self.assertFalse(upload.file.storage.exists(upload.file.name))

    def test_what_is_missing(self) -> None:
        response = self.client.post("/api/uploads/", {"filename": "a"}, format="multipart")
        self.assertStatus(response, 400)
        self.assertEqual(sorted(response.data), ["file", "purpose"])
