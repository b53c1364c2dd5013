"""Forms of the account, in French and in the DSFR's dress."""

from typing import Any, ClassVar

from allauth.account import forms as compte
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as facteur
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as cle
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from esms.comptes.debits import EchecsDuCode
from esms.comptes.models import Utilisateur
from esms.comptes.noms import ADRESSE_REFUSEE, exiger_une_adresse_lisible, nom_lisible
from esms.socle.debit import trop_de_demandes

AIDE_MOT_DE_PASSE = (
    "14 caractères au moins, sans autre règle. Une phrase de quatre ou cinq mots sans lien entre eux est "
    "robuste et se retient."
)
AIDE_CODE = "Les tirets, les espaces et les majuscules ne comptent pas."
AIDE_APPLICATION = "Six chiffres, affichés par votre application."


class Habille(forms.Form):
    """Labels and hints of the portal in place of those of the library; no placeholder, which disappears."""

    libelles: ClassVar[dict[str, str]] = {}
    aides: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, champ in self.fields.items():
            champ.label = self.libelles.get(nom, champ.label)
            champ.help_text = self.aides.get(nom, "")
            champ.widget.attrs.pop("placeholder", None)
            if isinstance(champ, forms.EmailField):
                champ.error_messages |= ADRESSE_REFUSEE


class ConnexionForm(Habille, compte.LoginForm):
    """E-mail and password; the same sentence whatever is wrong, so that no account can be guessed."""

    libelles: ClassVar[dict[str, str]] = {"login": "Adresse électronique", "password": "Mot de passe"}


class InscriptionForm(Habille, compte.SignupForm):
    """A name, an address, a password; whether the address is known is told to the address alone."""

    nom = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("nom", "email", "password1")
    libelles: ClassVar[dict[str, str]] = {
        "nom": "Prénom et nom",
        "email": "Adresse électronique",
        "password1": "Mot de passe",
    }
    aides: ClassVar[dict[str, str]] = {
        "email": "Un code y sera envoyé. Format attendu\u00a0: nom@domaine.fr",
        "password1": AIDE_MOT_DE_PASSE,
    }

    def clean_email(self) -> str:
        """Nothing in it that its owner could not read."""
        adresse: str = super().clean_email()
        exiger_une_adresse_lisible(adresse)
        return adresse

    def clean_nom(self) -> str:
        """As others will read it: something must be left of it."""
        nom = nom_lisible(self.cleaned_data["nom"])
        if not nom:
            raise ValidationError("Saisissez votre prénom et votre nom.")
        return nom

    def clean(self) -> dict[str, Any]:
        """The password must not repeat the name either."""
        valeurs: dict[str, Any] = super().clean() or {}
        mot, nom = valeurs.get("password1"), valeurs.get("nom")
        if mot and nom and "password1" not in self.errors:
            try:
                validate_password(mot, Utilisateur(courriel=valeurs.get("email", ""), nom=nom))
            except ValidationError as refus:
                self.add_error("password1", refus)
        return valeurs

    def try_save(self, request: HttpRequest) -> Any:
        """A known address takes as long as a new one: the password is hashed for nothing."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class CodeDInscriptionForm(Habille, compte.ConfirmEmailVerificationCodeForm):
    """The code sent to the address."""

    libelles: ClassVar[dict[str, str]] = {"code": "Code reçu par courriel"}
    aides: ClassVar[dict[str, str]] = {"code": AIDE_CODE}


class CodeDeReinitialisationForm(Habille, compte.ConfirmPasswordResetCodeForm):
    """The code sent to whoever forgot the password."""

    libelles: ClassVar[dict[str, str]] = {"code": "Code reçu par courriel"}
    aides: ClassVar[dict[str, str]] = {"code": AIDE_CODE}


class OubliForm(Habille, compte.ResetPasswordForm):
    """The address of the account."""

    libelles: ClassVar[dict[str, str]] = {"email": "Adresse électronique"}


class NouveauMotDePasseForm(Habille, compte.ResetPasswordKeyForm):
    """Typed once: it can be shown, and chosen again by code."""

    password2 = None
    libelles: ClassVar[dict[str, str]] = {"password1": "Nouveau mot de passe"}
    aides: ClassVar[dict[str, str]] = {"password1": AIDE_MOT_DE_PASSE}


class ChangerMotDePasseForm(Habille, compte.ChangePasswordForm):
    """The password in force, then the new one."""

    password2 = None
    libelles: ClassVar[dict[str, str]] = {
        "oldpassword": "Mot de passe actuel",
        "password1": "Nouveau mot de passe",
    }
    aides: ClassVar[dict[str, str]] = {"password1": AIDE_MOT_DE_PASSE}


class ChoisirMotDePasseForm(Habille, compte.SetPasswordForm):
    """The first password of an account opened by ProConnect."""

    password2 = None
    libelles: ClassVar[dict[str, str]] = {"password1": "Mot de passe"}
    aides: ClassVar[dict[str, str]] = {"password1": AIDE_MOT_DE_PASSE}


class ConfirmerMotDePasseForm(Habille, compte.ReauthenticateForm):
    """The password once more, before a sensitive gesture."""

    libelles: ClassVar[dict[str, str]] = {"password": "Mot de passe"}


class _CodeCompte(Habille):
    """Codes of the second factor: tries counted per account, a code taken once as long as it is valid."""

    libelles: ClassVar[dict[str, str]] = {"code": "Code de vérification"}
    aides: ClassVar[dict[str, str]] = {
        "code": "Six chiffres de votre application, ou un code de secours de huit chiffres."
    }

    def clean_code(self) -> str:
        """The code, right and new. Raises ImmediateHttpResponse (429) after too many failures."""
        frein = EchecsDuCode(str(self.user.pk))  # type: ignore[attr-defined]
        if attente := frein.attente(context.request):
            raise ImmediateHttpResponse(
                trop_de_demandes(context.request, attente, "Trop de codes ont échoué.")
            )
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not self._premier_usage(code):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        frein.oublier(context.request)
        return code

    def _premier_usage(self, code: str) -> bool:
        """A code is valid for the periods before, now and after: the library forgets it after one."""
        duree = settings.MFA_TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
        return cache.add(f"totp:{self.user.pk}:{code}", True, duree)  # type: ignore[attr-defined]


class CodeDeConnexionForm(_CodeCompte, facteur.AuthenticateForm):
    """The second factor at sign-in."""


class CodeDeConfirmationForm(_CodeCompte, facteur.ReauthenticateForm):
    """The second factor before a sensitive gesture, or for a session that was opened without."""


class ActiverApplicationForm(Habille, totp.ActivateTOTPForm):
    """The first code of a new application."""

    libelles: ClassVar[dict[str, str]] = {"code": "Code affiché par l’application"}
    aides: ClassVar[dict[str, str]] = {"code": AIDE_APPLICATION}


class AjouterCleForm(Habille, cle.AddWebAuthnForm):
    """A passkey and its name."""

    libelles: ClassVar[dict[str, str]] = {
        "name": "Nom de la clé",
        "passwordless": "Me connecter avec cette clé seule, sans mot de passe",
    }
    aides: ClassVar[dict[str, str]] = {
        "name": "Pour la reconnaître dans la liste.",
        "passwordless": "La clé demandera alors son code PIN, une empreinte ou votre visage.",
    }


class NommerCleForm(Habille, cle.EditWebAuthnForm):
    """Another name for a passkey."""

    libelles: ClassVar[dict[str, str]] = {"name": "Nom de la clé"}


class PreuveParCodeForm(forms.Form):
    """The code sent to the address that ProConnect gave."""

    code = forms.CharField(
        label="Code reçu par courriel",
        help_text=AIDE_CODE,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class PreuveParMotDePasseForm(forms.Form):
    """The password of the account that has this address."""

    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
