"""What the rush needs: the fictional register, and complete drafts waiting for their last click."""

from collections.abc import Sequence

from django.core.management import call_command

from instruction.models import Dossier
from script.mesures import volume


def preparer(nombre: int, *, fond: int) -> Sequence[Dossier]:
    """That many complete drafts, in a database that holds the demonstration and `fond` dossiers."""
    call_command("charger_demo", verbosity=0)
    volume.charger(fond)
    return volume.preparer_brouillons(nombre)
