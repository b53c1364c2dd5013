"""What a file no longer names: closed at its date, within its perimeter, up to 2 % of the register."""

from datetime import date

import pytest

from grappes.finess.modele import FichierRefuse, Rejet
from grappes.models import Etablissement, ImportFiness
from tests.grappes.fichiers_finess import EJ_A, cellules_et, csv_et, ege, et, flux, pmej
from tests.grappes.registre_importe import cent, comptes, tout

pytestmark = pytest.mark.django_db


def test_ferme_par_absence_a_la_date_du_fichier(importer):
    importer(cent("2024-01-01"))
    rapport = importer(cent("2024-02-01", sans=(1, 2)))
    assert (rapport.fermes_par_absence, rapport.perimetre) == (2, "fichier complet")
    assert list(
        Etablissement.objects.filter(ferme_le=date(2024, 2, 1)).order_by("pk").values_list("pk", flat=True)
    ) == sorted([et(1), et(2)])


def test_refus_au_dela_de_2_pour_cent(importer):
    importer(cent("2024-01-01"))
    avant = tout()
    with pytest.raises(FichierRefuse) as refus:
        importer(cent("2024-02-01", sans=(1, 2, 3)))
    assert str(refus.value).startswith(
        "Import refusé\u00a0: des établissements du référentiel disparaîtraient, "
        "3 sur 100 (3,0\u00a0%), plus de 2\u00a0%."
    )
    assert tout() == avant


def test_essai_a_blanc_refuse_aussi(importer):
    importer(cent("2024-01-01"))
    with pytest.raises(FichierRefuse, match=r"^Import refusé"):
        importer(cent("2024-02-01", sans=(1, 2, 3)), essai=True)


def test_refus_force_avec_motif(importer):
    importer(cent("2024-01-01"))
    rapport = importer(cent("2024-02-01", sans=(1, 2, 3)), motif_forcage="fermetures réelles, vérifiées")
    assert comptes(rapport)["fermes"] == 3
    assert ImportFiness.objects.latest("pk").motif_forcage == "fermetures réelles, vérifiées"


def test_partiel_ne_ferme_rien(importer):
    importer(cent("2024-01-01"))
    rapport = importer(csv_et([cellules_et(et(1), rs="RENOMMÉ")], "2024-02-01"), partiel=True)
    assert comptes(rapport) == {"crees": 0, "modifies": 1, "fermes": 0, "rouverts": 0, "inchanges": 0}
    assert rapport.perimetre == ""


def test_extrait_regional_ne_ferme_pas_le_reste(importer):
    autres = [cellules_et(et(rang, "34")) for rang in range(1, 101)]
    hopital = [cellules_et(et(101), categetab="355")]
    importer(csv_et([cellules_et(et(r)) for r in range(1, 51)] + autres + hopital, "2024-01-01"))
    rapport = importer(csv_et([cellules_et(et(r)) for r in range(2, 51)], "2024-02-01"), essai=True)
    assert (rapport.fermes_par_absence, rapport.perimetre) == (
        1,
        "extrait, jugé sur ses départements et ses catégories",
    )


def test_fichier_coupe_entre_deux_lignes_refuse(importer):
    entier = [cellules_et(et(r, departement)) for departement in ("09", "31", "34") for r in range(1, 101)]
    importer(csv_et(entier, "2024-01-01"))
    with pytest.raises(FichierRefuse, match="des établissements du référentiel disparaîtraient, 60 sur 200"):
        importer(csv_et(entier[:140], "2024-02-01"))


def test_departement_absent_d_un_fichier_complet_n_est_pas_ferme(importer):
    mayotte = cellules_et("980501506", departement="9F")
    importer(csv_et([mayotte] + [cellules_et(et(r)) for r in range(1, 101)], "2024-01-01"))
    rapport = importer(cent("2024-02-01"))
    assert (rapport.fermes_par_absence, Etablissement.objects.get(pk="980501506").ferme_le) == (0, None)


def test_ligne_rejetee_n_est_pas_une_disparition(importer):
    importer(cent("2024-01-01"))
    rapport = importer(cent("2024-02-01", r7={"datemaj": "hier"}))
    assert rapport.rejets == [Rejet(8, "date illisible (datemaj)\u00a0: «\u00a0hier\u00a0»", et(7))]
    assert comptes(rapport) == {"crees": 0, "modifies": 0, "fermes": 0, "rouverts": 0, "inchanges": 99}
    assert Etablissement.objects.get(pk=et(7)).ferme_le is None


def test_flux_json_complet_mais_troue_refuse(importer):
    importer(cent("2024-01-01"))
    with pytest.raises(FichierRefuse, match=r"^Import refusé"):
        importer(flux([pmej(EJ_A, [ege(et(rang)) for rang in range(1, 91)])]))
