"""Payment methods to begin with."""

from uuid import NAMESPACE_URL, UUID, uuid5

from accounts.seeding import account_id

from .models import CardMethod, SepaMethod, WalletMethod, WalletProvider


def method_id(name: str) -> UUID:
    """The same for the same name, whenever data is sown."""
    return uuid5(NAMESPACE_URL, f"https://shop.example.com/payment-methods/{name}")


def seed() -> None:
    anna = account_id("anna@example.com")
    CardMethod.objects.create(
        id=method_id("card"),
        account_id=anna,
        type="card",
        label="My card",
        is_default=True,
        token="tok_visa_4242",
        brand="Visa",
        last4="4242",
        expires="2030-12",
    )
    SepaMethod.objects.create(
        id=method_id("sepa"), account_id=anna, type="sepa_debit", iban="DE89370400440532013000", holder="Anna Albrecht"
    )
    WalletMethod.objects.create(id=method_id("wallet"), account_id=anna, type="wallet", provider=WalletProvider.PAYPAL)
