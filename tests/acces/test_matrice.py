"""Who gets what at every address of the portal: the reviewed table of tests/acces/matrice, played whole.

Everybody of `distribution` plays every line, on a dossier in the state that it says; each request is undone.
An address or a method without a line fails, and so does a line without an address. A failure prints the
line as it was obtained: it is to be judged before it is pasted.
"""

from collections.abc import Sequence
from copy import copy
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.acces.demandes import adresse, corps
from tests.acces.distribution import Personne, monde, personnes
from tests.acces.table import INCONNUE, METHODES, Ligne, adresses, ecrire, lire
from tests.fabriques import Monde

JOURNAL_DES_REFUS = "esms.journal.securite.JournalDeSecurite"
LIGNES = lire()
ETATS = sorted({etat for ligne in LIGNES for etat in ligne.etats})
# Addresses of the public simulator that need a gesture of their own: its room tests them, all are public.
PUBLIQUES_AILLEURS = {
    "simulation:modele",
    "simulation:controles",
    "simulation:et_si",
    "simulation:ajouter",
    "simulation:fiche",
    "simulation:garder",
}


def test_chaque_adresse_a_ses_lignes() -> None:
    assert set(adresses()) - PUBLIQUES_AILLEURS == {ligne.adresse for ligne in LIGNES}


@pytest.fixture(autouse=True)
def _sans_journal_des_refus(settings: Any) -> None:
    """Thousands of refusals are played: writing each down is tested elsewhere (esms.journal.securite)."""
    settings.MIDDLEWARE = [nom for nom in settings.MIDDLEWARE if nom != JOURNAL_DES_REFUS]


@pytest.mark.django_db
def test_une_methode_sans_ligne_est_refusee_a_tous() -> None:
    """405 for whoever is signed in, or may come without: a screen has no gesture that the table ignores."""
    joue = monde()
    joue.completer()
    ecrites = {(ligne.adresse, ligne.methode) for ligne in LIGNES}
    absentes = sorted(set(product(set(adresses()) - PUBLIQUES_AILLEURS, METHODES)) - ecrites)
    premiers = [personne for personne in personnes(joue) if personne.premiere]
    ecarts = {
        (nom, methode, personne.colonne): obtenu
        for nom, methode in absentes
        for personne in premiers
        if (obtenu := _demander(Ligne(nom, methode, (), {}), joue, personne))
        not in ((INCONNUE, "→") if personne.colonne == "anonyme" else (INCONNUE,))
    }
    assert ecarts == {}


@pytest.mark.django_db
@pytest.mark.parametrize("etat", ETATS)
def test_matrice(etat: str) -> None:
    """Every line of that state; one world for all of them."""
    joue = monde()
    joue.completer()
    joue.amener(etat)
    distribution = personnes(joue)
    ecarts = [
        ecart for ligne in LIGNES if etat in ligne.etats if (ecart := _jouer(ligne, etat, joue, distribution))
    ]
    assert ecarts == []


def _jouer(ligne: Ligne, etat: str, joue: Monde, distribution: Sequence[Personne]) -> str:
    """Play a line in that state; what was obtained, as a line, unless it is what the table says."""
    obtenus = {colonne: dict(statuts) for colonne, statuts in ligne.cellules.items()}
    for personne in distribution:
        if personne.joue(ligne.commune, premier=etat == ligne.etats[0]):
            obtenus[personne.colonne][personne.role] = _demander(ligne, joue, personne)
    return "" if obtenus == ligne.cellules else ecrire(ligne.nom, ligne.methode, (etat,), obtenus)


def _demander(ligne: Ligne, joue: Monde, personne: Personne) -> str:
    """The status that this person gets; what the request wrote is undone."""
    ou, envoi = adresse(ligne.nom, joue), corps(ligne.nom, joue)
    temoins = copy(personne.client.cookies)  # signing out forgets them
    with transaction.atomic():
        reponse = personne.client.get(ou) if ligne.methode == "GET" else personne.client.post(ou, envoi)
        for fermer in reponse._resource_closers:  # close() would also close the connection of the test
            fermer()
        transaction.set_rollback(True)
    personne.client.cookies = temoins
    return "→" if _vers_la_connexion(reponse) else str(reponse.status_code)


def _vers_la_connexion(reponse: HttpResponse) -> bool:
    """To the sign-in form, or 401 with what was typed."""
    redirige = reponse.status_code == 302 and reponse["Location"].startswith("/compte/connexion/")
    return redirige or reponse.status_code == 401
