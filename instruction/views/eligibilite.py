"""Eligibility: each automatic check of the sealed filing, confirmed or reversed by the instructor."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from instruction import etats
from instruction.actions.examen import SaisieControle, donner_avis_controles
from instruction.actions.garde import VersionDepassee
from instruction.forms.examen import AvisForm
from instruction.models import Dossier
from instruction.presentation.controles import LigneControle, groupes, nom_de_l_essms, nom_du_controle
from instruction.regles.decision import SANS_AVIS
from instruction.views.cadre import Demande, cadre, dossier_visible, exiger_lecture, exiger_role, geste_sur

TITRE = "Éligibilité"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def eligibilite(request: Demande, pk: UUID) -> HttpResponse:
    """Read or give opinions; those already given stay.

    « Tout confirmer » also confirms the conforming rest.
    """
    dossier = dossier_visible(request, pk)
    if request.method != "POST":
        exiger_lecture(request, dossier)
        return _page(request, dossier, _lignes(dossier, request))
    exiger_role(request, dossier, etats.VERIFIER)
    lignes = _lignes(dossier, request)
    if not all(ligne.form.is_valid() for ligne in lignes if ligne.form):
        return _page(request, dossier, lignes, HTTPStatus.BAD_REQUEST)
    saisies = _saisies(lignes, confirmer_le_reste="confirmer_conformes" in request.POST)
    try:
        donner_avis_controles(dossier=dossier, saisies=saisies, par=request.user)
    except VersionDepassee:
        return _page(request, dossier, _actualisees(lignes), HTTPStatus.CONFLICT)
    messages.success(request, "Vos avis sur l’éligibilité sont enregistrés.")
    return redirect("dossiers:eligibilite", pk)


def _page(request: Demande, dossier: Dossier, lignes: list[LigneControle], statut: int = 200) -> HttpResponse:
    a_juger = [ligne for ligne in lignes if ligne.form]
    contexte = cadre(
        request,
        dossier,
        TITRE,
        "eligibilite",
        groupes=groupes(lignes),
        formulaires=[ligne.form for ligne in a_juger],
        nombre=len(a_juger),
        examines=sum(ligne.avis is not None for ligne in a_juger),
        avec_erreurs=statut == HTTPStatus.BAD_REQUEST,
        conflit=statut == HTTPStatus.CONFLICT,
    )
    return render(request, "instruction/eligibilite.html", contexte, status=statut)


def _lignes(dossier: Dossier, request: Demande) -> list[LigneControle]:
    """Every check of the filing; a form for those that call for an opinion, named by their rank."""
    scelle = dossier.depot.contenu
    noms = {essms["finess_et"]: essms["nom"] or "" for essms in scelle["essms"]}
    avis = {(a.regle, a.portee): a for a in dossier.depot.avis_controles.select_related("par")}
    lignes: list[LigneControle] = []
    rang = 0
    for controle in scelle["resultat"]["controles"]:
        donne = avis.get((controle["regle"], controle["portee"]))
        form = None
        if controle["verdict"] not in SANS_AVIS:
            initial = (
                {"avis": "oui" if donne.confirme else "non", "motif": donne.motif, "version": donne.version}
                if donne
                else {}
            )
            form = AvisForm(
                request.POST if request.method == "POST" else None,
                prefix=f"c{rang}",
                initial=initial,
                sujet=nom_du_controle(controle, noms),
                oui="Confirmé",
                non="Renversé",
            )
            rang += 1
        lignes.append(LigneControle(controle, nom_de_l_essms(controle, noms), donne, form))
    return lignes


def _actualisees(lignes: list[LigneControle]) -> list[LigneControle]:
    """The lines as typed, their forms over the recorded versions, which stand beside."""
    for ligne in lignes:
        if ligne.form:
            ligne.form.actualiser(ligne.avis.version if ligne.avis else 0)
    return lignes


def _saisies(lignes: list[LigneControle], *, confirmer_le_reste: bool) -> list[SaisieControle]:
    return [
        SaisieControle(
            ligne.controle["regle"],
            ligne.controle["portee"],
            ligne.controle["verdict"],
            confirme=ligne.form.favorable or not ligne.form.donne,
            motif=ligne.form.cleaned_data["motif"],
            version=ligne.form.version_lue,
        )
        for ligne in lignes
        if ligne.form
        and (ligne.form.donne or (confirmer_le_reste and ligne.controle["verdict"] == "conforme"))
    ]
