"""Pages of the account under the names that django-allauth looks for, with French addresses.

What it offers and the portal does not (several addresses, sign-in by link, by telephone) has no address.
"""

from typing import Any

from allauth.account import views as compte
from allauth.mfa.recovery_codes.views import download_recovery_codes
from allauth.mfa.webauthn import views as cles
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from esms.comptes import forms
from esms.comptes.views import connexion, mot_de_passe, second_facteur
from esms.comptes.views.compte import FIL, mon_compte

FACTEURS = reverse_lazy("mfa_index")
FIL_FACTEURS = [*FIL, ("Second facteur", FACTEURS)]


def _titre(titre: str, fil: Any = None) -> dict[str, Any]:
    return {"titre": titre, "fil": fil}


urlpatterns = [
    path("connexion/", login_not_required(connexion.Connexion.as_view()), name="account_login"),
    path("deconnexion/", connexion.Deconnexion.as_view(), name="account_logout"),
    path(
        "desactive/",
        compte.AccountInactiveView.as_view(
            template_name="comptes/desactive.html", extra_context=_titre("Compte désactivé")
        ),
        name="account_inactive",
    ),
    path("adresse/", mon_compte, name="account_email"),
    path("inscription/", connexion.Inscription.as_view(), name="account_signup"),
    path(
        "inscription/code/",
        login_not_required(
            compte.ConfirmEmailVerificationCodeView.as_view(
                template_name="comptes/inscription_code.html",
                form_class=forms.CodeDInscriptionForm,
                extra_context=_titre("Vérifier votre adresse"),
            )
        ),
        name="account_email_verification_sent",
    ),
    path(
        "confirmer/",
        compte.ReauthenticateView.as_view(
            template_name="comptes/confirmer.html",
            form_class=forms.ConfirmerMotDePasseForm,
            extra_context=_titre("Confirmer que c’est vous"),
        ),
        name="account_reauthenticate",
    ),
    path(
        "mot-de-passe/",
        mot_de_passe.Changer.as_view(extra_context=_titre("Changer de mot de passe", FIL)),
        name="account_change_password",
    ),
    path(
        "mot-de-passe/choisir/",
        mot_de_passe.Choisir.as_view(extra_context=_titre("Choisir un mot de passe", FIL)),
        name="account_set_password",
    ),
    path(
        "oubli/",
        compte.PasswordResetView.as_view(
            template_name="comptes/oubli.html",
            form_class=forms.OubliForm,
            extra_context=_titre("Mot de passe oublié"),
        ),
        name="account_reset_password",
    ),
    path(
        "oubli/code/",
        compte.ConfirmPasswordResetCodeView.as_view(
            template_name="comptes/oubli_code.html",
            form_class=forms.CodeDeReinitialisationForm,
            extra_context=_titre("Saisir le code reçu"),
        ),
        name="account_confirm_password_reset_code",
    ),
    path(
        "oubli/nouveau/",
        mot_de_passe.Reinitialiser.as_view(extra_context=_titre("Choisir un nouveau mot de passe")),
        name="account_complete_password_reset",
    ),
    path(
        "oubli/fait/",
        compte.PasswordResetFromKeyDoneView.as_view(
            template_name="comptes/oubli_fait.html", extra_context=_titre("Mot de passe changé")
        ),
        name="account_password_reset_completed",
    ),
    path(
        "second-facteur/",
        second_facteur.Facteurs.as_view(extra_context=_titre("Second facteur", FIL)),
        name="mfa_index",
    ),
    path(
        "second-facteur/verifier/",
        second_facteur.Verifier.as_view(extra_context=_titre("Vérification en deux étapes")),
        name="mfa_authenticate",
    ),
    path(
        "second-facteur/confirmer/",
        second_facteur.Confirmer.as_view(extra_context=_titre("Confirmer que c’est vous")),
        name="mfa_reauthenticate",
    ),
    path(
        "second-facteur/application/",
        second_facteur.ActiverApplication.as_view(
            extra_context=_titre("Ajouter une application", FIL_FACTEURS)
        ),
        name="mfa_activate_totp",
    ),
    path(
        "second-facteur/application/retirer/",
        second_facteur.RetirerApplication.as_view(
            extra_context=_titre("Retirer l’application", FIL_FACTEURS)
        ),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-facteur/secours/",
        second_facteur.Secours.as_view(extra_context=_titre("Codes de secours", FIL_FACTEURS)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-facteur/secours/nouveaux/",
        second_facteur.CodesDeSecours.as_view(
            extra_context=_titre("Nouveaux codes de secours", FIL_FACTEURS)
        ),
        name="mfa_generate_recovery_codes",
    ),
    path("second-facteur/secours/fichier/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path(
        "second-facteur/cles/ajouter/",
        second_facteur.AjouterCle.as_view(extra_context=_titre("Ajouter une clé d’accès", FIL_FACTEURS)),
        name="mfa_add_webauthn",
    ),
    path(
        "second-facteur/cles/confirmer/",
        second_facteur.ConfirmerParCle.as_view(extra_context=_titre("Confirmer que c’est vous")),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second-facteur/cles/<int:pk>/retirer/",
        second_facteur.RetirerCle.as_view(
            success_url=FACTEURS, extra_context=_titre("Retirer une clé d’accès", FIL_FACTEURS)
        ),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-facteur/cles/<int:pk>/nommer/",
        cles.EditWebAuthnView.as_view(
            template_name="comptes/cle_nommer.html",
            form_class=forms.NommerCleForm,
            success_url=FACTEURS,
            extra_context=_titre("Renommer une clé d’accès", FIL_FACTEURS),
        ),
        name="mfa_edit_webauthn",
    ),
    path("connexion/cle/", cles.login_webauthn, name="mfa_login_webauthn"),
]
