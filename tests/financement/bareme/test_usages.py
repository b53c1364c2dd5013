"""F1, F2, F3, F6: amounts by rank and share of hours."""

from decimal import Decimal
from fractions import Fraction

import pytest

from esms.aap import Edition
from financement.bareme import calculer
from financement.bareme.rangs import ranger, taux
from grappes.regles import Heures, Porteur, Projet, Solution
from tests.moteur import FICTIVE, GRAND, GUA, OCC, essms, projet


def _heures(funded: str, total: str = "1000") -> Heures:
    return Heures(total=Decimal(total), apa=Decimal(funded), pch=Decimal(0), dependance_autre=Decimal(0))


def _sous_totaux(un_projet: Projet, edition=OCC) -> dict[str, str]:
    return {regle: str(somme) for regle, somme in calculer(un_projet, edition).sous_totaux.items()}


def _gua(nombre: int, **solution: object) -> Projet:
    return projet(essms(nombre, region="01"), solution=Solution(**solution))


def test_f1_sept_mille_puis_deux_mille_au_rang_cinquante() -> None:
    lignes = [ligne for ligne in calculer(projet(51), OCC).lignes if ligne.regle == "F1"]
    assert [ligne.rang for ligne in lignes] == list(range(1, 52))
    assert {ligne.montant for ligne in lignes[:49]} == {Decimal(7000)}
    assert {ligne.montant for ligne in lignes[49:]} == {Decimal(2000)}
    assert lignes[0].explication == "Rang 1\u00a0: 7\u202f000\u00a0€."
    assert lignes[0].article == "4.4.1.1"


def test_f2_cinq_mille_puis_deux_mille() -> None:
    conformites = projet(essms(60, operation="mise_en_conformite"))
    assert _sous_totaux(conformites) == {"F2": "267000.00"}


def test_f3_quatorze_mille_par_essms_en_occitanie() -> None:
    financement = calculer(projet(60), OCC)
    assert financement.sous_totaux["F3"] == 49 * 14000 + 11 * 3000


@pytest.mark.parametrize(("referencee", "attendu"), [(True, 145000), (False, 120000)])
def test_f3_plafonds_cumules_en_guadeloupe(referencee: bool, attendu: int) -> None:
    (ligne,) = [
        ligne for ligne in calculer(_gua(10, referencee_segur=referencee), GUA).lignes if ligne.regle == "F3"
    ]
    assert (ligne.portee, ligne.rang, ligne.plafond) == ("projet", None, None)
    assert (ligne.base, ligne.montant) == (attendu, attendu)


@pytest.mark.parametrize(("referencee", "attendu"), [(True, 49 * 14500 + 3000), (False, 49 * 12000 + 1000)])
def test_f3_guadeloupe_au_rang_cinquante(referencee: bool, attendu: int) -> None:
    assert calculer(_gua(50, referencee_segur=referencee), GUA).sous_totaux["F3"] == attendu


def test_f3_guadeloupe_bornee_par_le_devis() -> None:
    essai = _gua(10, devis_ht=Decimal("90000.10"), devis_ttc=Decimal("108000.12"))
    (ligne,) = [ligne for ligne in calculer(essai, GUA).lignes if ligne.regle == "F3"]
    assert (ligne.base, ligne.plafond, ligne.montant) == (145000, Decimal("108000.12"), Decimal("108000.12"))
    assert ligne.explication == (
        "10\u00a0acquisitions, éditeur référencé Ségur\u00a0: plafonds cumulés 145\u202f000\u00a0€, "
        "devis TTC 108\u202f000,12\u00a0€."
    )


def test_f3_devis_nul_ne_laisse_pas_de_ligne() -> None:
    assert "F3" not in calculer(_gua(10, devis_ttc=Decimal("0.00")), GUA).sous_totaux


def test_f3_rien_pour_une_mise_en_conformite() -> None:
    for edition in (OCC, GUA, FICTIVE):
        assert "F3" not in calculer(projet(essms(8, operation="mise_en_conformite")), edition).sous_totaux


def test_f6_taux_exact_arrondi_une_fois_par_ligne() -> None:
    (service,) = essms(1, prefixe="84", saad=True, heures=_heures("1", "3"))
    financement = calculer(projet((*essms(14), service)), OCC)
    lignes = {ligne.regle: ligne for ligne in financement.lignes if ligne.portee == service.finess_et}
    assert lignes["F1"].taux == Fraction(1, 3)
    assert (lignes["F1"].montant, lignes["F3"].montant) == (Decimal("2333.33"), Decimal("4666.67"))
    assert (
        lignes["F1"].explication
        == "Rang 15\u00a0: 7\u202f000\u00a0€ × 1/3 des heures = 2\u202f333,33\u00a0€."
    )


def test_f6_demi_centime_vers_le_haut() -> None:
    (service,) = essms(1, saad=True, heures=_heures("1", "1600"))
    assert calculer(projet((service,)), OCC).sous_totaux["F1"] == Decimal("4.38")  # 4.375


def test_f6_heures_absentes_taux_nul_et_aucune_ligne() -> None:
    (service,) = essms(1, prefixe="84", saad=True)
    financement = calculer(projet((*essms(14), service)), OCC)
    assert [ligne for ligne in financement.lignes if ligne.portee == service.finess_et] == []
    assert financement.total == 14 * 21000
    assert ranger(projet((*essms(14), service)), OCC)[-1].rang == 15


@pytest.mark.parametrize(("edition", "attendu"), [(OCC, Fraction(4, 5)), (GUA, 1), (FICTIVE, Fraction(4, 5))])
def test_f6_obligatoire_ou_faculte(edition, attendu: Fraction | int) -> None:
    (service,) = essms(1, saad=True, heures=_heures("800"))
    assert taux(service, edition) == attendu


def test_f6_heures_d_un_essms_qui_n_est_pas_un_saad() -> None:
    (service,) = essms(1, saad=False, heures=_heures("800"))
    assert taux(service, OCC) == 1


def test_f6_lignes_concernees_lues_dans_l_edition() -> None:
    (service,) = essms(1, saad=True, heures=_heures("500"), operation="mise_en_conformite", region="53")
    assert calculer(projet((service,)), FICTIVE).sous_totaux["F2"] == 4000


def test_f1_rang_acquisitions_puis_taux_puis_numero() -> None:
    pleins = essms(2, prefixe="84")
    services = essms(2, prefixe="01", saad=True, heures=_heures("900"))
    faible = essms(1, prefixe="02", saad=True, heures=_heures("100"))
    conformites = essms(2, prefixe="00", operation="mise_en_conformite")
    ordre = [place.essms for place in ranger(projet((*conformites, *faible, *services, *pleins)), OCC)]
    assert ordre == [*pleins, *services, *faible, *conformites]


def test_f1_un_seul_decompte_par_projet() -> None:
    mixte = projet((*essms(30), *essms(30, prefixe="84", operation="mise_en_conformite")))
    assert calculer(mixte, OCC).total == 30 * 21000 + 19 * 5000 + 11 * 2000


def test_f1_un_decompte_par_situation_si_l_edition_le_dit() -> None:
    mixte = projet(
        (*essms(4, region="53"), *essms(3, prefixe="84", operation="mise_en_conformite", region="53"))
    )
    assert [(place.essms.operation, place.rang) for place in ranger(mixte, FICTIVE)] == [
        *(("acquisition", rang) for rang in (1, 2, 3, 4)),
        *(("mise_en_conformite", rang) for rang in (1, 2, 3)),
    ]
    assert _sous_totaux(mixte, FICTIVE) == {"F1": "19500.50", "F2": "8900.00", "F3": "26500.00"}


@pytest.mark.parametrize(("recupere", "attendu"), [(True, "90000.00"), (False, "108000.00")])
def test_f7_ht_si_le_porteur_recupere_la_tva(recupere: bool, attendu: str) -> None:
    essai = projet(
        essms(10, region="01"),
        porteur=Porteur(finess_ej=GRAND, region="01", tva_recuperee=recupere),
        solution=Solution(devis_ht=Decimal("90000.00"), devis_ttc=Decimal("108000.00")),
    )
    assert str(calculer(essai, GUA).sous_totaux["F3"]) == attendu


@pytest.mark.parametrize(("regle", "operation"), [("F1", "acquisition"), ("F2", "mise_en_conformite")])
def test_f1_f2_guadeloupe_citent_le_5_4_des_le_rang_cinquante(regle: str, operation: str) -> None:
    lignes = [
        ligne
        for ligne in calculer(projet(essms(51, operation=operation)), GUA).lignes
        if ligne.regle == regle
    ]
    avant = {"F1": "5.1", "F2": "5.2"}[regle]
    assert [ligne.article for ligne in lignes] == [avant] * 49 + ["5.4"] * 2
    assert lignes[49].explication == "Rang 50, palier du rang 50\u00a0: 2\u202f000\u00a0€."


@pytest.mark.parametrize(("nombre", "article"), [(49, "5.1"), (50, "5.1, 5.4")])
def test_f3_guadeloupe_cite_chaque_palier(nombre: int, article: str) -> None:
    (ligne,) = [ligne for ligne in calculer(_gua(nombre), GUA).lignes if ligne.regle == "F3"]
    assert ligne.article == article
    assert ("dont 1 au palier du rang 50" in ligne.explication) is (nombre == 50)


def test_f1_occitanie_un_seul_article() -> None:
    articles = {(ligne.regle, ligne.article) for ligne in calculer(projet(51), OCC).lignes}
    assert articles == {("F1", "4.4.1.1"), ("F3", "4.4.1.2")}


@pytest.mark.parametrize("edition", [OCC, GUA], ids=["occitanie", "guadeloupe"])
@pytest.mark.parametrize(
    ("solution", "reserve"),
    [
        (Solution(), "sous réserve d’une solution référencée Ségur"),
        (Solution(referencee_segur=False), "pour une solution non référencée Ségur, à nommer"),
        (Solution(nom="Logiciel A"), ""),
    ],
)
def test_f3_hypothetique_tant_que_la_solution_n_est_pas_nommee(
    edition: Edition, solution: Solution, reserve: str
) -> None:
    for un_projet in (projet(15, solution=solution), projet(15, solution=solution).en_candidature()):
        financement = calculer(un_projet, edition)
        assert {ligne.regle: ligne.reserve for ligne in financement.lignes} == {"F1": "", "F3": reserve}
        assert financement.reserve == reserve


def test_f3_sans_obligation_de_referencement_suppose_la_solution_retenue() -> None:
    dispenses = projet(essms(15, public="PJM"), solution=Solution())
    assert calculer(dispenses, OCC).reserves == {"F3": "sous réserve de la solution retenue"}


def test_f3_aucune_reserve_sans_acquisition() -> None:
    conformites = projet(essms(15, operation="mise_en_conformite"), solution=Solution())
    assert calculer(conformites, OCC).reserve == ""
