"""E3 to E6, E11, E19 to E21: the project as a whole."""

from dataclasses import replace

import pytest

from grappes.regles import Organisme, Projet, Rejoint, pire_verdict
from grappes.regles.controles import controler
from tests.moteur import FICTIVE, GRAND, GUA, OCC, PETIT, controles, essms, projet, verdicts

REJOINT = Rejoint(convention="2023-12", conforme_marche=True, sans_risque=True)


@pytest.mark.parametrize(
    ("nombre", "rejoint", "attendu"),
    [
        (15, None, "conforme"),
        (14, None, "bloquant"),
        (14, REJOINT, "alerte"),
        (14, replace(REJOINT, sans_risque=False), "bloquant"),
        (14, replace(REJOINT, conforme_marche=False), "bloquant"),
        (14, replace(REJOINT, convention=""), "bloquant"),
        (1, REJOINT, "alerte"),
    ],
)
def test_e3_minimum_d_occitanie(nombre: int, rejoint: Rejoint | None, attendu: str) -> None:
    assert verdicts("E3", projet(nombre, rejoint=rejoint)) == {"projet": attendu}


@pytest.mark.parametrize(("nombre", "attendu"), [(8, "conforme"), (7, "alerte")])
def test_e3_minimum_de_guadeloupe_apprecie(nombre: int, attendu: str) -> None:
    assert verdicts("E3", projet(nombre), GUA) == {"projet": attendu}


def test_e3_phrase_du_minimum() -> None:
    (controle,) = controles("E3", projet(20))
    assert controle.explication == "20\u00a0ESSMS distincts, minimum 15\u00a0: conforme."
    assert controle.article == "6.1"
    assert controles("E3", projet(4), FICTIVE)[0].explication == (
        "4\u00a0ESSMS distincts, minimum 5\u00a0: l’ARS apprécie."
    )


@pytest.mark.parametrize(
    ("nombre", "rejoint", "attendu"),
    [
        (15, REJOINT, "sans_objet"),
        (14, None, "sans_objet"),
        (14, REJOINT, "conforme"),
        (14, replace(REJOINT, convention=""), "a_completer"),
        (14, replace(REJOINT, sans_risque=False), "bloquant"),
    ],
)
def test_e4_derogation(nombre: int, rejoint: Rejoint | None, attendu: str) -> None:
    assert verdicts("E4", projet(nombre, rejoint=rejoint)) == {"projet": attendu}


def test_e4_absente_de_guadeloupe() -> None:
    assert verdicts("E4", projet(7, rejoint=REJOINT), GUA) == {}


def test_e5_numeros_distincts() -> None:
    assert verdicts("E5", projet()) == {"projet": "conforme"}
    ligne = essms(1)[0]
    assert verdicts("E5", projet((ligne, ligne))) == {"projet": "bloquant"}


def _mixte() -> Projet:
    return projet((*essms(14), *essms(1, prefixe="84", operation="mise_en_conformite")))


@pytest.mark.parametrize(
    ("un_projet", "typologie", "occ", "gua"),
    [
        (projet(), "acquisition", "conforme", "conforme"),
        (projet(essms(15, operation="mise_en_conformite")), "mise_en_conformite", "conforme", "conforme"),
        (_mixte(), "mixte", "conforme", "bloquant"),
    ],
)
def test_e6_typologie(un_projet: Projet, typologie: str, occ: str, gua: str) -> None:
    assert un_projet.typologie == typologie
    assert verdicts("E6", un_projet) == {"projet": occ}
    assert verdicts("E6", un_projet, GUA) == {"projet": gua}


def test_e11_entite_nationale_demande_son_accord() -> None:
    national = Organisme(finess_ej=GRAND, region="76", essms_geres=85, entite_nationale=True)
    assert verdicts("E11", projet()) == {"projet": "sans_objet"}
    (controle,) = controles("E11", projet(organismes=(national,)))
    assert (controle.verdict, "P6" in controle.explication) == ("alerte", True)


def test_e19_autodiagnostic_n_est_pas_demande_par_la_simulation() -> None:
    assert verdicts("E19", projet()) == {"projet": "sans_objet"}
    assert "recommandé" in controles("E19", projet())[0].explication
    assert "à joindre" in controles("E19", projet(), GUA)[0].explication


def test_e20_taille_inconnue_a_completer() -> None:
    inconnu = projet(organismes=(Organisme(finess_ej=GRAND, region="76"),))
    assert verdicts("E20", inconnu) == {"projet": "a_completer"}
    assert GRAND in controles("E20", inconnu)[0].explication


def test_e20_siege_inconnu_ne_compte_qu_entre_les_deux_seuils() -> None:
    def taille(geres: int) -> dict[str, str]:
        return verdicts("E20", projet(7, organismes=(Organisme(finess_ej=GRAND, essms_geres=geres),)))

    assert taille(7) == {"projet": "sans_objet"}
    assert taille(8) == {"projet": "a_completer"}
    assert taille(15) == {"projet": "sans_objet"}


def test_e20_organisme_qui_apporte_plus_qu_il_ne_gere() -> None:
    petit = projet(organismes=(Organisme(finess_ej=GRAND, region="76", essms_geres=14),))
    (controle,) = controles("E20", petit)
    assert controle.verdict == "alerte"
    assert controle.explication == (
        f"1\u00a0organisme apporte plus d’ESSMS que le nombre géré qui est déclaré ({GRAND})\u00a0: "
        "à corriger ou à justifier."
    )


def test_e20_organisme_inconnu() -> None:
    assert verdicts("E20", projet(essms(15, finess_ej=None))) == {"projet": "a_completer"}


def test_e20_regroupement_avec_un_petit() -> None:
    lignes = (*essms(14), *essms(1, prefixe="84", finess_ej=PETIT))
    organismes = (
        Organisme(finess_ej=GRAND, region="76", essms_geres=85),
        Organisme(finess_ej=PETIT, region="76", essms_geres=14),
    )
    (controle,) = controles("E20", projet(lignes, organismes=organismes))
    assert controle.explication == (
        "2 organismes, dont 1\u00a0petit\u00a0: 2 engagements se déclarent au dépôt, et la convention "
        "de grappe (P8) "
        "est à joindre."
    )


def test_e21_contacts_au_depot() -> None:
    assert verdicts("E21", projet()) == {"projet": "sans_objet"}
    assert verdicts("E21", projet(), GUA) == {}


def test_projet_propre_est_conforme() -> None:
    for edition in (OCC, GUA):
        lignes = essms(15, region=edition.region)
        assert pire_verdict(controler(projet(lignes), edition)) == "conforme"


def test_controles_dans_l_ordre_des_regles() -> None:
    regles = [controle.regle for controle in controler(projet(60), OCC)]
    assert regles == [
        *(f"E{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20, 21)),
        *("G1", "G2", "G3", "G4"),
    ]


@pytest.mark.parametrize(
    ("nombre", "qui", "accord"),
    [
        (1, f"1\u00a0organisme rattaché à une entité nationale ({GRAND})", "son accord"),
        (2, f"2\u00a0organismes rattachés à une entité nationale ({GRAND} et {PETIT})", "leur accord"),
    ],
)
def test_e11_phrase_de_l_accord(nombre: int, qui: str, accord: str) -> None:
    organismes = tuple(Organisme(finess_ej=numero, entite_nationale=True) for numero in (GRAND, PETIT))
    (controle,) = controles("E11", projet(organismes=organismes[:nombre]))
    assert controle.explication == f"{qui}\u00a0: joignez {accord} écrit (P6)."


@pytest.mark.parametrize(
    ("nombre", "phrase"),
    [
        (1, "1\u00a0numéro FINESS géographique pour 1\u00a0ESSMS."),
        (2, "2\u00a0numéros FINESS géographiques distincts pour 2\u00a0ESSMS."),
    ],
)
def test_e5_phrase(nombre: int, phrase: str) -> None:
    assert controles("E5", projet(nombre))[0].explication == phrase


@pytest.mark.parametrize(
    ("tailles", "suite"),
    [
        ((3, 3), "tous petits"),
        ((85, 3), "dont 1\u00a0petit"),
        ((85, 85), "dont aucun n’est petit"),
    ],
)
def test_e20_phrase_des_petits(tailles: tuple[int, int], suite: str) -> None:
    lignes = (*essms(1), *essms(1, prefixe="97", finess_ej=PETIT))
    organismes = tuple(
        Organisme(finess_ej=numero, region="76", essms_geres=taille)
        for numero, taille in zip((GRAND, PETIT), tailles, strict=True)
    )
    (controle,) = controles("E20", projet(lignes, organismes=organismes))
    assert controle.explication.startswith(f"2 organismes, {suite}\u00a0: ")
