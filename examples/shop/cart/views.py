"""Views of the cart."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from orders.serializers import OrderSerializer
from products.stock import StockConflictSerializer, require
from shop.idempotency import idempotency_key
from shop.parameters import IDEMPOTENCY_KEY
from shop.schema import RETRY_AFTER, errors

from .checkout import check_out
from .models import Cart, CartItem, Coupon
from .serializers import CartItemSerializer, CartSerializer, CheckoutSerializer, RedeemSerializer

TOO_FEW = OpenApiResponse(StockConflictSerializer, "Not enough in stock.")
SOLD_MEANWHILE = OpenApiResponse(StockConflictSerializer, "Some items were sold meanwhile.")


def cart_of(request: Request) -> Cart:
    """The cart of an account, or of the session of somebody who has not signed in; what is too old is taken out."""
    cart = Cart.objects.filter(pk=request.session.get("cart"), account=None).first()
    if request.user.is_authenticated:
        own, _ = Cart.objects.get_or_create(account=request.user)
        if cart is not None:
            for item in cart.items.all():
                own.put(item.product, item.quantity, item.options)
            cart.delete()
        cart = own
    elif cart is None:
        cart = Cart.objects.create()
        request.session["cart"] = str(cart.pk)
    if cart.expires_at < timezone.now():
        cart.empty()
    return cart


class CartView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(responses=CartSerializer)
    def get(self, request: Request) -> Response:
        """Read the cart.

        There always is one, if need be an empty one.
        """
        return Response(CartSerializer(cart_of(request), context={"request": request}).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Empty the cart."""
        cart_of(request).empty()
        return Response(status=status.HTTP_204_NO_CONTENT)


class CouponView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(request=RedeemSerializer, responses={200: CartSerializer, **errors(400)})
    def post(self, request: Request) -> Response:
        """Redeem a coupon."""
        form = RedeemSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return self.answer(cart_of(request), form.validated_data["code"])

    @extend_schema(responses={200: CartSerializer})
    def delete(self, request: Request) -> Response:
        """Give the coupon back."""
        return self.answer(cart_of(request), None)

    def answer(self, cart: Cart, coupon: Coupon | None) -> Response:
        cart.coupon = coupon
        cart.keep()
        return Response(CartSerializer(cart, context={"request": self.request}).data)


class CheckoutView(APIView):
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "checkout"

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, RETRY_AFTER],
        request=CheckoutSerializer,
        responses={201: OrderSerializer, 409: SOLD_MEANWHILE, **errors(400, 401, 429)},
    )
    def post(self, request: Request) -> Response:
        """Turn the cart into an order.

        The items are reserved for thirty minutes; the order is packed once it is paid.
        """
        form = CheckoutSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        order = check_out(cart_of(request), form.validated_data, idempotency_key(request))
        return Response(OrderSerializer(order, context={"request": request}).data, status=status.HTTP_201_CREATED)


@extend_schema_view(
    create=extend_schema(
        summary="Put a product into the cart.",
        description="More of the same product adds to the item there is.",
        responses={201: CartItemSerializer, 409: TOO_FEW, **errors(400)},
    ),
    partial_update=extend_schema(
        summary="Change the quantity.", responses={200: CartItemSerializer, 409: TOO_FEW, **errors(400, 404)}
    ),
    destroy=extend_schema(summary="Take an item out of the cart.", responses={204: None, **errors(404)}),
)
class CartItemViewSet(
    mixins.CreateModelMixin, mixins.UpdateModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    queryset = CartItem.objects.select_related("product")
    serializer_class = CartItemSerializer
    permission_classes = [AllowAny]
    http_method_names = ["post", "patch", "delete", "options"]

    def get_queryset(self) -> QuerySet[CartItem]:
        return super().get_queryset().filter(cart=cart_of(self.request))

    def perform_create(self, serializer: CartItemSerializer) -> None:
        cart, data = cart_of(self.request), serializer.validated_data
        product, options = data["product"], data.get("options", {})
        there = cart.items.filter(product=product, options=options).first()
        require([(product, data["quantity"] + (there.quantity if there else 0))])
        serializer.instance = cart.put(product, data["quantity"], options)
        cart.keep()

    def perform_update(self, serializer: CartItemSerializer) -> None:
        item, data = serializer.instance, serializer.validated_data
        require([(data.get("product", item.product), data.get("quantity", item.quantity))])
        serializer.save()
        item.cart.keep()
