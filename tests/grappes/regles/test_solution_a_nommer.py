"""A software that an application has not named: its rules wait, in both editions; the contract's do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esms.aap import Edition
from financement.bareme import calculer
from grappes.regles import DuiFinance, Projet, Solution, controler, controler_la_convention
from grappes.regles.a_nommer import REGLES_DE_LA_SOLUTION
from tests.financement.bareme.test_proprietes import editions, projets
from tests.moteur import GUA, OCC, changer, controles, essms, projet, verdicts

DEUX_EDITIONS = pytest.mark.parametrize("edition", [OCC, GUA], ids=["occitanie", "guadeloupe"])
MUETTE = Solution()
DEBUT = "La solution n’est pas encore nommée\u00a0: "


def en_candidature(lignes=15, solution: Solution = MUETTE, **champs) -> Projet:
    return projet(lignes, solution=solution, **champs).en_candidature()


def dit(regle: str, un_projet: Projet, edition: Edition) -> tuple[str, str]:
    """Verdict and sentence of the only check of a rule."""
    (controle,) = controles(regle, un_projet, edition)
    return controle.verdict.value, controle.explication


@DEUX_EDITIONS
@pytest.mark.parametrize("regle", ["E8", "E9"])
def test_e8_e9_attendent_la_solution(regle: str, edition: Edition) -> None:
    attendu = ("a_completer", f"{DEBUT}elle reste à comparer aux logiciels déjà financés pour les ESSMS.")
    assert dit(regle, en_candidature(), edition) == attendu


@DEUX_EDITIONS
@pytest.mark.parametrize("regle", ["E8", "E9"])
def test_e8_e9_citent_l_essms_deja_finance(regle: str, edition: Edition) -> None:
    premier, *autres = essms(15)
    finance = changer(premier, dui_finance=DuiFinance(nom="Logiciel B", operation="acquisition"))
    un_projet = en_candidature((finance, *autres))
    assert verdicts(regle, un_projet, edition) == {premier.finess_et: "a_completer"}


@DEUX_EDITIONS
def test_e12_attend_la_solution(edition: Edition) -> None:
    attendu = ("a_completer", f"{DEBUT}il en faut une seule, pour 15\u00a0ESSMS.")
    assert dit("E12", en_candidature(), edition) == attendu


def test_e12_sans_objet_pour_une_conformite_en_guadeloupe() -> None:
    conformites = essms(8, operation="mise_en_conformite")
    assert verdicts("E12", en_candidature(conformites), GUA) == {"projet": "sans_objet"}


@DEUX_EDITIONS
@pytest.mark.parametrize("dite", [True, False], ids=["par_defaut", "dite_non_referencee"])
def test_e13_attend_la_solution(edition: Edition, dite: bool) -> None:
    attendu = ("a_completer", f"{DEBUT}son référencement Ségur est à vérifier pour 15\u00a0ESSMS.")
    assert dit("E13", en_candidature(solution=Solution(referencee_segur=dite)), edition) == attendu


def test_e13_un_public_dispense_n_attend_rien_en_occitanie() -> None:
    dispenses = (*essms(8, public="PJM"), *essms(7, prefixe="32", public="AHI"))
    assert verdicts("E13", en_candidature(dispenses), OCC) == {"projet": "sans_objet"}
    assert verdicts("E13", en_candidature(dispenses), GUA) == {"projet": "a_completer"}


def test_e15_attend_la_solution_a_la_selection_comme_a_la_convention() -> None:
    un_projet = en_candidature(essms(15, public="AHI"))
    attendu = ("a_completer", f"{DEBUT}son référencement Ségur est à vérifier pour 15\u00a0ESSMS AHI.")
    assert dit("E15", un_projet, OCC) == attendu
    assert [c.verdict.value for c in controler_la_convention(un_projet, OCC)] == ["a_completer"]
    assert verdicts("E15", un_projet, GUA) == {}


def test_e16_attend_la_solution() -> None:
    dpi = Solution(dpi_ght=True)
    attendu = ("a_completer", f"{DEBUT}les conditions du DPI de GHT se vérifient avec elle.")
    assert dit("E16", en_candidature(solution=dpi), OCC) == attendu
    assert verdicts("E16", en_candidature(), OCC) == {"projet": "sans_objet"}
    assert verdicts("E16", en_candidature(solution=dpi), GUA) == {}


def test_e17_n_accuse_pas_avant_la_question_en_guadeloupe() -> None:
    attendu = f"{DEBUT}sa présence au SAD est à vérifier, pour 8\u00a0ESSMS en acquisition."
    assert dit("E17", en_candidature(8), GUA) == ("a_completer", attendu)
    assert verdicts("E17", projet(8, solution=Solution(nom="Logiciel A")), GUA) == {"projet": "bloquant"}
    assert verdicts("E17", en_candidature(8), OCC) == {}


def test_e17_une_conformite_n_attend_rien() -> None:
    conformites = essms(8, operation="mise_en_conformite")
    assert verdicts("E17", en_candidature(conformites), GUA) == {"projet": "sans_objet"}


@DEUX_EDITIONS
def test_nommer_la_solution_leve_l_attente(edition: Edition) -> None:
    nommee = projet(15, solution=Solution(nom="Logiciel A", au_sad=True))
    assert nommee.en_candidature() is nommee
    trouves = {c.verdict.value for c in controler(nommee, edition) if c.regle in REGLES_DE_LA_SOLUTION}
    assert trouves <= {"conforme", "sans_objet"}


@given(projets(), editions, st.booleans(), st.booleans())
@settings(max_examples=60)
def test_sans_nom_rien_d_acquis_rien_de_reproche_et_les_memes_montants(
    tire: Projet, edition: Edition, au_sad: bool, dpi_ght: bool
) -> None:
    """Only the rules of the software differ from the contract; no amount does."""
    contrat = changer(tire, solution=changer(tire.solution, au_sad=au_sad, dpi_ght=dpi_ght))
    candidature = contrat.en_candidature()
    attendent = [c for c in controler(candidature, edition) if c.regle in REGLES_DE_LA_SOLUTION]
    assert {c.verdict.value for c in attendent} <= {"a_completer", "sans_objet"}
    autres = [c for c in controler(candidature, edition) if c.regle not in REGLES_DE_LA_SOLUTION]
    assert autres == [c for c in controler(contrat, edition) if c.regle not in REGLES_DE_LA_SOLUTION]
    assert calculer(candidature, edition) == calculer(contrat, edition)


@DEUX_EDITIONS
def test_le_contrat_garde_ses_valeurs_par_defaut(edition: Edition) -> None:
    """The simulation's contract: an unnamed software has the answers that it shows by default."""
    attendus = {"E8": "conforme", "E9": "conforme", "E12": "conforme", "E13": "conforme"}
    if edition is GUA:
        attendus["E17"] = "bloquant"
    lus = {c.regle: c.verdict.value for c in controler(projet(solution=MUETTE), edition)}
    assert {regle: lus[regle] for regle in attendus} == attendus
