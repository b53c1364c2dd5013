"""Who confirms the ESSMS of each organism, and over what.

Called by the actions of the room above, which checks who may, holds the lock of the dossier and tells people.
"""

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.comptes.noms import adresse_valide
from esms.journal.actions import inscrire
from grappes.models import EtatParticipation, Grappe, Participation
from grappes.requetes_grappes import parts_de_la_grappe


class PartDepassee(Exception):
    """What was to be confirmed changed since the page was read (409): nothing is confirmed."""


@transaction.atomic
def inviter_organisme(*, grappe: Grappe, finess_ej: str, courriel: str, par: Utilisateur) -> Participation:
    """Ask an organism of the grappe to confirm; asked again, the address changes, a confirmation stays."""
    verrouillee = _verrouiller(grappe)
    participation = Participation.objects.filter(grappe=verrouillee, finess_ej=finess_ej).first()
    if participation is None:
        participation = Participation(
            grappe=verrouillee, finess_ej=finess_ej, invitee_le=timezone.now(), invitee_par=par
        )
    participation.courriel = adresse_valide(courriel)
    participation.save()
    _consigner(participation, "inviter_organisme", par)
    return participation


@transaction.atomic
def confirmer(*, grappe: Grappe, finess_ej: str, empreinte: str, par: Utilisateur) -> Participation:
    """Confirm the part that the person has read, named by its hash; a second time changes nothing.

    The grappe is locked: who recomposes it at the same instant goes before, and `empreinte` is then stale, or
    after, and the confirmation becomes « à revoir ». Raises PartDepassee when the part is no longer that one,
    Participation.DoesNotExist when the organism was never invited.
    """
    verrouillee = _verrouiller(grappe)
    participation = Participation.objects.get(grappe=verrouillee, finess_ej=finess_ej)
    part = parts_de_la_grappe(verrouillee).get(finess_ej)
    if part is None or part.empreinte != empreinte:
        raise PartDepassee
    if participation.etat == EtatParticipation.CONFIRME and participation.empreinte == empreinte:
        return participation
    participation.etat, participation.empreinte = EtatParticipation.CONFIRME, empreinte
    participation.confirmee_le, participation.confirmee_par = timezone.now(), par
    participation.save()
    _consigner(participation, "confirmer_sa_part", par, empreinte=empreinte, essms=list(part.numeros))
    return participation


@transaction.atomic
def revoir(*, grappe: Grappe, par: Utilisateur) -> list[Participation]:
    """After a recomposition: the confirmations whose part has changed become « à revoir »; gives those.

    A part that comes back to what was confirmed is confirmed again.
    """
    verrouillee = _verrouiller(grappe)
    parts = parts_de_la_grappe(verrouillee)
    changees = []
    confirmees = Participation.objects.filter(grappe=verrouillee).exclude(etat=EtatParticipation.INVITE)
    for participation in confirmees.select_related("confirmee_par"):
        part = parts.get(participation.finess_ej)
        intacte = part is not None and part.empreinte == participation.empreinte
        etat = EtatParticipation.CONFIRME if intacte else EtatParticipation.A_REVOIR
        if participation.etat == etat:
            continue
        participation.etat = etat
        participation.save(update_fields=["etat"])
        _consigner(participation, "revoir_une_part", par)
        if etat == EtatParticipation.A_REVOIR:
            changees.append(participation)
    return changees


def _verrouiller(grappe: Grappe) -> Grappe:
    """The grappe as it is now, locked until the end of the transaction."""
    return Grappe.objects.select_for_update(of=("self",)).select_related("campagne").get(pk=grappe.pk)


def _consigner(participation: Participation, geste: str, par: Utilisateur, **contenu: object) -> None:
    """In the chain of the grappe; the address of a person is not kept there."""
    inscrire(
        chaine=f"grappe:{participation.grappe_id}",
        geste=geste,
        par=par,
        contenu={"finess_ej": participation.finess_ej, "etat": participation.etat, **contenu},
    )
