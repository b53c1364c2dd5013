"""`manage.py sceller_journal`: the root of the day, printed so that it can be kept elsewhere."""

from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError

from esms.journal.actions import sceller_le_jour
from esms.socle.commandes import Commande


class Command(Commande):
    """Played again the same day, it prints the same root. Exit code 1 when the journal stays busy."""

    help = "Scelle sous une racine les entrées du journal ajoutées depuis la précédente, et l’imprime."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line: rank, day, number of entries, hash."""
        try:
            racine = sceller_le_jour(par=None)
        except OperationalError as erreur:
            raise CommandError(
                "Une longue écriture occupe le journal, rien n’est scellé\u00a0: relancez.",
                returncode=1,
            ) from erreur
        self.stdout.write(f"Racine {racine}\u00a0: {racine.nombre} entrée(s), empreinte {racine.empreinte}")
