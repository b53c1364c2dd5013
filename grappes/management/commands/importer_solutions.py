"""`manage.py importer_solutions FICHIER [--a-blanc]`: make or change the solutions of a spreadsheet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from esms.socle import tableurs
from grappes.actions.solution import importer_solutions
from grappes.catalogue_solutions import lire_catalogue


class Command(BaseCommand):
    """All of the file or nothing: a wrong cell refuses it whole, with its place."""

    help = "Importe un catalogue de solutions DUI (CSV, XLSX ou ODS)\u00a0: tout le fichier, ou rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether it is only tried."""
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--a-blanc", action="store_true", help="dit ce qui changerait, sans rien écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was made and changed."""
        fichier: Path = options["fichier"]
        try:
            lecture = lire_catalogue(tableurs.lire(fichier.name, fichier.read_bytes()))
            if lecture.fautes:
                raise CommandError("\n".join(lecture.fautes))
            rapport = importer_solutions(lues=lecture.solutions, par=None, a_blanc=options["a_blanc"])
        except OSError as erreur:
            raise CommandError(f"Fichier illisible\u00a0: {erreur}") from erreur
        except tableurs.TableurRefuse as refus:
            raise CommandError(str(refus)) from refus
        except ValidationError as refus:
            raise CommandError("\n".join(refus.messages)) from refus
        self.stdout.write(
            f"{len(rapport.creees)} créées, {len(rapport.modifiees)} modifiées, "
            f"{rapport.inchangees} inchangées."
        )
