"""manage.py retirer_facteurs: for somebody who lost the telephone, the passkey and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from esms.comptes.actions import retirer_facteurs
from esms.comptes.models import Utilisateur


class Command(BaseCommand):
    """Remove the second factors of an account and close its sessions; an agent enrols again at once."""

    help = "Retire les seconds facteurs d’un compte (téléphone perdu) et ferme ses sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        """The account."""
        parser.add_argument("courriel", help="adresse électronique du compte")

    def handle(self, *args: Any, courriel: str, **options: Any) -> None:
        """Refuse an address that no account bears."""
        try:
            utilisateur = Utilisateur.objects.get_by_natural_key(courriel)
        except Utilisateur.DoesNotExist:
            raise CommandError(f"Aucun compte ne porte l’adresse {courriel}.") from None
        retires = retirer_facteurs(utilisateur=utilisateur, par=None)
        self.stdout.write(f"Seconds facteurs retirés\u00a0: {retires}. Sessions fermées.")
