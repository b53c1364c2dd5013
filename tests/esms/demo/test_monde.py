"""The fictional world: right numbers, visibly invented, seven regions, bodies of every size."""

from collections import Counter

from esms.demo.monde import EtablissementFictif, communes, monde, numero
from grappes.finess.numero import cle_valide

REGIONS = {
    "76": {"09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"},
    "01": {"9A"},
    "94": {"2A", "2B"},
    "75": {"24", "33", "47", "64"},
    "53": {"22", "29", "35"},
    "44": {"54", "67", "68"},
    "84": {"38", "63", "69"},
}
HORS_ESSMS = {"124", "355", "362", "620"}


def _etablissements() -> list[EtablissementFictif]:
    return [etablissement for organisme in monde().values() for etablissement in organisme.etablissements]


def _essms_ouverts(cle: str) -> list[EtablissementFictif]:
    return [e for e in monde()[cle].etablissements if not e.ferme and e.categorie not in HORS_ESSMS]


def test_numeros_tous_justes_et_distincts() -> None:
    numeros = [o.finess_ej for o in monde().values()] + [e.finess_et for e in _etablissements()]
    assert [n for n in numeros if not cle_valide(n)] == []
    assert [n for n, fois in Counter(numeros).items() if fois > 1] == []


def test_numeros_dans_les_blocs_que_finess_n_emploie_pas() -> None:
    blocs = {n[3:5] if n.startswith("9701") else n[2:4] for n in (e.finess_et for e in _etablissements())}
    assert blocs == {"19", "99"}
    assert {e.finess_et[4] for e in _etablissements() if e.finess_et.startswith("9701")} == {"9"}


def test_numero_de_corse_et_de_guadeloupe() -> None:
    assert numero("2A", "9", 1) == "2A9900016"
    assert numero("9A", "8", 1) == "970180014"


def test_regions_sept_dont_occitanie_guadeloupe_et_corse() -> None:
    departements = {e.commune.departement for e in _etablissements()}
    assert departements == set().union(*REGIONS.values())
    assert departements == set(communes())


def test_organismes_de_un_a_quatre_vingt_dix_essms() -> None:
    tailles = {cle: len(_essms_ouverts(cle)) for cle in monde()}
    assert len(tailles) >= 40
    assert max(tailles.values()) == 90
    assert tailles["corbieres"] == 1
    assert tailles["alizes"] == 8
    assert tailles["pharmacies"] == 0


def test_organisme_de_plus_de_cinquante_essms_dans_deux_regions() -> None:
    essms = _essms_ouverts("canal")
    presentes = {region for region, liste in REGIONS.items() for e in essms if e.commune.departement in liste}
    assert len(essms) == 55
    assert presentes == {"75", "76"}


def test_etablissements_fermes_sous_les_deux_pour_cent_que_l_import_tolere() -> None:
    fermes = sum(e.ferme for e in _etablissements())
    assert fermes == 7
    assert fermes / len(_etablissements()) < 0.02


def test_noms_uniques_dans_une_commune_et_a_la_largeur_de_finess() -> None:
    noms = Counter((e.nom, e.commune.nom) for e in _etablissements())
    assert [nom for nom, fois in noms.items() if fois > 1] == []
    assert [e.nom for e in _etablissements() if len(e.nom) > 38] == []
