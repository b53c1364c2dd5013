"""What every screen of a dossier shares: the row one may see, what a refusal answers, the page's frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle.erreurs import conflit, refus
from instruction import etats
from instruction.acces import droits_de
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.etats import Geste
from instruction.models import Dossier
from instruction.presentation.etapes import Avancement, etapes
from instruction.presentation.onglets import onglets, onglets_du_porteur
from instruction.requetes_fenetre import avec_regions, cloture_de
from instruction.requetes_messages import avec_non_lus

Vue = Callable[..., HttpResponse]


class Demande(HttpRequest):
    """A request whose author is signed in: the middleware sees to it before any view of this room."""

    user: Utilisateur


def dossier_visible(request: Demande, pk: UUID) -> Dossier:
    """The dossier, if this person may read it; 404 otherwise, as if it did not exist."""
    requete = avec_regions(avec_non_lus(Dossier.objects.visibles_par(request.user))).select_related(
        "campagne", "grappe__campagne", "grappe__convention", "instructeur", "depot_courant"
    )
    return get_object_or_404(requete, pk=pk)


def geste_sur(vue: Vue) -> Vue:
    """A stale state is a 409 that says who moved the dossier; a refusal, its sentences and what was typed.

    A draft erased while the form was being sent is a 404, as at the next request.
    """

    @wraps(vue)
    def protegee(request: Demande, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return vue(request, pk, *args, **kwargs)
        except Dossier.DoesNotExist as efface:
            raise Http404("dossier") from efface
        except EtatDepasse as depasse:
            return conflit(request, str(depasse), reverse("dossiers:dossier", args=[pk]))
        except GesteRefuse as refuse:
            page = refus(request, refuse.phrases, reverse("dossiers:dossier", args=[pk]))
            if page is not None:
                return page
            for phrase in refuse.phrases:
                messages.error(request, phrase)
            return redirect("dossiers:dossier", pk)

    return protegee


def exiger_lecture(request: Demande, dossier: Dossier) -> None:
    """403 unless the person reads all the examination: an agent of the ARS that makes it, an auditeur."""
    if not droits_de(request.user).examine(dossier):
        raise PermissionDenied("lecture")


def exiger_role(request: Demande, dossier: Dossier, *gestes: Geste) -> None:
    """403 unless the person holds the role of one of `gestes` here (reading a screen made for it)."""
    droits = droits_de(request.user)
    if not any(droits.permet(geste, dossier) for geste in gestes):
        raise PermissionDenied(gestes[0].nom)


def cadre(
    request: Demande, dossier: Dossier, titre: str, onglet: str = "", **contexte: Any
) -> dict[str, Any]:
    """Context of a page: title, breadcrumb, state in the reader's words, steps, tabs, open gestures.

    `onglet` is the tab that is current.
    """
    droits = droits_de(request.user)
    pour_porteur = droits.porte(dossier)
    racine = dossier.numero or "Brouillon"
    agent = not pour_porteur and dossier.etat != etats.Etat.BROUILLON
    parcours = etapes(dossier.etat, pour_porteur=pour_porteur, arret=dossier.arret)
    fil = [("Mes dossiers" if pour_porteur else "Dossiers", reverse("dossiers:liste"))]
    if titre != racine:
        fil.append((racine, reverse("dossiers:dossier", args=[dossier.pk])))
    return {
        "titre": titre,
        "fil": fil,
        "dossier": dossier,
        "pour_porteur": pour_porteur,
        "etat_libelle": etats.libelle(dossier.etat, pour_porteur=pour_porteur),
        "etapes": parcours,
        "arrete": any(etape.avancement == Avancement.ARRETEE for etape in parcours),
        "onglets": onglets_du_porteur(dossier, droits)
        if pour_porteur
        else onglets(dossier, droits)
        if agent
        else (),
        "onglet": onglet,
        "gestes": droits.gestes(dossier),
        **_cloture(dossier),
        **contexte,
    }


def _cloture(dossier: Dossier) -> dict[str, Any]:
    """Until when a draft may be filed, and whether it still can."""
    if dossier.etat != etats.Etat.BROUILLON:
        return {"cloture": None}
    cloture = cloture_de(dossier)
    return {"cloture": cloture, "cloture_passee": cloture.passee(timezone.now())}
