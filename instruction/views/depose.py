"""What was filed, as it was sealed: for whoever sees the dossier, in every later state."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from grappes.requetes_campagnes import edition_de
from grappes.requetes_organismes import noms_des_organismes
from instruction.models import Depot
from instruction.requetes_complements import pieces_au_depot
from instruction.views.cadre import Demande, cadre, dossier_visible
from instruction.views.sections import sections_scellees


@require_safe
def depose(request: Demande, pk: UUID) -> HttpResponse:
    """People, composition, texts, pieces, financing; 404 for a draft, where nothing is sealed."""
    dossier = dossier_visible(request, pk)
    scelle = get_object_or_404(Depot, pk=dossier.depot_courant_id).contenu
    operations = {essms["finess_et"]: essms["operation"] for essms in scelle["entree_complete"]["essms"]}
    organismes = noms_des_organismes({essms["finess_ej"] for essms in scelle["essms"] if essms["finess_ej"]})
    contexte = cadre(
        request,
        dossier,
        "Ce qui a été déposé",
        "depose",
        scelle=scelle,
        resultat=scelle["resultat"],
        essms=[
            (essms, operations[essms["finess_et"]], organismes.get(essms["finess_ej"], ""))
            for essms in scelle["essms"]
        ],
        fichiers=pieces_au_depot(dossier),
        complements=dossier.depot.demandes.exists(),
        sections=sections_scellees(scelle["candidature"], edition_de(dossier.campagne)),
    )
    return render(request, "instruction/depose.html", contexte)
