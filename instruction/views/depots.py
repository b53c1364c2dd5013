"""The filings of a dossier that its porteur has withdrawn: they count no more, and stay its proof."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from instruction.acces import droits_de
from instruction.models import Dossier
from instruction.views.cadre import Demande, cadre, dossier_visible

TITRE = "Dépôts précédents"


@require_safe
def depots(request: Demande, pk: UUID) -> HttpResponse:
    """Number, rank, instants, hash and receipt of each filing, the last one first; the porteur's alone."""
    dossier = dossier_du_porteur(request, pk)
    faits = [
        (depot, depot.accuse, getattr(depot, "retrait", None), hasattr(depot.accuse, "pdf"))
        for depot in dossier.depots.select_related("accuse__pdf", "retrait").order_by("-rang")
    ]
    return render(request, "instruction/depots.html", cadre(request, dossier, TITRE, depots=faits))


def dossier_du_porteur(request: Demande, pk: UUID) -> Dossier:
    """The dossier, if this person acts for its organism; 404 for others: a withdrawn filing is a draft."""
    dossier = dossier_visible(request, pk)
    if not droits_de(request.user).porte(dossier):
        raise Http404(str(pk))
    return dossier
