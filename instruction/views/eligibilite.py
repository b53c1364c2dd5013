"""Eligibility: each automatic check of the sealed filing, confirmed or reversed by the instructor."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from instruction import etats
from instruction.actions.examen import SaisieControle, donner_avis_controles
from instruction.forms.examen import AvisForm
from instruction.models import Dossier
from instruction.regles.decision import controles_a_juger
from instruction.views.cadre import Demande, cadre, dossier_visible, exiger_role, geste_sur

TITRE = "Éligibilité"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def eligibilite(request: Demande, pk: UUID) -> HttpResponse:
    """Read or give opinions; those already given stay.

    « Tout confirmer » also confirms the conforming rest.
    """
    dossier = dossier_visible(request, pk)
    exiger_role(request, dossier, etats.VERIFIER)
    lignes = _lignes(dossier, request)
    valide = all(formulaire.is_valid() for _, formulaire in lignes) if request.method == "POST" else False
    if valide:
        donner_avis_controles(
            dossier=dossier,
            saisies=_saisies(lignes, confirmer_le_reste="confirmer_conformes" in request.POST),
            par=request.user,
        )
        messages.success(request, "Vos avis sur l’éligibilité sont enregistrés.")
        return redirect("dossiers:eligibilite", pk)
    erreurs = request.method == "POST"
    contexte = cadre(request, dossier, TITRE, lignes=lignes, avec_erreurs=erreurs)
    return render(request, "instruction/eligibilite.html", contexte, status=400 if erreurs else 200)


def _lignes(dossier: Dossier, request: Demande) -> list[tuple[dict[str, Any], AvisForm]]:
    controles = controles_a_juger(dossier.depot.contenu["resultat"]["controles"])
    avis = {(a.regle, a.portee): a for a in dossier.avis_controles.all()}
    lignes = []
    for rang, controle in enumerate(controles):
        donne = avis.get((controle["regle"], controle["portee"]))
        initial = {"avis": "oui" if donne.confirme else "non", "motif": donne.motif} if donne else {}
        formulaire = AvisForm(
            request.POST if request.method == "POST" else None,
            prefix=f"c{rang}",
            initial=initial,
            sujet=f"{controle['regle']} ({controle['portee']})",
            oui="Confirmé",
            non="Renversé",
        )
        lignes.append((dict(controle), formulaire))
    return lignes


def _saisies(
    lignes: list[tuple[dict[str, Any], AvisForm]], *, confirmer_le_reste: bool
) -> list[SaisieControle]:
    return [
        SaisieControle(
            controle["regle"],
            controle["portee"],
            controle["verdict"],
            confirme=formulaire.favorable or not formulaire.donne,
            motif=formulaire.cleaned_data["motif"],
        )
        for controle, formulaire in lignes
        if formulaire.donne or (confirmer_le_reste and controle["verdict"] == "conforme")
    ]
