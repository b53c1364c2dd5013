"""`manage.py ouvrir_campagne`: open an edition of the AAP for its ARS, with dates of its own if needed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from esms import aap
from esms.socle.dates import derniere_seconde
from grappes.actions.campagne import ouvrir_campagne

DATES = ("ouverture", "fermeture", "fermeture_multiregionale", "recevabilite")


class Command(BaseCommand):
    """Opens a campagne; each date left out is the one that the AAP published."""

    help = "Ouvre une édition d’appel à projets. Une date omise est celle de l’appel à projets."

    def add_arguments(self, parser: CommandParser) -> None:
        """Edition, service, dates."""
        parser.add_argument("edition", help="identifiant de l’édition, par exemple occitanie-2025")
        parser.add_argument(
            "--service", required=True, help="service instructeur, cité par l’accusé de réception"
        )
        parser.add_argument("--courriel", required=True, help="adresse électronique du service")
        for nom in DATES:
            parser.add_argument(f"--{nom.replace('_', '-')}", type=date.fromisoformat, metavar="AAAA-MM-JJ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it; a refusal is one French sentence and nothing is written."""
        try:
            ars = aap.edition(options["edition"]).region
            campagne = ouvrir_campagne(
                edition=options["edition"],
                ars=ars,
                service=options["service"],
                courriel=options["courriel"],
                par=None,
                **{nom: options[nom] for nom in DATES},
            )
        except aap.EditionInconnue as inconnue:
            raise CommandError(str(inconnue)) from inconnue
        except ValidationError as refus:
            raise CommandError(" ".join(refus.messages)) from refus
        self.stdout.write(
            f"{campagne.titre}\u00a0: dépôt du {campagne.ouverture:%d/%m/%Y} "
            f"au {derniere_seconde(campagne.fermeture, campagne.fuseau)}, "
            f"numéros {campagne.sigle}-0001 et suivants."
        )
