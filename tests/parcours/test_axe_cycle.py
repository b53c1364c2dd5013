"""The screens of the life cycle in a real browser: axe finds nothing, 320 px are enough."""

from collections.abc import Callable

import pytest

from instruction.etats import Etat
from tests.fabriques import Monde
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import adresse, entrer, verifier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_ecrans_de_la_recevabilite_sont_accessibles(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    agent, porteur = ouvrir_navigateur(), ouvrir_navigateur()
    entrer(agent, monde.instructeur)
    entrer(porteur, monde.porteur)
    for ecran in ("dossier", "demander_complements", "reorienter"):
        verifier(agent, adresse(monde.dossier, ecran))
    monde.amener(Etat.COMPLEMENTS_DEMANDES)
    for ecran in ("dossier", "complements"):
        verifier(agent, adresse(monde.dossier, ecran))
        verifier(porteur, adresse(monde.dossier, ecran))
    verifier(porteur, adresse(monde.dossier, "desister"))
    verifier(agent, "/dossiers/?attribution=retard")


def test_ecrans_de_la_fin_sont_accessibles(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    monde.amener(Etat.INSTRUIT)
    agent, porteur = ouvrir_navigateur(), ouvrir_navigateur()
    entrer(agent, monde.valideur)
    entrer(porteur, monde.porteur)
    verifier(agent, adresse(monde.dossier, "selection"))
    monde.amener(Etat.EN_DEPLOIEMENT)
    verifier(porteur, adresse(monde.dossier, "dossier"))
    verifier(porteur, adresse(monde.dossier, "solde"))
    monde.amener(Etat.SOLDE_DEMANDE)
    verifier(porteur, adresse(monde.dossier, "solde"))
    entrer(agent, monde.gestionnaire)
    verifier(agent, adresse(monde.dossier, "solde"))
