"""The one screen of every typed section of a draft: read, save, autosave, conflict."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from esms.socle.templatetags.dates import heure
from instruction import etats
from instruction.actions.garde import VersionDepassee, exiger
from instruction.actions.section import enregistrer_section
from instruction.forms.sections.base import FormulaireDeSection
from instruction.models import Section
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.conflit_de_section import arbitrer, page_de_conflit
from instruction.views.sections import SectionDecrite, section_nommee, suivante

AUTOMATIQUE = "X-Enregistrement-Automatique"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def section(request: Demande, pk: UUID, cle: str) -> HttpResponse:
    """Read or save a section; saved incomplete as well. The script saves to the same address."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    examen = Examen(dossier, timezone.now())
    decrite = section_nommee(cle, examen.edition)
    if request.method != "POST":
        return _page(request, decrite, _formulaire(decrite, request, examen))
    formulaire = _formulaire(decrite, request, examen)
    if not formulaire.is_bound:  # a button only added or moved a line: nothing is written
        return _page(request, decrite, formulaire)
    if not formulaire.is_valid():
        return _refuse(request, decrite, formulaire)
    contenu = arbitrer(request, formulaire)
    try:
        enregistree = enregistrer_section(
            dossier=dossier,
            cle=cle,
            contenu=contenu,
            version=formulaire.cleaned_data["version"],
            par=request.user,
            reunir=not _automatique(request),
        )
    except VersionDepassee:
        return _conflit(request, decrite, formulaire)
    return _enregistre(request, decrite, formulaire, enregistree)


def _automatique(request: Demande) -> bool:
    return AUTOMATIQUE in request.headers


def _formulaire(decrite: SectionDecrite, request: Demande, examen: Examen) -> FormulaireDeSection:
    donnees = request.POST if request.method == "POST" else None
    return decrite.ouvrir(donnees, section=examen.section(decrite.cle), examen=examen)


def _enregistre(
    request: Demande, decrite: SectionDecrite, formulaire: FormulaireDeSection, enregistree: Section
) -> HttpResponse:
    """Saved: the script gets the new version and the panel; a person, the next page."""
    dossier = formulaire.examen.dossier
    if _automatique(request):
        examen = formulaire.examen.apres(enregistree, recalculer=decrite.refait_le_calcul)
        return JsonResponse(_etat(request, decrite, examen))
    message = f"La section «\u00a0{decrite.titre}\u00a0» est enregistrée. Le dossier n’est pas encore déposé."
    if formulaire.section.version != formulaire.cleaned_data["version"]:
        message += " Une autre personne l’avait modifiée\u00a0: ses changements sont gardés avec les vôtres."
    messages.success(request, message)
    suite = suivante(decrite.cle, formulaire.examen.edition) if "suivante" in request.POST else None
    return redirect(suite.url(dossier) if suite else dossier.get_absolute_url())


def _etat(request: Demande, decrite: SectionDecrite, examen: Examen) -> dict[str, object]:
    enregistree = examen.section(decrite.cle)
    panneau = {
        "examen": examen,
        "manques": examen.manques_de(decrite.cle),
        "demandee": examen.edition.candidature.section(decrite.cle),
        "dossier": examen.dossier,
        "decrite": decrite,
        "section": enregistree,
    }
    return {
        "version": enregistree.version,
        "enregistre": heure(enregistree.modifiee_le, examen.dossier.campagne.fuseau),
        "panneau": render_to_string("instruction/panneau_de_section.html", panneau, request),
    }


def _refuse(request: Demande, decrite: SectionDecrite, formulaire: FormulaireDeSection) -> HttpResponse:
    if not _automatique(request):
        return _page(request, decrite, formulaire, HTTPStatus.BAD_REQUEST)
    erreurs = {nom: list(map(str, phrases)) for nom, phrases in formulaire.errors.items()}
    return JsonResponse({"erreurs": erreurs}, status=HTTPStatus.BAD_REQUEST)


def _conflit(request: Demande, decrite: SectionDecrite, formulaire: FormulaireDeSection) -> HttpResponse:
    """409. The script is only told who saved: sending the form by its button shows both versions."""
    if not _automatique(request):
        return page_de_conflit(request, decrite, formulaire)
    actuelle = Examen(formulaire.examen.dossier, timezone.now()).section(decrite.cle)
    return JsonResponse(
        {
            "par": actuelle.modifiee_par.nom if actuelle.modifiee_par else "",
            "enregistre": heure(actuelle.modifiee_le, formulaire.examen.dossier.campagne.fuseau),
        },
        status=HTTPStatus.CONFLICT,
    )


def _page(
    request: Demande, decrite: SectionDecrite, formulaire: FormulaireDeSection, statut: int = HTTPStatus.OK
) -> HttpResponse:
    examen = formulaire.examen
    suite = suivante(decrite.cle, examen.edition)
    contexte = cadre(
        request,
        examen.dossier,
        decrite.titre,
        form=formulaire,
        decrite=decrite,
        section=formulaire.section,
        examen=examen,
        demandee=examen.edition.candidature.section(decrite.cle),
        manques=examen.manques_de(decrite.cle),
        suivante=suite,
        adresse_suivante=suite.url(examen.dossier) if suite else "",
    )
    return render(request, decrite.gabarit, contexte, status=statut)
