"""manage.py charger_demo: fill the database with the fictional world."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from esms.demo.chargement import DemonstrationRefusee, charger, deja_charge


class Command(BaseCommand):
    """Load the world; what is already there stays as it is."""

    help = "Charge le monde fictif de la démonstration (référentiel, campagnes, comptes, dossiers)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option: do nothing when it was done before."""
        parser.add_argument(
            "--si-vide", action="store_true", help="ne fait rien si le monde fictif est déjà chargé"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError, in French, where nobody asked for the demonstration."""
        if options["si_vide"] and deja_charge():
            return
        try:
            charger(le=timezone.localdate(), annoncer=self.stdout.write)
        except DemonstrationRefusee as refus:
            raise CommandError(str(refus)) from None
