"""Giving a role to a colleague who is already there, and ending one: at once, or on a known day."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.habilitations.acces import Lieu, dirige, surveille
from esms.habilitations.actions.gardes import (
    HabilitationDepassee,
    HabilitationRefusee,
    ecrire_au_journal,
    exiger_direction,
    verrouiller_lieu,
)


@transaction.atomic
def confier(
    *,
    utilisateur: Utilisateur,
    role: Role,
    par: Utilisateur,
    organisme: str = "",
    ars: str = "",
    fin: date | None = None,
) -> Rattachement:
    """Give `role` from today, until `fin` included, to somebody who already holds one at the same place.

    Anybody else is invited: an address typed here must not tell whether it has an account. The same right
    again comes back as it is.

    Raises PermissionDenied, HabilitationRefusee (oneself, a stranger, an end in the past).
    """
    ici = Lieu(organisme, ars)
    verrouiller_lieu(ici)
    exiger_direction(par, ici)
    if role not in ici.roles:
        raise PermissionDenied("role")
    if utilisateur.pk == par.pk:
        raise HabilitationRefusee("Personne ne se confie un rôle à soi-même.")
    if fin is not None and fin < timezone.localdate():
        raise HabilitationRefusee("La fin du rôle ne peut pas être dans le passé.")
    tenus = Rattachement.objects.actifs().filter(utilisateur=utilisateur, organisme=organisme, ars=ars)
    tenus = tenus.filter(portee__isnull=True, utilisateur__is_active=True)
    if not tenus.exists():
        raise HabilitationRefusee("Cette personne n’a plus aucun rôle ici\u00a0: invitez-la.")
    if (existant := tenus.filter(role=role).order_by("pk").first()) is not None:
        return existant
    rattachement = Rattachement(
        utilisateur=utilisateur,
        role=role,
        organisme=organisme,
        ars=ars,
        debut=timezone.localdate(),
        fin=fin,
        donne_par=par,
    )
    rattachement.full_clean()
    rattachement.save(force_insert=True)
    ecrire_au_journal("confier_role", rattachement, par)
    return rattachement


@transaction.atomic
def retirer(*, rattachement: Rattachement, par: Utilisateur) -> Rattachement:
    """End a right now: it is gone at the next request of that person. Again is harmless.

    Raises PermissionDenied, HabilitationRefusee when nobody would be left to give the roles there.
    """
    rattachement = _verrouiller(rattachement)
    _exiger_main(par, rattachement)
    if rattachement.retire_le is not None:
        return rattachement
    _refuser_sans_tete(rattachement, par)
    rattachement.retire_le, rattachement.retire_par = timezone.now(), par
    rattachement.save(update_fields=["retire_le", "retire_par"])
    ecrire_au_journal("retirer_role", rattachement, par)
    return rattachement


@transaction.atomic
def fixer_fin(*, rattachement: Rattachement, fin: date | None, par: Utilisateur) -> Rattachement:
    """Choose the last day of a right, today or later; None for a right without an end.

    Raises PermissionDenied, HabilitationDepassee once it is ended, HabilitationRefusee (oneself prolonged, an
    end in the past, nobody left to give the roles there).
    """
    rattachement = _verrouiller(rattachement)
    _exiger_main(par, rattachement)
    if not rattachement.actif:
        raise HabilitationDepassee("Ce rôle a pris fin\u00a0: il se donne de nouveau par une invitation.")
    if rattachement.fin == fin:
        return rattachement
    if fin is not None and fin < timezone.localdate():
        raise HabilitationRefusee("La fin du rôle ne peut pas être dans le passé.")
    if rattachement.utilisateur_id == par.pk and (
        fin is None or (rattachement.fin and fin > rattachement.fin)
    ):
        raise HabilitationRefusee("Personne ne prolonge son propre rôle.")
    if fin is not None:
        _refuser_sans_tete(rattachement, par)
    avant, rattachement.fin = rattachement.fin, fin
    rattachement.save(update_fields=["fin"])
    ecrire_au_journal("fixer_fin_du_role", rattachement, par, avant=avant.isoformat() if avant else None)
    return rattachement


def peut_retirer(utilisateur: Utilisateur, rattachement: Rattachement) -> bool:
    """Gives the roles there, or administers the ARS that admitted the organism."""
    lieu = Lieu.de(rattachement)
    if not (lieu.organisme or lieu.ars):
        return False  # a national role is given and ended by the operator's command
    return dirige(utilisateur, lieu) or surveille(utilisateur, lieu)


def _exiger_main(par: Utilisateur, rattachement: Rattachement) -> None:
    if not peut_retirer(par, rattachement):
        raise PermissionDenied("droits")


def _verrouiller(rattachement: Rattachement) -> Rattachement:
    """The place, then the row as it is now."""
    verrouiller_lieu(Lieu.de(rattachement))
    return Rattachement.objects.select_for_update(of=("self",)).get(pk=rattachement.pk)


def _refuser_sans_tete(rattachement: Rattachement, par: Utilisateur) -> None:
    """Somebody else must give the roles there, today and without a planned end.

    An ARS that admitted an organism may leave it without a titulaire: a new one claims it.
    """
    lieu = Lieu.de(rattachement)
    if rattachement.role != lieu.role_de_tete or not (lieu.ars or dirige(par, lieu)):
        return
    restants = (
        Rattachement.objects.actifs()
        .filter(role=rattachement.role, organisme=lieu.organisme, ars=lieu.ars, fin__isnull=True)
        .filter(utilisateur__is_active=True)
        .exclude(utilisateur=rattachement.utilisateur_id)
    )
    if not restants.exists():
        raise HabilitationRefusee(
            "C’est le dernier administrateur de cette ARS\u00a0: confiez d’abord ce rôle, "
            "sans date de fin, à quelqu’un d’autre."
            if lieu.ars
            else "C’est le dernier titulaire de cet organisme\u00a0: invitez d’abord un autre titulaire, "
            "sans date de fin."
        )
