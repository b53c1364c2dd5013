"""The fictional register goes through the very import that the real one takes."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from esms.demo import registre
from esms.demo.monde import monde
from grappes.actions.importer_finess import importer_finess
from grappes.models import EntiteJuridique, Etablissement, EtatEtablissement, ImportFiness

pytestmark = pytest.mark.django_db

JOUR = date(2026, 6, 15)


def test_registre_importe_sans_rejet_et_sept_fermetures() -> None:
    registre.importer(le=JOUR)
    assert ImportFiness.objects.count() == 4
    assert [imp.rapport["nombre_rejets"] for imp in ImportFiness.objects.all()] == [0, 0, 0, 0]
    assert Etablissement.objects.count() == len(registre.numeros())
    assert Etablissement.objects.filter(ferme_le__isnull=False).count() == 7
    assert EntiteJuridique.objects.count() == len(monde())
    assert EntiteJuridique.objects.filter(nom="").count() == 0


def test_registre_importe_deux_fois_rien_de_plus() -> None:
    registre.importer(le=JOUR)
    registre.importer(le=JOUR + timedelta(days=90))
    assert ImportFiness.objects.count() == 4


def test_registre_garde_ce_qu_etait_un_etablissement_ferme() -> None:
    registre.importer(le=JOUR)
    ferme = next(e for e in monde()["pastel"].etablissements if e.ferme)
    avant, apres = (
        EtatEtablissement.objects.etat_au(JOUR - timedelta(days=recul)).get(etablissement=ferme.finess_et)
        for recul in (100, 1)
    )
    assert avant.ferme_le is None
    assert apres.ferme_le == JOUR - timedelta(days=20)


def test_registre_fictif_au_dessus_d_un_vrai_ne_ferme_rien(tmp_path: Path) -> None:
    ligne = ["structureet", "310781406", "310781562", "EHPAD DEJA LA", *[""] * 28]
    ligne[12:16] = ["555", "31", "HAUTE-GARONNE", "31000 TOULOUSE"]
    ligne[18] = "500"
    fichier = tmp_path / "cs1100502.csv"
    fichier.write_text(f"finess;etalab;102;2025-01-01\n{';'.join(ligne)}\n", encoding="utf8")
    importer_finess(fichier=fichier, par=None)
    registre.importer(le=JOUR)
    assert Etablissement.objects.count() == len(registre.numeros()) + 1
    assert Etablissement.objects.filter(ferme_le__isnull=False).count() == 0
