"""The journal in sentences: each gesture says what it was done on."""

from datetime import UTC, datetime
from typing import Any

import pytest

from esms.comptes.models import Utilisateur
from esms.journal.models import Entree
from instruction.etats import GESTES
from instruction.presentation.historique import DE_L_ARS, DU_PORTEUR, LIBELLES, Noms, faits

NOMS = Noms(
    {"a1": "plan.pdf", "b2": "ancien.pdf"}, {"efficience": "Levier d’efficience"}, {"contacts": "Contacts"}
)
LE = datetime(2026, 11, 22, 1, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("geste", "contenu", "phrase"),
    [
        ("joindre_piece", {"piece": "a1", "code": "P1"}, ("Joindre une pièce", "P1 – plan.pdf")),
        (
            "joindre_piece",
            {"piece": "a1", "code": "P1", "remplace": "b2"},
            ("Joindre une pièce", "P1 – plan.pdf, à la place de ancien.pdf"),
        ),
        ("retirer_piece", {"piece": "inconnue", "code": "P2"}, ("Retirer une pièce", "P2")),
        (
            "enregistrer_textes",
            {"versions": {"efficience": 1}},
            ("Enregistrer les textes du projet", "Levier d’efficience"),
        ),
        (
            "enregistrer_section",
            {"section": "contacts", "version": 3},
            ("Enregistrer une section", "Contacts, version 3"),
        ),
        ("noter", {"notes": dict.fromkeys("abcd")}, ("Remplir la grille", "4 critères")),
        (
            "donner_avis_controles",
            {"avis": {"E3/projet": {"confirme": False}, "E7/310000123": {"confirme": True}}},
            ("Juger des contrôles d’éligibilité", "E3 renversé, E7 (310000123) confirmé"),
        ),
        (
            "donner_avis_controles",
            {"avis": {f"E{n}/projet": {"confirme": n > 1} for n in range(1, 6)}},
            ("Juger des contrôles d’éligibilité", "5 contrôles\u00a0: 4 confirmés, 1 renversé"),
        ),
        ("donner_avis_pieces", {"avis": {"P1": {"acceptee": False}}}, ("Juger des pièces", "P1 refusée")),
        ("retenir", {"montant": "315000.00"}, ("Retenir le projet", "315\u202f000\u00a0€")),
        ("clore_instruction", {}, ("Clore l’instruction", "")),
        ("inconnu", {}, ("inconnu", "")),
    ],
)
def test_geste_dit_son_objet(geste: str, contenu: dict[str, Any], phrase: tuple[str, str]) -> None:
    (fait,) = faits([Entree(geste=geste, contenu=contenu, le=LE)], NOMS)
    assert (fait.geste, fait.objet) == phrase
    assert (fait.le, fait.par) == (LE, "Le portail")


def test_enregistrements_qui_se_suivent_font_une_ligne() -> None:
    def entree(section: str, version: int, par: int = 1) -> Entree:
        contenu = {"section": section, "version": version}
        return Entree(
            geste="enregistrer_section", contenu=contenu, le=LE, par=Utilisateur(pk=par, nom=f"P{par}")
        )

    lignes = faits(
        [entree("contacts", 5), entree("contacts", 4), entree("contacts", 3, par=2), entree("projet", 9)],
        NOMS,
    )
    assert [(fait.objet, fait.par) for fait in lignes] == [
        ("Contacts, versions 4 à 5", "P1"),
        ("Contacts, version 3", "P2"),
        ("projet, version 9", "P1"),
    ]


def test_chaque_geste_du_cycle_de_vie_est_tranche_pour_le_porteur() -> None:
    """A gesture added later is hidden from the porteur until somebody decides: this list says of which."""
    caches = {geste.nom for geste in GESTES} - DU_PORTEUR - DE_L_ARS
    assert caches == {"modifier", "attribuer", "verifier", "completer", "noter", "clore_instruction"}
    assert LIBELLES.keys() >= DU_PORTEUR | DE_L_ARS


def test_message_de_l_ars_ne_nomme_pas_l_agent_au_porteur() -> None:
    entrees = [
        Entree(geste="ecrire_message", contenu={"cote": cote}, le=LE, par=Utilisateur(nom=nom))
        for cote, nom in (("ars", "Inès Instructrice"), ("porteur", "Paule Porteur"))
    ]
    assert [f.par for f in faits(entrees, NOMS, ars="ARS Occitanie")] == ["ARS Occitanie", "Paule Porteur"]
    assert [f.par for f in faits(entrees, NOMS)] == ["Inès Instructrice", "Paule Porteur"]
