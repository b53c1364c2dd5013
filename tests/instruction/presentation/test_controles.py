"""Checks to judge: grouped by what they call for, problems first, named by their rule."""

import pytest

from grappes.regles import Verdict
from instruction.forms.examen import AvisForm
from instruction.presentation.controles import LigneControle, groupes, nom_du_controle


def _controle(regle: str, verdict: Verdict, portee: str = "projet") -> dict[str, str]:
    return {
        "regle": regle,
        "article": "4.2",
        "portee": portee,
        "verdict": verdict.value,
        "explication": "",
    }


def _ligne(regle: str, verdict: Verdict, donnees: dict[str, str] | None = None) -> LigneControle:
    form = AvisForm(donnees, prefix=regle, sujet=regle, oui="Confirmé", non="Renversé")
    return LigneControle(_controle(regle, verdict), "", None, None if verdict == Verdict.SANS_OBJET else form)


def test_ce_qui_bloque_vient_d_abord_et_le_calme_est_replie() -> None:
    lignes = [
        _ligne("E1", Verdict.CONFORME),
        _ligne("E11", Verdict.SANS_OBJET),
        _ligne("E3", Verdict.BLOQUANT),
        _ligne("E2", Verdict.ALERTE),
        _ligne("E13", Verdict.A_COMPLETER),
    ]
    assert [(g.titre, g.ouvert, g.a_juger) for g in groupes(lignes)] == [
        ("Ce qui bloque", True, True),
        ("À compléter", True, True),
        ("À apprécier par l’ARS", True, True),
        ("Conforme", False, True),
        ("Sans objet", False, False),
    ]


def test_groupe_conforme_s_ouvre_sur_une_erreur() -> None:
    (groupe,) = groupes([_ligne("E1", Verdict.CONFORME, {"E1-avis": "non"})])
    assert groupe.ouvert


def test_lignes_d_une_regle_sont_ensemble_sous_son_nom() -> None:
    (groupe,) = groupes([_ligne(regle, Verdict.ALERTE) for regle in ("E1", "E1", "E2")])
    assert [(r.regle, r.titre, len(r.lignes)) for r in groupe.rubriques] == [
        ("E1", "ESSMS de l’article L.312-1 du CASF", 2),
        ("E2", "Type de public", 1),
    ]


@pytest.mark.parametrize(
    ("portee", "nom"),
    [
        ("projet", "E3 – Nombre minimal d’ESSMS"),
        ("310000123", "E3 – Nombre minimal d’ESSMS, EHPAD LES LILAS (310000123)"),
        ("310000999", "E3 – Nombre minimal d’ESSMS, ESSMS 310000999"),
    ],
)
def test_controle_est_nomme_par_sa_regle_et_son_essms(portee: str, nom: str) -> None:
    noms = {"310000123": "EHPAD LES LILAS"}
    assert nom_du_controle(_controle("E3", Verdict.BLOQUANT, portee), noms) == nom
