"""The DUI solution of a grappe: chosen in the catalogue, or declared."""

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
    form = _formulaire(request, atelier)
    fiches = _fiches(request, atelier, form)
    return traiter(
        atelier,
        form,
        lambda: _modifiee(atelier, form),
        suite="solution",
        contexte=lambda: atelier.contexte("Solution DUI", "solution") | {"fiches": fiches},
        gabarit="instruction/grappe_solution.html",
    )


def _formulaire(request: Demande, atelier: AtelierDossier) -> SolutionForm:
    """Asks for the listing in the domains of the ESSMS; in that of a GHT too, where the AAP excepts one."""
    edition, publics = atelier.etude.edition, tuple(atelier.etude.resultat.projet.publics)
    dispenses = edition.eligibilite.referencement.publics_dispenses
    domaines = domaines_concernes(publics, dispenses, dpi_ght=False)
    if edition.eligibilite.exception_ght:
        domaines += domaines_concernes((), (), dpi_ght=True)
    return SolutionForm(
        request.POST or None,
        grappe=atelier.dossier.grappe,
        edition=edition,
        solutions=solutions_proposees(),
        domaines=domaines,
    )


def _fiches(request: Demande, atelier: AtelierDossier, form: SolutionForm) -> list[Fiche]:
    """The solutions of the catalogue, judged on what this grappe requires."""
    declare = atelier.dossier.grappe.declaration.get("ght")
    ght = request.POST.get("dpi_ght") if request.method == "POST" else declare
    publics = tuple(atelier.etude.resultat.projet.publics)
    dispenses = atelier.etude.edition.eligibilite.referencement.publics_dispenses
    requis = domaines_concernes(publics, dispenses, dpi_ght=bool(ght))
    return fiches_du_catalogue(form.solutions.values(), referencements_du_catalogue(), requis)


def _modifiee(atelier: AtelierDossier, form: SolutionForm) -> gestes.Entree:
    """The composition with the choice, set in memory: the preview reads it, the action writes it."""
    atelier.choix, grappe = form.choix(), atelier.dossier.grappe
    grappe.solution_choisie = atelier.choix.solution
    grappe.declaration = dict(atelier.choix.declaration)
    entree = gestes.modifier_projet(atelier.etude.entree, form.changements())
    return avec_la_solution(entree, grappe, atelier.etude.resultat.projet)
