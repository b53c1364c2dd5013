"""Completeness, in sentences: how many files, why, and which checks stop the filing."""

import pytest

from esms.aap import edition
from grappes.regles import Controle, Guichet, PieceDemandee, Projet, Solution, Verdict
from grappes.regles.projet import Essms
from instruction.regles.recevabilite import (
    etats_des_pieces,
    grappe_manquante,
    pieces_manquantes,
)

OCC, GUA = edition("occitanie-2025"), edition("guadeloupe-2022")
VIDE = dict.fromkeys(
    (
        "contact_nom",
        "contact_fonction",
        "contact_courriel",
        "contact_telephone",
        "representant_nom",
        "representant_fonction",
        "representant_courriel",
        "representant_telephone",
    ),
    "",
)
ICI = Guichet("regional", "76", "G1", "4.3", True, "Guichet régional.")
AILLEURS = Guichet("national", None, "G2", "4.3", False, "Guichet national, tenu par la CNSA.")
PROJET = Projet(
    essms=(Essms(finess_et="310000123", operation="acquisition"),), solution=Solution(nom="Logiciel A")
)


def demandee(code: str, edition_: object = OCC, obligatoire: bool = True) -> PieceDemandee:
    piece = edition_.piece(code)  # type: ignore[attr-defined]
    return PieceDemandee(piece, obligatoire, "Demande de matériel pour 2 ESSMS.")


DEUX = "2 attendus. Demande de matériel pour 2 ESSMS."


@pytest.mark.parametrize(
    ("nombre", "phrases"),
    [
        (
            0,
            (f"P9c – Devis de matériel\u00a0: 2 fichiers à ajouter, {DEUX}",),
        ),
        (
            1,
            (f"P9c – Devis de matériel\u00a0: 1 fichier à ajouter, {DEUX}",),
        ),
        (2, ()),
    ],
)
def test_p9c_attend_deux_devis(nombre: int, phrases: tuple[str, ...]) -> None:
    etats = etats_des_pieces([demandee("P9c")], {"P9c": nombre}, 1)
    assert tuple(manque.phrase for manque in pieces_manquantes(etats)) == phrases


def test_p10_un_devis_suffit_et_le_second_est_souhaite() -> None:
    (etat,) = etats_des_pieces([demandee("P10")], {"P10": 1}, 1)
    assert (etat.complete, etat.souhait) == (True, "L’appel à projets en souhaite 2.")


def test_p11_en_attend_un_par_organisme_en_guadeloupe() -> None:
    (etat,) = etats_des_pieces([demandee("P11", GUA)], {"P11": 2}, 3)
    assert (etat.complete, etat.minimum) == (False, 3)


def test_p11_est_facultative_en_occitanie() -> None:
    (etat,) = etats_des_pieces([demandee("P11", OCC, obligatoire=False)], {}, 3)
    assert etat.complete


@pytest.mark.parametrize(
    ("regle", "verdict", "sections"),
    [
        ("E6", Verdict.BLOQUANT, ["grappe"]),
        ("E18", Verdict.A_COMPLETER, ["grappe"]),
        ("C1", Verdict.BLOQUANT, ["depot"]),
        ("E3", Verdict.BLOQUANT, []),
        ("E13", Verdict.ALERTE, []),
        ("G1", Verdict.BLOQUANT, []),
    ],
)
def test_seul_ce_qui_bloque_ou_manque_arrete_le_depot(
    regle: str, verdict: Verdict, sections: list[str]
) -> None:
    controle = Controle(regle, "6.1", "projet", verdict, "Explication.")
    assert [manque.section for manque in grappe_manquante([controle], ICI, PROJET)] == sections


def test_autre_guichet_et_solution_sans_nom_arretent_le_depot() -> None:
    sans_nom = Projet(essms=PROJET.essms)
    phrases = [manque.phrase for manque in grappe_manquante([], AILLEURS, sans_nom)]
    assert phrases == [
        "Guichet national, tenu par la CNSA (règle G2).",
        "La solution DUI n’est pas nommée\u00a0: la convention la cite (règle E12).",
    ]
