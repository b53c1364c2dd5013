"""`manage.py verifier_journal`: read every chain again and say what does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from esms.journal.chaine import verifier
from esms.journal.models import Entree


class Command(BaseCommand):
    """Exit code 1 when an entry was changed, removed, moved or inserted."""

    help = "Vérifie les chaînes du journal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per anomaly, or the number of entries that hold."""
        anomalies = verifier(Entree.objects.order_by("chaine", "rang").iterator(chunk_size=2000))
        for anomalie in anomalies:
            self.stderr.write(f"{anomalie.chaine}, rang {anomalie.rang} : {anomalie.motif}.")
        if anomalies:
            raise CommandError(f"Journal altéré : {len(anomalies)} anomalie(s).", returncode=1)
        self.stdout.write(f"Journal intact : {Entree.objects.count()} entrée(s).")
