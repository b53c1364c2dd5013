"""The import of the register: what it reads, writes, journals and refuses; one at a time."""

import gzip
import threading
from datetime import date

import pytest
from django.db import IntegrityError

from esms.journal.models import Entree
from grappes.actions.importer_finess import CHAINE, ImportEnCours, importer_finess
from grappes.finess.modele import FichierRefuse, Rejet
from grappes.models import EntiteJuridique, Etablissement, EtatEtablissement, ImportFiness
from tests.grappes.fichiers_finess import (
    EJ_A,
    EJ_B,
    FLUX_2026,
    NATIONAL,
    OCCITANIE_GUADELOUPE,
    cellules_ej,
    cellules_et,
    csv_ej,
    csv_et,
    donnees_reelles,
    ege,
    et,
    flux,
    pmej,
)
from tests.grappes.registre_importe import cent, comptes, etats, tout
from tests.rigueur.courses import ensemble, sans

pytestmark = pytest.mark.django_db


def test_premier_import(importer):
    rapport = importer(cent("2024-01-01"))
    assert comptes(rapport) == {"crees": 100, "modifies": 0, "fermes": 0, "rouverts": 0, "inchanges": 0}
    etablissement = Etablissement.objects.get(pk=et(1))
    assert (etablissement.finess_ej, etablissement.commune, etablissement.region, etablissement.ars) == (
        EJ_A,
        "TOULOUSE",
        "76",
        "ARS Occitanie",
    )
    assert etats(1) == [(date(2024, 1, 1), f"EHPAD {et(1)}", EJ_A, "500", None)]


def test_entite_citee_seulement_est_une_ebauche(importer):
    rapport = importer(csv_et([cellules_et(et(1), nofinessej=EJ_B)]))
    entite = EntiteJuridique.objects.get()
    assert (rapport.ebauches, str(entite), entite.nom, entite.region) == (1, EJ_B, "", "76")


def test_ebauche_completee_par_le_fichier_des_entites(importer):
    importer(csv_et([cellules_et(et(1))]))
    rapport = importer(csv_ej([cellules_ej(EJ_A, rs="LES CÈDRES")]))
    assert (rapport.entites.crees, rapport.entites.modifies, rapport.perimetre) == (0, 1, "")
    assert EntiteJuridique.objects.get().nom == "LES CÈDRES"
    assert " les cedres" in Etablissement.objects.get().recherche


def test_meme_fichier_deux_fois_ne_change_rien(importer):
    importer(cent("2024-01-01"))
    avant = tout()
    rapport = importer(cent("2024-01-01"))
    assert comptes(rapport) == {"crees": 0, "modifies": 0, "fermes": 0, "rouverts": 0, "inchanges": 100}
    assert tout()[:3] == avant[:3]


def test_import_journalise(importer):
    importer(cent("2024-01-01"), motif_forcage="reprise après incident")
    entree = Entree.objects.get(chaine=CHAINE)
    trace = ImportFiness.objects.get()
    assert (entree.geste, entree.contenu["date"], entree.contenu["motif_forcage"]) == (
        "importer",
        "2024-01-01",
        "reprise après incident",
    )
    assert (trace.empreinte, trace.rapport["etablissements"]["crees"]) == (entree.contenu["empreinte"], 100)


def test_essai_a_blanc_dit_tout_et_n_ecrit_rien(importer):
    importer(cent("2024-01-01"))
    avant = tout()
    contenu = cent("2024-02-01", sans=(1,), r2={"rs": "NOUVEAU NOM"})
    essai = importer(contenu, essai=True)
    assert tout() == avant
    vrai = importer(contenu)
    assert essai.essai
    assert [essai.etablissements, essai.entites, essai.rejets] == [
        vrai.etablissements,
        vrai.entites,
        vrai.rejets,
    ]
    assert comptes(vrai) == {"crees": 0, "modifies": 1, "fermes": 1, "rouverts": 0, "inchanges": 98}


@pytest.mark.parametrize("colonne", ["nofinesset", "nofinessej", "datemaj", "categetab", "rs"])
def test_caracteres_hostiles_rejetes_et_montres_sans_danger(importer, colonne):
    hostile = (
        cellules_et(et(2), **{colonne: "\x00\x1b[31m"})
        if colonne != "nofinesset"
        else cellules_et("\x1b\x00")
    )
    rapport = importer(csv_et([cellules_et(et(1)), hostile]))
    assert [
        (rejet.ligne, rejet.cause.replace("\u00a0", " ").replace("\u202f", " ").isprintable())
        for rejet in rapport.rejets
    ] == [(3, True)]
    assert ImportFiness.objects.get().rapport["nombre_rejets"] == 1


def test_doublon_rejete_avec_sa_premiere_ligne(importer):
    rapport = importer(csv_et([cellules_et(et(1)), cellules_et(et(2)), cellules_et(et(1), rs="AUTRE")]))
    assert rapport.rejets == [Rejet(4, f"{et(1)} répète la ligne 2", et(1))]
    assert Etablissement.objects.get(pk=et(1)).nom == f"EHPAD {et(1)}"


def test_ferme_puis_rouvert(importer):
    importer(cent("2024-01-01"))
    importer(cent("2024-02-01", sans=(1,)))
    rapport = importer(cent("2024-03-01"))
    assert comptes(rapport) == {"crees": 0, "modifies": 0, "fermes": 0, "rouverts": 1, "inchanges": 99}
    assert [(du, ferme_le) for du, *_, ferme_le in etats(1)] == [
        (date(2024, 1, 1), None),
        (date(2024, 2, 1), date(2024, 2, 1)),
        (date(2024, 3, 1), None),
    ]


def test_historique_rejoue_un_etat_passe(importer):
    importer(cent("2024-01-01"))
    importer(cent("2024-02-01", r1={"rs": "NOUVEAU", "nofinessej": EJ_B, "categetab": "460"}))
    lus = {
        jour: list(
            EtatEtablissement.objects.filter(etablissement_id=et(1))
            .etat_au(jour)
            .values_list("nom", "finess_ej", "categorie")
        )
        for jour in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 1))
    }
    assert lus == {
        date(2023, 12, 31): [],
        date(2024, 1, 1): [(f"EHPAD {et(1)}", EJ_A, "500")],
        date(2024, 1, 31): [(f"EHPAD {et(1)}", EJ_A, "500")],
        date(2024, 2, 1): [("NOUVEAU", EJ_B, "460")],
    }


def test_second_fichier_du_meme_jour_corrige_l_etat(importer):
    importer(cent("2024-01-01"))
    importer(cent("2024-01-01", r1={"rs": "CORRIGÉ"}))
    assert [(du, nom) for du, nom, *_ in etats(1)] == [(date(2024, 1, 1), "CORRIGÉ")]


def test_changement_hors_etat_n_ouvre_pas_d_etat(importer):
    importer(cent("2024-01-01"))
    rapport = importer(cent("2024-02-01", r1={"siret": "77220148900022"}))
    assert (comptes(rapport)["modifies"], len(etats(1))) == (1, 1)


def test_fichier_plus_ancien_ne_defait_rien(importer):
    importer(cent("2024-02-01", sans=(5,), r1={"rs": "RÉCENT"}))
    rapport = importer(cent("2024-01-01", sans=(2,)))
    assert (rapport.etablissements.plus_recents, comptes(rapport)) == (
        98,
        {"crees": 1, "modifies": 0, "fermes": 0, "rouverts": 0, "inchanges": 0},
    )
    assert Etablissement.objects.get(pk=et(1)).nom == "RÉCENT"


def test_flux_json_ferme_a_la_date_dite(importer):
    importer(cent("2024-01-01"))
    rapport = importer(flux([pmej(EJ_A, [ege(et(1), ferme_le="2024-03-31"), ege(et(2), nom="B")], nom="A")]))
    assert comptes(rapport) == {"crees": 0, "modifies": 1, "fermes": 1, "rouverts": 0, "inchanges": 0}
    assert Etablissement.objects.get(pk=et(1)).ferme_le == date(2024, 3, 31)
    assert Etablissement.objects.filter(ferme_le=None).count() == 99
    assert EntiteJuridique.objects.get().nom == "A"


def test_fichier_sans_date(importer):
    ligne = ";".join(cellules_et(et(1), datemaj="2023-05-05"))
    assert importer(ligne, essai=True).date_fichier == date(2023, 5, 5)
    assert importer(ligne, date_fichier=date(2023, 6, 1)).date_fichier == date(2023, 6, 1)
    with pytest.raises(FichierRefuse, match=r"ajoutez --date AAAA-MM-JJ"):
        importer(";".join(cellules_et(et(1), datemaj="")))


def test_date_contredite_refusee(importer):
    with pytest.raises(FichierRefuse, match=r"^Le fichier se dit du 01/01/2024, et non du 02/01/2024"):
        importer(cent("2024-01-01"), date_fichier=date(2024, 1, 2))


@pytest.mark.parametrize(
    "contenu",
    [
        b"",
        b"\x00\x01\x02" * 500,
        cent("2024-02-01").encode()[:-60],
        gzip.compress(cent("2024-02-01").encode())[:-30],
        flux([pmej(EJ_A, [ege(et(1))])]).encode()[:-10],
        b"finess;etalab;1;2024-01-01\n",
        b"finess;etalab;1;2024-01-01\nstructureet;1;2\n",
    ],
    ids=["vide", "binaire", "csv coupé", "gzip coupé", "json coupé", "sans ligne", "toutes rejetées"],
)
def test_fichier_refuse_ne_laisse_rien(importer, contenu):
    importer(cent("2024-01-01"))
    avant = tout()
    with pytest.raises(FichierRefuse):
        importer(contenu)
    assert tout() == avant


def test_avertissements_sur_siret_et_categorie(importer):
    rapport = importer(
        csv_et(
            [
                cellules_et(et(1), siret="77220148900022"),
                cellules_et(et(2), siret="77220148900023", categetab="999"),
                cellules_et(et(3), departement="9Z"),
            ]
        )
    )
    assert rapport.avertissements == [
        "établissements sans SIRET 1, à SIRET faux 1.",
        "catégories absentes de la nomenclature\u00a0: 999.",
        "établissements de département inconnu, sans région, 1.",
    ]
    assert comptes(rapport)["crees"] == 3


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verrou", [True, False], ids=["verrou", "verrou retiré"])
def test_deux_imports_a_la_fois(tmp_path, verrou):
    """The second is refused at once; without the lock, both write the same rows and one breaks."""
    chemin = tmp_path / "fichier"
    chemin.write_text(cent("2024-01-01"))
    premier_lance, second_fini = threading.Event(), threading.Event()

    def attendre(etape, part):
        if etape == "Entités juridiques":  # compared with the register, not written yet
            premier_lance.set()
            second_fini.wait(timeout=30)

    def courir(rang):
        if rang == 0:
            return importer_finess(fichier=chemin, par=None, suivi=attendre)
        premier_lance.wait(timeout=30)
        try:
            return importer_finess(fichier=chemin, par=None)
        finally:
            second_fini.set()

    verrouillage = "pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
    retirer = None if verrou else sans(verrouillage, "%s::text IS NOT NULL")
    premier, second = ensemble(2, courir, retirer)
    if verrou:
        assert premier.etablissements.crees == 100
        assert str(second) == "Un autre import du référentiel FINESS est en cours\u00a0: attendez sa fin."
        assert isinstance(second, ImportEnCours)
    else:
        assert isinstance(premier, IntegrityError)
        assert second.etablissements.crees == 100


@pytest.mark.volume
@donnees_reelles
def test_fichiers_reels_l_un_apres_l_autre():
    national = importer_finess(fichier=NATIONAL, par=None)
    assert (national.etablissements.crees, national.ebauches, national.rejets) == (95_333, 47_084, [])
    region = importer_finess(fichier=OCCITANIE_GUADELOUPE, par=None)
    assert (region.etablissements.inchanges, region.fermes_par_absence) == (4_576, 0)
    suite = importer_finess(fichier=FLUX_2026, par=None)
    assert (suite.etablissements.crees, suite.etablissements.fermes, suite.rejets) == (843, 224, [])
    encore = importer_finess(fichier=NATIONAL, par=None)
    assert (encore.etablissements.plus_recents, encore.etablissements.inchanges) == (910, 94_423)
    assert EtatEtablissement.objects.etat_au(date(2021, 1, 8)).count() == 95_333
