"""What a request for the balance must hold."""

from instruction.regles.solde import Comptage, evaluer
from tests.moteur import OCC


def test_u1_a_u5_plus_de_comptes_que_d_effectif_refuse_le_solde_sauf_les_messages() -> None:
    """U1 counts messages: there may be more of them than people."""
    indicateurs = [i for i in OCC.cibles.indicateurs if i.conditionne_le_solde]
    _, objections = evaluer(indicateurs, {i.regle: Comptage(96, 100, 5) for i in indicateurs})
    assert [phrase.split("(")[1] for phrase in objections] == [
        f"{regle})\u00a0: 96 sur 95, plus de 100\u00a0%." for regle in ("U2", "U3", "U4", "U5")
    ]


def test_u1_a_u5_effectif_tout_juste_atteint_ouvre_le_solde() -> None:
    indicateurs = [i for i in OCC.cibles.indicateurs if i.conditionne_le_solde]
    mesures, objections = evaluer(indicateurs, {i.regle: Comptage(95, 100, 5) for i in indicateurs})
    assert ([m.atteinte for m in mesures], objections) == ([True] * 5, ())
