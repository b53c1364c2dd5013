"""E12 to E17: the software."""

import pytest

from grappes.regles import Porteur, Projet, Solution, controler_la_convention
from tests.moteur import GUA, OCC, controles, essms, projet, verdicts


def _avec(solution: Solution, *lignes, **champs) -> Projet:
    return projet(
        tuple(ligne for groupe in lignes for ligne in groupe) or essms(15), solution=solution, **champs
    )


def _publics(**nombres: int):
    return [
        essms(nombre, prefixe=prefixe, public=public)
        for prefixe, (public, nombre) in zip(("31", "32", "33", "34"), nombres.items(), strict=False)
    ]


REFERENCEE = Solution(nom="A", referencee_segur=True)
NON_REFERENCEE = Solution(nom="A", referencee_segur=False)
AU_SAD = Solution(nom="A", referencee_segur=False, au_sad=True)


def test_e12_une_seule_solution() -> None:
    assert verdicts("E12", projet()) == {"projet": "conforme"}
    assert verdicts("E12", _avec(Solution())) == {"projet": "conforme"}


def test_e12_mise_en_conformite_en_guadeloupe() -> None:
    assert verdicts("E12", projet(essms(8, operation="mise_en_conformite")), GUA) == {"projet": "sans_objet"}


@pytest.mark.parametrize(
    ("solution", "publics", "attendu"),
    [
        (REFERENCEE, {"PA": 15}, "conforme"),
        (NON_REFERENCEE, {"PA": 15}, "bloquant"),
        (NON_REFERENCEE, {"PJM": 8, "AHI": 7}, "sans_objet"),
        (NON_REFERENCEE, {"PJM": 14, "PA": 1}, "bloquant"),
        (NON_REFERENCEE, {"PJM": 14, None: 1}, "a_completer"),
        (Solution(nom="A", referencee_segur=False, candidate_segur=True), {"PA": 15}, "bloquant"),
        (Solution(nom="DPI", referencee_segur=True, dpi_ght=True), {"PA": 15}, "sans_objet"),
    ],
)
def test_e13_occitanie_toujours_referencee(solution: Solution, publics, attendu: str) -> None:
    lignes = [
        essms(nombre, prefixe=prefixe, public=public)
        for prefixe, (public, nombre) in zip(("31", "32"), publics.items(), strict=False)
    ]
    assert verdicts("E13", _avec(solution, *lignes)) == {"projet": attendu}


@pytest.mark.parametrize(
    ("solution", "operation", "publics", "attendu"),
    [
        (REFERENCEE, "mise_en_conformite", {"PA": 8}, "conforme"),
        (NON_REFERENCEE, "mise_en_conformite", {"PA": 8}, "bloquant"),
        (AU_SAD, "acquisition", {"PA": 8}, "conforme"),
        (NON_REFERENCEE, "acquisition", {"PA": 8}, "alerte"),
        (AU_SAD, "acquisition", {"DOM": 5, "PDE": 4}, "conforme"),
        (AU_SAD, "acquisition", {"PA": 4, "PDE": 4}, "bloquant"),
        (AU_SAD, "acquisition", {"PA": 4, None: 4}, "a_completer"),
        (AU_SAD, "acquisition", {"PDE": 8}, "bloquant"),
    ],
)
def test_e13_guadeloupe_selon_l_operation_et_le_public(
    solution: Solution, operation: str, publics, attendu: str
) -> None:
    lignes = [
        essms(nombre, prefixe=prefixe, public=public, operation=operation)
        for prefixe, (public, nombre) in zip(("31", "32"), publics.items(), strict=False)
    ]
    assert verdicts("E13", _avec(solution, *lignes), GUA) == {"projet": attendu}


def test_e14_protection_des_majeurs() -> None:
    assert verdicts("E14", _avec(NON_REFERENCEE, *_publics(PJM=15))) == {"projet": "conforme"}
    assert verdicts("E14", projet()) == {"projet": "sans_objet"}
    assert verdicts("E14", projet(), GUA) == {}


@pytest.mark.parametrize(
    ("solution", "attendu"),
    [
        (REFERENCEE, "conforme"),
        (Solution(referencee_segur=False, candidate_segur=True), "conforme"),
        (NON_REFERENCEE, "alerte"),
    ],
)
def test_e15_accueil_hebergement_insertion(solution: Solution, attendu: str) -> None:
    assert verdicts("E15", _avec(solution, *_publics(AHI=15))) == {"projet": attendu}


@pytest.mark.parametrize(
    ("solution", "attendu"),
    [
        (REFERENCEE, "conforme"),
        (Solution(referencee_segur=False, candidate_segur=True), "conforme"),
        (NON_REFERENCEE, "bloquant"),
    ],
)
def test_e15_exigee_a_la_convention(solution: Solution, attendu: str) -> None:
    (controle,) = controler_la_convention(_avec(solution, *_publics(AHI=3)), OCC)
    assert (controle.regle, controle.article, controle.verdict) == ("E15", "4.2.3", attendu)


def test_e15_phrase_de_la_convention() -> None:
    (controle,) = controler_la_convention(_avec(NON_REFERENCEE, *_publics(AHI=3)), OCC)
    assert controle.explication == (
        "3\u00a0ESSMS AHI\u00a0: la solution n’est ni référencée Ségur ni candidate au référencement, ce "
        "qu’il faut à la signature de la convention."
    )


def test_e15_convention_sans_ahi_ou_sans_la_regle() -> None:
    (controle,) = controler_la_convention(_avec(NON_REFERENCEE, *_publics(PJM=3)), OCC)
    assert controle.verdict == "sans_objet"
    assert controler_la_convention(_avec(NON_REFERENCEE, *_publics(AHI=3)), GUA) == ()


def test_e15_sans_ahi() -> None:
    assert verdicts("E15", projet()) == {"projet": "sans_objet"}


DPI = Solution(nom="DPI", referencee_segur=True, dpi_ght=True)


@pytest.mark.parametrize(
    ("solution", "porteur", "aide", "attendu"),
    [
        (REFERENCEE, Porteur(), False, "sans_objet"),
        (DPI, Porteur(ght=True, marche_en_cours=True), False, "alerte"),
        (DPI, Porteur(ght=False, marche_en_cours=True), False, "bloquant"),
        (DPI, Porteur(ght=True), False, "bloquant"),
        (DPI, Porteur(ght=True, marche_en_cours=True), True, "bloquant"),
        (
            Solution(dpi_ght=True, referencee_segur=False),
            Porteur(ght=True, marche_en_cours=True),
            False,
            "bloquant",
        ),
    ],
)
def test_e16_dpi_de_ght(solution: Solution, porteur: Porteur, aide: bool, attendu: str) -> None:
    essai = _avec(solution, essms(15, autre_aide_europeenne=aide), porteur=porteur)
    assert verdicts("E16", essai, OCC) == {"projet": attendu}


@pytest.mark.parametrize(
    ("solution", "porteur", "public", "operation", "attendu"),
    [
        (Solution(au_sad=True), Porteur(), "PA", "acquisition", "conforme"),
        (NON_REFERENCEE, Porteur(), "PA", "acquisition", "bloquant"),
        (REFERENCEE, Porteur(), "PA", "acquisition", "bloquant"),
        (REFERENCEE, Porteur(commande_publique=True), "PA", "acquisition", "bloquant"),
        (REFERENCEE, Porteur(commande_publique=True, marche_en_cours=True), "PA", "acquisition", "conforme"),
        (
            NON_REFERENCEE,
            Porteur(commande_publique=True, marche_en_cours=True),
            "PA",
            "acquisition",
            "bloquant",
        ),
        (REFERENCEE, Porteur(), "PDE", "acquisition", "conforme"),
        (REFERENCEE, Porteur(), None, "acquisition", "a_completer"),
        (NON_REFERENCEE, Porteur(), "PDE", "acquisition", "bloquant"),
        (NON_REFERENCEE, Porteur(), "PA", "mise_en_conformite", "sans_objet"),
    ],
)
def test_e17_recours_au_sad(
    solution: Solution, porteur: Porteur, public: str | None, operation: str, attendu: str
) -> None:
    essai = _avec(solution, essms(8, public=public, operation=operation), porteur=porteur)
    assert verdicts("E17", essai, GUA) == {"projet": attendu}


def test_e17_absente_d_occitanie() -> None:
    assert verdicts("E17", projet()) == {}


@pytest.mark.parametrize(
    ("publics", "solution", "debut", "fin"),
    [
        (
            {"PA": 6, "PDS": 1},
            AU_SAD,
            "6 des 7\u00a0ESSMS sont PA, PH ou DOM, la majorité, et la solution est au SAD\u00a0: ",
            "elle peut n’être pas référencée Ségur.",
        ),
        (
            {"PA": 1},
            NON_REFERENCEE,
            "L’ESSMS du projet est PA, PH ou DOM\u00a0: la solution peut n’être pas référencée Ségur, ",
            "si sa conformité au cahier des charges national est prouvée.",
        ),
        (
            {"PDS": 2},
            NON_REFERENCEE,
            "Aucun des 2\u00a0ESSMS n’est PA, PH ou DOM\u00a0: sans majorité, ",
            "la solution d’un projet du champ social doit être référencée Ségur.",
        ),
    ],
    ids=["majorité", "tous", "aucun"],
)
def test_e13_phrase_de_la_majorite(publics: dict[str, int], solution: Solution, debut: str, fin: str) -> None:
    (controle,) = controles("E13", _avec(solution, *_publics(**publics)), GUA)
    assert controle.explication == debut + fin


def test_e16_phrase_des_conditions() -> None:
    hospitaliere = Solution(nom="A", dpi_ght=True, referencee_segur=False)
    lignes = essms(2, autre_aide_europeenne=True)
    (controle,) = controles("E16", _avec(hospitaliere, lignes, porteur=Porteur(ght=True)))
    assert controle.explication == (
        "DPI de GHT\u00a0: le porteur n’a pas de marché ouvert aux ESSMS, la solution n’est pas référencée "
        "Ségur dans le couloir hôpital et 2\u00a0ESSMS reçoivent une autre aide européenne."
    )


@pytest.mark.parametrize(
    ("porteur", "raison"),
    [
        (Porteur(commande_publique=True), "aucun marché public n’est en cours"),
        (
            Porteur(marche_en_cours=True),
            "le porteur, malgré son marché en cours, ne relève pas du Code de la commande publique",
        ),
    ],
)
def test_e17_phrase_de_l_obligation(porteur: Porteur, raison: str) -> None:
    (controle,) = controles("E17", _avec(REFERENCEE, essms(8), porteur=porteur), GUA)
    assert controle.explication == (
        f"Les 8\u00a0ESSMS sont PA, PH ou DOM et {raison}\u00a0: la solution doit être choisie au SAD."
    )
