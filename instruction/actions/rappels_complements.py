"""Reminding the porteur that an answer is awaited: 7, 2 and 1 days before the deadline, once each (C5)."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel
from esms.socle.dates import dernier_jour
from instruction.actions.avertir import avertir_porteur
from instruction.actions.garde import verrouiller
from instruction.actions.rappels import PAS_AVANT
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.presentation.ce_qui_manque import dans_une_reponse
from instruction.presentation.echeances import limite
from instruction.requetes_complements import demande_ouverte

SEUILS = (7, 2, 1)  # days before the last day
GABARIT = "rappel_de_complements"


def demandes_a_rappeler(instant: datetime) -> list[UUID]:
    """Dossiers whose answer is due within the first threshold, not over yet."""
    proches = Dossier.objects.filter(
        etat=Etat.COMPLEMENTS_DEMANDES,
        complements_avant__gt=instant,
        complements_avant__lte=instant + timedelta(days=max(SEUILS) + 1),
    )
    return list(proches.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def rappeler_complements(*, dossier: UUID, instant: datetime, par: Utilisateur | None) -> list[Courriel]:
    """Write the reminder that is due on the open request, to each of the porteur's people; once a threshold.

    Nothing once answered, closed or late, before seven in the morning at the legal time of the ARS, or when
    the request was made after the day of the reminder.
    """
    actuel = verrouiller(Dossier(pk=dossier))
    if actuel.etat != Etat.COMPLEMENTS_DEMANDES:
        return []
    demande = demande_ouverte(actuel)
    zone = ZoneInfo(actuel.campagne.fuseau)
    local, dernier = instant.astimezone(zone), dernier_jour(demande.echeance, zone.key)
    restants = (dernier - local.date()).days
    seuil = min((seuil for seuil in SEUILS if restants <= seuil), default=None)
    if seuil is None or instant >= demande.echeance or local.time() < PAS_AVANT:
        return []
    if demande.le.astimezone(zone).date() >= dernier - timedelta(days=seuil):
        return []
    return avertir_porteur(
        actuel,
        GABARIT,
        par,
        occurrence=f"{demande.pk}.J-{seuil}",
        lien=reverse("dossiers:complements", args=[actuel.pk]),
        fin=limite(demande.echeance, actuel.campagne.fuseau),
        manques=dans_une_reponse(demande),
    )
