"""Reviews on the wire."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.serializers import AccountSummarySerializer

from .models import Comment, Rating, Review, VoteChoice


class ReviewReplySerializer(serializers.Serializer):
    author = AccountSummarySerializer()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()


class ReviewSerializer(serializers.ModelSerializer):
    """What somebody thinks of a product."""

    author = AccountSummarySerializer(read_only=True)
    rating = serializers.ChoiceField(choices=Rating.choices)
    text = serializers.CharField(max_length=5000, required=False, allow_blank=True, help_text="Markdown.")
    reply = ReviewReplySerializer(read_only=True, allow_null=True, help_text="The shop's answer.")

    class Meta:
        model = Review
        fields = [
            "id",
            "product",
            "author",
            "rating",
            "title",
            "text",
            "verified",
            "helpful",
            "reply",
            "created_at",
            "edited_at",
        ]
        read_only_fields = ["product", "verified", "helpful", "edited_at"]


class CommentSerializer(serializers.ModelSerializer):
    """A remark below a review, with the answers to it."""

    author = AccountSummarySerializer(read_only=True)

    class Meta:
        model = Comment
        fields = ["id", "author", "text", "created_at"]

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | {"replies": CommentSerializer(many=True, read_only=True)}


@extend_schema_serializer(component_name="Comment")
class NewCommentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Comment
        fields = ["text", "reply_to"]
        extra_kwargs = {"reply_to": {"help_text": "The remark this answers."}}

    def validate_reply_to(self, comment: Comment | None) -> Comment | None:
        if comment and comment.review != self.context["review"]:
            raise serializers.ValidationError("This remark belongs to another review.")
        return comment


class VoteSerializer(serializers.Serializer):
    vote = serializers.ChoiceField(choices=VoteChoice.choices)
