"""Invoices as PDF documents: one page of text, which needs no library."""

from collections.abc import Iterable

from .models import Order


def invoice(order: Order) -> bytes:
    """The invoice of an order."""
    address = order.billing_address
    return pdf(
        [
            f"Invoice {order.number}",
            f"{order.placed_at:%d %B %Y}",
            "",
            address["name"],
            address["street"],
            f"{address['postal_code']} {address['city']}, {address['country']}",
            "",
            *(f"{item.quantity} x {item.name}: {item.total} EUR" for item in order.items.all()),
            "",
            f"Discount: {order.discount} EUR",
            f"Shipping: {order.shipping} EUR",
            f"Total: {order.total} EUR",
        ]
    )


def pdf(lines: Iterable[str]) -> bytes:
    """A page with these lines (ISO 32000-1, 7.5)."""
    text = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    content = f"BT /F1 11 Tf 16 TL 60 780 Td\n{text}ET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    document = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(document))
        document += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        document
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(document),
        )
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
