"""Reviews to begin with."""

from accounts.models import Account
from products.models import Product

from .models import Comment, Review, ReviewReply, VoteChoice, rate


def seed() -> None:
    product = Product.objects.get(sku="LAMP-01")
    customers = Account.objects.filter(email__startswith="customer").order_by("email")[:25]
    for number, customer in enumerate(customers):
        Review.objects.create(
            product=product,
            author=customer,
            rating=number % 5 + 1,
            title=f"Review no. {number + 1}",
            text="It gives *light*." if number % 2 else "",
        )
    rate(product)
    first, second = Review.objects.filter(product=product).order_by("pk")[:2]
    anna, support = (Account.objects.get(email=email) for email in ("anna@example.com", "support@shop.example.com"))
    first.votes.create(voter=anna, choice=VoteChoice.UP)
    second.votes.create(voter=anna, choice=VoteChoice.DOWN)
    for review in (first, second):
        review.count_votes()
    ReviewReply.objects.create(review=first, author=support, text="Thank you!")
    comment = Comment.objects.create(review=first, author=anna, text="Mine is broken.")
    Comment.objects.create(review=first, author=support, text="We send another one.", reply_to=comment)
