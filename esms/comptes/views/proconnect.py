"""Signing in with ProConnect: go there, come back, leave."""

import json
import logging
from typing import Any

from allauth.account.internal import flows
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from esms.comptes.actions import ouvrir_par_proconnect
from esms.comptes.models import IdentiteProConnect, Utilisateur
from esms.comptes.proconnect.attente import attendre
from esms.comptes.proconnect.identite import Identite
from esms.comptes.proconnect.jetons import IdentiteRefusee, ProConnect
from esms.comptes.proconnect.sortie import CLE_DE_SORTIE, CLE_DU_JETON
from esms.comptes.reprise import garder_l_envoyee

JOURNAL = logging.getLogger(__name__)


class Partir(OIDCAuthenticationRequestView):
    """To the provider, with a state, a nonce and a PKCE challenge that only this session knows."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest) -> HttpResponse:
        """404 until the operator has configured ProConnect. A form sent too late waits in the session."""
        exiger_proconnect()
        garder_l_envoyee(request)
        reponse: HttpResponse = self.get(request)
        return reponse

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        """Ask how the person was authenticated: it decides whether our own second factor is still needed."""
        return {"claims": json.dumps({"id_token": {"amr": {"essential": True}, "acr": {"essential": True}}})}


@require_safe
def revenir(request: HttpRequest) -> HttpResponse:
    """Back from the provider. The state is spent before anything is asked: it does not serve twice."""
    exiger_proconnect()
    depart = request.session.get("oidc_states", {}).pop(request.GET.get("state", ""), None)
    request.session.modified = True
    request.session.save()
    if depart is None or "code" not in request.GET:
        return _refuser(request, "retour sans départ, ou refus du fournisseur")
    try:
        identite, jeton = ProConnect().identifier(
            request,
            code=request.GET["code"],
            nonce=depart["nonce"],
            verificateur=depart.get("code_verifier"),
        )
    except IdentiteRefusee as cause:
        return _refuser(request, str(cause))
    return _accueillir(request, identite, jeton)


@require_safe
def sorti(request: HttpRequest) -> HttpResponse:
    """Back from signing out at the provider; another state than ours is somebody else's."""
    etat = request.session.pop(CLE_DE_SORTIE, None)
    if etat is None or etat != request.GET.get("state"):
        raise Http404
    messages.success(request, "Vous êtes déconnecté du portail et de ProConnect.")
    return redirect(settings.LOGOUT_REDIRECT_URL)


def exiger_proconnect() -> None:
    """404 while it is off."""
    if not settings.PROCONNECT_ACTIF:
        raise Http404


def entrer(request: HttpRequest, utilisateur: Utilisateur, *, second_facteur: bool) -> HttpResponse:
    """Open the session of this account: allauth goes on with its steps, second factor included."""
    flows.login.record_authentication(
        request, utilisateur, method="proconnect", second_facteur=second_facteur or None
    )
    suite = request.session.get("oidc_login_next")
    return flows.login.perform_login(request, Login(user=utilisateur, redirect_url=suite))


def _accueillir(request: HttpRequest, identite: Identite, jeton: str) -> HttpResponse:
    """Known by its `sub`, new, or to be proved: an address alone never opens an account that exists."""
    suite = request.session.get("oidc_login_next")
    if request.user.is_authenticated:
        logout(request)
    request.session["oidc_login_next"] = suite
    request.session[CLE_DU_JETON] = jeton
    connue = IdentiteProConnect.objects.select_related("utilisateur").filter(sub=identite.sub).first()
    if connue is not None:
        return entrer(request, connue.utilisateur, second_facteur=identite.second_facteur)
    if identite.courriel_verifie and not Utilisateur.objects.filter(courriel=identite.courriel).exists():
        nouveau = ouvrir_par_proconnect(
            courriel=identite.courriel, nom=identite.nom, sub=identite.sub, par=None
        )
        return entrer(request, nouveau, second_facteur=identite.second_facteur)
    attendre(request, identite)
    return redirect("comptes:proconnect_prouver")


def _refuser(request: HttpRequest, raison: str) -> HttpResponse:
    """403, without saying what was wrong; the operator reads it in the log."""
    JOURNAL.warning("ProConnect refusé : %s", raison)
    contexte: dict[str, Any] = {"titre": "Connexion par ProConnect impossible"}
    return render(request, "comptes/proconnect_refus.html", contexte, status=403)
