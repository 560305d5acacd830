"""Print the demonstration's accounts, made if need be."""

from django.core.management.base import BaseCommand, CommandError

from funding.actions.demo_delegation import ensure_demo_delegation
from structures.actions.demo_accounts import (
    PASSWORD,
    NotADemonstration,
    ensure_demo_accounts,
)


class Command(BaseCommand):
    help = "Affiche les comptes de démonstration et leur mot de passe (DEMO seulement)."

    def handle(self, *args, **options):
        try:
            accounts = ensure_demo_accounts()
            ensure_demo_delegation()
        except NotADemonstration as error:
            raise CommandError(error.user_message) from error
        self.stdout.write(f"Comptes de démonstration, mot de passe : {PASSWORD}")
        for account in accounts:
            self.stdout.write(f"  {account.email:<30} {account.role}, {account.place}")
