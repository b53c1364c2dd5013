"""The history of a composition: who changed it, when, and what, ESSMS by ESSMS."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from esms.journal.models import Entree
from financement.composition.differences import Differences, comparer
from financement.models import Simulation
from instruction.models import Dossier
from instruction.views.cadre import Demande, dossier_visible, geste_sur
from instruction.views.grappe_atelier import AtelierDossier

MONTRES = 30  # changes, the latest first: each reads two compositions


@dataclass(frozen=True, slots=True)
class Version:
    """One change of the composition."""

    le: datetime
    par: str
    differences: Differences


@require_safe
@geste_sur
def historique(request: Demande, pk: UUID) -> HttpResponse:
    """The latest changes, each with what it added, removed and modified."""
    atelier = AtelierDossier(request, dossier_visible(request, pk))
    contexte = atelier.contexte("Historique de la grappe", "historique")
    contexte["versions"] = versions(atelier.dossier)
    contexte["maximum"] = MONTRES
    return render(request, "instruction/grappe_historique.html", contexte)


def versions(dossier: Dossier) -> list[Version]:
    """Two queries: the journal says which simulation followed which, and simulations never change."""
    entrees = list(
        Entree.objects.filter(chaine=dossier.chaine, geste="changer_de_simulation")
        .select_related("par")
        .order_by("-rang")[:MONTRES]
    )
    cles = {entree.contenu[bout] for entree in entrees for bout in ("avant", "simulation")}
    contenus = {s.cle: s.entree for s in Simulation.objects.filter(pk__in=cles)}
    return [
        Version(
            entree.le,
            entree.par.nom if entree.par else "Le portail",
            comparer(contenus[entree.contenu["avant"]], contenus[entree.contenu["simulation"]]),
        )
        for entree in entrees
        if entree.contenu["avant"] in contenus and entree.contenu["simulation"] in contenus
    ]
