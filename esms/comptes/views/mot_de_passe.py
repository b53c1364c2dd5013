"""Passwords: changed, chosen, forgotten. Each change is journaled with it, and closes the other sessions."""

from typing import Any

from allauth.account import views as compte
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from esms.comptes.actions import noter_securite
from esms.comptes.debits import EchecsParCompte
from esms.comptes.forms import ChangerMotDePasseForm, ChoisirMotDePasseForm, NouveauMotDePasseForm


class Changer(compte.PasswordChangeView):
    """From the one in force."""

    template_name = "comptes/mot_de_passe.html"
    form_class = ChangerMotDePasseForm
    geste = "changer_mot_de_passe"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """The other sessions may be those of whoever knew the old one."""
        reponse = super().form_valid(form)
        end_other_sessions(self.request, self.request.user)
        noter_securite(utilisateur=self.request.user, geste=self.geste, par=self.request.user)
        return reponse

    def get_default_success_url(self) -> str:
        """Back to the account."""
        return reverse("comptes:mon_compte")


class Choisir(compte.PasswordSetView):
    """For an account that has none yet."""

    template_name = "comptes/mot_de_passe.html"
    form_class = ChoisirMotDePasseForm
    geste = "choisir_mot_de_passe"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """The session stays open."""
        reponse = super().form_valid(form)
        noter_securite(utilisateur=self.request.user, geste=self.geste, par=self.request.user)
        return reponse

    def get_default_success_url(self) -> str:
        """Back to the account."""
        return reverse("comptes:mon_compte")


class Reinitialiser(compte.CompletePasswordResetView):
    """After the code: who proved the address is no longer held back by the failures of others."""

    template_name = "comptes/oubli_nouveau.html"
    form_class = NouveauMotDePasseForm

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, and let its holder in at once."""
        personne = self._process.user
        reponse = super().form_valid(form)
        EchecsParCompte(personne.courriel).effacer(self.request)
        noter_securite(utilisateur=personne, geste="reinitialiser_mot_de_passe", par=personne)
        return reponse
