"""Answering a request for complements with what the portal writes: type again, preview, write and join."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instruction import etats
from instruction.actions.correction import certifier_heures_complement, corriger, produire_complement
from instruction.actions.garde import GesteRefuse, VersionDepassee, exiger
from instruction.actions.reponse import demande_a_temps
from instruction.documents.modeles import MODELES, PRODUIT_PAR_PIECE
from instruction.forms.piece import HeuresForm
from instruction.forms.sections.base import FormulaireDeSection
from instruction.models import Dossier, ElementDemande, Piece
from instruction.presentation.differences import Changement, changements
from instruction.regles.complements import HEURES
from instruction.requetes import Examen
from instruction.requetes_corrections import ExamenDeComplement
from instruction.requetes_produits import produits_de
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.sections import SectionDecrite, decrite_ou_inconnue


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def corriger_pour_complement(request: Demande, pk: UUID, cle: str) -> HttpResponse:
    """Read a filed section (or the hours) and type it again, for the open request only."""
    examen = _examen(request, pk)
    if cle not in examen.corrigeables:
        raise Http404(cle)
    decrite = decrite_ou_inconnue(cle)
    donnees: Any = request.POST if request.method == "POST" else None
    formulaire = decrite.ouvrir(donnees, section=examen.section(cle), examen=examen)
    if not formulaire.is_bound:  # read, or a button only added or moved a line: nothing is written
        return _page(request, decrite, formulaire)
    if not formulaire.is_valid():
        return _page(request, decrite, formulaire, HTTPStatus.BAD_REQUEST)
    return _enregistrer(request, decrite, formulaire)


def _enregistrer(request: Demande, decrite: SectionDecrite, formulaire: FormulaireDeSection) -> HttpResponse:
    dossier, version = formulaire.examen.dossier, formulaire.cleaned_data["version"]
    contenu = formulaire.contenu()
    try:
        corriger(dossier=dossier, cle=decrite.cle, contenu=contenu, version=version, par=request.user)
    except VersionDepassee:
        return _conflit(request, decrite, formulaire)
    phrase = "La correction est enregistrée pour votre réponse, qui n’est pas encore envoyée\u00a0: "
    messages.success(request, f"{phrase}«\u00a0{decrite.titre}\u00a0».")
    return redirect("dossiers:complements", dossier.pk)


@require_safe
@geste_sur
def modele_de_complement(request: Demande, pk: UUID, element: int, code: str) -> HttpResponse:
    """The document that this element asks for, as it would be written now, as an attachment."""
    examen, voulu = _examen(request, pk), MODELES.get(code)
    demande = _element(examen.dossier, element)
    if voulu is None or voulu.piece != demande.cle:
        raise Http404(code)
    reponse = HttpResponse(voulu.ecrire(examen), content_type=voulu.nature)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{voulu.nom}"'
    return reponse


@require_POST
@geste_sur
def produire(request: Demande, pk: UUID, element: int) -> HttpResponse:
    """Write the document from the filing and its corrections, and join it to this element."""
    examen = _examen(request, pk)
    demande = _element(examen.dossier, element)
    if demande.cle not in PRODUIT_PAR_PIECE or demande.cle not in produits_de(examen):
        raise Http404(demande.cle)
    return _joindre(request, pk, lambda: produire_complement(element=demande, par=request.user))


@require_POST
@geste_sur
def certifier_heures(request: Demande, pk: UUID, element: int) -> HttpResponse:
    """Certify the hours, as they are read in this answer: the declaration is written and joined."""
    examen = _examen(request, pk)
    demande, formulaire = _element(examen.dossier, element), HeuresForm(request.POST)

    def certifiee() -> Piece:
        if not formulaire.is_valid():
            raise GesteRefuse(*map(str, formulaire.errors["exactes"]))
        return certifier_heures_complement(element=demande, par=request.user)

    return _joindre(request, pk, certifiee)


def _examen(request: Demande, pk: UUID) -> ExamenDeComplement:
    """The dossier under the answer being prepared; refused to who may not answer, and after the deadline."""
    dossier = dossier_visible(request, pk)
    exiger(etats.COMPLETER, dossier, request.user)
    return ExamenDeComplement.de(dossier, demande_a_temps(dossier))


def _joindre(request: Demande, pk: UUID, geste: Callable[[], Piece]) -> HttpResponse:
    """Back to the answer, with what was joined, or why it was not."""
    try:
        nom = geste().nom
        messages.success(request, f"«\u00a0{nom}\u00a0» est produit, et joint à votre réponse.")
    except GesteRefuse as refus:
        for phrase in refus.phrases:
            messages.error(request, phrase)
    return redirect("dossiers:complements", pk)


def _element(dossier: Dossier, element: int) -> ElementDemande:
    """An element of the open request."""
    elements = ElementDemande.objects.select_related("demande__depot")
    return get_object_or_404(elements, pk=element, demande__depot=dossier.depot, demande__issue="")


def _conflit(request: Demande, decrite: SectionDecrite, formulaire: FormulaireDeSection) -> HttpResponse:
    """409: what somebody else saved is shown beside what was typed, that saving again keeps knowingly."""
    ancien: Any = formulaire.examen
    examen = ExamenDeComplement.de(ancien.dossier, ancien.demande)
    actuelle = examen.section(decrite.cle)
    donnees = request.POST.copy()
    donnees["version"] = str(actuelle.version)
    edition = examen.edition
    differences = changements(
        decrite.lire(actuelle.contenu, edition), decrite.lire(formulaire.contenu(), edition)
    )
    repris = decrite.ouvrir(donnees, section=actuelle, examen=examen)
    return _page(request, decrite, repris, HTTPStatus.CONFLICT, conflit=differences)


def _page(
    request: Demande,
    decrite: SectionDecrite,
    formulaire: FormulaireDeSection,
    statut: int = HTTPStatus.OK,
    conflit: Sequence[Changement] = (),
) -> HttpResponse:
    examen, titre = formulaire.examen, f"Corriger\u00a0: {decrite.titre}"
    contexte = cadre(request, examen.dossier, titre, "complements") | {
        "form": formulaire,
        "decrite": decrite,
        "section": formulaire.section,
        "examen": examen,
        "demandee": examen.edition.candidature.section(decrite.cle),
        "manques": _manques(examen, decrite.cle),
        "conflit": conflit,
        "suivante": None,
    }
    return render(request, decrite.gabarit, contexte, status=statut)


def _manques(examen: Examen, cle: str) -> tuple[str, ...]:
    return examen.heures_declarees.manques if cle == HEURES else examen.manques_de(cle)
