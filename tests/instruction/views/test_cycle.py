"""The screens of the life cycle, in every state and for both sides."""

import pytest
from django.test import Client
from django.urls import reverse

from instruction.etats import Etat
from tests.fabriques import Monde, ouvrir_session

pytestmark = pytest.mark.django_db
PORTEUR = ("dossier", "complements", "solde", "depose")
ECRANS = (*PORTEUR, "historique", "eligibilite", "recevabilite", "selection")


@pytest.mark.parametrize("etat", [etat for etat in Etat if etat != Etat.BROUILLON])
def test_chaque_ecran_s_ouvre_dans_chaque_etat(etat: str) -> None:
    monde = Monde()
    monde.amener(etat)
    agent, porteur = (ouvrir_session(Client(), p) for p in (monde.instructeur, monde.porteur))
    for ecran in ECRANS:
        assert agent.get(reverse(f"dossiers:{ecran}", args=[monde.dossier.pk])).status_code == 200, ecran
    for ecran in PORTEUR:
        assert porteur.get(reverse(f"dossiers:{ecran}", args=[monde.dossier.pk])).status_code == 200, ecran
