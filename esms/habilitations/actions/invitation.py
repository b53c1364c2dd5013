"""Inviting somebody to a role: an e-mail with a link, accepted once by whoever holds that address.

What the inviter is told never depends on whether the address has an account.
"""

import hashlib
import secrets
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from esms.comptes.acces import organismes_de
from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.comptes.noms import adresse_valide
from esms.habilitations.acces import Lieu, dirige
from esms.habilitations.actions.gardes import (
    HabilitationDepassee,
    HabilitationRefusee,
    ecrire_au_journal,
    exiger_direction,
    verrouiller_lieu,
)
from esms.habilitations.actions.lettre import DUREE, consigner, ecrire_a_la_personne
from esms.habilitations.adresses import adresses_verifiees
from esms.habilitations.models import Invitation

EN_ATTENTE_MAX = 50  # pending invitations for one place: nobody writes to the whole world from here
ENVOIS_MAX = 5  # of one invitation
_OCTETS = 32


@transaction.atomic
def inviter(
    *,
    courriel: str,
    role: Role,
    par: Utilisateur,
    organisme: str = "",
    ars: str = "",
    lieu: str = "",
    lien_apres: str = "",
    portee: UUID | None = None,
    fin: date | None = None,
) -> Invitation:
    """Offer `role` to an address, for an organism (FINESS EJ) or an ARS (region code), and write to it.

    `lieu` is the name of the organism or ARS as the person will read it; `lien_apres`, the page of this
    portal where it goes on once it has accepted; `fin`, the last day of the right. The same invitation again
    sends a new link, for seven more days, and the former one dies.

    `par` administers that ARS, or is titulaire of that organism. A `membre` limited to one thing (`portee`:
    the dossier of a grappe) may be invited by who carries it: the caller has checked that, and that the
    organism is in that grappe.

    Raises PermissionDenied, ValidationError (wrong address or role), HabilitationRefusee (own address, end
    in the past, too many).
    """
    ici = Lieu(organisme, ars)
    verrouiller_lieu(ici)
    _exiger_pouvoir(par, ici, role, portee)
    adresse = adresse_valide(courriel)
    _refuser_l_impossible(adresse, par, lien_apres, fin)
    attente = Invitation.objects.en_attente()
    deja = attente.filter(
        courriel=adresse, role=role, organisme=organisme, ars=ars, portee=portee
    ).select_for_update(of=("self",))
    if (existante := deja.first()) is not None:
        existante.lien_apres, existante.fin = lien_apres or existante.lien_apres, fin
        return _renvoyer(existante, par)
    if attente.filter(organisme=organisme, ars=ars).count() >= EN_ATTENTE_MAX:
        raise HabilitationRefusee(
            f"{EN_ATTENTE_MAX} invitations attendent déjà une réponse\u00a0: "
            "révoquez celles qui ne servent plus."
        )
    jeton, maintenant = secrets.token_urlsafe(_OCTETS), timezone.now()
    invitation = Invitation(
        courriel=adresse,
        role=role,
        organisme=organisme,
        ars=ars,
        portee=portee,
        lieu=lieu or _lieu_par_defaut(ici),
        lien_apres=lien_apres,
        fin=fin,
        jeton_empreinte=empreinte_du_jeton(jeton),
        invitee_le=maintenant,
        invitee_par=par,
        expire_le=maintenant + DUREE,
    )
    invitation.full_clean()
    invitation.save(force_insert=True)
    consigner(invitation, "inviter", par)
    ecrire_a_la_personne(invitation, jeton, par)
    return invitation


@transaction.atomic
def renvoyer(*, invitation: Invitation, par: Utilisateur) -> Invitation:
    """A new link by e-mail, for seven days; the former one no longer opens anything.

    Raises PermissionDenied, HabilitationDepassee once it is answered or withdrawn, HabilitationRefusee after
    `ENVOIS_MAX` times.
    """
    invitation = _verrouiller(invitation)
    _exiger_en_attente(invitation)
    _exiger_main(par, invitation)
    return _renvoyer(invitation, par)


@transaction.atomic
def revoquer(*, invitation: Invitation, par: Utilisateur) -> Invitation:
    """Withdraw it: its link no longer opens anything. Again is harmless.

    Raises PermissionDenied, HabilitationDepassee when it has been accepted meanwhile.
    """
    invitation = _verrouiller(invitation)
    _exiger_main(par, invitation)
    if invitation.revoquee_le is not None:
        return invitation
    _exiger_en_attente(invitation)
    invitation.revoquee_le, invitation.revoquee_par = timezone.now(), par
    invitation.save(update_fields=["revoquee_le", "revoquee_par"])
    consigner(invitation, "revoquer_invitation", par)
    return invitation


@transaction.atomic
def accepter(*, invitation: Invitation, par: Utilisateur) -> Rattachement:
    """Give the role to `par`, whose verified address is the one invited. Again: the same right.

    Raises PermissionDenied for anybody else, HabilitationDepassee when it has expired, was withdrawn, or when
    who offered the role may no longer give it.
    """
    invitation = _verrouiller(invitation)
    if not adressee_a(invitation, par):
        raise PermissionDenied("invitation")
    if invitation.acceptee_le is not None:
        return _droit_recu(invitation)
    _exiger_en_attente(invitation)
    if invitation.expiree:
        raise HabilitationDepassee(
            "Cette invitation a expiré\u00a0: demandez-en une nouvelle à qui vous l’a envoyée."
        )
    if not _encore_offerte(invitation):
        raise HabilitationDepassee(
            "La personne qui vous a invité ne peut plus confier ce rôle\u00a0: "
            "demandez une nouvelle invitation."
        )
    invitation.acceptee_le, invitation.acceptee_par = timezone.now(), par
    invitation.save(update_fields=["acceptee_le", "acceptee_par"])
    return _donner(invitation, par)


def adressee_a(invitation: Invitation, utilisateur: Utilisateur) -> bool:
    """That person holds the invited address, and has proved it."""
    return invitation.courriel in adresses_verifiees(utilisateur)


def empreinte_du_jeton(jeton: str) -> str:
    """SHA-256 of the secret of a link: all that is kept of it."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def _exiger_pouvoir(par: Utilisateur, ici: Lieu, role: Role, portee: UUID | None) -> None:
    if role not in ici.roles:
        raise PermissionDenied("role")
    if not (role == Role.MEMBRE and portee is not None):
        exiger_direction(par, ici)


def _exiger_main(par: Utilisateur, invitation: Invitation) -> None:
    """Who gives the roles there; of a limited invitation, who sent it too, as long as it carries dossiers."""
    if invitation.portee is not None and invitation.invitee_par_id == par.pk and organismes_de(par):
        return
    exiger_direction(par, Lieu(invitation.organisme, invitation.ars))


def _refuser_l_impossible(adresse: str, par: Utilisateur, lien_apres: str, fin: date | None) -> None:
    if adresse == par.courriel or adresse in adresses_verifiees(par):
        raise HabilitationRefusee(
            "Personne ne se confie un rôle à soi-même\u00a0: indiquez l’adresse d’un collègue."
        )
    if fin is not None and fin < timezone.localdate():
        raise HabilitationRefusee("La fin du rôle ne peut pas être dans le passé.")
    if lien_apres and not (
        lien_apres.startswith("/") and url_has_allowed_host_and_scheme(lien_apres, allowed_hosts=None)
    ):
        raise ValueError("lien_apres est un chemin du portail")


def _verrouiller(invitation: Invitation) -> Invitation:
    """The place, then the row: an acceptance and the removal of who invited wait for each other."""
    verrouiller_lieu(Lieu(invitation.organisme, invitation.ars))
    return (
        Invitation.objects.select_for_update(of=("self",)).select_related("invitee_par").get(pk=invitation.pk)
    )


def _exiger_en_attente(invitation: Invitation) -> None:
    if invitation.acceptee_le is not None:
        raise HabilitationDepassee("Cette invitation a déjà été acceptée.")
    if invitation.revoquee_le is not None:
        raise HabilitationDepassee("Cette invitation a été révoquée.")


def _encore_offerte(invitation: Invitation) -> bool:
    """Who invited still gives the roles there; of a limited right, still carries dossiers somewhere."""
    if invitation.portee is not None:
        return bool(organismes_de(invitation.invitee_par))
    return dirige(invitation.invitee_par, Lieu(invitation.organisme, invitation.ars))


def _renvoyer(invitation: Invitation, par: Utilisateur) -> Invitation:
    if invitation.envois >= ENVOIS_MAX:
        raise HabilitationRefusee(
            "Cette invitation a déjà été envoyée plusieurs fois\u00a0: révoquez-la, puis vérifiez l’adresse."
        )
    jeton = secrets.token_urlsafe(_OCTETS)
    invitation.jeton_empreinte = empreinte_du_jeton(jeton)
    invitation.envois += 1
    invitation.invitee_par = par
    invitation.expire_le = timezone.now() + DUREE
    invitation.save()
    consigner(invitation, "renvoyer_invitation", par)
    ecrire_a_la_personne(invitation, jeton, par)
    return invitation


def _donner(invitation: Invitation, par: Utilisateur) -> Rattachement:
    """The right, unless the person holds it already; the invitation is then simply answered."""
    tenu = _tenu(invitation, par)
    if tenu is None:
        tenu = Rattachement(
            utilisateur=par,
            role=invitation.role,
            organisme=invitation.organisme,
            ars=invitation.ars,
            portee=invitation.portee,
            debut=timezone.localdate(),
            fin=invitation.fin,
            donne_par=invitation.invitee_par,
        )
        tenu.full_clean()
        tenu.save(force_insert=True)
    ecrire_au_journal("accepter_invitation", tenu, par, invitation=invitation.pk)
    return tenu


def _tenu(invitation: Invitation, personne: Utilisateur) -> Rattachement | None:
    return (
        Rattachement.objects.actifs()
        .filter(
            utilisateur=personne,
            role=invitation.role,
            organisme=invitation.organisme,
            ars=invitation.ars,
            portee=invitation.portee,
        )
        .order_by("-pk")
        .first()
    )


def _droit_recu(invitation: Invitation) -> Rattachement:
    """What a first acceptance gave, if it still holds."""
    tenu = _tenu(invitation, invitation.acceptee_par) if invitation.acceptee_par else None
    if tenu is None:
        raise HabilitationDepassee("Cette invitation a déjà servi, et le rôle qu’elle donnait a été retiré.")
    return tenu


def _lieu_par_defaut(ici: Lieu) -> str:
    return f"ARS de la région {ici.ars}" if ici.ars else f"organisme {ici.organisme}"
