"""Every screen, opened in the state and by the person it is made for."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Utilisateur
from instruction.etats import Etat
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde
from tests.troncons import TRONCONS, etats_de, suivre

pytestmark = pytest.mark.django_db


def entrer(utilisateur: Utilisateur) -> Client:
    client = Client()
    client.force_login(utilisateur)
    return client


ECRANS_PORTEUR = ("dossier", "grappe", "pieces", "relecture")
AGENTS = ("instructeur", "valideur", "administrateur")
CYCLE_DU_PORTEUR = ("dossier", "complements", "solde", "depose")
CYCLE_DE_L_AGENT = (*CYCLE_DU_PORTEUR, "historique", "eligibilite", "recevabilite", "selection")


@pytest.mark.parametrize("edition", [OCCITANIE, GUADELOUPE])
@pytest.mark.parametrize("ecran", ECRANS_PORTEUR)
@pytest.mark.parametrize("complet", [False, True])
def test_ecran_du_brouillon_s_ouvre(edition: str, ecran: str, complet: bool) -> None:
    monde = Monde(edition, nombre=15 if edition == OCCITANIE else 8)
    if complet:
        monde.completer()
    reponse = entrer(monde.porteur).get(reverse(f"dossiers:{ecran}", args=[monde.dossier.pk]))
    assert reponse.status_code == 200


@pytest.mark.parametrize("troncon", TRONCONS, ids=lambda troncon: str(troncon[0].value))
def test_chaque_ecran_s_ouvre_dans_chaque_etat(troncon: Sequence[Etat]) -> None:
    joue = Monde()
    clients = {role: entrer(getattr(joue, role)) for role in ("porteur", *AGENTS)}
    adresse = partial(reverse, args=[joue.dossier.pk])
    obtenus = {
        (etat, role, ecran): clients[role].get(adresse(f"dossiers:{ecran}")).status_code
        for etat in suivre(joue, troncon)
        for role, ecran in _ouverts(etat)
    }
    assert {cle: statut for cle, statut in obtenus.items() if statut != 200} == {}
    assert {etat for etat, _, _ in obtenus} == set(etats_de(troncon))


def _ouverts(etat: Etat) -> Iterator[tuple[str, str]]:
    """The screens of the life cycle that each side opens in this state; a draft is the porteur's alone."""
    if etat == Etat.BROUILLON:
        yield "porteur", "dossier"
        return
    yield from product(["porteur"], CYCLE_DU_PORTEUR)
    yield from product(["instructeur"], CYCLE_DE_L_AGENT)
    yield from product(AGENTS[1:], ["dossier"])


@pytest.mark.parametrize("edition", [OCCITANIE, GUADELOUPE])
@pytest.mark.parametrize(
    ("ecran", "etat", "role"),
    [
        ("accuse", Etat.DEPOSE, "porteur"),
        ("accuse", Etat.DEPOSE, "instructeur"),
        ("eligibilite", Etat.DEPOSE, "instructeur"),
        ("recevabilite", Etat.DEPOSE, "instructeur"),
        ("grille", Etat.EN_INSTRUCTION, "instructeur"),
        ("grille", Etat.INSTRUIT, "valideur"),
        ("selection", Etat.INSTRUIT, "valideur"),
    ],
)
def test_ecran_du_dossier_depose_s_ouvre(edition: str, ecran: str, etat: Etat, role: str) -> None:
    monde = Monde(edition, nombre=15 if edition == OCCITANIE else 8)
    monde.amener(etat)
    reponse = entrer(getattr(monde, role)).get(reverse(f"dossiers:{ecran}", args=[monde.dossier.pk]))
    assert reponse.status_code == 200


def test_listes_s_ouvrent_vides_et_pleines() -> None:
    monde = Monde()
    assert entrer(monde.porteur).get(reverse("dossiers:liste")).status_code == 200
    assert entrer(monde.instructeur).get(reverse("dossiers:liste")).status_code == 200
    monde.amener(Etat.DEPOSE)
    assert entrer(monde.instructeur).get(reverse("dossiers:liste")).status_code == 200


def test_pages_publiques_s_ouvrent_sans_compte() -> None:
    Monde()
    for nom in ("accueil", "accessibilite", "mentions"):
        assert Client().get(reverse(nom)).status_code == 200
