"""The DUI solution of a grappe: chosen in the catalogue, or declared."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from financement.composition import entree as gestes
from financement.views.simulation.edition import traiter
from grappes.regles.solution import domaines_concernes
from grappes.requetes_grappes import referencements_du_catalogue, solutions_proposees
from instruction.forms.grappe_solution import SolutionForm
from instruction.presentation.solution import Fiche, fiches_du_catalogue
from instruction.requetes_grappe import avec_la_solution
from instruction.views.cadre import Demande, dossier_visible, geste_sur
from instruction.views.grappe_atelier import AtelierDossier


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def solution(request: Demande, pk: UUID) -> HttpResponse:
    """Choose or declare it; what the engine reads of it is derived, and its effect shown."""
    atelier = AtelierDossier(request, dossier_visible(request, pk))
    grappe, edition, projet = atelier.dossier.grappe, atelier.etude.edition, atelier.etude.resultat.projet
    dispenses = edition.eligibilite.referencement.publics_dispenses
    ght = request.POST.get("dpi_ght") if request.method == "POST" else grappe.declaration.get("ght")
    domaines = domaines_concernes(tuple(projet.publics), dispenses, dpi_ght=False)
    if edition.eligibilite.exception_ght:
        domaines += domaines_concernes((), (), dpi_ght=True)
    form = SolutionForm(
        request.POST or None,
        grappe=grappe,
        edition=edition,
        solutions=solutions_proposees(),
        domaines=domaines,
    )
    requis = domaines_concernes(tuple(projet.publics), dispenses, dpi_ght=bool(ght))
    fiches: list[Fiche] = fiches_du_catalogue(form.solutions.values(), referencements_du_catalogue(), requis)

    def modifiee() -> gestes.Entree:
        atelier.choix = form.choix()
        grappe.solution_choisie = (
            atelier.choix.solution
        )  # in memory: the preview reads it, the action writes it
        grappe.declaration = dict(atelier.choix.declaration)
        entree = gestes.modifier_projet(atelier.etude.entree, form.changements())
        return avec_la_solution(entree, grappe, projet)

    def contexte() -> dict[str, Any]:
        return atelier.contexte("Solution DUI", "solution") | {"fiches": fiches}

    return traiter(
        atelier,
        form,
        modifiee,
        suite="solution",
        contexte=contexte,
        gabarit="instruction/grappe_solution.html",
    )
