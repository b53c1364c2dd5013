import csv
import hashlib

import pytest

from grappes.finess import nomenclatures
from tests.grappes.fichiers_finess import DONNEES, donnees_reelles


@pytest.mark.parametrize(
    ("code", "l312_1", "public", "saad"),
    [
        ("500", True, "PA", False),
        ("209", True, "DOM", True),
        ("460", True, "DOM", True),
        ("640", True, "DOM", True),
        ("354", True, "DOM", False),
        ("340", True, "PJM", False),
        ("219", True, "AHI", False),
        ("252", True, "PH", False),
        ("355", False, None, False),
        ("258", False, None, False),
    ],
)
def test_categorie(code, l312_1, public, saad):
    categorie = nomenclatures.categories()[code]
    assert (categorie.l312_1, categorie.public, categorie.saad) == (l312_1, public, saad)


def test_public_donne_a_chaque_categorie_de_l312_1_et_a_elle_seule():
    toutes = nomenclatures.categories().values()
    assert [c.code for c in toutes if (c.public is not None) != c.l312_1] == []
    assert {c.public for c in toutes if c.saad} == {"DOM"}


def test_public_inconnu_refuse_a_la_lecture(monkeypatch, tmp_path):
    (tmp_path / "categories.csv").write_text("code;libelle;l312_1;public;saad\n500;EHPAD;oui;XX;non\n")
    monkeypatch.setattr(nomenclatures, "DOSSIER", tmp_path)
    with pytest.raises(ValueError, match="500\u00a0: public inconnu «\u00a0XX\u00a0»"):
        nomenclatures.categories.__wrapped__()


def test_version_est_l_empreinte_du_fichier():
    octets = (nomenclatures.DOSSIER / "categories.csv").read_bytes()
    assert nomenclatures.version() == hashlib.sha256(octets).hexdigest()


def test_categories_de_l312_1():
    assert len(nomenclatures.categories_l312_1()) == 80


@pytest.mark.parametrize(
    ("code", "commune", "departement", "region"),
    [
        ("31", "", "31", "76"),
        ("2A", "", "2A", "94"),
        ("9A", "105", "971", "01"),
        ("9A", "123", "977", "01"),
        ("9A", "127", "978", "01"),
        ("978", "", "978", "01"),
        ("9B", "", "972", "02"),
        ("9C", "", "973", "03"),
        ("9D", "", "974", "04"),
        ("9F", "", "976", "06"),
        ("9E", "", "975", "975"),
    ],
)
def test_departement(code, commune, departement, region):
    trouve = nomenclatures.departement(code, commune)
    assert trouve is not None
    assert (trouve.code, trouve.region) == (departement, region)


def test_departement_inconnu():
    assert nomenclatures.departement("9Z") is None


@pytest.mark.parametrize(
    ("numero", "region"),
    [("310781562", "76"), ("2B0000012", "94"), ("970102018", "01"), ("970405767", "04"), ("980501506", "06")],
)
def test_departement_du_numero(numero, region):
    trouve = nomenclatures.departement_du_numero(numero)
    assert trouve is not None
    assert trouve.region == region


def test_saint_martin_releve_de_l_ars_guadeloupe():
    trouve = nomenclatures.departement("9A", "127")
    assert trouve is not None
    assert nomenclatures.regions()[trouve.region].ars == "ARS Guadeloupe, Saint-Martin et Saint-Barthélemy"


def test_chaque_departement_a_une_region():
    assert {d.region for d in nomenclatures.departements().values()} == set(nomenclatures.regions())


@donnees_reelles
def test_nomenclature_conforme_aux_donnees_de_reference():
    with (DONNEES / "categories_finess.csv").open(encoding="utf-8", newline="") as fichier:
        reference = {ligne["code"]: ligne for ligne in csv.DictReader(fichier, delimiter=";")}
    ecarts = {
        code
        for code, categorie in nomenclatures.categories().items()
        if categorie.l312_1 != (reference[code]["essms_l312_1"] == "oui")
        or (categorie.public or "") != reference[code]["public_programme"]
    }
    assert ecarts == set()
    assert set(nomenclatures.categories()) == set(reference)
