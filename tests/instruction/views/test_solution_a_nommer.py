"""A draft whose software is not named: each screen says what waits for it, and what the amount supposes."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from instruction.actions.depot import deposer
from instruction.actions.garde import GesteRefuse
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde, entree, organisme

pytestmark = pytest.mark.django_db
RESERVE = "sous réserve d’une solution référencée Ségur"
ATTENTE = {
    OCCITANIE: "La solution DUI n’est pas nommée\u00a0: la convention la cite (règles E8, E9, E12 et E13).",
    GUADELOUPE: "La solution DUI n’est pas nommée\u00a0: la convention la cite "
    "(règles E8, E9, E12, E13 et E17).",
}
DEUX_EDITIONS = pytest.mark.parametrize("edition", [OCCITANIE, GUADELOUPE])
REGION = {OCCITANIE: "76", GUADELOUPE: "01"}


def monde_sans_solution(edition: str) -> Monde:
    contenu = entree(organisme(1, REGION[edition]), 15, edition)
    contenu.pop("solution")
    return Monde(edition, contenu=contenu)


def lire(client: Client, adresse: str, **envoi: object) -> str:
    reponse = client.post(adresse, envoi, headers={"hx-target": "panneau"}) if envoi else client.get(adresse)
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


@DEUX_EDITIONS
def test_chaque_ecran_du_brouillon_dit_ce_qui_attend_la_solution(client: Client, edition: str) -> None:
    monde = monde_sans_solution(edition)
    client.force_login(monde.porteur)
    for page in ("dossier", "grappe", "relecture"):
        lue = lire(client, reverse(f"dossiers:{page}", args=[monde.dossier.pk]))
        assert RESERVE in lue
        assert "Nommer la solution" in lue
    section = lire(client, reverse("dossiers:section", args=[monde.dossier.pk, "contacts"]))
    assert section.count(RESERVE) == 1
    for page in ("dossier", "relecture"):
        assert ATTENTE[edition] in lire(client, reverse(f"dossiers:{page}", args=[monde.dossier.pk]))
    grappe = lire(client, reverse("dossiers:grappe", args=[monde.dossier.pk]))
    assert "La solution n’est pas encore nommée\u00a0: son référencement Ségur est à vérifier" in grappe
    assert "la solution doit être choisie au SAD" not in grappe
    assert "La solution est référencée Ségur" not in grappe


@DEUX_EDITIONS
def test_l_apercu_de_l_atelier_suit_la_solution(client: Client, edition: str) -> None:
    """The live panel: hypothetical until a software is declared."""
    monde = monde_sans_solution(edition)
    client.force_login(monde.porteur)
    adresse = reverse("dossiers:grappe_projet", args=[monde.dossier.pk])
    panneau = lire(client, adresse, avant=monde.dossier.simulation_id, tva_recuperee="on")
    assert f"Solution non nommée\u00a0: montant {RESERVE}." in panneau
    assert "À compléter" in panneau
    adresse = reverse("dossiers:grappe_solution", args=[monde.dossier.pk])
    declaree = {"solution": "non_listee", "nom": "Logiciel Z", "editeur": "Éditeur", "au_sad": "on"}
    panneau = lire(client, adresse, avant=monde.dossier.simulation_id, domaine_PA="reference", **declaree)
    assert "Solution non nommée" not in panneau
    assert "Éligible" in panneau


@DEUX_EDITIONS
def test_un_dossier_depose_a_une_solution_nommee(edition: str) -> None:
    monde = monde_sans_solution(edition)
    monde.completer()
    with pytest.raises(GesteRefuse) as refus:
        deposer(dossier=monde.dossier, par=monde.porteur)
    assert refus.value.phrases == (ATTENTE[edition],)


def test_le_simulateur_dit_aussi_ce_que_le_montant_suppose(client: Client) -> None:
    monde = monde_sans_solution(OCCITANIE)
    lue = lire(client, reverse("simulation:resultat", args=[monde.simulation.cle]))
    assert f"Solution non nommée\u00a0: {RESERVE}." in lue
    assert "Aucune solution n’est nommée\u00a0: les règles qui la regardent sont lues" in lue
    panneau = lire(client, reverse("simulation:projet", args=[monde.simulation.cle]))
    assert f"Solution non nommée\u00a0: montant {RESERVE}." in panneau
    nommee = Monde(rang=2)
    lue = lire(client, reverse("simulation:resultat", args=[nommee.simulation.cle]))
    assert ("Solution non nommée" in lue, "Aucune solution n’est nommée" in lue) == (False, False)
