"""The register of the command line: whatever the database does, a true French sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from financement.registre import RegistreFiness
from financement.simulation import ReferentielIndisponible
from tests import fabriques
from tests.moteur import entree

RACINE = Path(__file__).resolve().parents[2]
DEBUT = "L’entrée ne dit pas tout et le référentiel FINESS "
INJOIGNABLE = f"{DEBUT}est injoignable\u00a0: démarrez la base ou vérifiez DATABASE_URL."


@pytest.mark.django_db
def test_registre_repond_comme_le_referentiel() -> None:
    ouvert = fabriques.etablissement(fabriques.organisme(), 1)
    registre = RegistreFiness()
    assert list(registre.etablissements([ouvert.finess_et])) == [ouvert.finess_et]
    assert registre.essms_geres([ouvert.finess_ej]) == {ouvert.finess_ej: 1}
    assert list(registre.regions_des_entites([ouvert.finess_ej])) == [ouvert.finess_ej]


@pytest.mark.django_db
def test_base_sans_tables_n_est_pas_une_base_injoignable() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL search_path TO pg_catalog")
    with pytest.raises(ReferentielIndisponible) as refus:
        RegistreFiness().etablissements(["310000104"])
    attendu = f"{DEBUT}n’est pas installé dans cette base\u00a0: lancez python manage.py migrate."
    assert str(refus.value) == attendu


def test_base_injoignable_seules_les_lignes_incompletes_sont_en_erreur(tmp_path: Path) -> None:
    incomplete = entree(1)
    del incomplete["essms"][0]["categorie"]
    lignes = "\n".join(json.dumps(recue) for recue in (entree(1), incomplete, entree(1)))
    environnement = {**os.environ, "DATABASE_URL": f"postgresql://personne@/absente?host={tmp_path}"}
    fait = subprocess.run(
        [sys.executable, "manage.py", "simuler", "--lot", "-", "--settings=tests.settings"],
        cwd=RACINE, env=environnement, input=lignes.encode(), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    rendus = [json.loads(ligne) for ligne in fait.stdout.splitlines()]
    assert (fait.returncode, fait.stderr) == (0, b"")
    assert [rendu.get("erreur") for rendu in rendus] == [None, INJOIGNABLE, None]
