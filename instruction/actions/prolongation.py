"""Telling the porteurs that the closing of a campagne has moved."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from esms.comptes.models import ROLES_PORTEUR, Rattachement, Utilisateur
from esms.courriels.actions.ecriture import Lettre, ecrire_tous
from esms.courriels.redaction import Valeur
from esms.journal.actions import inscrire
from esms.journal.models import Entree
from esms.socle.dates import derniere_seconde
from grappes.models import Campagne
from instruction.etats import Etat
from instruction.models import Dossier

GESTE = "prevenir_de_la_prolongation"


@transaction.atomic
def prevenir(*, campagne: int, rang: int, par: Utilisateur | None) -> int:
    """One e-mail to each person who may write a draft of the campagne; how many were written.

    `rang` names the move in the campagne's chain: played twice, each person still gets one e-mail, and the
    journal says once how many were told. `par` is None when the portal does it by itself, as its task does.
    """
    prolongee = Campagne.objects.get(pk=campagne)
    mouvement = Entree.objects.get(chaine=prolongee.chaine, rang=rang)
    contexte = _contexte(prolongee, mouvement)
    ecrits = ecrire_tous(
        Lettre(
            gabarit="campagne_prolongee",
            a=personne.courriel,
            destinataire=personne,
            contexte=contexte,
            lien=reverse("appels:fiche", args=[prolongee.sigle]),
            cle=f"prolongation:{prolongee.pk}:{rang}:{personne.pk}",
            chaine=prolongee.chaine,
            ars=prolongee.ars,
        )
        for personne in _redacteurs(prolongee)
    )
    if ecrits:
        contenu = {"mouvement": rang, "courriels": len(ecrits)}
        inscrire(chaine=prolongee.chaine, geste=GESTE, par=par, contenu=contenu)
    return len(ecrits)


def _redacteurs(campagne: Campagne) -> list[Utilisateur]:
    """Who may write a draft of the campagne, each once."""
    brouillons = Dossier.objects.filter(campagne=campagne, etat=Etat.BROUILLON)
    droits = Rattachement.objects.actifs().filter(
        role__in=ROLES_PORTEUR, organisme__in=brouillons.values("organisme").distinct()
    )
    personnes = Utilisateur.objects.filter(is_active=True, pk__in=droits.values("utilisateur"))
    return list(personnes.order_by("pk"))


def _contexte(campagne: Campagne, mouvement: Entree) -> dict[str, Valeur]:
    """The closings that the move has set, whatever became of them since."""
    fermeture, multi = mouvement.contenu["fermeture"], mouvement.contenu["fermeture_multiregionale"]
    autre = multi if multi and multi != fermeture else ""
    return {
        "appel": campagne.titre,
        "fermeture": _fin(fermeture, campagne),
        "fermeture_multiregionale": _fin(autre, campagne) if autre else "",
    }


def _fin(jour: str, campagne: Campagne) -> str:
    return derniere_seconde(date.fromisoformat(jour), campagne.fuseau)
