"""The calls for projects of the demonstration: both editions, open today."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from esms.comptes.models import Role, Utilisateur
from esms.demo.pieces import pdf
from grappes.actions.campagne import ouvrir_campagne
from grappes.actions.campagne_reglages import ajouter_un_contact, fixer_l_enveloppe
from grappes.models import Campagne
from instruction.actions.campagne_documents import publier_un_document


@dataclass(frozen=True)
class Ouverture:
    """An edition and the service that opens it; without `par_phases`, it is examined as it comes (GUA §8)."""

    edition: str
    ars: str
    service: str
    courriel: str
    par_phases: bool


OUVERTURES = (
    Ouverture(
        "occitanie-2025",
        "76",
        "ARS Occitanie, direction de l’offre de soins et de l’autonomie",
        "esms-numerique.occitanie@ars.example",
        True,
    ),
    Ouverture(
        "guadeloupe-2022",
        "01",
        "ARS Guadeloupe, Saint-Martin et Saint-Barthélemy, direction de l’autonomie",
        "esms-numerique.guadeloupe@ars.example",
        False,
    ),
)
MOTIF = "Démonstration\u00a0: la fenêtre publiée est passée, celle-ci entoure la date du chargement."
ENVELOPPE = Decimal("6500000.00")  # EUR, fictional
CONTACT = {
    "nom": "Cellule ESMS numérique",
    "service": "Permanence téléphonique du lundi au vendredi",
    "telephone": "05 00 00 00 00",
    "public": True,
}
OUVERTE_DEPUIS = timedelta(days=30)
FERME_DANS, FERME_MULTIREGIONAL_DANS, RECEVABILITE_DANS = (
    timedelta(days=150),
    timedelta(days=138),
    timedelta(days=171),
)


def ouvrir(ouverture: Ouverture, *, le: date) -> Campagne:
    """Open the campagne around the day `le`, or give back the one that is there."""
    existante = Campagne.objects.filter(edition=ouverture.edition, ars=ouverture.ars).first()
    if existante is not None:
        return existante
    return ouvrir_campagne(
        edition=ouverture.edition,
        ars=ouverture.ars,
        service=ouverture.service,
        courriel=ouverture.courriel,
        par=None,
        motif=MOTIF,
        ouverture=le - OUVERTE_DEPUIS,
        fermeture=le + FERME_DANS,
        fermeture_multiregionale=le + FERME_MULTIREGIONAL_DANS if ouverture.par_phases else None,
        recevabilite=le + RECEVABILITE_DANS if ouverture.par_phases else None,
    )


def regler(ouverture: Ouverture) -> None:
    """Give the campagne its envelope, a contact and a document, by the hand of its administrator.

    What is already there stays.
    """
    campagne = Campagne.objects.get(edition=ouverture.edition, ars=ouverture.ars)
    administrateur = Utilisateur.objects.filter(
        rattachements__role=Role.ADMINISTRATEUR, rattachements__ars=ouverture.ars
    ).earliest("pk")
    fixer_l_enveloppe(campagne=campagne, montant=ENVELOPPE, par=administrateur)
    contact = {**CONTACT, "courriel": ouverture.courriel}
    ajouter_un_contact(campagne=campagne, valeurs=contact, par=administrateur)
    questions = BytesIO(pdf("Foire aux questions", campagne.titre, "Document fictif de la démonstration."))
    publier_un_document(
        campagne=campagne,
        titre="Foire aux questions",
        nom="foire-aux-questions.pdf",
        fichier=questions,
        par=administrateur,
    )
