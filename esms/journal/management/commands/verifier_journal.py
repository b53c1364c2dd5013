"""`manage.py verifier_journal`: read every chain and every root again, and say what does not hold."""

import re
from argparse import ArgumentTypeError
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.core.management.base import CommandError, CommandParser

from esms.journal import chaine, racines
from esms.journal.models import Entree, Racine
from esms.socle.commandes import Commande


class Command(Commande):
    """Exit code 1 when an entry or a root was changed, removed, moved or inserted, or is not the one kept."""

    help = "Vérifie les chaînes et les racines du journal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Roots kept outside the database, as `sceller_journal` printed them."""
        parser.add_argument(
            "--racine",
            action="append",
            default=[],
            type=_empreinte,
            metavar="EMPREINTE",
            help="empreinte d’une racine gardée hors de la base ; peut être répété",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per anomaly; else what is sealed, what is not yet, and that all holds."""
        anomalies = self._dire(chain(chaine.relire(_entrees()), racines.relire()))
        perdues = self._comparer(options["racine"])
        self._dire_les_racines()
        if anomalies or perdues:
            raise CommandError(f"Journal altéré : {anomalies + perdues} anomalie(s).", returncode=1)
        self.stdout.write(f"Journal intact : {Entree.objects.count()} entrée(s).")

    def _dire(self, anomalies: Iterable[chaine.Anomalie]) -> int:
        """Print the anomalies as they come; how many there were."""
        nombre = 0
        for nombre, anomalie in enumerate(anomalies, start=1):  # noqa: B007 - the last rank is the count
            self.stderr.write(f"{anomalie.chaine}, rang {anomalie.rang} : {anomalie.motif}.")
        return nombre

    def _comparer(self, gardees: list[str]) -> int:
        """Look for the roots kept outside; how many are no longer here."""
        perdues = 0
        for empreinte in gardees:
            trouvee = Racine.objects.filter(empreinte=empreinte).first()
            if trouvee is None:
                perdues += 1
                self.stderr.write(f"Racine gardée au-dehors introuvable, passé réécrit : {empreinte}.")
            else:
                self.stdout.write(f"Racine gardée au-dehors retrouvée : {trouvee}.")
        return perdues

    def _dire_les_racines(self) -> None:
        derniere = Racine.objects.order_by("-rang").first()
        restantes = racines.entrees_entre(derniere.jusqua if derniere else 0, None).count()
        if derniere is None:
            self.stdout.write("Aucune racine : lancez sceller_journal chaque jour.")
        else:
            self.stdout.write(f"Dernière racine : {derniere}, empreinte {derniere.empreinte}.")
        self.stdout.write(f"Entrées qu’aucune racine ne couvre encore : {restantes}.")


def _entrees() -> Iterable[Entree]:
    return Entree.objects.order_by("chaine", "rang").iterator(chunk_size=2000)


def _empreinte(texte: str) -> str:
    """A SHA-256 in hexadecimal."""
    if not re.fullmatch(r"[0-9a-f]{64}", texte.strip().lower()):
        raise ArgumentTypeError("une empreinte compte 64 caractères, chiffres et lettres de a à f")
    return texte.strip().lower()
