"""F4, F5a, F5b: money kept for small organisations."""

from decimal import Decimal

import pytest

from financement.bareme import Financement, calculer
from grappes.regles import Amoa, Materiel, Organisme, Porteur, Projet
from tests.moteur import FICTIVE, GRAND, GUA, OCC, PETIT, essms, projet


def _projet(geres: int = 14, region: str | None = "76", materiel: Materiel | None = None, **champs) -> Projet:
    """Three ESSMS of a single organisation of this size."""
    organismes = (Organisme(finess_ej=PETIT, region=region, essms_geres=geres),)
    return projet(essms(3, finess_ej=PETIT, materiel=materiel), organismes=organismes, **champs)


def _f4(financement: Financement) -> list[Decimal]:
    return [ligne.montant for ligne in financement.lignes if ligne.regle == "F4"]


@pytest.mark.parametrize(
    ("geres", "region", "petit"),
    [
        (14, "76", True),
        (15, "76", False),
        (7, "94", True),
        (8, "94", False),
        (8, "01", False),
        (7, "06", True),
        (14, None, False),
        (7, None, True),
    ],
)
def test_f4_petit_organisme_selon_le_territoire_de_son_siege(
    geres: int, region: str | None, petit: bool
) -> None:
    financement = calculer(_projet(geres, region, Materiel()), OCC)
    assert _f4(financement) == ([Decimal(10000)] * 3 if petit else [])


@pytest.mark.parametrize(("geres", "petit"), [(7, True), (8, False)])
def test_f4_guadeloupe_moins_de_huit_partout(geres: int, petit: bool) -> None:
    financement = calculer(_projet(geres, "11", Materiel(demande_ttc=Decimal(5))), GUA)
    assert _f4(financement) == ([Decimal(20000)] * 3 if petit else [])
    assert financement.estimation is False


@pytest.mark.parametrize(
    ("materiel", "montant", "estimation"),
    [
        (Materiel(), "10000.00", True),
        (Materiel(demande_ht=Decimal("8000.00"), demande_ttc=Decimal("9600.00")), "9600.00", False),
        (Materiel(demande_ht=Decimal("9000.00"), demande_ttc=Decimal("10800.00")), "10000.00", False),
        (Materiel(demande_ht=Decimal("8000.00")), "10000.00", True),
    ],
)
def test_f4_devis_sous_le_plafond(materiel: Materiel, montant: str, estimation: bool) -> None:
    financement = calculer(_projet(materiel=materiel), OCC)
    assert _f4(financement) == [Decimal(montant)] * 3
    assert financement.estimation is estimation


def test_f4_base_hors_taxes_si_la_tva_est_recuperee() -> None:
    materiel = Materiel(demande_ht=Decimal("8000.00"), demande_ttc=Decimal("9600.00"))
    essai = _projet(materiel=materiel, porteur=Porteur(tva_recuperee=True))
    assert _f4(calculer(essai, OCC)) == [Decimal("8000.00")] * 3


def test_f4_demande_nulle_sans_ligne() -> None:
    assert _f4(calculer(_projet(materiel=Materiel(demande_ttc=Decimal("0.00"))), OCC)) == []


def test_f4_une_ligne_par_essms_qui_s_explique() -> None:
    ligne = next(ligne for ligne in calculer(_projet(materiel=Materiel()), OCC).lignes if ligne.regle == "F4")
    assert (ligne.rang, ligne.base, ligne.plafond) == (None, 10000, 10000)
    assert ligne.explication == (
        f"Petit organisme {PETIT} (14\u00a0ESSMS gérés, moins de 15)\u00a0: plafond 10\u202f000\u00a0€, "
        "estimation faute de devis TTC."
    )


@pytest.mark.parametrize(
    ("devis", "montant", "estimation"),
    [(None, "100000", True), ("64701.97", "64701.97", False), ("120831.91", "100000", False)],
)
def test_f5b_pilotage_plafonne_en_occitanie(devis: str | None, montant: str, estimation: bool) -> None:
    amoa = Amoa(pilotage=True, devis_ttc=Decimal(devis) if devis else None)
    financement = calculer(_projet(amoa=amoa), OCC)
    assert financement.sous_totaux["F5b"] == Decimal(montant)
    assert financement.estimation is estimation


def test_f5a_marche_en_guadeloupe_pour_une_acquisition() -> None:
    financement = calculer(_projet(7, "01", amoa=Amoa(marche=True, pilotage=True)), GUA)
    assert (financement.sous_totaux["F5a"], financement.sous_totaux["F5b"]) == (15000, 100000)


def test_f5a_pas_pour_une_mise_en_conformite() -> None:
    organismes = (Organisme(finess_ej=PETIT, region="01", essms_geres=7),)
    lignes = essms(3, finess_ej=PETIT, operation="mise_en_conformite")
    financement = calculer(projet(lignes, organismes=organismes, amoa=Amoa(marche=True, pilotage=True)), GUA)
    assert list(financement.sous_totaux) == ["F2", "F5b"]


def test_f5a_absente_d_occitanie() -> None:
    assert "F5a" not in calculer(_projet(amoa=Amoa(marche=True)), OCC).sous_totaux


def _deux_organismes(**champs) -> Projet:
    organismes = (
        Organisme(finess_ej=GRAND, region="53", essms_geres=85),
        Organisme(finess_ej=PETIT, region="53", essms_geres=3),
    )
    lignes = (*essms(1, region="53"), *essms(1, prefixe="84", finess_ej=PETIT, region="53"))
    return projet(lignes, organismes=organismes, amoa=Amoa(marche=True, pilotage=True), **champs)


def test_f5b_tous_petits_ou_au_moins_un_selon_l_edition() -> None:
    assert "F5b" not in calculer(_deux_organismes(), OCC).sous_totaux
    fictif = calculer(_deux_organismes(), FICTIVE).sous_totaux
    assert (fictif.get("F5a"), fictif["F5b"]) == (None, 64000)


def test_f5b_refusee_si_un_organisme_est_inconnu() -> None:
    inconnu = projet(essms(3, finess_ej=None), organismes=(), amoa=Amoa(pilotage=True))
    assert "F5b" not in calculer(inconnu, OCC).sous_totaux


def test_f5b_organisme_sans_essms_ne_compte_pas() -> None:
    organismes = (
        Organisme(finess_ej=GRAND, region="76", essms_geres=85),
        Organisme(finess_ej=PETIT, region="76", essms_geres=3),
    )
    essai = projet(essms(3, finess_ej=PETIT), organismes=organismes, amoa=Amoa(pilotage=True))
    assert calculer(essai, OCC).sous_totaux["F5b"] == 100000
