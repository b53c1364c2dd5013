"""Telling the porteurs that the closing of a campagne has moved."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from esms.comptes.models import ROLES_PORTEUR, Rattachement
from esms.courriels.actions.ecriture import ecrire
from esms.journal.models import Entree
from esms.socle.templatetags.dates import jour
from grappes.models import Campagne
from instruction.etats import Etat
from instruction.models import Dossier


@transaction.atomic
def prevenir(*, campagne: int, rang: int) -> int:
    """One e-mail to each person who may write a draft of the campagne; how many were written.

    `rang` names the move in the campagne's chain: played twice, each person still gets one e-mail.
    """
    prolongee = Campagne.objects.get(pk=campagne)
    entree = Entree.objects.get(chaine=prolongee.chaine, rang=rang)
    brouillons = Dossier.objects.filter(campagne=prolongee, etat=Etat.BROUILLON)
    redacteurs = (
        Rattachement.objects.actifs()
        .filter(role__in=ROLES_PORTEUR, organisme__in=brouillons.values("organisme").distinct())
        .select_related("utilisateur")
        .order_by("utilisateur", "pk")
    )
    prevenus = {rattachement.utilisateur for rattachement in redacteurs}
    ecrits = 0
    for personne in sorted(prevenus, key=lambda prevenue: prevenue.pk):
        courriel = ecrire(
            gabarit="campagne_prolongee",
            a=personne.courriel,
            destinataire=personne,
            contexte={"appel": prolongee.titre, "fermeture": _echeances(entree)},
            lien=reverse("appels:fiche", args=[prolongee.sigle]),
            cle=f"prolongation:{prolongee.pk}:{rang}:{personne.pk}",
            chaine=prolongee.chaine,
            ars=prolongee.ars,
        )
        ecrits += courriel is not None
    return ecrits


def _echeances(entree: Entree) -> str:
    fin = jour(date.fromisoformat(entree.contenu["fermeture"]))
    multi = entree.contenu["fermeture_multiregionale"]
    if not multi or multi == entree.contenu["fermeture"]:
        return f"le {fin} à minuit"
    return f"le {fin} à minuit (projets multirégionaux\u00a0: le {jour(date.fromisoformat(multi))} à minuit)"
