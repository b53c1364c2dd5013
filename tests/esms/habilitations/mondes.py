"""People of the tests of rights: who heads an ARS or an organism, and who is invited."""

import re
from urllib.parse import urlsplit

from esms.comptes.actions import attester_adresse
from esms.comptes.models import Role, Utilisateur
from esms.courriels.models import Courriel
from esms.habilitations.actions.invitation import inviter
from esms.habilitations.models import Invitation
from tests.fabriques import rattacher, utilisateur

ARS, AUTRE_ARS = "76", "01"
OG, AUTRE_OG = "310781562", "310000008"


def administrateur(ars: str = ARS) -> Utilisateur:
    """Gives and ends the roles of an ARS."""
    return rattacher(utilisateur("Ada Administratrice"), Role.ADMINISTRATEUR, ars=ars)


def titulaire(organisme: str = OG) -> Utilisateur:
    """Gives and ends the roles of an organism."""
    return rattacher(utilisateur("Paule Porteur"), Role.PORTEUR, organisme=organisme)


def invitation(a: str, par: Utilisateur, role: Role = Role.REDACTEUR, organisme: str = OG) -> Invitation:
    """A role offered to an address for that organism."""
    return inviter(courriel=a, role=role, organisme=organisme, lieu="Association des Lilas", par=par)


def invitee(courriel: str) -> Utilisateur:
    """Somebody with an account, whose address is verified."""
    personne = Utilisateur.objects.create_user(courriel, nom="Nora Nouvelle")
    attester_adresse(utilisateur=personne)
    return personne


def lien(recue: Invitation) -> str:
    """The link of the latest e-mail."""
    cle = f"invitation:{recue.pk}:{recue.envois}"
    chemin = urlsplit(Courriel.objects.get(cle=cle).lien).path
    assert re.fullmatch(r"/droits/invitation/[\w-]{43}/", chemin)
    return chemin
