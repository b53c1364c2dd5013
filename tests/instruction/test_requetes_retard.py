"""« En retard » among thousands of dossiers: what is read is what is late, through the indexes."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from instruction.etats import Etat
from instruction.forms.liste import FiltreForm
from instruction.models import Dossier
from tests.fabriques import Monde
from tests.rigueur.vidage import SANS_GARDES

pytestmark = pytest.mark.django_db
NOMBRE, EN_RETARD = 5_000, 40
# Each late row once in the table and through two indexes, where its former version may still be.
LUES_MAX = 8 * EN_RETARD
# Copies of one filed dossier: only what the list reads is told apart.
COPIER = """
INSERT INTO instruction_dossier ({champs}) SELECT {valeurs}
FROM instruction_dossier modele, generate_series(1, %s) rang WHERE modele.id = %s
"""
PROPRES = {
    "id": "gen_random_uuid()",
    "numero": "'COPIE-' || rang",
    "grappe_id": "modele.grappe_id + rang",
    "depot_courant_id": "modele.depot_courant_id + rang",
    "depose_le": "modele.depose_le - rang * interval '1 second'",
    "cree_le": "modele.cree_le - interval '2 days'",
    "etat": "CASE WHEN rang <= {retard} THEN '{etat}' ELSE 'retenu' END",
    "complements_avant": "CASE WHEN rang <= {retard} AND '{etat}' = 'complements_demandes'"
    " THEN modele.depose_le - interval '1 day' END",
}


def _campagne_pleine(etat: Etat) -> Monde:
    """5,000 dossiers, forty of which in `etat`, among the latest filed or not."""
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    champs = [champ.column for champ in Dossier._meta.concrete_fields]
    valeurs = [
        PROPRES.get(champ, f'modele."{champ}"').format(retard=EN_RETARD, etat=etat.value) for champ in champs
    ]
    with connection.cursor() as curseur:
        curseur.execute(SANS_GARDES)
        noms = ", ".join(f'"{champ}"' for champ in champs)
        curseur.execute(
            COPIER.format(champs=noms, valeurs=", ".join(valeurs)), [NOMBRE - 1, monde.dossier.pk]
        )
        curseur.execute("SET LOCAL session_replication_role = DEFAULT")
        curseur.execute("ANALYZE instruction_dossier")
    return monde


def _plan(requete: QuerySet[Any]) -> dict[str, Any]:
    sql, parametres = requete.query.sql_with_params()
    with connection.cursor() as curseur:
        curseur.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", parametres)
        lu = curseur.fetchone()[0]
    plan: dict[str, Any] = (json.loads(lu) if isinstance(lu, str) else lu)[0]["Plan"]
    return plan


def _noeuds(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for fils in plan.get("Plans", []):
        yield from _noeuds(fils)


def _lues(plan: dict[str, Any]) -> int:
    """Rows that the scans of the table of dossiers, or of its indexes, went through."""
    return sum(
        (noeud["Actual Rows"] + noeud.get("Rows Removed by Filter", 0)) * noeud["Actual Loops"]
        for noeud in _noeuds(plan)
        if noeud["Node Type"].endswith("Scan")
        and (noeud.get("Relation Name") == "instruction_dossier" or "Index Name" in noeud)
    )


@pytest.mark.parametrize("etat", [Etat.COMPLEMENTS_DEMANDES, Etat.RECEVABILITE])
def test_en_retard_ne_lit_que_les_retardataires(etat: Etat) -> None:
    monde = _campagne_pleine(etat)
    # A week before its end, an admissibility that is not pronounced is late.
    instant = timezone.now() + timedelta(days=55 if etat == Etat.RECEVABILITE else 0)
    filtre = FiltreForm({"attribution": "retard"}, ars=frozenset({"76"}), instant=instant, partout=False)
    tous = filtre.filtrer(Dossier.objects.visibles_par(monde.instructeur), monde.instructeur)
    assert tous.count() == EN_RETARD + (etat == Etat.RECEVABILITE)  # the model itself is « déposé »
    cles = tous.values_list("pk", flat=True)
    assert [max(_lues(_plan(requete)), LUES_MAX) for requete in (cles[:50], cles)] == [LUES_MAX] * 2
    with connection.cursor() as curseur:
        curseur.execute("DROP INDEX dossier_echeance, dossier_par_etat")
    assert _lues(_plan(cles)) >= NOMBRE  # the measure sees what the indexes spare
