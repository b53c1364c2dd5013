"""Claiming to act for an organism: finding it, asking, and the answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esms.habilitations.acces import a_un_titulaire, peut_trancher
from esms.habilitations.actions.demande import accepter_demande, refuser_demande, retirer_demande
from esms.habilitations.actions.gardes import HabilitationRefusee
from esms.habilitations.models import DemandeDeRattachement
from esms.habilitations.requetes import demandes_visibles_par
from esms.socle.debit import trop_de_demandes
from grappes.actions.rattachement import demander_rattachement
from grappes.debits_droits import DemandesParPersonne
from grappes.forms.droits import DemandeForm, MotifForm, RechercheForm
from grappes.models import EntiteJuridique
from grappes.requetes import TexteTropCourt
from grappes.requetes_organismes import TROUVES_MAX, nom_de_l_ars, rechercher_organismes
from grappes.views.droits.cadre import Demande, fil, geste_sur_les_droits


@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: Demande) -> HttpResponse:
    """Search the register (`?q=`), choose (`?organisme=`), say what one does there, send."""
    if request.method != "POST":
        return _montrer(request, _choisi(request.GET.get("organisme", "")))
    formulaire = DemandeForm(request.POST)
    choisi = _choisi(request.POST.get("organisme", ""))
    if formulaire.is_valid():
        if attente := DemandesParPersonne().attente(request):
            return trop_de_demandes(request, attente, "Vous avez envoyé trop de demandes aujourd’hui.")
        valeurs = formulaire.cleaned_data
        try:
            demande = demander_rattachement(
                finess_ej=valeurs["organisme"], fonction=valeurs["fonction"], par=request.user
            )
        except HabilitationRefusee as refusee:
            formulaire.add_error(None, str(refusee))
        else:
            messages.success(request, "Votre demande est envoyée\u00a0: la réponse viendra par courriel.")
            return redirect("droits:demande", demande.pk)
    return _montrer(request, choisi, formulaire, status=400)


@require_safe
def demande(request: Demande, pk: int) -> HttpResponse:
    """A claim, for its author and for who may answer."""
    return _fiche(request, _visible(request, pk))


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def accepter(request: Demande, pk: int) -> HttpResponse:
    """Its author is titulaire from now on."""
    droit = accepter_demande(demande=_visible(request, pk), par=request.user)
    messages.success(request, f"Demande acceptée\u00a0: {droit.utilisateur.nom} est porteur titulaire.")
    return redirect("droits:demande", pk)


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def refuser(request: Demande, pk: int) -> HttpResponse:
    """No, and why."""
    visible, formulaire = _visible(request, pk), MotifForm(request.POST)
    if not formulaire.is_valid() and peut_trancher(request.user, visible):
        return _fiche(request, visible, formulaire)
    refuser_demande(demande=visible, motif=formulaire.cleaned_data.get("motif", ""), par=request.user)
    messages.success(request, "Demande refusée.")
    return redirect("droits:demande", pk)


@require_POST
@geste_sur_les_droits("droits:mes_droits")
def retirer(request: Demande, pk: int) -> HttpResponse:
    """Given up by its author."""
    retirer_demande(demande=_visible(request, pk), par=request.user)
    messages.success(request, "Demande retirée.")
    return redirect("droits:mes_droits")


def _visible(request: Demande, pk: int) -> DemandeDeRattachement:
    return get_object_or_404(demandes_visibles_par(request.user), pk=pk)


def _choisi(numero: str) -> EntiteJuridique | None:
    """The organism of that number; None for what is no number at all."""
    if not (numero.isascii() and numero.isalnum()):
        return None
    return EntiteJuridique.objects.filter(pk=numero[:9]).defer("recherche").first()


def _montrer(
    request: Demande, choisi: EntiteJuridique | None, form: DemandeForm | None = None, status: int = 200
) -> HttpResponse:
    trouves, refus = _trouves(request.GET.get("q", ""))
    contexte: dict[str, Any] = {
        "titre": "Demander à agir pour un organisme",
        "fil": fil(),
        "recherche": RechercheForm({"q": request.GET.get("q", "")}),
        "q": request.GET.get("q", "").strip(),
        "trouves": trouves[:TROUVES_MAX],
        "suite": len(trouves) > TROUVES_MAX,
        "refus": refus,
        "choisi": choisi,
        "form": form or DemandeForm(initial={"organisme": choisi.pk if choisi else ""}),
    }
    return render(request, "droits/demander.html", contexte, status=status)


def _trouves(texte: str) -> tuple[list[EntiteJuridique], str]:
    try:
        return list(rechercher_organismes(texte)[: TROUVES_MAX + 1]), ""
    except TexteTropCourt as trop_court:
        return [], str(trop_court)


def _fiche(request: Demande, visible: DemandeDeRattachement, motif: MotifForm | None = None) -> HttpResponse:
    contexte = {
        "titre": f"Demande pour {visible.nom}",
        "fil": fil(),
        "demande": visible,
        "ars": nom_de_l_ars(visible.ars),
        "sienne": visible.demandeur_id == request.user.pk,
        "tranchable": visible.en_attente and peut_trancher(request.user, visible),
        "titulaire": a_un_titulaire(visible.organisme),
        "form": motif or MotifForm(),
    }
    return render(request, "droits/demande.html", contexte, status=400 if motif else 200)
