"""What surrounds filed dossiers in number: e-mails of their filing, a few messages, what was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel, Notification
from esms.courriels.models import Etat as EtatDuCourriel
from grappes.models import Campagne
from instruction.etats import Etat
from instruction.models import Cote, DemandeDeComplements, Depot, Dossier, ElementDemande, Message, Objet

UN_MESSAGE_SUR = 8
DELAI = timedelta(days=20)
"""From the filing to the end of a request: over a month of filings, one request in three is late."""


@dataclass(frozen=True)
class Pose:
    """A filed dossier, its filing and when it was made."""

    dossier: Dossier
    depot: Depot
    numero: str
    le: datetime


def ecrire_les_courriels(poses: Sequence[Pose], campagne: Campagne, par: Utilisateur) -> None:
    """Those of the filing, already sent; `par` finds one in twenty among its notifications."""
    courriels = Courriel.objects.bulk_create(
        Courriel(
            cle=f"{pose.dossier.chaine}:dossier_depose",
            gabarit="dossier_depose",
            chaine=pose.dossier.chaine,
            ars=campagne.ars,
            a=campagne.courriel,
            contexte={"numero": pose.numero},
            objet=f"Dossier {pose.numero} déposé",
            texte="Un dossier vient d’être déposé.",
            lien=pose.dossier.get_absolute_url(),
            etat=EtatDuCourriel.ENVOYE,
            essais=1,
            cree_le=pose.le,
            envoye_le=pose.le,
        )
        for pose in poses
    )
    Notification.objects.bulk_create(
        Notification(courriel=courriel, utilisateur=par, cree_le=courriel.cree_le)
        for courriel in courriels[::20]
    )


def ecrire_des_messages(poses: Sequence[Pose]) -> None:
    """The porteur of one dossier in a few asks something."""
    Message.objects.bulk_create(
        Message(
            dossier=pose.dossier,
            auteur_id=pose.dossier.cree_par_id,
            cote=Cote.PORTEUR,
            texte="Quand le dossier sera-t-il examiné ?",
            le=pose.le,
        )
        for pose in poses[::UN_MESSAGE_SUR]
    )


def demander_des_complements(poses: Sequence[Pose], par: Utilisateur) -> None:
    """An open request on each of these, to be answered within `DELAI` of the filing."""
    demandes = DemandeDeComplements.objects.bulk_create(
        DemandeDeComplements(
            depot=pose.depot,
            rang=1,
            echeance=pose.le + DELAI,
            le=pose.le,
            par=par,
        )
        for pose in poses
    )
    ElementDemande.objects.bulk_create(
        ElementDemande(
            demande=demande, ordre=1, objet=Objet.LIBRE, libelle="Devis signé", raison="Il manque la date."
        )
        for demande in demandes
    )
    for pose in poses:
        Dossier.objects.filter(pk=pose.dossier.pk).update(
            etat=Etat.COMPLEMENTS_DEMANDES.value, complements_avant=pose.le + DELAI
        )
