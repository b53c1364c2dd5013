"""`manage.py retirer_orphelins`: remove, or only list, the stored files that no row names."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from esms.socle.orphelins import AGE, recenser
from instruction.actions.orphelins import TropDOrphelins, retirer_les_orphelins


class Command(BaseCommand):
    """Does what the worker does each day; `--essai` prints and removes nothing."""

    help = "Retire les fichiers de plus de 24 heures qu’aucune ligne de la base ne cite."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two ways to be careful, one to insist."""
        parser.add_argument(
            "--essai", action="store_true", help="liste ce qui serait retiré, sans rien retirer"
        )
        parser.add_argument(
            "--meme-nombreux",
            action="store_true",
            help="retire aussi au-delà d’un fichier sur cinquante, une fois la liste relue",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 when they are too many to be removed without `--meme-nombreux`."""
        instant = timezone.now()
        if options["essai"]:
            recensement = recenser(avant=instant - AGE)
            for nom in recensement.orphelins:
                self.stdout.write(nom)
            examines, trouves = recensement.nombre, len(recensement.orphelins)
            self.stdout.write(
                f"Fichiers examinés\u00a0: {examines}\u202f; sans ligne\u00a0: {trouves}. Rien n’est retiré."
            )
            return
        try:
            retires = retirer_les_orphelins(instant=instant, par=None, meme_nombreux=options["meme_nombreux"])
        except TropDOrphelins as refus:
            raise CommandError(
                f"{refus} Relisez la liste (--essai), puis confirmez (--meme-nombreux)."
            ) from refus
        self.stdout.write(f"Fichiers retirés\u00a0: {retires}.")
