"""Orders to begin with."""

from datetime import timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from accounts.models import Account
from accounts.seeding import BEGINNING
from accounts.serializers import AddressSerializer
from payments.models import Payment, PaymentStatus
from payments.seeding import method_id
from products.models import Product
from products.stock import reserve
from shop.money import Currency

from .models import Carrier, Order

SHIPPING = Decimal("4.90")


def order_id(number: int) -> UUID:
    """The same for the same number, whenever data is sown."""
    return uuid5(NAMESPACE_URL, f"https://shop.example.com/orders/{number}")


def seed() -> None:
    """Anna has ordered 25 times; the last orders are open, paid, and on their way."""
    for number in range(1, 26):
        order = place(number)
        if number != 25:
            pay(order)
        if number < 24:
            shipment = order.shipments.create(
                carrier=Carrier.DHL, tracking_number=f"JD{number:010}", shipped_at=order.placed_at, weight=1500
            )
            order.hand_over(shipment)
        if number < 23:
            order.deliver()


def place(number: int) -> Order:
    anna = Account.objects.get(email="anna@example.com")
    product = Product.objects.get(sku="LAMP-04" if number % 4 else "MANUAL-1")
    reserve([(product, 1)])
    order = Order.objects.create(
        id=order_id(number),
        number=f"{BEGINNING.year}-{number:06}",
        customer=anna,
        billing_address=AddressSerializer(anna.addresses.get(kind="billing")).data,
        payment_method_id=method_id("card"),
        subtotal=product.price,
        shipping=SHIPPING,
        total=product.price + SHIPPING,
        placed_at=BEGINNING + timedelta(days=number, hours=number),
    )
    order.items.create(product=product, name=product.name, quantity=1, unit_price=product.price)
    return order


def pay(order: Order) -> None:
    payment = Payment.objects.create(
        order=order,
        method=order.payment_method,
        amount=order.total,
        currency=Currency.EUR,
        status=PaymentStatus.AUTHORIZED,
        created_at=order.placed_at,
    )
    payment.capture()
