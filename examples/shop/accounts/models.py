"""Accounts, what they tell about themselves, and where they have things sent."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone


class AccountRole(models.TextChoices):
    """What an account may do."""

    CUSTOMER = "customer", "Customer"
    SUPPORT = "support", "Support"
    MANAGER = "manager", "Shop manager"


class AddressKind(models.TextChoices):
    BILLING = "billing", "Billing"
    SHIPPING = "shipping", "Shipping"


class Country(models.TextChoices):
    AUSTRIA = "AT", "Austria"
    SWITZERLAND = "CH", "Switzerland"
    GERMANY = "DE", "Germany"
    FRANCE = "FR", "France"
    UNITED_KINGDOM = "GB", "United Kingdom"
    UNITED_STATES = "US", "United States of America"


class Language(models.TextChoices):
    GERMAN = "de", "Deutsch"
    ENGLISH = "en", "English"
    FRENCH = "fr", "Français"


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, account: Account) -> AccountQuerySet:
        """All for the staff; for others, their own."""
        return self if account.is_staff else self.filter(pk=account.pk)


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Opens an account; one without a password cannot sign in."""
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save()
        Profile.objects.create(account=account)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, role=AccountRole.MANAGER, **fields)


class Account(AbstractBaseUser):
    """Somebody who can sign in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=10, choices=AccountRole.choices, default=AccountRole.CUSTOMER)
    is_active = models.BooleanField(default=True, help_text="Deactivated accounts cannot sign in.")
    suspended_until = models.DateTimeField(null=True, blank=True)
    suspension_reason = models.CharField(max_length=500, blank=True)
    last_login_ip = models.GenericIPAddressField(protocol="IPv4", null=True, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    class Meta:
        ordering = ["-date_joined"]

    def __str__(self) -> str:
        return self.email

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def is_staff(self) -> bool:
        return self.role in (AccountRole.SUPPORT, AccountRole.MANAGER)

    @property
    def is_manager(self) -> bool:
        return self.role == AccountRole.MANAGER

    def remember_address(self, address: str) -> None:
        """Keeps from where the account signed in last; addresses of other kinds than IPv4 are not kept."""
        self.last_login_ip = address if "." in address else None
        self.save(update_fields=["last_login_ip"])

    def suspend(self, reason: str, until: datetime | None = None) -> None:
        """Keeps the account from signing in; for good where no end is given."""
        self.is_active = False
        self.suspension_reason = reason
        self.suspended_until = until
        self.save(update_fields=["is_active", "suspension_reason", "suspended_until"])

    def end_suspension(self) -> None:
        """Lets the account sign in again where its suspension is over."""
        if self.suspended_until and self.suspended_until <= timezone.now():
            self.is_active = True
            self.suspension_reason = ""
            self.suspended_until = None
            self.save(update_fields=["is_active", "suspension_reason", "suspended_until"])


class Profile(models.Model):
    """What an account tells about itself."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="profile")
    display_name = models.CharField(max_length=60, blank=True)
    bio = models.TextField(blank=True, help_text="Markdown.")
    website = models.URLField(null=True)
    birthday = models.DateField(null=True, blank=True)
    language = models.CharField(
        max_length=2,
        choices=Language.choices,
        null=True,
        blank=True,
        help_text="Language of mails; the browser's where empty.",
    )
    avatar = models.ImageField(
        upload_to="avatars", null=True, blank=True, help_text="Address of the picture, in 256 × 256 pixels."
    )
    preferences = models.JSONField(
        default=dict, blank=True, help_text="Whatever the front end wants to remember, as JSON."
    )
    notify = models.JSONField(default=dict, blank=True, help_text="Kind of message → wanted or not.")

    def __str__(self) -> str:
        return self.display_name or str(self.account)


class Address(models.Model):
    """Where something is sent."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind.choices)
    name = models.CharField(max_length=120, help_text="As it stands on the parcel.")
    street = models.CharField(max_length=200)
    extra = models.CharField(max_length=200, blank=True, help_text="Floor, company, c/o.")
    postal_code = models.CharField(max_length=12)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2, choices=Country.choices)
    phone = models.CharField(max_length=25, null=True, validators=[RegexValidator(r"^\+?[0-9 ()\-]{4,24}$")])
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "addresses"

    def save(self, *args: Any, **options: Any) -> None:
        """Makes room first where this becomes the default of its kind."""
        if self.is_default:
            others = Address.objects.filter(account=self.account_id, kind=self.kind, is_default=True)
            others.exclude(pk=self.pk).update(is_default=False)
        super().save(*args, **options)

    def __str__(self) -> str:
        return f"{self.name}, {self.street}, {self.postal_code} {self.city}"
