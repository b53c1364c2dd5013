"""What the rush needs: the fictional register, and complete drafts waiting for their last click."""

from collections.abc import Sequence

from django.core.management import call_command

from instruction.models import Dossier
from script.mesures import volume


def preparer(nombre: int) -> Sequence[Dossier]:
    """That many complete drafts, in a database that holds nothing else than the demonstration."""
    call_command("charger_demo", verbosity=0)
    volume.charger(volume.PREMIERS)
    return volume.preparer_brouillons(nombre)
