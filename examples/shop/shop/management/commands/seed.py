"""``python manage.py seed``: data to begin with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from accounts.models import Account
from accounts.seeding import PASSWORD
from shop.seeding import seed


class Command(BaseCommand):
    help = "Fills the database with the same accounts, products and orders every time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--flush", action="store_true", help="remove all data there is first")

    def handle(self, *args: Any, flush: bool, **options: Any) -> None:
        if flush:
            call_command("flush", interactive=False, verbosity=0)
        elif Account.objects.exists():
            raise CommandError("There is data already; --flush removes it.")
        seed()
        self.stdout.write(f"Sign in as anna@example.com or manager@shop.example.com with “{PASSWORD}”.")
