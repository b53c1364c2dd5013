"""`manage.py analyser_pieces`: ask the antivirus again about every file in quarantine, without waiting."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from instruction.actions.analyse import analyser_ce_qui_attend, antivirus
from instruction.models import Analyse, Piece


class Command(BaseCommand):
    """Analyses what waits and says how it ended; fails while something still waits."""

    help = "Analyse les fichiers en quarantaine et dit combien sont sains, refusés ou encore en attente."

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 when the antivirus gave no verdict on some file, with its last reason."""
        if antivirus() is None:
            raise CommandError("Aucun antivirus n’est configuré\u00a0: renseignez ESMS_CLAMAV.")
        atteints = analyser_ce_qui_attend(par=None)
        self.stdout.write(
            f"Fichiers sains\u00a0: {atteints[Analyse.SAINE]}\u202f; "
            f"refusés\u00a0: {atteints[Analyse.INFECTEE]}."
        )
        restants = Piece.objects.filter(analyse=Analyse.EN_ATTENTE)
        dernier = restants.exclude(analyse_detail="").order_by("-deposee_le").first()
        if dernier is not None:
            raise CommandError(
                f"Restent en quarantaine\u00a0: {restants.count()} ({dernier.analyse_detail})."
            )
