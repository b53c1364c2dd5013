"""Closing a dossier: nothing is left to do on either side."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle.dates import jour
from instruction import etats
from instruction.actions.avertir import avertir_porteur
from instruction.actions.garde import GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.etats import Etat
from instruction.models import REFUS, Decision, Dossier
from instruction.regles.recours import dernier_jour_de_recours


@transaction.atomic
def clore(*, dossier: Dossier, par: Utilisateur) -> Dossier:
    """Close a dossier that is over. Raises GesteRefuse while a refusal may still be appealed."""
    actuel = verrouiller(dossier)
    if rejoue(etats.CLORE, actuel, par):
        return actuel
    exiger(etats.CLORE, actuel, par)
    dernier = fin_du_recours(actuel)
    fuseau = ZoneInfo(actuel.campagne.fuseau)
    if dernier is not None and timezone.localdate(timezone=fuseau) <= dernier:
        raise GesteRefuse(
            f"Le délai de recours court jusqu’au {jour(dernier)} inclus\u00a0: le dossier se clôt à "
            f"partir du {jour(dernier + timedelta(days=1))}."
        )
    if actuel.etat != Etat.DESISTE:
        actuel.arret = actuel.etat
    actuel.clore()
    actuel.save()
    consigner(actuel, etats.CLORE.nom, par, depuis=actuel.arret)
    avertir_porteur(actuel, "dossier_clos", par)
    return actuel


def fin_du_recours(dossier: Dossier) -> date | None:
    """Last day on which the refusal pronounced on this dossier may be appealed; None when there is none."""
    if dossier.etat not in {sens.value for sens in REFUS}:
        return None
    decision = Decision.objects.get(dossier=dossier, sens=dossier.etat)
    return dernier_jour_de_recours(timezone.localdate(decision.le, ZoneInfo(dossier.campagne.fuseau)))
