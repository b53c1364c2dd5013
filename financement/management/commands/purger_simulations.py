"""Daily housekeeping of the public simulations."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from financement.actions.simulation import CONSERVATION, purger


class Command(BaseCommand):
    """Delete what nobody kept."""

    help = (
        "Supprime les simulations que personne n’a demandé à garder, trente jours après leur dernier "
        "enregistrement. À lancer chaque jour."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Age, in days."""
        parser.add_argument(
            "--jours", type=int, default=CONSERVATION.days, help="durée de conservation, en jours (30)"
        )

    def handle(self, *args: Any, jours: int, **options: Any) -> None:
        """Purge, then say how many."""
        avant = timezone.now() - timedelta(days=jours)
        nombre = purger(avant=avant, par=None)
        self.stdout.write(f"{nombre} simulation(s) supprimée(s), enregistrée(s) avant le {avant:%d/%m/%Y}.")
