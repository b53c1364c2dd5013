"""The six ways to spoil a journal, each made with the guards off, each found by `verifier_journal`.

Then what only a root kept outside the database can tell.
"""

from collections.abc import Callable, Sequence

import pytest
from django.core.management import CommandError, call_command

from esms.journal.models import Racine
from tests.esms.journal.falsifications import (
    antidater,
    changer_une_valeur,
    couper_la_queue,
    couper_les_racines,
    echanger_deux_lignes,
    entree,
    recrire_la_derniere,
    recrire_le_dossier,
    recrire_les_racines,
    retirer_une_ligne,
)

pytestmark = pytest.mark.usefixtures("trois_jours")
REECRITES = "les entrées ne sont plus celles qui ont été scellées"


def anomalies(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """What `verifier_journal` says on its error output; it must then end with code 1, and only then."""
    capsys.readouterr()
    fin = None
    try:
        call_command("verifier_journal", *options)
    except CommandError as erreur:
        fin = (str(erreur), erreur.returncode)
    dites = capsys.readouterr().err.splitlines()
    assert fin == ((f"Journal altéré : {len(dites)} anomalie(s).", 1) if dites else None)
    return dites


def derniere_empreinte() -> str:
    return Racine.objects.latest("rang").empreinte


def test_intact_rien_n_est_signale(capsys: pytest.CaptureFixture[str]) -> None:
    assert anomalies(capsys, "--racine", derniere_empreinte()) == []


def test_valeur_changee_est_trouvee(capsys: pytest.CaptureFixture[str]) -> None:
    changer_une_valeur()
    assert anomalies(capsys) == ["dossier:a, rang 2 : contenu modifié."]


def test_ligne_retiree_est_trouvee(capsys: pytest.CaptureFixture[str]) -> None:
    retirer_une_ligne()
    assert anomalies(capsys) == [
        "dossier:a, rang 3 : rang 2 attendu.",
        "dossier:a, rang 3 : ne suit pas l’entrée précédente.",
        "racines, rang 1 : 4 entrée(s) scellée(s), 3 trouvée(s).",
        f"racines, rang 1 : {REECRITES}.",
    ]


def test_lignes_echangees_sont_trouvees(capsys: pytest.CaptureFixture[str]) -> None:
    echanger_deux_lignes()
    assert anomalies(capsys) == [
        "dossier:a, rang 2 : ne suit pas l’entrée précédente.",
        "dossier:a, rang 2 : contenu modifié.",
        "dossier:a, rang 3 : ne suit pas l’entrée précédente.",
        "dossier:a, rang 3 : contenu modifié.",
        "dossier:a, rang 3 : datée d’avant l’entrée précédente.",
        "dossier:a, rang 4 : ne suit pas l’entrée précédente.",
    ]


def test_ligne_antidatee_est_trouvee(capsys: pytest.CaptureFixture[str]) -> None:
    antidater()
    assert anomalies(capsys) == [
        "dossier:a, rang 3 : contenu modifié.",
        "dossier:a, rang 3 : datée d’avant l’entrée précédente.",
        "racines, rang 2 : 1 entrée(s) datée(s) d’avant la racine précédente.",
    ]


def test_queue_coupee_est_trouvee(capsys: pytest.CaptureFixture[str]) -> None:
    couper_la_queue()
    assert anomalies(capsys) == [
        "racines, rang 3 : 4 entrée(s) scellée(s), 2 trouvée(s).",
        f"racines, rang 3 : {REECRITES}.",
    ]


def test_dossier_reecrit_est_trouve(capsys: pytest.CaptureFixture[str]) -> None:
    recrire_le_dossier()
    assert anomalies(capsys) == [f"racines, rang {rang} : {REECRITES}." for rang in (1, 2, 3)]


@pytest.mark.parametrize(
    "falsifier",
    [
        pytest.param([recrire_le_dossier, recrire_les_racines], id="dossier_et_racines_reecrits"),
        pytest.param([couper_la_queue, recrire_les_racines], id="queue_coupee_et_racines_reecrites"),
        pytest.param([couper_la_queue, couper_les_racines], id="queue_et_racines_coupees"),
    ],
)
def test_racines_reecrites_ne_se_voient_que_du_dehors(
    falsifier: Sequence[Callable[[], None]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever writes everything again leaves a database that holds: the root kept elsewhere says no."""
    gardee = derniere_empreinte()
    for geste in falsifier:
        geste()
    assert anomalies(capsys) == []
    assert anomalies(capsys, "--racine", gardee) == [
        f"Racine gardée au-dehors introuvable, passé réécrit : {gardee}."
    ]


@pytest.mark.parametrize(
    "falsifier", [lambda: entree(8).delete(), recrire_la_derniere], ids=["coupee", "reecrite"]
)
def test_queue_pas_encore_scellee_ne_se_voit_pas(
    falsifier: Callable[[], object], capsys: pytest.CaptureFixture[str]
) -> None:
    """Known limit: what no root covers yet, the entries of the day under way."""
    falsifier()
    assert anomalies(capsys, "--racine", derniere_empreinte()) == []


@pytest.mark.parametrize(
    ("champs", "attendues"),
    [
        ({"nombre": 9}, ["2 : racine modifiée", "2 : 9 entrée(s) scellée(s), 4 trouvée(s)"]),
        ({"racine": "0" * 64}, ["2 : racine modifiée", f"2 : {REECRITES}"]),
        ({"empreinte": "0" * 64}, ["2 : racine modifiée", "3 : ne suit pas la racine précédente"]),
        ({"blocs": []}, ["2 : blocs modifiés"]),
        ({"jour": "2025-05-01"}, ["2 : datée d’avant la racine précédente", "2 : racine modifiée"]),
    ],
    ids=lambda valeur: next(iter(valeur)) if isinstance(valeur, dict) else "",
)
def test_racine_modifiee_est_trouvee(
    champs: dict[str, object], attendues: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Racine.objects.filter(rang=2).update(**champs)
    assert anomalies(capsys) == [f"racines, rang {attendue}." for attendue in attendues]


def test_racine_retiree_est_trouvee(capsys: pytest.CaptureFixture[str]) -> None:
    Racine.objects.filter(rang=2).delete()
    assert anomalies(capsys) == [
        "racines, rang 3 : rang 2 attendu.",
        "racines, rang 3 : ne suit pas la racine précédente.",
        "racines, rang 3 : ne commence pas où finit la racine précédente.",
    ]
