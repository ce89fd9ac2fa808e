"""Reads the tables of products that were too long to be read at once."""

from typing import Any

from django.core.mail import send_mail
from django.core.management.base import BaseCommand

from products.models import WaitingImport
from products.tables import import_products


class Command(BaseCommand):
    help = "Reads the waiting tables of products; mails tell the outcome."

    def handle(self, *args: Any, **options: Any) -> None:
        for waiting in WaitingImport.objects.select_related("account"):
            report = import_products(waiting.rows, waiting.dry_run)
            lines = [f"Created: {report.created}", f"Updated: {report.updated}", f"Failed: {len(report.failed)}"]
            lines += [f"Line {failure['line']}: {failure['errors']}" for failure in report.failed]
            send_mail("Your table of products", "\n".join(lines), None, [waiting.account.email])
            waiting.delete()
