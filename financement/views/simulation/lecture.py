"""Finding a simulation by its key, and what every page of one simulation gives its template."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from esms.aap import EditionInconnue
from financement.etude import Etude, etudier
from financement.models import Simulation
from financement.presentation.verdicts import mots_du_verdict
from financement.views.simulation.ecarts import de_la_page
from grappes.requetes_organismes import noms_des_organismes

_AVEC_COMPTE_RENDU = {"resultat", "essms"}


def etude_ou_404(cle: str) -> Etude:
    """Study of the simulation; 404 when it was purged, never existed, or its edition was withdrawn."""
    simulation = get_object_or_404(Simulation, pk=cle)
    try:
        return etudier(simulation)
    except EditionInconnue as erreur:
        raise Http404 from erreur


def contexte_de(request: HttpRequest, etude: Etude, titre: str, page: str) -> dict[str, Any]:
    """Common context; `page` is the tab that is current."""
    return {
        "titre": titre,
        "etude": etude,
        "page": page,
        "verdict": None if etude.vide else mots_du_verdict(etude),
        "compte_rendu": de_la_page(request, etude.cle) if page in _AVEC_COMPTE_RENDU else None,
        "avec_saad": not etude.vide and any(essms.saad for essms in etude.resultat.projet.essms),
        "porteur_nom": _nom_du_porteur(etude),
        "adresse": request.build_absolute_uri(request.path),
    }


def _nom_du_porteur(etude: Etude) -> str:
    finess_ej = etude.entree.get("porteur", {}).get("finess_ej")
    return noms_des_organismes([finess_ej])[finess_ej] if finess_ej else ""
