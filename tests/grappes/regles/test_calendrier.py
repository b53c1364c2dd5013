"""C1 to C7: windows at the legal time of the ARS, to the second."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from grappes.regles.calendrier import (
    annonce_de_selection,
    echeance_de_complement,
    fin_d_instruction,
    fin_de_recevabilite,
)
from tests.moteur import FICTIVE, GUA, OCC, controles, essms, projet, verdicts

FIN = "23\u00a0h\u00a059\u00a0min\u00a059\u00a0s (heure de Paris)"


def _depose(texte: str, lignes: int = 15, ailleurs: int = 0):
    autres = essms(ailleurs, prefixe="84", region="84")
    return projet((*essms(lignes), *autres), depose_le=datetime.fromisoformat(texte))


@pytest.mark.parametrize(
    ("instant", "attendu"),
    [
        ("2025-04-21T23:59:59+02:00", "bloquant"),
        ("2025-04-22T00:00:00+02:00", "conforme"),
        ("2025-06-13T23:59:59.999999+02:00", "conforme"),
        ("2025-06-14T00:00:00+02:00", "bloquant"),
        ("2025-06-13T22:00:00+00:00", "bloquant"),
        ("2025-06-13T21:59:59+00:00", "conforme"),
    ],
)
def test_c1_fenetre_d_occitanie_a_la_seconde(instant: str, attendu: str) -> None:
    assert verdicts("C1", _depose(instant)) == {"projet": attendu}


@pytest.mark.parametrize(
    ("instant", "attendu"),
    [
        ("2022-03-18T00:00:00-04:00", "conforme"),
        ("2022-10-01T03:59:59+00:00", "conforme"),
        ("2022-10-01T04:00:00+00:00", "bloquant"),
        ("2022-10-01T00:00:00+02:00", "conforme"),
    ],
)
def test_c1_minuit_en_guadeloupe_n_est_pas_minuit_a_paris(instant: str, attendu: str) -> None:
    assert verdicts("C1", _depose(instant), GUA) == {"projet": attendu}


def test_c1_phrase_avec_l_instant_et_la_fenetre() -> None:
    (controle,) = controles("C1", _depose("2025-06-13T23:59:59+02:00"))
    assert controle.explication == (
        f"Déposé le 13\u00a0juin 2025 à {FIN}\u202f; fenêtre du 22 avril 2025 "
        f"au vendredi 13\u00a0juin 2025 à {FIN}\u00a0: conforme."
    )
    assert controle.article == "4.6"


def test_c1_sans_date_de_depot() -> None:
    assert verdicts("C1", projet()) == {}


@pytest.mark.parametrize(
    ("instant", "attendu"),
    [
        ("2025-06-01T23:59:59+02:00", "conforme"),
        ("2025-06-02T00:00:00+02:00", "bloquant"),
        ("2025-04-21T23:59:59+02:00", "bloquant"),
    ],
)
def test_c2_fenetre_multiregionale(instant: str, attendu: str) -> None:
    depose = _depose(instant, ailleurs=1)
    assert verdicts("C2", depose) == {"projet": attendu}
    assert verdicts("C1", depose) == {}


def test_c2_ignoree_par_un_appel_qui_ne_l_a_pas() -> None:
    depose = _depose("2022-09-30T12:00:00-04:00", ailleurs=1)
    assert verdicts("C1", depose, GUA) == {"projet": "conforme"}


@pytest.mark.parametrize(
    ("instant", "regle", "attendu"),
    [
        ("2025-05-01T12:00:00+02:00", "C1", "conforme"),
        ("2025-06-05T12:00:00+02:00", "C2", "a_completer"),
        ("2025-07-01T12:00:00+02:00", "C1", "bloquant"),
    ],
)
def test_c2_region_inconnue_ne_compte_qu_entre_les_deux_fermetures(
    instant: str, regle: str, attendu: str
) -> None:
    lignes = (*essms(14), *essms(1, prefixe="84", region=None))
    depose = projet(lignes, depose_le=datetime.fromisoformat(instant))
    assert verdicts(regle, depose) == {"projet": attendu}


def test_c3_hors_fenetre_irrecevable() -> None:
    depose = _depose("2025-06-14T00:00:00+02:00")
    assert verdicts("C3", depose) == {"projet": "bloquant"}
    assert "brouillon est conservé" in controles("C3", depose)[0].explication


def test_c3_dans_la_fenetre_ne_dit_rien() -> None:
    assert verdicts("C3", _depose("2025-06-01T00:00:00+02:00")) == {}


def test_c3_absente_de_guadeloupe() -> None:
    assert verdicts("C3", _depose("2023-01-01T00:00:00-04:00"), GUA) == {}


def test_c4_fin_de_recevabilite() -> None:
    assert fin_de_recevabilite(OCC) == datetime(2025, 7, 4, 22, tzinfo=UTC)
    assert fin_de_recevabilite(GUA) is None


@pytest.mark.parametrize(("demande", "jour"), [(20, 20), (31, 4)])
def test_c5_complement_jamais_apres_la_recevabilite(demande: int, jour: int) -> None:
    voulue = datetime(2025, 6, demande, tzinfo=UTC) if demande == 20 else datetime(2025, 7, 31, tzinfo=UTC)
    assert echeance_de_complement(voulue, OCC).astimezone(UTC).day == jour


def test_c5_sans_regle_l_echeance_reste_celle_de_l_agent() -> None:
    voulue = datetime(2030, 1, 1, tzinfo=UTC)
    assert echeance_de_complement(voulue, GUA) == voulue


def test_c6_fin_d_instruction() -> None:
    assert fin_d_instruction(OCC) == datetime(2025, 9, 8, 22, tzinfo=UTC)
    assert fin_d_instruction(GUA) == datetime(2022, 10, 1, 4, tzinfo=UTC)


def test_c7_annonce_de_la_selection() -> None:
    assert annonce_de_selection(OCC) == "Sélection\u00a0: entre mi-septembre et début octobre 2025."
    assert annonce_de_selection(GUA) == (
        "Sélection\u00a0: au fil de l’eau\u202f; notification des crédits dans le mois qui suit "
        "l’acceptation."
    )
    assert annonce_de_selection(FICTIVE) == "Sélection\u00a0: jusqu’au 1er août 2031."


def test_calendrier_d_une_campagne_remplace_celui_de_l_edition() -> None:
    calendrier = replace(
        OCC.calendrier,
        depot=replace(OCC.calendrier.depot, ouvre=date(2030, 1, 1), ferme=date(2030, 1, 2)),
        depot_multiregional=None,
        recevabilite=replace(OCC.calendrier.recevabilite, jusqu_au=date(2030, 2, 1)),
        instruction=replace(OCC.calendrier.instruction, jusqu_au=date(2030, 3, 1)),
    )
    ouverte = replace(OCC, calendrier=calendrier)
    assert verdicts("C1", _depose("2030-01-02T23:00:00+01:00"), ouverte) == {"projet": "conforme"}
    assert ouverte.version == OCC.version
