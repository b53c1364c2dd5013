"""manage.py charger_volume: thousands of dossiers on top of the register, for script/mesurer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from esms.demo import campagnes, chargement, comptes
from esms.demo.volume import copies, patrons

OCCITANIE = campagnes.OUVERTURES[0]
INSTRUCTEUR = "instructeur.occitanie"


class Command(BaseCommand):
    """A measuring tool: it writes in bulk what nobody filed."""

    help = "Charge des dossiers en nombre, pour les mesures seulement (outil de mesure, base d’essai)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many."""
        parser.add_argument("--dossiers", type=int, default=5000, help="nombre de dossiers copiés (5000)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError, in French, where nobody asked for the demonstration or without a register."""
        try:
            chargement.exiger_demonstration()
        except chargement.DemonstrationRefusee as refus:
            raise CommandError(str(refus)) from None
        le = timezone.now()
        campagne = campagnes.ouvrir(OCCITANIE, le=timezone.localdate())
        instructeur = comptes.ouvrir(comptes.compte(INSTRUCTEUR), le=timezone.localdate(), par=None)
        poses = patrons.poser(campagne)
        if not poses:
            raise CommandError(
                "Le référentiel FINESS est vide\u00a0: lancez d’abord importer_finess, ou charger_demo."
            )
        lus = [copies.lire(dossier) for dossier in poses]
        copies.copier(lus, nombre=options["dossiers"], au=le, par=instructeur)
        self.stdout.write(f"{options['dossiers']} dossiers copiés de {len(lus)} dossiers réellement déposés.")
