"""Claiming to act for an organism: the first titulaire of an organism cannot be invited by anybody.

The claim gives nothing. A titulaire of the organism answers it, else an administrateur of the ARS of its
region (`esms.habilitations.acces.peut_trancher`), who checks outside the portal who is asking.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.comptes.noms import nom_lisible
from esms.courriels.actions.ecriture import ecrire
from esms.habilitations.acces import Lieu, a_un_titulaire, peut_trancher
from esms.habilitations.actions.gardes import (
    HabilitationDepassee,
    HabilitationRefusee,
    ecrire_au_journal,
    verrouiller_lieu,
)
from esms.habilitations.adresses import adresses_verifiees
from esms.habilitations.models import DemandeDeRattachement
from esms.journal.actions import inscrire
from esms.socle.templatetags.dates import instant

EN_ATTENTE_MAX = 3  # claims of one person that wait: nobody fishes for an organism that would say yes


@transaction.atomic
def demander(*, organisme: str, nom: str, ars: str, fonction: str, par: Utilisateur) -> DemandeDeRattachement:
    """Ask to be titulaire of an organism (FINESS EJ, name and region of the seat as the register has them).

    Its titulaires are told, else the administrateurs of the ARS. Asked twice, it is the same claim.

    Raises PermissionDenied without a verified address, HabilitationRefusee (already titulaire, too many).
    """
    verrouiller_lieu(Lieu(organisme=organisme))
    if par.courriel not in adresses_verifiees(par):
        raise PermissionDenied("adresse")
    tenus = Rattachement.objects.actifs().filter(utilisateur=par, organisme=organisme, role=Role.PORTEUR)
    if tenus.exists():
        raise HabilitationRefusee("Vous êtes déjà titulaire de cet organisme.")
    attente = DemandeDeRattachement.objects.filter(demandeur=par, tranchee_le__isnull=True)
    if (deja := attente.filter(organisme=organisme).first()) is not None:
        return deja
    if attente.count() >= EN_ATTENTE_MAX:
        raise HabilitationRefusee(
            f"{EN_ATTENTE_MAX} de vos demandes attendent déjà une réponse\u00a0: retirez-en une d’abord."
        )
    demande = DemandeDeRattachement(
        demandeur=par,
        organisme=organisme,
        nom=nom,
        ars=ars,
        fonction=nom_lisible(fonction),
        demandee_le=timezone.now(),
    )
    demande.full_clean()
    demande.save(force_insert=True)
    _consigner(demande, "demander_rattachement", par)
    for responsable in _responsables(demande):
        _ecrire(demande, "demande_de_rattachement", responsable, f"recue:{responsable.pk}")
    return demande


@transaction.atomic
def accepter_demande(*, demande: DemandeDeRattachement, par: Utilisateur) -> Rattachement:
    """Make its author titulaire of the organism from today. Again by the same person: the same right.

    Raises PermissionDenied, HabilitationDepassee when somebody else has answered.
    """
    demande = _verrouiller(demande)
    if demande.acceptee and demande.tranchee_par_id == par.pk:
        return _droit_donne(demande)
    _exiger_main(demande, par)
    _trancher(demande, par, acceptee=True)
    rattachement = _tenu(demande)
    if rattachement is None:
        rattachement = Rattachement(
            utilisateur=demande.demandeur,
            role=Role.PORTEUR,
            organisme=demande.organisme,
            debut=timezone.localdate(),
            donne_par=par,
        )
        rattachement.full_clean()
        rattachement.save(force_insert=True)
    ecrire_au_journal("accepter_demande", rattachement, par, demande=demande.pk)
    _ecrire(demande, "demande_acceptee", demande.demandeur, "acceptee")
    return rattachement


@transaction.atomic
def refuser_demande(*, demande: DemandeDeRattachement, motif: str, par: Utilisateur) -> DemandeDeRattachement:
    """Answer no, with a motive that its author reads in the portal. Again: the same answer.

    Raises PermissionDenied, HabilitationRefusee without a motive, HabilitationDepassee once answered.
    """
    demande = _verrouiller(demande)
    if demande.acceptee is False and demande.tranchee_par_id == par.pk:
        return demande
    _exiger_main(demande, par)
    if not motif.strip():
        raise HabilitationRefusee("Dites pourquoi la demande est refusée\u00a0: son auteur lira ce motif.")
    _trancher(demande, par, acceptee=False, motif=motif.strip())
    _consigner(demande, "refuser_demande", par)
    _ecrire(demande, "demande_refusee", demande.demandeur, "refusee")
    return demande


@transaction.atomic
def retirer_demande(*, demande: DemandeDeRattachement, par: Utilisateur) -> DemandeDeRattachement:
    """Its author gives it up; nobody is told. Again is harmless.

    Raises PermissionDenied for anybody else, HabilitationDepassee once answered.
    """
    demande = _verrouiller(demande)
    if demande.demandeur_id != par.pk:
        raise PermissionDenied("demande")
    if demande.tranchee_par_id == par.pk:
        return demande
    _refuser_deja_tranchee(demande)
    _trancher(demande, par, acceptee=False, motif="Demande retirée par son auteur.")
    _consigner(demande, "retirer_demande", par)
    return demande


def _verrouiller(demande: DemandeDeRattachement) -> DemandeDeRattachement:
    verrouiller_lieu(Lieu(organisme=demande.organisme))
    lignes = DemandeDeRattachement.objects.select_for_update(of=("self",))
    return lignes.select_related("demandeur", "tranchee_par").get(pk=demande.pk)


def _exiger_main(demande: DemandeDeRattachement, par: Utilisateur) -> None:
    _refuser_deja_tranchee(demande)
    if not peut_trancher(par, demande):
        raise PermissionDenied("demande")


def _refuser_deja_tranchee(demande: DemandeDeRattachement) -> None:
    if demande.tranchee_le is None or demande.tranchee_par is None:
        return
    le = instant(demande.tranchee_le)
    quoi = "acceptée" if demande.acceptee else "écartée"
    raise HabilitationDepassee(f"Cette demande a été {quoi} le {le} par {demande.tranchee_par.nom}.")


def _trancher(demande: DemandeDeRattachement, par: Utilisateur, *, acceptee: bool, motif: str = "") -> None:
    demande.tranchee_le, demande.tranchee_par = timezone.now(), par
    demande.acceptee, demande.motif = acceptee, motif
    demande.full_clean()
    demande.save(update_fields=["tranchee_le", "tranchee_par", "acceptee", "motif"])


def _tenu(demande: DemandeDeRattachement) -> Rattachement | None:
    tenus = Rattachement.objects.actifs().filter(utilisateur=demande.demandeur, organisme=demande.organisme)
    return tenus.filter(role=Role.PORTEUR).order_by("pk").first()


def _droit_donne(demande: DemandeDeRattachement) -> Rattachement:
    tenu = _tenu(demande)
    if tenu is None:
        raise HabilitationDepassee("Cette demande a été acceptée, puis le rôle a été retiré.")
    return tenu


def _responsables(demande: DemandeDeRattachement) -> Iterable[Utilisateur]:
    """Who is told: the titulaires of the organism, else the administrateurs of the ARS."""
    la = (
        {"organisme": demande.organisme, "role": Role.PORTEUR}
        if a_un_titulaire(demande.organisme)
        else {"ars": demande.ars, "role": Role.ADMINISTRATEUR}
    )
    tenus = Rattachement.objects.actifs().filter(**la)
    return Utilisateur.objects.filter(is_active=True, pk__in=tenus.values("utilisateur")).order_by("pk")


def _consigner(demande: DemandeDeRattachement, geste: str, par: Utilisateur) -> None:
    """In the chain of who asks; the motive stays out, like any text that may have to be corrected."""
    inscrire(
        chaine=f"compte:{demande.demandeur_id}",
        geste=geste,
        par=par,
        contenu={"demande": demande.pk, "organisme": demande.organisme, "ars": demande.ars},
    )


def _ecrire(demande: DemandeDeRattachement, gabarit: str, a: Utilisateur, cle: str) -> None:
    ecrire(
        gabarit=gabarit,
        a=a.courriel,
        destinataire=a,
        contexte={"organisme": demande.nom},
        lien=reverse("droits:demande", args=[demande.pk]),
        cle=f"demande-de-rattachement:{demande.pk}:{cle}",
        chaine=f"compte:{demande.demandeur_id}",
        ars=demande.ars,
    )
