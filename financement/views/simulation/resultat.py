"""The result: the page behind the permanent link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from financement.presentation.controles import groupes_de_controles
from financement.presentation.lignes import page_de_lignes, sous_totaux
from financement.presentation.refus import refus
from financement.simulation.et_si import debloquer
from financement.views.simulation.atelier import AtelierPublic
from financement.views.simulation.publique import publique

DEBLOCAGE_MAX = 300  # ESSMS: beyond, playing the engine again belongs to the page « Et si… »


@publique("GET", "HEAD")
def resultat(request: HttpRequest, cle: str) -> HttpResponse:
    """Verdict, guichet, checks, one page of lines, payments; a project without ESSMS leads to adding some."""
    atelier = AtelierPublic.ouvrir(request, cle)
    etude = atelier.etude
    if etude.vide:
        return redirect("simulation:ajouter", cle=cle)
    contexte = atelier.contexte("Résultat de la simulation", "resultat") | {
        "deblocage": debloquer(etude.resultat) if len(etude.entree["essms"]) <= DEBLOCAGE_MAX else None,
        "groupes": groupes_de_controles(etude),
        "lignes": page_de_lignes(etude, request.GET.get("page")),
        "sous_totaux": sous_totaux(etude),
        "refus": refus(etude),
        "versements": etude.resultat.financement.versements,
    }
    return render(request, "financement/simulation/resultat.html", contexte)
