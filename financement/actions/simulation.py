"""Gestures on simulations: record an entry, keep it, purge what nobody kept.

Recording an entry writes no journal row: the row is its own proof (its key is the digest of its content, and
the database refuses to change either). Keeping and purging do.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from financement.composition.entree import nette
from financement.models import Simulation
from financement.models.simulation import cle_de

CONSERVATION = timedelta(days=30)
CHAINE_PURGE = "simulations"


@transaction.atomic
def enregistrer(*, entree: Mapping[str, Any], par: Utilisateur | None) -> Simulation:
    """Row of this entry, made now or already there; either way its thirty days start again.

    One statement: forty identical entries at once make one row and no error. `par` is None for the public.
    """
    propre = nette(entree)
    simulation = Simulation(cle=cle_de(propre), entree=propre, enregistree_le=timezone.now())
    Simulation.objects.bulk_create(
        [simulation], update_conflicts=True, unique_fields=["cle"], update_fields=["enregistree_le"]
    )
    return simulation


@transaction.atomic
def garder(*, simulation: Simulation, par: Utilisateur | None, le: datetime | None = None) -> Simulation:
    """Keep the simulation for good; a second call changes nothing.

    Raises Simulation.DoesNotExist when it was purged meanwhile.
    """
    verrouillee = Simulation.objects.select_for_update().get(pk=simulation.pk)
    if verrouillee.gardee_le is None:
        verrouillee.gardee_le = le or timezone.now()
        verrouillee.save(update_fields=["gardee_le"])
        inscrire(chaine=f"simulation:{verrouillee.cle}", geste="garder_simulation", par=par, contenu={})
    return verrouillee


@transaction.atomic
def purger(*, avant: datetime, par: Utilisateur | None) -> int:
    """Delete what was last recorded before `avant` and that nobody kept; says how many rows went."""
    perimees = Simulation.objects.select_for_update(skip_locked=True).filter(
        gardee_le=None, enregistree_le__lt=avant
    )
    cles = list(perimees.values_list("cle", flat=True))
    nombre, _ = Simulation.objects.filter(cle__in=cles).delete()
    if nombre:
        inscrire(
            chaine=CHAINE_PURGE,
            geste="purger_simulations",
            par=par,
            contenu={"nombre": nombre, "avant": avant.isoformat()},
        )
    return nombre
