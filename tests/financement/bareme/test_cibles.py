"""U1 to U7: the rate of a measure against its target."""

from fractions import Fraction

import pytest

from esms.aap.cibles import Indicateur
from financement.bareme import MesureInvalide, mesurer
from tests.moteur import FICTIVE, GUA, OCC


def _indicateur(regle: str, edition=OCC) -> Indicateur:
    return next(indicateur for indicateur in edition.cibles.indicateurs if indicateur.regle == regle)


@pytest.mark.parametrize(("messages", "atteinte"), [(70, True), (69, False), (120, True)])
def test_u1_messagerie_soixante_dix_pour_cent(messages: int, atteinte: bool) -> None:
    assert mesurer(_indicateur("U1"), numerateur=messages, denominateur=100).atteinte is atteinte


def test_u1_dispense_pjm_en_occitanie() -> None:
    assert _indicateur("U1").publics_dispenses == ("PJM",)
    assert _indicateur("U1", GUA).publics_dispenses == ()


def test_u2_dmp_denominateur_amenage() -> None:
    mesure = mesurer(_indicateur("U2"), numerateur=63, denominateur=100, retranches=10)
    assert (mesure.taux, mesure.atteinte) == (Fraction(70), True)
    assert mesure.explication == "63 sur 90, soit 70,00\u00a0%, cible 70\u00a0%\u00a0: atteinte."


def test_u3_dossiers_actifs_coupe_sans_arrondir() -> None:
    mesure = mesurer(_indicateur("U3"), numerateur=89_999, denominateur=100_000)
    assert mesure.atteinte is False
    assert "soit 89,99" in mesure.explication


def test_u4_projet_personnalise() -> None:
    assert mesurer(_indicateur("U4"), numerateur=9, denominateur=10).atteinte is True


def test_u5_evenement_d_agenda_sans_personne_a_compter() -> None:
    mesure = mesurer(_indicateur("U5"), numerateur=0, denominateur=4, retranches=4)
    assert (mesure.taux, mesure.atteinte) == (None, True)


@pytest.mark.parametrize("regle", ["U6", "U7"])
def test_u6_et_u7_se_comptent_sans_cible(regle: str) -> None:
    mesure = mesurer(_indicateur(regle), numerateur=12)
    assert (mesure.taux, mesure.atteinte) == (None, None)


def test_u7_ne_conditionne_pas_le_solde() -> None:
    assert [i.regle for i in OCC.cibles.indicateurs if not i.conditionne_le_solde] == ["U6", "U7"]


def test_u1_periodes_des_editions() -> None:
    assert [(e.cibles.periode.mois, e.cibles.periode.mois_premiere_mesure) for e in (OCC, GUA, FICTIVE)] == [
        (3, 3),
        (1, 3),
        (2, 6),
    ]


@pytest.mark.parametrize(
    "effectifs",
    [
        {"numerateur": -1, "denominateur": 1},
        {"numerateur": 1, "denominateur": 2, "retranches": 3},
        {"numerateur": 1, "denominateur": 2, "retranches": -1},
    ],
)
def test_u2_effectifs_impossibles(effectifs: dict[str, int]) -> None:
    with pytest.raises(MesureInvalide):
        mesurer(_indicateur("U2"), **effectifs)
