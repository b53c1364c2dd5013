"""manage.py code_demo: the codes that the agents of the demonstration would be asked for now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from esms.demo.chargement import DemonstrationRefusee, exiger_demonstration
from esms.demo.comptes import comptes


class Command(BaseCommand):
    """Print the current code of every agent, or of those whose address starts with a word."""

    help = "Affiche les codes à six chiffres des agents de la démonstration (valables 30 secondes)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The start of an address."""
        parser.add_argument("debut", nargs="?", default="", help="début de l’adresse (instructeur…)")

    def handle(self, *args: Any, debut: str, **options: Any) -> None:
        """Print only; refused where the demonstration is not open."""
        try:
            exiger_demonstration()
        except DemonstrationRefusee as refus:
            raise CommandError(str(refus)) from refus
        agents = [c for c in comptes() if c.avec_code and c.courriel.startswith(debut)]
        if not agents:
            raise CommandError(f"Aucun agent de la démonstration ne commence par «\u00a0{debut}\u00a0».")
        for compte in agents:
            self.stdout.write(f"  {compte.code_actuel()}  {compte.courriel}")
