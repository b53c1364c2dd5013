"""E1, E2, E7 to E10, E18: one remark per ESSMS that calls for one, else one line for the project."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from grappes.regles import DuiFinance, Essms, Heures, Solution
from tests.moteur import FICTIVE, GUA, OCC, controles, essms, projet, verdicts


def _un(**champs):
    """Fifteen ESSMS, the first of which is changed."""
    lignes = essms(15)
    return projet((replace(lignes[0], **champs), *lignes[1:])), lignes[0].finess_et


def test_e1_tous_de_l_article_l312_1() -> None:
    assert verdicts("E1", projet()) == {"projet": "conforme"}


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"categorie": "355"}, "bloquant"),
        ({"categorie": "999"}, "alerte"),
        ({"categorie": None}, "a_completer"),
        ({"ferme_le": date(2020, 1, 31)}, "bloquant"),
    ],
)
def test_e1_d_apres_la_categorie_et_la_fermeture(champs: dict[str, object], attendu: str | None) -> None:
    change, numero = _un(**champs)
    assert verdicts("E1", change) == ({numero: attendu} if attendu else {"projet": "conforme"})


def test_e1_categorie_inconnue_bloquante_si_l_edition_le_veut() -> None:
    essms_de_l_edition = replace(OCC.eligibilite.essms, categorie_inconnue="bloquant")
    stricte = replace(OCC, eligibilite=replace(OCC.eligibilite, essms=essms_de_l_edition))
    change, numero = _un(categorie="999")
    (controle,) = controles("E1", change, stricte)
    assert (controle.portee, controle.verdict) == (numero, "bloquant")
    assert controle.explication == (
        f"{numero}\u00a0: la catégorie 999 n’est pas dans la nomenclature\u00a0: rien ne dit qu’elle relève "
        "de l’article L.312-1 du CASF."
    )


def test_e1_fermeture_dite_avec_sa_date() -> None:
    change, numero = _un(ferme_le=date(2020, 1, 31))
    assert controles("E1", change)[0].explication == (
        f"{numero} est fermé depuis le 31 janvier 2020 d’après FINESS\u00a0: il ne peut pas être financé."
    )


def test_e1_ferme_apres_le_depot_alerte() -> None:
    change, numero = _un(ferme_le=date(2025, 6, 2))
    change = replace(change, depose_le=datetime.fromisoformat("2025-06-01T12:00:00+02:00"))
    assert verdicts("E1", change) == {numero: "alerte"}


@pytest.mark.parametrize("public", ["PA", "PH", "PDS", "PDE", "PJM", "AHI", "DOM"])
def test_e2_tous_les_publics_en_occitanie(public: str) -> None:
    assert verdicts("E2", _un(public=public)[0]) == {"projet": "conforme"}


@pytest.mark.parametrize(("public", "attendu"), [("PDE", "alerte"), ("PJM", "alerte"), ("DOM", None)])
def test_e2_en_guadeloupe_l_ars_apprecie(public: str, attendu: str | None) -> None:
    change, numero = _un(public=public)
    assert verdicts("E2", change, GUA) == ({numero: attendu} if attendu else {"projet": "conforme"})


def test_e2_hors_liste_bloque_si_l_edition_le_dit() -> None:
    change, numero = _un(public="AHI")
    assert verdicts("E2", change, FICTIVE) == {numero: "bloquant"}


def test_e2_public_inconnu() -> None:
    change, numero = _un(public=None)
    assert verdicts("E2", change) == {numero: "a_completer"}


@pytest.mark.parametrize("edition", [OCC, GUA])
def test_e7_autre_aide_europeenne(edition) -> None:
    change, numero = _un(autre_aide_europeenne=True)
    assert verdicts("E7", change, edition) == {numero: "bloquant"}
    assert verdicts("E7", projet(), edition) == {"projet": "conforme"}


@pytest.mark.parametrize(
    ("nom", "operation", "e8", "e9"),
    [
        ("Logiciel A", "acquisition", "bloquant", None),
        ("  logiciel  a ", "acquisition", "bloquant", None),
        ("Logiciel A", "mise_en_conformite", "alerte", None),
        ("Logiciel B", "acquisition", None, "bloquant"),
        ("Logiciel B", "mise_en_conformite", None, "bloquant"),
    ],
)
def test_e8_et_e9_logiciel_deja_finance(nom: str, operation: str, e8: str | None, e9: str | None) -> None:
    change, numero = _un(dui_finance=DuiFinance(nom=nom, operation=operation))
    assert verdicts("E8", change) == ({numero: e8} if e8 else {"projet": "conforme"})
    assert verdicts("E9", change) == ({numero: e9} if e9 else {"projet": "conforme"})


def test_e8_solution_sans_nom_a_completer() -> None:
    change, numero = _un(dui_finance=DuiFinance(nom="Logiciel A", operation="acquisition"))
    change = replace(change, solution=Solution())
    assert verdicts("E8", change) == {numero: "a_completer"}


def test_e9_solution_sans_nom_a_completer() -> None:
    change, numero = _un(dui_finance=DuiFinance(nom="Logiciel A", operation="acquisition"))
    assert verdicts("E9", replace(change, solution=Solution())) == {numero: "a_completer"}


def test_e9_autre_logiciel_dit_les_deux_noms() -> None:
    change, numero = _un(dui_finance=DuiFinance(nom="Logiciel B", operation="acquisition"))
    assert controles("E9", change)[0].explication == (
        f"{numero} a déjà été financé pour «\u00a0Logiciel B\u00a0»\u00a0: il ne peut pas l’être aussi pour "
        "«\u00a0Logiciel A\u00a0»."
    )


@pytest.mark.parametrize(
    ("sons", "operation", "attendu", "article"),
    [
        ("commande", "acquisition", "bloquant", "4"),
        ("prestation_recue", "acquisition", "bloquant", "4.2.1"),
        ("commande", "mise_en_conformite", "conforme", "4"),
        ("prestation_recue", "mise_en_conformite", "conforme", "4.2.1"),
    ],
)
def test_e10_sons(sons: str, operation: str, attendu: str, article: str) -> None:
    change, numero = _un(sons=sons, operation=operation)
    assert verdicts("E10", change) == {numero: attendu}
    assert controles("E10", change)[0].article == article


def test_e10_aucune() -> None:
    assert verdicts("E10", projet()) == {"projet": "conforme"}


def _heures(total: str, apa: str, pch: str, autre: str) -> Heures:
    return Heures(total=Decimal(total), apa=Decimal(apa), pch=Decimal(pch), dependance_autre=Decimal(autre))


def test_e18_heures_declarees() -> None:
    change, numero = _un(saad=True, heures=_heures("1000", "500", "200", "100"))
    assert verdicts("E18", change) == {numero: "conforme"}
    assert controles("E18", change)[0].explication == (
        f"{numero}\u00a0: 800\u00a0heures médico-sociales sur 1\u202f000, taux 4/5."
    )


def test_e18_heures_en_partie_manquantes() -> None:
    change, numero = _un(saad=True, heures=Heures(total=Decimal(1000), apa=Decimal(500)))
    (controle,) = controles("E18", change)
    assert (controle.portee, controle.verdict) == (numero, "a_completer")
    assert controle.explication == (
        f"{numero} fait de l’aide à domicile et il manque ses heures PCH et de dépendance hors APA et "
        "PCH\u00a0: sans elles, 500\u00a0heures médico-sociales sur 1\u202f000, taux 1/2."
    )


def test_e18_une_heure_au_singulier() -> None:
    change, numero = _un(saad=True, heures=_heures("1", "1", "0", "0"))
    assert controles("E18", change)[0].explication == (
        f"{numero}\u00a0: 1\u00a0heure médico-sociale sur 1, taux 1."
    )


def test_e18_heures_absentes() -> None:
    change, numero = _un(saad=True)
    assert verdicts("E18", change) == {numero: "a_completer"}
    assert "taux 0" in controles("E18", change)[0].explication


def test_e18_guadeloupe_l_ars_peut_moduler() -> None:
    change, numero = _un(saad=True, heures=_heures("1000", "500", "200", "100"))
    assert verdicts("E18", change, GUA) == {numero: "alerte"}


def test_e18_sans_aide_a_domicile() -> None:
    assert verdicts("E18", projet()) == {"projet": "sans_objet"}


def test_e18_aide_a_domicile_inconnue() -> None:
    change, numero = _un(saad=None)
    assert verdicts("E18", change) == {numero: "a_completer"}


def test_remarques_triees_par_essms_quel_que_soit_l_ordre() -> None:
    lignes = essms(15, categorie="355")
    attendu = controles("E1", projet(lignes))
    assert [c.portee for c in attendu] == sorted(ligne.finess_et for ligne in lignes)
    assert controles("E1", projet(tuple(reversed(lignes)))) == attendu


def test_essms_gele() -> None:
    with pytest.raises(AttributeError):
        essms(1)[0].region = "84"  # type: ignore[misc]
    assert isinstance(essms(1)[0], Essms)


def test_e2_phrase_dit_avec_qui_compte_le_domicile() -> None:
    lignes = (*essms(1, public="DOM"), *essms(1, prefixe="32", public="AHI"))
    assert controles("E2", projet(lignes))[0].explication == (
        "Publics du projet (AHI, DOM), tous admis par l’appel à projets (PA, PH, PDS, PDE, PJM, AHI\u202f; "
        "DOM compte avec PA et PH)\u00a0: conforme."
    )
    assert controles("E2", projet(1), GUA)[0].explication == (
        "Public du projet (PA), admis par l’appel à projets (PA, PH)\u00a0: conforme."
    )


def test_e1_phrase_au_singulier() -> None:
    assert controles("E1", projet(1))[0].explication == (
        "1\u00a0ESSMS de l’article L.312-1 du CASF d’après sa catégorie FINESS\u00a0: conforme."
    )


@pytest.mark.parametrize(
    ("regle", "phrase"),
    [
        ("E7", "L’ESSMS du projet ne déclare pas d’autre aide européenne\u00a0: conforme."),
        ("E8", "L’ESSMS du projet n’a pas déjà été financé pour ce logiciel\u00a0: conforme."),
        ("E9", "L’ESSMS du projet n’a pas été financé pour un autre logiciel DUI\u00a0: conforme."),
        ("E10", "L’ESSMS du projet n’a pas de commande ni de prestation SONS\u00a0: conforme."),
        ("E18", "L’ESSMS du projet ne fait pas d’aide à domicile."),
    ],
)
def test_phrase_d_un_seul_essms(regle: str, phrase: str) -> None:
    assert controles(regle, projet(1))[0].explication == phrase
