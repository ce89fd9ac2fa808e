"""What accounts can be looked for by."""

from django_filters import rest_framework as filters

from shop.filters import ChoicesInFilter

from .models import Account, AccountRole


class AccountFilter(filters.FilterSet):
    role = ChoicesInFilter(choices=AccountRole.choices, help_text="Several roles are separated by commas.")
    joined_after = filters.DateFilter(field_name="date_joined", lookup_expr="date__gte")
    joined_before = filters.DateFilter(field_name="date_joined", lookup_expr="date__lte")

    class Meta:
        model = Account
        fields = ["role", "is_active", "joined_after", "joined_before"]
