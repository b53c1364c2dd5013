"""Signing in: a bounded number of failures, and a form sent after the session ended is given back."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from esms.comptes.debits import EchecsParAdresse, EchecsParCompte
from esms.comptes.forms import ConnexionForm
from esms.socle.debit import trop_de_demandes
from esms.socle.saisie import Saisie


class Connexion(LoginView):
    """The sign-in page. A failure counts for the address and for the account; a success, for nothing."""

    template_name = "comptes/connexion.html"
    authentication_form = ConnexionForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is compared, and no password hashed, once there were too many failures."""
        self.freins = (EchecsParAdresse(), EchecsParCompte())
        for frein in self.freins:
            if attente := frein.attente(request):
                return trop_de_demandes(request, attente, "Trop de connexions ont échoué.")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in: go on to the page asked for, or give back the form that was sent too late."""
        for frein in self.freins:
            frein.oublier(self.request)
        reponse = super().form_valid(form)
        saisie, vers = _reprise(self.request)
        if saisie is None:
            return reponse
        contexte = {"titre": "Reprendre votre saisie", "saisie": saisie, "vers": vers}
        return render(self.request, "comptes/reprise.html", contexte)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form that travels with the sign-in, whatever the number of tries."""
        saisie, vers = _reprise(self.request)
        contexte = {"titre": "Se connecter", "saisie": saisie, "reprise_vers": vers}
        return super().get_context_data(**{**contexte, **kwargs})


def session_expiree(request: HttpRequest, saisie: Saisie) -> HttpResponse:
    """401: what was sent is shown, and is sent again once signed in."""
    contexte = {
        "titre": "Votre session a expiré",
        "form": ConnexionForm(request),
        "next": page_du_formulaire(request),
        "saisie": saisie,
        "reprise_vers": request.get_full_path(),
    }
    reponse = render(request, "comptes/connexion.html", contexte, status=401)
    reponse.headers["WWW-Authenticate"] = 'Cookie realm="Portail", form-action="/compte/connexion/"'
    reponse.headers["Cache-Control"] = "no-store, private"
    return reponse


def page_du_formulaire(request: HttpRequest) -> str:
    """The page that held the form, when it is ours: its own address may only be posted to."""
    provenance = request.headers.get("Referer", "")
    racine = f"{request.scheme}://{request.get_host()}"
    return provenance.removeprefix(racine) if provenance.startswith(f"{racine}/") else "/"


def _reprise(request: HttpRequest) -> tuple[Saisie | None, str]:
    """The form carried by the sign-in, and the address of this portal that it is for."""
    vers = request.POST.get("reprise_vers", "")
    sien = vers.startswith("/") and url_has_allowed_host_and_scheme(vers, allowed_hosts=None)
    return (Saisie.relire(request.POST.get("reprise", "")), vers) if sien else (None, "")
