"""Reading rights, invitations and claims, of a place or of a person: bounded lists, people with them."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from esms.comptes.acces import lieux_de
from esms.comptes.models import ROLES_AGENT, ROLES_PORTEUR, Rattachement, Role, Utilisateur
from esms.habilitations.acces import Lieu, lieux_diriges, surveille
from esms.habilitations.adresses import adresses_verifiees
from esms.habilitations.models import DemandeDeRattachement, Invitation, Invitations

ANCIENS_MONTRES = 20
DEMANDES_MONTREES = 50


def lit_equipe(utilisateur: Utilisateur, lieu: Lieu) -> bool:
    """May read who does what there: who works there, and the ARS that admitted the organism.

    Neither a `membre` nor an observateur, who only come from outside.
    """
    dedans = Rattachement.objects.actifs().filter(
        utilisateur=utilisateur, organisme=lieu.organisme, ars=lieu.ars, role__in=ROLES_PORTEUR + ROLES_AGENT
    )
    return dedans.exists() or surveille(utilisateur, lieu)


def droits_du_lieu(lieu: Lieu) -> QuerySet[Rattachement]:
    """Rights that hold there or will, by name, those who give the roles first."""
    aujourdhui = timezone.localdate()
    return (
        Rattachement.objects.filter(
            Q(fin__isnull=True) | Q(fin__gte=aujourdhui),
            organisme=lieu.organisme,
            ars=lieu.ars,
            retire_le__isnull=True,
        )
        .select_related("utilisateur", "donne_par")
        .order_by("utilisateur__nom", "utilisateur_id", "role", "pk")
    )


def droits_eteints(lieu: Lieu) -> QuerySet[Rattachement]:
    """The latest rights that are over there."""
    finis = Rattachement.objects.filter(
        Q(retire_le__isnull=False) | Q(fin__lt=timezone.localdate()), organisme=lieu.organisme, ars=lieu.ars
    )
    return finis.select_related("utilisateur", "retire_par").order_by("-pk")[:ANCIENS_MONTRES]


def droits_de_la_personne(utilisateur: Utilisateur) -> QuerySet[Rattachement]:
    """Its own, held today."""
    actifs = Rattachement.objects.actifs().filter(utilisateur=utilisateur)
    return actifs.select_related("donne_par").order_by("ars", "organisme", "role", "pk")


def invitations_du_lieu(lieu: Lieu) -> QuerySet[Invitation]:
    """Those that wait for an answer; there are never more than `EN_ATTENTE_MAX`."""
    attente = Invitation.objects.en_attente().filter(organisme=lieu.organisme, ars=lieu.ars)
    return attente.select_related("invitee_par")


def invitations_geables_par(utilisateur: Utilisateur) -> Invitations:
    """Those that this person may send again or withdraw: of the places it heads, and its own limited ones."""
    siennes = Q(portee__isnull=False, invitee_par=utilisateur)
    for lieu in lieux_diriges(utilisateur):
        siennes |= Q(organisme=lieu.organisme, ars=lieu.ars)
    return Invitation.objects.filter(siennes)


def invitations_recues(utilisateur: Utilisateur) -> Invitations:
    """Every invitation to an address that this person has proved to hold."""
    return Invitation.objects.filter(courriel__in=adresses_verifiees(utilisateur))


def demandes_du_lieu(lieu: Lieu) -> QuerySet[DemandeDeRattachement]:
    """Claims that wait: for that organism, or for the organisms of that ARS; the oldest first, bounded."""
    la = {"ars": lieu.ars} if lieu.ars else {"organisme": lieu.organisme}
    attente = DemandeDeRattachement.objects.filter(tranchee_le__isnull=True, **la)
    return attente.select_related("demandeur").order_by("demandee_le", "pk")[:DEMANDES_MONTREES]


def organismes_admis(lieu: Lieu) -> QuerySet[DemandeDeRattachement]:
    """The latest claims accepted in that ARS: one line per organism."""
    admises = DemandeDeRattachement.objects.filter(ars=lieu.ars, acceptee=True)
    derniers = admises.order_by("organisme", "-pk").distinct("organisme").values("pk")
    return DemandeDeRattachement.objects.filter(pk__in=derniers).order_by("-tranchee_le", "pk")[
        :DEMANDES_MONTREES
    ]


def demandes_visibles_par(utilisateur: Utilisateur) -> QuerySet[DemandeDeRattachement]:
    """Its own claims, and those of the organisms and ARS where it gives the roles."""
    siennes = Q(demandeur=utilisateur)
    for lieu in lieux_diriges(utilisateur):
        siennes |= Q(ars=lieu.ars) if lieu.ars else Q(organisme=lieu.organisme)
    return DemandeDeRattachement.objects.filter(siennes).select_related("demandeur", "tranchee_par")


def droits_visibles_par(utilisateur: Utilisateur) -> QuerySet[Rattachement]:
    """Rights that this person reads in a team: of where it works, of the organisms that its ARS admitted."""
    lieux = lieux_de(utilisateur)
    surveilles = DemandeDeRattachement.objects.filter(ars__in=lieux.de((Role.ADMINISTRATEUR,)), acceptee=True)
    siens = (
        Q(ars__in=lieux.ars)
        | Q(organisme__in=lieux.organismes)
        | Q(organisme__in=surveilles.order_by().values("organisme"))
    )
    return Rattachement.objects.filter(siens).select_related("utilisateur", "donne_par", "retire_par")
