"""Each way the CSV files are found gives the same establishments."""

import gzip
from datetime import date

import pytest

from grappes.finess.etalab import COLONNES_ET
from grappes.finess.lecture import lire_fichier
from grappes.finess.modele import EntiteLue, EtablissementLu, FichierRefuse, Rejet
from tests.grappes.fichiers_finess import (
    EJ_A,
    EXTRAIT_2026,
    NATIONAL,
    OCCITANIE_GUADELOUPE,
    cellules_ej,
    cellules_et,
    cle_fausse,
    csv_ej,
    csv_et,
    donnees_reelles,
    et,
)

UN = cellules_et(et(1), rs="RÉSIDENCE DES CHÊNES")


def lire(tmp_path, contenu, nom="fichier"):
    chemin = tmp_path / nom
    chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
    with lire_fichier(chemin) as lecteur:
        return list(lecteur.lignes()), lecteur.date


def attendu(ligne):
    return EtablissementLu(
        ligne=ligne,
        finess_et=et(1),
        finess_ej=EJ_A,
        nom="RÉSIDENCE DES CHÊNES",
        nom_long="",
        code_postal="31059",
        commune="TOULOUSE",
        departement="31",
        region="76",
        categorie="500",
        siret="",
        ouvert_le=date(2001, 1, 1),
        ferme_le=None,
        maj_le=date(2020, 12, 31),
    )


def entre_guillemets(texte):
    return (
        "\n".join(";".join(f'"{cellule}"' for cellule in ligne.split(";")) for ligne in texte.splitlines())
        + "\n"
    )


@pytest.mark.parametrize(
    "contenu",
    [
        csv_et([UN]).encode(),
        csv_et([UN]).encode("utf-8-sig"),
        csv_et([UN]).encode("iso-8859-1"),
        gzip.compress(csv_et([UN]).encode()),
        gzip.compress(csv_et([UN]).encode("iso-8859-1")),
        csv_et([UN]).replace("\n", "\r\n").encode(),
        csv_et([UN]).rstrip("\n").encode(),
        entre_guillemets(csv_et([UN])).encode(),
        csv_et([UN]).replace(";", ",").encode(),
        csv_et([UN]).replace(";", "\t").encode(),
        csv_et([[*UN, "colonne", "en plus"]]).encode(),
        f"finess;etalab;1;2024-01-01\n{';'.join(UN)}\n".encode(),
        f"finess;etalab;1;2024-01-01\nstructureet;{';'.join(UN)}\n"
        f"geolocalisation;{et(1)};575000;6279000;1\n".encode(),
        f"{';'.join(COLONNES_ET)}\n{';'.join(UN)}\n".encode(),
        f"{';'.join(reversed(COLONNES_ET))}\n{';'.join(reversed(UN))}\n".encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "latin-1",
        "gzip",
        "gzip latin-1",
        "crlf",
        "sans fin de ligne",
        "guillemets",
        "virgules",
        "tabulations",
        "colonnes en plus",
        "sans type",
        "cs1100507",
        "noms de colonnes",
        "colonnes dans un autre ordre",
    ],
)
def test_etablissement_lu_quelle_que_soit_la_forme(tmp_path, contenu):
    lignes, _ = lire(tmp_path, contenu)
    assert lignes == [attendu(2)]


def test_fichier_sans_premiere_ligne_ni_noms(tmp_path):
    lignes, jour = lire(tmp_path, ";".join(["structureet", *UN]))
    assert lignes == [attendu(1)]
    assert jour is None


def test_date_du_fichier(tmp_path):
    assert lire(tmp_path, csv_et([UN], "2021-01-08"))[1] == date(2021, 1, 8)


def test_entite_juridique(tmp_path):
    lignes, _ = lire(tmp_path, csv_ej([cellules_ej(EJ_A)]))
    assert lignes == [
        EntiteLue(
            ligne=2,
            finess_ej=EJ_A,
            nom="ASSOCIATION A",
            nom_long="",
            siren="775586662",
            statut_juridique="60",
            code_postal="31000",
            commune="TOULOUSE",
            departement="31",
            region="76",
            cree_le=date(1975, 5, 1),
            ferme_le=None,
        )
    ]


def test_date_1900_vaut_absence(tmp_path):
    (lu,), _ = lire(tmp_path, csv_et([cellules_et(et(1), dateouv="1900-01-01")]))
    assert lu.ouvert_le is None


def test_numero_sans_son_zero_de_tete(tmp_path):
    (lu,), _ = lire(tmp_path, csv_et([cellules_et("10000024", nofinessej="10780054")]))
    assert (lu.finess_et, lu.finess_ej) == ("010000024", "010780054")


@pytest.mark.parametrize(
    ("cellules", "rejet"),
    [
        (
            cellules_et("310000001"),
            Rejet(3, "ET\u00a0: " + cle_fausse("310000001")),
        ),
        (cellules_et("", nofinessej=EJ_A), Rejet(3, "numéro FINESS ET absent")),
        (cellules_et(et(2), nofinessej=""), Rejet(3, "numéro FINESS EJ absent", et(2))),
        (cellules_et(et(2))[:20], Rejet(3, "colonnes manquantes\u00a0: 20 au lieu de 31", et(2))),
        (
            cellules_et(et(2), dateouv="2021-13-45"),
            Rejet(3, "date illisible (dateouv)\u00a0: «\u00a02021-13-45\u00a0»", et(2)),
        ),
        (cellules_et(et(2), categetab=""), Rejet(3, "catégorie absente", et(2))),
        (
            cellules_et(et(2), categetab="5OO"),
            Rejet(3, "catégorie illisible\u00a0: «\u00a05OO\u00a0»", et(2)),
        ),
        (cellules_et(et(2), rs=""), Rejet(3, "raison sociale absente", et(2))),
        (cellules_et(et(2), rs="A\x00B"), Rejet(3, "caractère de contrôle dans la ligne", et(2))),
        (cellules_et(et(2), rs="A" * 300), Rejet(3, "champ de 300 caractères, 200 au plus", et(2))),
    ],
    ids=[
        "clé",
        "sans ET",
        "sans EJ",
        "colonnes",
        "date",
        "sans catégorie",
        "catégorie",
        "sans nom",
        "NUL",
        "trop long",
    ],
)
def test_ligne_rejetee_avec_sa_cause(tmp_path, cellules, rejet):
    lignes, _ = lire(tmp_path, csv_et([UN, cellules, cellules_et(et(3))]))
    assert lignes[1] == rejet
    assert [lu.ligne for lu in lignes if isinstance(lu, EtablissementLu)] == [2, 4]


def test_guillemet_egare_ne_gate_que_sa_ligne(tmp_path):
    lignes, _ = lire(
        tmp_path, csv_et([cellules_et(et(1), rs='"LE CLOS'), cellules_et(et(2)), cellules_et(et(3))])
    )
    assert [lu.nom for lu in lignes] == ['"LE CLOS', f"EHPAD {et(2)}", f"EHPAD {et(3)}"]


def test_une_ligne_mal_encodee_ne_gate_qu_elle(tmp_path):
    contenu = csv_et([UN, UN]).encode() + csv_et([UN]).encode("iso-8859-1").split(b"\n", 1)[1]
    lignes, _ = lire(tmp_path, contenu)
    assert lignes[-1] == Rejet(4, "caractères illisibles dans l’encodage du fichier")
    assert lignes[0].nom == "RÉSIDENCE DES CHÊNES"


@pytest.mark.parametrize(
    "contenu",
    [
        csv_et([UN, UN])[:-40],
        csv_et([UN, UN])[:-5],
        gzip.compress(csv_et([UN] * 50).encode())[:-20],
        gzip.compress(csv_et([UN]).encode())[:30],
    ],
    ids=["ligne coupée", "date coupée", "gzip coupé", "gzip coupé au début"],
)
def test_fichier_tronque_refuse(tmp_path, contenu):
    with pytest.raises(FichierRefuse, match=r"^Le fichier est tronqué"):
        lire(tmp_path, contenu)


def test_en_tete_sans_colonne_utile_refuse(tmp_path):
    with pytest.raises(FichierRefuse, match=r"en-tête\u00a0: categetab, departement, nofinessej\.$"):
        lire(tmp_path, "nofinesset;rs\n310781562;X\n")


@pytest.mark.volume
@donnees_reelles
def test_fichiers_reels_lus_sans_rejet():
    comptes = {}
    for chemin in (NATIONAL, OCCITANIE_GUADELOUPE, EXTRAIT_2026):
        with lire_fichier(chemin) as lecteur:
            lus = [isinstance(lu, EtablissementLu) for lu in lecteur.lignes()]
            comptes[chemin.name] = (sum(lus), len(lus), lecteur.date)
    assert list(comptes.values()) == [
        (95_333, 95_333, date(2021, 1, 8)),
        (4_576, 4_576, date(2021, 1, 8)),
        (8, 8, date(2026, 5, 12)),
    ]


@donnees_reelles
def test_outre_mer_du_fichier_reel():
    with lire_fichier(EXTRAIT_2026) as lecteur:
        lieux = {lu.finess_et: (lu.departement, lu.region) for lu in lecteur.lignes()}
    assert lieux == {
        "010000024": ("01", "84"),
        "970102018": ("977", "01"),
        "970100400": ("978", "01"),
        "970210126": ("972", "02"),
        "970405767": ("974", "04"),
        "980501506": ("976", "06"),
        "970302287": ("973", "03"),
        "970216057": ("972", "02"),
    }
