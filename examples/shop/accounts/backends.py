"""How an account signs in."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from .models import Account


class AccountBackend(BaseBackend):
    """E-mail address and password; a suspension that is over ends here."""

    def authenticate(
        self, request: HttpRequest | None, email: str | None = None, password: str | None = None
    ) -> Account | None:
        account = Account.objects.filter(email__iexact=email).first() if email else None
        if account is None:
            Account().set_password(password)  # As slow as a wrong password, so that nobody learns who has an account.
            return None
        account.end_suspension()
        if not account.check_password(password) or not account.is_active:
            return None
        if request is not None:
            account.remember_address(request.META.get("REMOTE_ADDR", ""))
        return account

    def get_user(self, user_id: str) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()
