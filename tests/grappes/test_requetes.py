from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grappes.actions.importer_finess import importer_finess
from grappes.models import EntiteJuridique, Etablissement
from grappes.regles.fiche import FicheEssms
from grappes.requetes import (
    ReferentielFiness,
    TexteTropCourt,
    essms_de_l_og,
    fiche,
    rechercher_etablissements,
)
from grappes.requetes_organismes import noms_des_organismes
from tests.grappes.fichiers_finess import (
    EJ_A,
    EJ_B,
    cellules_ej,
    cellules_et,
    csv_ej,
    csv_et,
    ege,
    et,
    flux,
    numero,
    pmej,
)

pytestmark = pytest.mark.django_db

CORSE = numero("2A000000")


@pytest.fixture
def importer(tmp_path):
    def _importer(contenu):
        (tmp_path / "fichier").write_text(contenu, encoding="utf-8")
        return importer_finess(fichier=tmp_path / "fichier", par=None, partiel=True)

    return _importer


@pytest.fixture
def referentiel(importer):
    importer(
        csv_et(
            [
                cellules_et(et(1), rs="RÉSIDENCE DES CHÊNES", rslongue="EHPAD L'ŒUVRE"),
                cellules_et(
                    et(2), rs="LES CHENES VERTS", ligneacheminement="34000 MONTPELLIER", nofinessej=EJ_B
                ),
                cellules_et(et(3), rs="HOPITAL DES CHENES", categetab="355"),
                cellules_et(et(4), rs="AIDE À DOMICILE", categetab="460", ligneacheminement="97450 ST LOUIS"),
                cellules_et(CORSE, rs="CASA", ligneacheminement="2A004 AJACCIO", departement="2A"),
                cellules_et(et(6), rs="INCONNUE", categetab="999"),
            ],
            "2024-01-01",
        )
    )
    importer(csv_ej([cellules_ej(EJ_A, rs="FÉDÉRATION APAJH")], "2024-01-01"))
    ferme = [ege(et(7), nom="CHENES ANCIENS", ferme_le="2020-01-01")]
    importer(flux([pmej(EJ_B, ferme, nom="MUTUALITÉ")], "2024-01-02"))


@pytest.mark.parametrize(
    ("texte", "trouves"),
    [
        (et(1), [et(1)]),
        (et(1)[:8], [et(1)]),
        (f" {et(1)[:3]} {et(1)[3:6]} {et(1)[6:]} ", [et(1)]),
        (CORSE.lower(), [CORSE]),
        ("residence chenes", [et(1)]),
        ("ChÊnEs RÉSID", [et(1)]),
        ("oeuvre", [et(1)]),
        ("montpellier", [et(2)]),
        ("chenes MONTPELLIER", [et(2)]),
        ("34000", [et(2)]),
        ("Saint-Louis", [et(4)]),
        ("st louis", [et(4)]),
        ("mutualite", [et(2), et(7)]),
        ("apajh domicile", [et(4)]),
        ("zzz", []),
        ("", []),
        (" -'% ", []),
        ("\x00", []),
        ("henes", []),
    ],
)  # fmt: skip
def test_recherche(referentiel, texte, trouves):
    assert [trouve.pk for trouve in rechercher_etablissements(texte)[:20]] == trouves


@pytest.mark.parametrize("texte", ["l", "de", " É ", "a 1", "« c »", "\x00l"])
def test_recherche_de_moins_de_trois_caracteres_refusee(texte, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(TexteTropCourt) as refus:
        rechercher_etablissements(texte)
    assert str(refus.value) == "Tapez au moins 3 caractères, ou le début d’un numéro."


def test_recherche_par_le_debut_d_un_numero(referentiel):
    assert [trouve.pk for trouve in rechercher_etablissements(CORSE[:2])[:20]] == [CORSE]


def test_recherche_par_organisme(referentiel):
    assert {trouve.pk for trouve in rechercher_etablissements(EJ_B)[:20]} == {et(2), et(7)}


def test_recherche_classe_debut_du_nom_puis_essms_puis_fermes(referentiel):
    """Begins with the text; then ESSMS; then what is not one; the closed come last."""
    assert [trouve.nom for trouve in rechercher_etablissements("chenes")[:20]] == [
        "LES CHENES VERTS",
        "RÉSIDENCE DES CHÊNES",
        "HOPITAL DES CHENES",
        "CHENES ANCIENS",
    ]
    assert rechercher_etablissements("hopital")[:1][0].nom == "HOPITAL DES CHENES"


@pytest.mark.parametrize("taille", [1, 3])
def test_recherche_en_trois_requetes_quel_que_soit_le_nombre(referentiel, taille, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len([trouve.entite.nom for trouve in rechercher_etablissements("chenes")[:taille]]) == taille


def test_essms_de_l_og_ouverts_et_de_l_312_1(referentiel):
    assert list(essms_de_l_og(EJ_A).values_list("pk", flat=True)) == sorted([et(1), et(4), CORSE])
    assert [e.pk for e in essms_de_l_og(EJ_B)] == [et(2)]


def test_fiches(referentiel):
    fiches = ReferentielFiness().etablissements([et(2), et(4), et(6), et(7), "310781562"])
    assert dict(fiches) == {
        et(2): FicheEssms(
            et(2), EJ_B, "LES CHENES VERTS", "MONTPELLIER", "76", "500", "PA", False, True, None
        ),
        et(4): FicheEssms(et(4), EJ_A, "AIDE À DOMICILE", "ST LOUIS", "76", "460", "DOM", True, True, None),
        et(6): FicheEssms(et(6), EJ_A, "INCONNUE", "TOULOUSE", "76", "999", None, None, None, None),
        et(7): FicheEssms(
            et(7), EJ_B, "CHENES ANCIENS", "TOULOUSE", "76", "500", "PA", False, True, date(2020, 1, 1)
        ),
    }


def test_essms_geres(referentiel):
    assert dict(ReferentielFiness().essms_geres([EJ_A, EJ_B, "310781562"])) == {EJ_A: 3, EJ_B: 1}


def test_regions_des_entites(referentiel):
    assert dict(ReferentielFiness().regions_des_entites([EJ_A, EJ_B, "310781562"])) == {
        EJ_A: "76",
        EJ_B: "76",
    }


def test_rejeu_a_une_date_passee(referentiel, importer):
    importer(
        csv_et(
            [cellules_et(et(1), rs="RENOMMÉ", nofinessej=EJ_B), cellules_et(et(4), categetab="355")],
            "2024-03-01",
        )
    )
    importer(flux([pmej(EJ_A, [ege(CORSE, ferme_le="2024-02-15")])], "2024-03-01"))
    avant, maintenant = ReferentielFiness(au=date(2024, 2, 1)), ReferentielFiness()
    assert dict(avant.essms_geres([EJ_A, EJ_B])) == {EJ_A: 3, EJ_B: 1}
    assert dict(maintenant.essms_geres([EJ_A, EJ_B])) == {EJ_A: 0, EJ_B: 2}
    lu = avant.etablissements([et(1)])[et(1)]
    assert (lu.nom, lu.finess_ej, lu.ferme_le) == ("RÉSIDENCE DES CHÊNES", EJ_A, None)
    assert maintenant.etablissements([et(1)])[et(1)].nom == "RENOMMÉ"
    assert ReferentielFiness(au=date(2023, 1, 1)).etablissements([et(1)]) == {}


# Today, the organisms that were counted come with their seat.
@pytest.mark.parametrize(("au", "attendues"), [(None, 2), (date(2024, 2, 1), 3)])
def test_referentiel_une_requete_par_question_au_plus(referentiel, au, attendues):
    mesures = []
    for numeros, entites in (([et(1)], [EJ_A]), ([et(1), et(2), et(4)], [EJ_A, EJ_B, "310781562"])):
        lu = ReferentielFiness(au)
        with CaptureQueriesContext(connection) as requetes:
            lu.etablissements(numeros)
            lu.essms_geres(entites)
            sieges = lu.regions_des_entites(entites)
        mesures.append(len(requetes))
        assert sieges == ReferentielFiness(au).regions_des_entites(entites)
    assert mesures == [attendues, attendues]


def test_nom_complet_l_emporte_sur_le_nom_coupe_de_finess() -> None:
    coupe, long = "EHPAD RESIDENCE LES JARDINS DE LA VALL", "EHPAD Résidence Les Jardins de la Vallée"
    entite = EntiteJuridique.objects.create(finess_ej="310781562", nom=coupe, nom_long=long)
    muette = EntiteJuridique.objects.create(finess_ej="310000039", nom=coupe)
    connu = Etablissement.objects.create(
        finess_et="310000013",
        entite=entite,
        nom=coupe,
        nom_long=long,
        categorie="500",
        region="76",
        vu_le=date(2025, 1, 1),
    )
    assert noms_des_organismes(("310781562", "310000039", "999999999")) == {
        "310781562": long,
        "310000039": coupe,
        "999999999": "Organisme 999999999",
    }
    assert (str(entite), str(muette), str(connu)) == (long, coupe, f"{long} (310000013)")
    assert ReferentielFiness().etablissements(["310000013"])["310000013"].nom == long
    assert fiche(connu).nom == long
