"""What the screens of rights share: the place in the address, its name, and what a refusal answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from esms.comptes.models import Utilisateur
from esms.habilitations.acces import Lieu, dirige
from esms.habilitations.actions.gardes import HabilitationDepassee, HabilitationRefusee
from esms.habilitations.requetes import lit_equipe
from esms.socle.erreurs import conflit, refus
from grappes.requetes_organismes import nom_de_l_ars, noms_des_organismes

Vue = Callable[..., HttpResponse]


class Demande(HttpRequest):
    """A request whose author is signed in: the middleware sees to it before any view of this room."""

    user: Utilisateur


def lieu_lisible(request: Demande, cle: str) -> Lieu:
    """The organism (`og-310781562`) or ARS (`ars-76`) of the address; 404 unless one works there."""
    sorte, _, numero = cle.partition("-")
    lieu = Lieu(ars=numero) if sorte == "ars" else Lieu(organisme=numero)
    if lieu.cle != cle or not numero or not lit_equipe(request.user, lieu):
        raise Http404(cle)
    return lieu


def lieu_dirige(request: Demande, cle: str) -> Lieu:
    """The same, for who gives the roles there; 403 for who only works there."""
    lieu = lieu_lisible(request, cle)
    if not dirige(request.user, lieu):
        raise PermissionDenied("droits")
    return lieu


def nom_du_lieu(lieu: Lieu) -> str:
    """As people call it."""
    return nom_de_l_ars(lieu.ars) if lieu.ars else noms_des_organismes((lieu.organisme,))[lieu.organisme]


def noms_des_lieux(lignes: Any) -> list[tuple[str, Any]]:
    """Each row with the name of its organism or ARS; one query for all the organisms."""
    lignes = list(lignes)
    noms = noms_des_organismes({ligne.organisme for ligne in lignes if ligne.organisme})
    return [(_nom(ligne, noms), ligne) for ligne in lignes]


def geste_sur_les_droits(retour: str) -> Callable[[Vue], Vue]:
    """A stale state is a 409; a refusal, its sentence. `retour`: the name of the page to go back to."""

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def protegee(request: Demande, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return vue(request, *args, **kwargs)
            except HabilitationDepassee as depassee:
                return conflit(request, str(depassee), reverse(retour))
            except HabilitationRefusee as refusee:
                return _refuser(request, [str(refusee)], reverse(retour))
            except ValidationError as invalide:
                return _refuser(request, invalide.messages, reverse(retour))

        return protegee

    return decorer


def fil(*parents: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumb under « Rôles et accès »."""
    return [("Rôles et accès", reverse("droits:mes_droits")), *parents]


def page_de_l_equipe(lieu: Lieu, nom: str) -> tuple[str, str]:
    """The link back to a team, for a breadcrumb."""
    return (nom, reverse("droits:equipe", args=[lieu.cle]))


def _nom(ligne: Any, noms: Any) -> str:
    if ligne.organisme:
        return str(noms[ligne.organisme])
    return nom_de_l_ars(ligne.ars) if ligne.ars else "France entière"


def _refuser(request: Demande, phrases: list[str], retour: str) -> HttpResponse:
    page = refus(request, phrases, retour)
    if page is not None:
        return page
    for phrase in phrases:
        messages.error(request, phrase)
    return redirect(retour)
