"""Whose cart it is, and what is put into it."""

from django.utils import timezone
from rest_framework.request import Request

from products.models import Product

from .models import Cart, CartItem


def cart_of(request: Request) -> Cart:
    """The cart of an account, or of the session of somebody who has not signed in; what is too old is taken out."""
    cart = Cart.objects.filter(pk=request.session.get("cart"), account=None).first()
    if request.user.is_authenticated:
        own, _ = Cart.objects.get_or_create(account=request.user)
        if cart is not None:
            for item in cart.items.all():
                put(own, item.product, item.quantity, item.options)
            cart.delete()
        cart = own
    elif cart is None:
        cart = Cart.objects.create()
        request.session["cart"] = str(cart.pk)
    if cart.expires_at < timezone.now():
        cart.empty()
    return cart


def put(cart: Cart, product: Product, quantity: int, options: dict[str, str]) -> CartItem:
    """Puts a product into a cart. More of the same adds to the item there is."""
    item = cart.items.filter(product=product, options=options).first()
    if item is None:
        return cart.items.create(product=product, quantity=quantity, options=options)
    item.quantity = min(item.quantity + quantity, 999)
    item.save(update_fields=["quantity"])
    return item
