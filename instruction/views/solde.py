"""The balance: the porteur's request, the ARS's answer, the payment."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from instruction import etats
from instruction.actions.garde import GesteRefuse, exiger
from instruction.actions.solde import Fichier, demander_solde, rejeter_solde, solder
from instruction.fichiers import FichierRefuse
from instruction.forms.solde import DemandeDeSoldeForm
from instruction.forms.suite import RejetForm, SoldeVerseForm
from instruction.models import Dossier
from instruction.requetes_solde import indicateurs_de
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.complements import exiger_de_suivre

TITRE = "Solde de la subvention"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def solde(request: Demande, pk: UUID) -> HttpResponse:
    """Read the requests for the balance; ask for it."""
    dossier = dossier_visible(request, pk)
    if request.method != "POST":
        exiger_de_suivre(request, dossier)
        return _page(request, dossier)
    exiger(etats.DEMANDER_SOLDE, dossier, request.user)
    formulaire = DemandeDeSoldeForm(request.POST, request.FILES, indicateurs=indicateurs_de(dossier))
    if not formulaire.is_valid():
        return _page(request, dossier, HTTPStatus.BAD_REQUEST, demande=formulaire)
    lu = formulaire.cleaned_data
    try:
        demander_solde(
            dossier=dossier,
            mesuree_le=lu["mesuree_le"],
            comptages=formulaire.comptages(),
            preuves={
                i.regle: Fichier(lu[f"{i.regle}-preuve"].name, lu[f"{i.regle}-preuve"])
                for i in formulaire.indicateurs
            },
            recapitulatif=Fichier(lu["recapitulatif"].name, lu["recapitulatif"]),
            par=request.user,
        )
    except (GesteRefuse, FichierRefuse) as refus:
        formulaire.add_error(None, list(getattr(refus, "phrases", [str(refus)])))
        return _page(request, dossier, HTTPStatus.UNPROCESSABLE_ENTITY, demande=formulaire)
    messages.success(request, "Votre demande de solde est envoyée à l’ARS.")
    return redirect("dossiers:solde", pk)


@require_POST
@geste_sur
def rejeter(request: Demande, pk: UUID) -> HttpResponse:
    """Reject the request, with the motive that the porteur will read."""
    dossier = dossier_visible(request, pk)
    formulaire = RejetForm(request.POST, prefix="rejet")
    if formulaire.is_valid():
        rejeter_solde(dossier=dossier, motif=formulaire.cleaned_data["motif"], par=request.user)
        messages.success(request, "La demande de solde est rejetée. Le porteur peut en présenter une autre.")
        return redirect("dossiers:solde", pk)
    exiger(etats.REJETER_SOLDE, dossier, request.user)
    return _page(request, dossier, HTTPStatus.BAD_REQUEST, rejet=formulaire)


@require_POST
@geste_sur
def solder_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Record the balance paid."""
    dossier = dossier_visible(request, pk)
    formulaire = SoldeVerseForm(request.POST)
    if formulaire.is_valid():
        try:
            solder(dossier=dossier, par=request.user, **formulaire.cleaned_data)
        except GesteRefuse as refus:
            formulaire.add_error(None, list(refus.phrases))
        else:
            messages.success(request, "Le solde est enregistré.")
            return redirect("dossiers:solde", pk)
    exiger(etats.SOLDER, dossier, request.user)
    return _page(request, dossier, HTTPStatus.BAD_REQUEST, versement=formulaire)


def _page(
    request: Demande,
    dossier: Dossier,
    statut: int = 200,
    *,
    demande: DemandeDeSoldeForm | None = None,
    rejet: RejetForm | None = None,
    versement: SoldeVerseForm | None = None,
) -> HttpResponse:
    contexte = cadre(request, dossier, TITRE, "solde")
    if demande is None and "demander_solde" in contexte["gestes"]:
        demande = DemandeDeSoldeForm(indicateurs=indicateurs_de(dossier))
    demandes = dossier.demandes_de_solde.order_by("-rang").select_related(
        "par", "finie_par", "etat_recapitulatif"
    )
    contexte |= {
        "demande": demande,
        "demandes": demandes.prefetch_related("mesures__preuve"),
        "rejet": rejet or RejetForm(prefix="rejet"),
        "versement": versement or SoldeVerseForm(),
        "convention": getattr(dossier.grappe, "convention", None),
    }
    return render(request, "instruction/solde.html", contexte, status=statut)
