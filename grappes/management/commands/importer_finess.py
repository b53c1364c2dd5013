"""`manage.py importer_finess FICHIER`: import a FINESS file, with a report on standard output."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser, OutputWrapper

from esms.comptes.models import Utilisateur
from esms.socle.commandes import Commande
from grappes.actions.importer_finess import ImportEnCours, importer_finess
from grappes.finess.modele import FichierRefuse

_LARGEUR = 30
_MOTIF_MIN, _MOTIF_MAX = 10, 300


class Refus(CommandError):
    """Its name is what Django prints before the message."""


class Command(Commande):
    """Exit code 0 when the file is taken (or would be), 1 when it is refused as a whole."""

    help = (
        "Importe un fichier FINESS : établissements (cs1100502, cs1100507), entités juridiques (cs1100501) "
        "ou flux JSON des structures ; UTF-8 ou ISO-8859-1, compressé par gzip ou non."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("fichier", type=Path, metavar="FICHIER")
        parser.add_argument("--essai", action="store_true", help="essai à blanc : même rapport, rien d’écrit")
        parser.add_argument("--partiel", action="store_true", help="extrait : ne ferme rien par absence")
        parser.add_argument(
            "--forcer", metavar="MOTIF", default="", help="passe outre le refus à 2 %% ; consigné"
        )
        parser.add_argument("--date", type=_jour, help="date d’un fichier qui ne la dit pas (AAAA-MM-JJ)")
        parser.add_argument(
            "--par", metavar="COURRIEL", default="", help="compte au nom duquel l’import est fait"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, then print the report."""
        motif = options["forcer"].strip()
        if options["forcer"] and not _MOTIF_MIN <= len(motif) <= _MOTIF_MAX:
            raise Refus(f"--forcer demande un motif de {_MOTIF_MIN} à {_MOTIF_MAX} caractères.")
        progression = Progression(self.stderr)
        try:
            rapport = importer_finess(
                fichier=options["fichier"],
                par=_compte(options["par"]),
                essai=options["essai"],
                partiel=options["partiel"],
                motif_forcage=motif,
                date_fichier=options["date"],
                suivi=progression,
            )
        except (FichierRefuse, ImportEnCours) as refus:
            raise Refus(str(refus)) from None
        finally:
            progression.finir()
        for ligne in rapport.lignes():
            self.stdout.write(ligne)


class Progression:
    """On a terminal, a bar redrawn in place; elsewhere, one line per step. Never in the colour of errors."""

    def __init__(self, sortie: OutputWrapper) -> None:
        self._sortie = sortie
        self._terminal = sortie.isatty()
        self._etape = ""

    def __call__(self, etape: str, part: float | None) -> None:
        """Show the step, and the share done when it is known."""
        if self._terminal:
            pleins = int((part or 0) * _LARGEUR)
            barre = f" [{'#' * pleins}{'.' * (_LARGEUR - pleins)}] {part:4.0%}" if part is not None else "…"
            self._sortie.write(f"\r\x1b[K{etape}{barre}", str, ending="")
            self._sortie.flush()
        elif etape != self._etape:
            self._sortie.write(f"{etape}…", str)
        self._etape = etape

    def finir(self) -> None:
        """Leave the terminal on a clean line."""
        if self._terminal:
            self._sortie.write("\r\x1b[K", str, ending="")
            self._sortie.flush()


def _jour(texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {texte} » n’est pas une date AAAA-MM-JJ") from None


def _compte(courriel: str) -> Utilisateur | None:
    if not courriel:
        return None
    compte = Utilisateur.objects.filter(courriel=courriel.strip().lower()).first()
    if compte is None:
        raise Refus(f"Aucun compte « {courriel} ».")
    return compte
