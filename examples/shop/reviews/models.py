"""What customers think of products."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from products.models import Product


class Rating(models.IntegerChoices):
    ONE = 1, "★"
    TWO = 2, "★★"
    THREE = 3, "★★★"
    FOUR = 4, "★★★★"
    FIVE = 5, "★★★★★"


class VoteChoice(models.TextChoices):
    UP = "up", "Helpful"
    DOWN = "down", "Not helpful"


class Review(models.Model):
    """What somebody thinks of a product."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="reviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviews")
    rating = models.PositiveSmallIntegerField(choices=Rating.choices)
    title = models.CharField(max_length=100)
    text = models.TextField(blank=True, help_text="Markdown.")
    verified = models.BooleanField(default=False, help_text="The author has bought the product.")
    helpful = models.IntegerField(default=0, help_text="Votes for, less votes against.")
    created_at = models.DateTimeField(auto_now_add=True, help_text="When it was made.")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-helpful", "-pk"]
        constraints = [models.UniqueConstraint(fields=["product", "author"], name="one_review_of_a_product")]

    def __str__(self) -> str:
        return self.title

    def count_votes(self) -> None:
        """Brings ``helpful`` up to date."""
        votes = self.votes.values_list("choice", flat=True)
        self.helpful = sum(1 if choice == VoteChoice.UP else -1 for choice in votes)
        self.save(update_fields=["helpful"])


class ReviewReply(models.Model):
    """The shop's answer to a review."""

    review = models.OneToOneField(Review, models.CASCADE, primary_key=True, related_name="reply")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "review replies"


class Comment(models.Model):
    """A remark below a review, or an answer to one."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments")
    text = models.CharField(max_length=2000)
    reply_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]


class Vote(models.Model):
    """Whether a review helped somebody."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    choice = models.CharField(max_length=4, choices=VoteChoice.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "voter"], name="one_vote_on_a_review")]


def rate(product: Product) -> None:
    """Brings a product's ``rating`` up to date."""
    product.rating = product.reviews.aggregate(mean=models.Avg("rating"))["mean"]
    product.save(update_fields=["rating"])
