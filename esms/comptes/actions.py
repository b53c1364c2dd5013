"""Opening an account, and what its holder does with it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import IdentiteProConnect, Rattachement, Role, Utilisateur
from esms.comptes.noms import LONGUEUR_MAX, adresse_valide, nom_lisible
from esms.journal.actions import inscrire


@transaction.atomic
def creer_compte(
    *,
    courriel: str,
    nom: str,
    mot_de_passe: str,
    role: Role,
    organisme: str = "",
    ars: str = "",
    par: Utilisateur | None,
) -> Utilisateur:
    """Open an account that holds `role` from today: a porteur for an organism, an agent for an ARS.

    `par` is None when the operator does it from the command line. Whoever opens it vouches for the address.
    Raises ValidationError (French) for a weak password, an address already taken, or a role that does not
    fit; nothing is then written.
    """
    utilisateur = Utilisateur(courriel=adresse_valide(courriel), nom=nom_lisible(nom))
    validate_password(mot_de_passe, utilisateur)
    utilisateur.set_password(mot_de_passe)
    utilisateur.full_clean()
    utilisateur.save(force_insert=True)
    attester_adresse(utilisateur=utilisateur)
    rattachement = Rattachement(
        utilisateur=utilisateur,
        role=role,
        organisme=organisme,
        ars=ars,
        debut=timezone.localdate(),
        donne_par=par,
    )
    rattachement.full_clean()
    rattachement.save(force_insert=True)
    inscrire(
        chaine=f"compte:{utilisateur.pk}",
        geste="creer_compte",
        par=par,
        contenu={"role": role.value, "organisme": organisme, "ars": ars},
    )
    return utilisateur


@transaction.atomic
def s_inscrire(*, courriel: str, nom: str, mot_de_passe: str, par: Utilisateur | None) -> Utilisateur:
    """Open an account that holds no role: its holder can simulate, and answer an invitation.

    The address is not believed before its code comes back. Raises IntegrityError when it is taken.
    """
    utilisateur = Utilisateur.objects.create_user(courriel, mot_de_passe, nom=nom_lisible(nom))
    _noter(utilisateur, "s_inscrire", par or utilisateur)
    return utilisateur


@transaction.atomic
def ouvrir_par_proconnect(*, courriel: str, nom: str, sub: str, par: Utilisateur | None) -> Utilisateur:
    """Open an account without a password, for an address that is proved and taken by nobody."""
    utilisateur = Utilisateur.objects.create_user(
        courriel, None, nom=nom_lisible(nom) or courriel[:LONGUEUR_MAX]
    )
    attester_adresse(utilisateur=utilisateur)
    _noter(utilisateur, "ouvrir_par_proconnect", par or utilisateur)
    lier_identite(sub=sub, utilisateur=utilisateur, par=par or utilisateur)
    return utilisateur


@transaction.atomic
def lier_identite(*, sub: str, utilisateur: Utilisateur, par: Utilisateur) -> IdentiteProConnect:
    """From now on, this `sub` opens this account; the one that is already linked is left alone."""
    identite, nouvelle = IdentiteProConnect.objects.get_or_create(
        sub=sub, defaults={"utilisateur": utilisateur}
    )
    if nouvelle:
        _noter(utilisateur, "lier_proconnect", par)
    return identite


@transaction.atomic
def delier_identite(*, identite: IdentiteProConnect, par: Utilisateur) -> None:
    """ProConnect opens this account no more."""
    identite.delete()
    _noter(identite.utilisateur, "delier_proconnect", par)


def attester_adresse(*, utilisateur: Utilisateur) -> None:
    """The address of the account is believed without a code: somebody who answers for it gave it."""
    EmailAddress.objects.update_or_create(
        user=utilisateur, email=utilisateur.courriel, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def fermer_session(*, session: UserSession, par: Utilisateur) -> None:
    """Whoever uses this session is signed out at the next request."""
    utilisateur = session.user
    session.end()
    _noter(utilisateur, "fermer_session", par)


@transaction.atomic
def noter_securite(*, utilisateur: Utilisateur, geste: str, par: Utilisateur) -> None:
    """Write down a change that allauth made: a password, a second factor. To be called in its transaction."""
    _noter(utilisateur, geste, par)


@transaction.atomic
def retirer_facteurs(*, utilisateur: Utilisateur, par: Utilisateur | None) -> int:
    """Remove every second factor and recovery code, and close the sessions; how many were removed.

    For somebody who lost them all: the operator has made sure of who asks (`par` is None).
    """
    retires, _ = Authenticator.objects.filter(user=utilisateur).delete()
    for session in UserSession.objects.filter(user=utilisateur):
        session.end()
    _noter(utilisateur, "retirer_facteurs", par)
    return retires


def _noter(utilisateur: Utilisateur, geste: str, par: Utilisateur | None) -> None:
    inscrire(chaine=f"compte:{utilisateur.pk}", geste=geste, par=par, contenu={})
