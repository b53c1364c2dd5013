"""Signing in and out; a form sent after the session ended is given back."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView, LogoutView, SignupView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_safe

from esms.comptes.forms import ConnexionForm, InscriptionForm
from esms.comptes.proconnect.sortie import CLE_DE_SORTIE, adresse_de_sortie
from esms.comptes.reprise import page_du_formulaire, reprise_en_attente, reprise_envoyee
from esms.socle.saisie import Saisie


class Connexion(LoginView):
    """The sign-in page."""

    template_name = "comptes/connexion.html"
    form_class = ConnexionForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody who signs in leaves the sign-in that was waiting for a code."""
        if request.method == "POST" and not request.user.is_authenticated:
            clear_login(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form that travels with the sign-in, whatever the number of tries."""
        saisie, vers = reprise_envoyee(self.request)
        contexte = super().get_context_data(**kwargs)
        suite = contexte["redirect_field_value"] or ""
        return {**contexte, "titre": "Se connecter", "next": suite, "saisie": saisie, "reprise_vers": vers}


class Inscription(SignupView):
    """The sign-up page: open to all, gives no right."""

    template_name = "comptes/inscription.html"
    form_class = InscriptionForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page to come back to."""
        contexte = super().get_context_data(**kwargs)
        return {**contexte, "titre": "Créer un compte", "next": contexte["redirect_field_value"] or ""}


class Deconnexion(LogoutView):
    """Signing out, here and at the identity provider that signed in; also leaves an unfinished sign-in."""

    http_method_names = ("post", "options")

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the provider when the session came from it, else to the home page."""
        etat = get_random_string(32)
        ailleurs = adresse_de_sortie(self.request, etat)
        if ailleurs is None:
            return super().post(*args, **kwargs)
        self.logout()
        self.request.session[CLE_DE_SORTIE] = etat
        return HttpResponseRedirect(ailleurs)


@require_safe
def reprise(request: HttpRequest) -> HttpResponse:
    """Signed in again: what was typed, with one button to send it."""
    garde = reprise_en_attente(request)
    if garde is None:
        return redirect("accueil")
    saisie, vers = garde
    contexte = {"titre": "Reprendre votre saisie", "saisie": saisie, "vers": vers}
    return render(request, "comptes/reprise.html", contexte)


def session_expiree(request: HttpRequest, saisie: Saisie) -> HttpResponse:
    """401: what was sent is shown, and is sent again once signed in."""
    contexte = {
        "titre": "Votre session a expiré",
        "form": ConnexionForm(request=request),
        "next": page_du_formulaire(request),
        "saisie": saisie,
        "reprise_vers": request.get_full_path(),
    }
    reponse = render(request, "comptes/connexion.html", contexte, status=401)
    reponse.headers["WWW-Authenticate"] = 'Cookie realm="Portail", form-action="/compte/connexion/"'
    reponse.headers["Cache-Control"] = "no-store, private"
    return reponse
