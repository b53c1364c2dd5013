import json
from datetime import date

import pytest

from grappes.finess.elements import elements
from grappes.finess.lecture import lire_fichier
from grappes.finess.modele import EntiteLue, EtablissementLu, FichierRefuse, Rejet
from tests.grappes.fichiers_finess import EJ_A, FLUX_2026, donnees_reelles, ege, et, flux, pmej


def lire(tmp_path, texte):
    chemin = tmp_path / "flux"
    chemin.write_text(texte, encoding="utf-8")
    with lire_fichier(chemin) as lecteur:
        return list(lecteur.lignes()), lecteur.date


def test_entite_puis_ses_etablissements(tmp_path):
    lignes, jour = lire(tmp_path, flux([pmej(EJ_A, [ege(et(1)), ege(et(2), ferme_le="2019-03-03")])]))
    entite, ouvert, ferme = lignes
    assert jour == date(2024, 6, 1)
    assert isinstance(entite, EntiteLue)
    assert (entite.finess_ej, entite.nom, entite.statut_juridique, entite.region, entite.cree_le) == (
        EJ_A, "ASSOCIATION A", "60", "76", None,
    )  # fmt: skip
    assert ouvert == EtablissementLu(
        ligne=2,
        finess_et=et(1),
        finess_ej=EJ_A,
        nom=f"EHPAD {et(1)}",
        nom_long="",
        code_postal="31059",
        commune="TOULOUSE",
        departement="31",
        region="76",
        categorie="500",
        siret="",
        ouvert_le=date(2001, 1, 1),
        ferme_le=None,
        maj_le=None,
    )
    assert ferme.ferme_le == date(2019, 3, 3)


def test_forme_du_schema_publie(tmp_path):
    entite = pmej(EJ_A, [ege(et(1))])
    entite["informationsGeneralesPmej"] = entite.pop("informationsGeneralesPMEJ")
    entite["ege"][0]["categorieEntiteGeographiqueExercice"] = {
        "code": entite["ege"][0].pop("categorieentiteGeographiqueExercice")
    }
    lignes, _ = lire(tmp_path, flux([entite]))
    assert [type(lu) for lu in lignes] == [EntiteLue, EtablissementLu]


def test_inactif_sans_date_de_fermeture_ferme_a_sa_derniere_mise_a_jour(tmp_path):
    inactif = {**ege(et(1)), "etatObjet": "I"}
    lignes, _ = lire(tmp_path, flux([pmej(EJ_A, [inactif])]))
    assert lignes[1].ferme_le == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("cog", "departement", "region"),
    [("97127", "978", "01"), ("97801", "978", "01"), ("97123", "977", "01"), ("97105", "971", "01"),
     ("2A004", "2A", "94"), ("97608", "976", "06")],
)  # fmt: skip
def test_territoire_du_lieu(tmp_path, cog, departement, region):
    lignes, _ = lire(tmp_path, flux([pmej(EJ_A, [ege(et(1), cog=cog)])]))
    assert (lignes[1].departement, lignes[1].region) == (departement, region)


@pytest.mark.parametrize(
    ("casse", "cause"),
    [
        ({"categorieentiteGeographiqueExercice": None}, "catégorie absente"),
        ({"categorieentiteGeographiqueExercice": 500}, "une valeur n’est pas un texte"),
        ({"informationsGeneralesEGE": None}, "numéro FINESS ET absent"),
        ({"informationsGeneralesEGE": {"numFinessEge": "310000001"}}, None),
        ({"adresse": [{"cogCommune": 31}]}, "une valeur n’est pas un texte"),
    ],
)
def test_etablissement_mal_forme_rejete(tmp_path, casse, cause):
    lignes, _ = lire(tmp_path, flux([pmej(EJ_A, [{**ege(et(1)), **casse}, ege(et(2))])]))
    assert [type(lu) for lu in lignes] == [EntiteLue, Rejet, EtablissementLu]
    assert lignes[1].ligne == 2
    assert cause is None or lignes[1].cause == cause


@pytest.mark.parametrize("entite", [None, [], "x", 3, {}, {"ege": {}}, {"ege": [None]}])
def test_entite_mal_formee_rejetee(tmp_path, entite):
    lignes, _ = lire(tmp_path, flux([entite, pmej(EJ_A, [])]))
    assert isinstance(lignes[0], Rejet)
    assert isinstance(lignes[-1], EntiteLue)


BON = flux([pmej(EJ_A, [ege(et(rang)) for rang in range(1, 30)])])


@pytest.mark.parametrize("longueur", [1, 20, 60, 500, len(BON) // 2, len(BON) - 1])
def test_flux_coupe_refuse(tmp_path, longueur):
    with pytest.raises(FichierRefuse, match="tronqué"):
        lire(tmp_path, BON[:longueur])


@pytest.mark.parametrize(
    "texte",
    ["{}", '{"pmej": 3}'.replace("3", "[]"), '{"pmej": {}} suite', '{"a" 1}', '{"a": 1, }]', "{1: 2}",
     '{"pmej": [' + "[" * 100_000],
    ids=["vide", "sans structure", "suite", "sans deux-points", "virgule", "clé", "imbrications"],
)  # fmt: skip
def test_flux_mal_forme_refuse(tmp_path, texte):
    with pytest.raises(FichierRefuse):
        lire(tmp_path, texte)


def test_elements_lus_octet_par_octet():
    document = {"A": 12, "b": [1, 23, "é", {"c": []}], "d": [], "e": "x", "f": 345}
    octets = json.dumps(document, ensure_ascii=False).encode()
    attendu = [("a", 12), ("b", 1), ("b", 23), ("b", "é"), ("b", {"c": []}), ("e", "x"), ("f", 345)]
    assert list(elements(bytes([octet]) for octet in octets)) == attendu


@donnees_reelles
def test_flux_reel_lu_sans_rejet():
    with lire_fichier(FLUX_2026) as lecteur:
        lus = list(lecteur.lignes())
    ets = [lu for lu in lus if isinstance(lu, EtablissementLu)]
    assert (len(lus), len(ets), sum(lu.ferme_le is not None for lu in ets)) == (1783, 1753, 912)
    assert lecteur.date == date(2026, 8, 13)
    assert sum(not lu.region for lu in ets) == 0
