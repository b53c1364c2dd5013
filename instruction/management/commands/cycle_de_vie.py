"""`manage.py cycle_de_vie`: write docs/cycle-de-vie.md from etats.py."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from instruction.presentation.cycle import document


class Command(BaseCommand):
    """Writes the diagram of the life cycle; a test fails while the file is not up to date."""

    help = "Écrit docs/cycle-de-vie.md à partir des états et des gestes du dossier."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        fichier = Path(settings.BASE_DIR) / "docs" / "cycle-de-vie.md"
        fichier.parent.mkdir(exist_ok=True)
        fichier.write_text(document(), encoding="utf8")
        self.stdout.write(f"{fichier.relative_to(settings.BASE_DIR)} est à jour.")
