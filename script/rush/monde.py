"""What the rush needs: tables, the fictional register, and complete drafts waiting for their last click."""

from collections.abc import Sequence

from django.core.management import call_command
from django.utils import timezone

from esms.demo.chargement import charger
from instruction.models import Dossier
from script.mesures import volume


def preparer(nombre: int, *, fond: int) -> Sequence[Dossier]:
    """That many complete drafts, in a database that holds `fond` dossiers of the demonstration's organisms.

    In this process, that starts once, where `manage.py` would start for each.
    """
    for commande in ("migrate", "createcachetable"):
        call_command(commande, verbosity=0)
    charger(le=timezone.localdate(), annoncer=lambda _: None, avec_dossiers=False)
    volume.charger(fond)
    return volume.preparer_brouillons(nombre)
