"""The worked examples of the catalogue of rules, to the euro."""

import pytest

from esms.aap import Edition
from financement.bareme import calculer
from grappes.regles import Amoa, Materiel, Organisme, Projet, Solution
from tests.moteur import GRAND, GUA, OCC, PETIT, essms, projet


def _conformites(nombre: int, prefixe: str = "31"):
    return essms(nombre, prefixe=prefixe, operation="mise_en_conformite")


def _gua(nombre: int, referencee: bool) -> Projet:
    return projet(essms(nombre, region="01"), solution=Solution(referencee_segur=referencee))


EXEMPLES = {
    "15_acquisitions": (projet(15), OCC, 315_000),
    "60_acquisitions": (projet(60), OCC, 1_084_000),
    "60_conformites": (projet(_conformites(60)), OCC, 267_000),
    "30_acquisitions_et_30_conformites": (projet((*essms(30), *_conformites(30, "84"))), OCC, 747_000),
    "guadeloupe_10_reference": (_gua(10, True), GUA, 215_000),
    "guadeloupe_10_non_reference": (_gua(10, False), GUA, 190_000),
}


@pytest.mark.parametrize("nom", EXEMPLES)
def test_exemple_du_catalogue(nom: str) -> None:
    un_projet, edition, attendu = EXEMPLES[nom]
    assert calculer(un_projet, edition).total == attendu


def _guadeloupe_un_seul_petit() -> Projet:
    lignes = (
        *essms(7, prefixe="97", region="01", finess_ej=PETIT, materiel=Materiel()),
        *essms(1, region="01"),
    )
    organismes = (
        Organisme(finess_ej=PETIT, region="01", essms_geres=7),
        Organisme(finess_ej=GRAND, region="01", essms_geres=85),
    )
    return projet(
        lignes,
        organismes=organismes,
        solution=Solution(referencee_segur=False, au_sad=True),
        amoa=Amoa(marche=True, pilotage=True),
    )


def test_exemple_guadeloupe_un_seul_petit_organisme() -> None:
    financement = calculer(_guadeloupe_un_seul_petit(), GUA)
    assert list(financement.sous_totaux) == ["F1", "F3", "F4"]
    assert financement.total == 292_000


@pytest.mark.parametrize("edition", [OCC, GUA])
def test_exemple_projet_vide_de_lignes(edition: Edition) -> None:
    financement = calculer(projet(essms(1, saad=True, operation="mise_en_conformite")), OCC)
    assert (financement.lignes, financement.total) == ((), 0)
    assert [str(versement.montant) for versement in financement.versements] == ["0.00", "0.00"]
    assert calculer(projet(essms(1)), edition).total > 0
