"""« Courriels »: what the portal wrote, to whom, and what became of it, for the agents."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from esms.courriels.actions.renvoi import renvoyer
from esms.courriels.models import Courriel, Etat
from esms.socle.erreurs import conflit
from instruction.acces import Droits, droits_de
from instruction.forms.courriels import EN_ECHEC, FiltreCourrielsForm
from instruction.models import Dossier
from instruction.presentation.courriels import derniere_erreur
from instruction.requetes_courriels import (
    ECHECS_COMPTES,
    courriels_visibles,
    dossiers_de,
    lit_la_boite,
    nombre_d_echecs,
    peut_renvoyer,
)
from instruction.requetes_tranches import Tranche, tranche
from instruction.views.cadre import Demande

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class Ligne:
    """One e-mail of the list; `dossier` is None when it is about none."""

    courriel: Courriel
    dossier: Dossier | None
    erreur: str
    renvoyable: bool

    @property
    def fuseau(self) -> str:
        """The legal time of its ARS; empty when it is about no dossier."""
        return self.dossier.campagne.fuseau if self.dossier else ""


@require_safe
def courriels(request: Demande) -> HttpResponse:
    """The outbox of this agent, fifty a page; 403 for who has none."""
    droits = droits_de(request.user)
    if not lit_la_boite(droits):
        raise PermissionDenied("courriels")
    form, visibles = FiltreCourrielsForm(request.GET), courriels_visibles(droits)
    reperes = {nom: request.GET.get(nom, "") for nom in ("avant", "apres")}
    page = tranche(form.filtrer(visibles), PAR_PAGE, **reperes)
    echecs = nombre_d_echecs(visibles)
    contexte = {
        "titre": "Courriels",
        "page": page,
        "lignes": _lignes(page, droits),
        "form": form,
        "parametres": form.parametres(),
        "echecs": min(echecs, ECHECS_COMPTES),
        "echecs_en_plus": echecs > ECHECS_COMPTES,
        "filtre_echec": EN_ECHEC,
    }
    return render(request, "instruction/courriels.html", contexte)


def _lignes(page: Tranche, droits: Droits) -> list[Ligne]:
    """One query for the dossiers of a page."""
    dossiers = dossiers_de(page.courriels)
    return [
        Ligne(
            courriel,
            dossiers.get(courriel.chaine),
            derniere_erreur(courriel),
            courriel.etat == Etat.ABANDONNE and peut_renvoyer(droits, courriel),
        )
        for courriel in page.courriels
    ]


@require_POST
def renvoyer_courriel(request: Demande, pk: int) -> HttpResponse:
    """Ask again for one that was given up; 409 when it is not (any more)."""
    droits = droits_de(request.user)
    courriel = get_object_or_404(courriels_visibles(droits), pk=pk)
    if not peut_renvoyer(droits, courriel):
        raise PermissionDenied("renvoyer_courriel")
    if not renvoyer(courriel=courriel, par=request.user):
        phrase = "Ce courriel n’est pas abandonné\u00a0: il est envoyé, ou sur le point de l’être."
        return conflit(request, phrase, reverse("courriels:liste"))
    messages.success(request, "Le courriel va être envoyé de nouveau.")
    return redirect("courriels:liste")
