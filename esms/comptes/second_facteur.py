"""Who must pass a second factor, who has one, and whether this session was opened with it."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

from esms.comptes.acces import TypeUtilisateur, roles_actifs
from esms.comptes.models import ROLES_SECOND_FACTEUR

SUITE = "apres_second_facteur"  # in the session: the page that was asked for
PRINCIPAUX = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def exige(utilisateur: TypeUtilisateur) -> bool:
    """Holds today a role that a password alone does not open (exigences.md: every agent)."""
    return not roles_actifs(utilisateur).isdisjoint(ROLES_SECOND_FACTEUR)


def enrole(utilisateur: TypeUtilisateur) -> bool:
    """Has an application or a passkey; recovery codes alone are not a second factor."""
    return Authenticator.objects.filter(user_id=utilisateur.pk, type__in=PRINCIPAUX).exists()


def passe(request: HttpRequest, utilisateur: TypeUtilisateur | None = None) -> bool:
    """Whether this session proved a second factor: a code, a passkey, or the one of the identity provider."""
    personne = utilisateur or request.user
    preuves = get_authentication_records(request, personne)
    return any(preuve["method"] == "mfa" or preuve.get("second_facteur") is True for preuve in preuves)


def noter_enrolement(request: HttpRequest, type_: Authenticator.Type) -> None:
    """Enrolling proves possession as much as using: the session goes on without asking again."""
    dernier = Authenticator.objects.filter(user_id=request.user.pk, type=type_).latest("pk")
    record_authentication(
        request,
        request.user,
        method="mfa",
        id=dernier.pk,
        type=dernier.type,
    )


def retirable(facteur: Authenticator) -> bool:
    """An agent keeps at least one; anybody else may go back to the password alone."""
    autres = Authenticator.objects.filter(user_id=facteur.user_id, type__in=PRINCIPAUX).exclude(pk=facteur.pk)
    return autres.exists() or not exige(facteur.user)


def adresse_de_preuve(utilisateur: TypeUtilisateur) -> str:
    """Where this person proves a second factor: by a code if there is an application, else by the passkey."""
    types = Authenticator.objects.filter(user_id=utilisateur.pk).values_list("type", flat=True)
    par_code = Authenticator.Type.TOTP in set(types)
    return reverse("mfa_reauthenticate" if par_code else "mfa_reauthenticate_webauthn")
