"""Second factors: enrolled, used, removed. Each change is journaled with it."""

from typing import Any

from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from esms.comptes import second_facteur
from esms.comptes.actions import noter_securite
from esms.comptes.adaptateur_facteurs import AdaptateurDesFacteurs
from esms.comptes.arrivee import premiere_page
from esms.comptes.forms import (
    ActiverApplicationForm,
    AjouterCleForm,
    CodeDeConfirmationForm,
    CodeDeConnexionForm,
)


class _Journalise:
    """The gesture and its entry in the journal, together or not at all."""

    geste = ""
    request: HttpRequest

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Do, then write down."""
        reponse: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        noter_securite(utilisateur=self.request.user, geste=self.geste, par=self.request.user)  # type: ignore[arg-type]
        return reponse


class Facteurs(IndexView):
    """What is enrolled, what can be; an agent without any learns here that one is needed."""

    template_name = "comptes/facteurs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether one is compulsory, whether one is there."""
        return {
            **super().get_context_data(**kwargs),
            "exige": second_facteur.exige(self.request.user),
            "enrole": second_facteur.enrole(self.request.user),
        }


class Secours(ViewRecoveryCodesView):
    """The recovery codes, and the way to the page that was asked for before enrolling."""

    template_name = "comptes/secours.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where to go next."""
        suite = self.request.session.get(second_facteur.SUITE) or premiere_page(self.request.user)
        return {**super().get_context_data(**kwargs), "suite": suite}


class Verifier(AuthenticateView):
    """The code or the passkey, after the password."""

    template_name = "comptes/facteur_verifier.html"
    form_class = CodeDeConnexionForm


class Confirmer(ReauthenticateView):
    """The code once more, before a sensitive gesture."""

    template_name = "comptes/facteur_confirmer.html"
    form_class = CodeDeConfirmationForm


class ConfirmerParCle(ReauthenticateWebAuthnView):
    """The passkey once more; a refusal stays on the page, with its reason."""

    template_name = "comptes/cle_confirmer.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Try again here: an agent whose session is not complete can go nowhere else."""
        for phrase in form.errors.get("credential", []):
            messages.error(self.request, phrase)
        return redirect("mfa_reauthenticate_webauthn")


class ActiverApplication(_Journalise, ActivateTOTPView):
    """The application shows a code, which proves that it holds the secret."""

    template_name = "comptes/application_activer.html"
    form_class = ActiverApplicationForm
    geste = "activer_application"

    def form_valid(self, form: Any) -> HttpResponse:
        """From now on, this session has passed its second factor."""
        reponse = super().form_valid(form)
        second_facteur.noter_enrolement(self.request, Authenticator.Type.TOTP)
        return reponse


class RetirerApplication(_Journalise, DeactivateTOTPView):
    """Codes of the application open nothing more."""

    template_name = "comptes/application_retirer.html"
    geste = "retirer_application"


class AjouterCle(_Journalise, AddWebAuthnView):
    """The passkey signs a challenge, which proves that it is there."""

    template_name = "comptes/cle_ajouter.html"
    form_class = AjouterCleForm
    geste = "ajouter_cle"

    def form_valid(self, form: Any) -> HttpResponse:
        """From now on, this session has passed its second factor."""
        reponse = super().form_valid(form)
        second_facteur.noter_enrolement(self.request, Authenticator.Type.WEBAUTHN)
        return reponse

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The parent forgets the form that was refused."""
        return {**super().get_context_data(**kwargs), **kwargs}


class RetirerCle(_Journalise, RemoveWebAuthnView):
    """The passkey opens nothing more."""

    template_name = "comptes/cle_retirer.html"
    geste = "retirer_cle"

    def form_valid(self, form: Any) -> HttpResponse:
        """Never the last second factor of an agent."""
        if not second_facteur.retirable(self.get_object()):
            messages.error(self.request, AdaptateurDesFacteurs.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


class CodesDeSecours(_Journalise, GenerateRecoveryCodesView):
    """Ten new codes; the former ones open nothing more."""

    template_name = "comptes/secours_generer.html"
    geste = "generer_codes_de_secours"
