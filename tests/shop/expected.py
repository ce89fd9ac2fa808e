"""What every client prints, by step: an error that concerns a request as a whole is its status and its code."""

from __future__ import annotations

VISIBLE = [
    *("SET-1", "MANUAL-3", "MANUAL-2", "MANUAL-1"),
    *(f"{'LAMP' if number % 3 else 'CHAIR'}-{number:02}" for number in range(36, 0, -1) if number % 12),
]
"""What is no draft, newest first: 37 products."""

BRANDS = ["Anglepoise", "Bieffe", "Jieldé", "Kaiser Idell", "Thonet", "Vitra", *(f"Workshop {at:02}" for at in range(1, 25))]

RESULTS: dict[str, object] = {
    "open an account": ["Åsa", "customer", True],
    "not signed in": [401, "not_authenticated"],
    "a wrong password": [401, "no_active_account"],
    "sign in for a token": True,
    "a false token": [401, "bad_authorization_header"],
    "pages by number": VISIBLE,
    "pages by offset": BRANDS,
    "pages by cursor": [f"2026-{number:06}" for number in range(25, 0, -1)],
    "in German": "Lampe Nr. 1",
    "a page that was looked for": ["Lamp no. 35", "Lamp no. 34"],
    "create": [201, True, "Åsa & Co. “KG”", "+49 30 1234567", False],
    "retrieve": True,
    "change": ["Åsa & Co. “KG”", "Malmö", None],
    "removed": [404, "not_found"],
    "create of a kind": ["physical", "Lämpchen", "19.90", None, "draft"],
    "not valid": [400, ["category", "sku"], 1],
    "change of a kind": ["Lämpchen", "9.99", "19.90"],
    "not allowed": [403, "permission_denied"],
    "upload a photo": ["Ä “b”", 64, 48],
    "upload photos": ["x", "y"],
    "no photo": [400, ["photo"]],
    "not found": [404, "not_found"],
    "send a table": [1, 0, [3], True],
    "read lines": ["LAMP-01", "LAMP-02", "CHAIR-03"],
    "upload a file": ["nöte.txt", "text/plain", 5],
    "upload bytes": ["application/octet-stream", 256],
    "download bytes": True,
    "not one's own": [404, "not_found"],
    "download a document": "%PDF-",
    "into the cart": ["LAMP-04", 2, {"color": "röd"}, "25.80"],
    "too many": [409, "out_of_stock", 999],
    "redeem": ["5.00", "20.80"],
    "check out": ["open", "25.70", "Lamp no. 4", True],
    "note": "Tack!",
    "cancel": ["cancelled", "too_late"],
    "follow": [[True, "Tack!"], ["open", "cancelled"]],
    "cancel again": [409, "conflict"],
    "pages of reviews": sorted(f"Review no. {number}" for number in range(1, 26)),
    "vote": "Review no. 10",
    "too often": [20, 429, "throttled", True],
    "not for customers": [403, "permission_denied"],
    "suspend": [1, False],
    "suspended": [401, "no_active_account"],
    "sign in for a session": True,
    "without a CSRF token": [403, "permission_denied"],
    "with a CSRF token": "Åsa & Co. “KG”",
    "session over": [401, "not_authenticated"],
    "refresh": [[True] * 5, 1],
    "refresh again": ["Öberg", 2],
    "refresh with what was used": [[401, "token_not_valid"], 3],
}
