"""manage.py comptes_demo: who can sign in to the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from esms.demo.comptes import comptes, mot_de_passe


class Command(BaseCommand):
    """Print the accounts and their one password."""

    help = "Affiche les comptes de la démonstration et leur mot de passe."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print only; nothing is read from the database."""
        self.stdout.write(f"Comptes de démonstration (mot de passe de tous\u00a0: {mot_de_passe()})")
        largeur = max(len(compte.courriel) for compte in comptes())
        for compte in comptes():
            code = f", code {compte.code_actuel()}" if compte.avec_code else ""
            self.stdout.write(f"  {compte.courriel:<{largeur}}  {compte.role.label}, {compte.nom}{code}")
        self.stdout.write(
            "Les codes changent toutes les 30 secondes\u00a0: manage.py code_demo les affiche de nouveau, "
            "la page de connexion aussi."
        )
