"""Self-diagnosis of each organism (E19) and the 13 cyber measures."""

from typing import Any

from instruction.regles.candidature import si
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GRAND, GUA, PETIT, essms

FAIT = {"nom": "Association", "etat": "fait", "outil": "Maturin-SMS", "le": "2026-01-05"}
DEUX = (*essms(8), *essms(7, prefixe="33", finess_ej=PETIT))


def test_e19_exige_en_guadeloupe_de_chaque_organisme() -> None:
    cadre = contexte(GUA, DEUX)
    phrases = si.manques({"organismes": {GRAND: FAIT}}, cadre)
    (phrase,) = phrases
    assert phrase == (
        f"L’autodiagnostic du système d’information de {PETIT} n’est pas réalisé (règle E19, art.\u00a04.2E)."
    )
    assert si.conseils({"organismes": {GRAND: FAIT, PETIT: FAIT}}, cadre) == ()


def test_e19_recommande_en_occitanie_ne_bloque_jamais() -> None:
    cadre = contexte()
    assert si.manques({}, cadre) == ()
    assert len(si.conseils({}, cadre)) == 2


def test_e19_outil_et_date_sont_attendus() -> None:
    (phrase,) = si.manques({"organismes": {GRAND: {**FAIT, "le": ""}}}, contexte(GUA))
    assert "l’outil et la date" in phrase


def test_treize_mesures_et_leurs_reponses() -> None:
    saisie: dict[str, Any] = {"mesures": {"2": {"etat": "en_place", "commentaire": "Hors ligne"}, "99": {}}}
    mesures = si.mesures(saisie)
    assert len(mesures) == 13
    assert [m.libelle_etat for m in mesures if m.etat] == ["En place"]
    assert "12 sans réponse" in si.conseils(saisie, contexte())[-1]
