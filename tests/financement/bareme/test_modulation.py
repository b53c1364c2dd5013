"""F9: signed, motivated, citing its article, and never below zero."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from financement.bareme import Modulation, ModulationRefusee, calculer, moduler
from tests.moteur import GUA, OCC, essms, projet

NUMERO = essms(1)[0].finess_et
BASE = Modulation(
    cible="F1",
    portee=NUMERO,
    motif="activite_mixte",
    explication="Un quart des heures relève du confort.",
    par="A. Martin",
    montant=Decimal("1750.00"),
)


def test_f9_ligne_negative_signee_motivee_citee() -> None:
    financement = moduler(calculer(projet(15), OCC), BASE, OCC)
    ligne = financement.lignes[-1]
    assert (ligne.regle, ligne.article, ligne.montant) == ("F9", "4.4.1", Decimal("-1750.00"))
    assert ligne.explication == (
        "1\u202f750\u00a0€ de moins sur F1 (art. 4.4.1)\u00a0: Un quart des heures relève du confort. "
        "Par A. Martin."
    )
    assert financement.total == Decimal("313250.00")
    assert sum(versement.montant for versement in financement.versements) == financement.total


def test_f9_un_taux_garde_sa_part() -> None:
    financement = moduler(calculer(projet(15), OCC), replace(BASE, montant=None, taux=Fraction(2, 3)), OCC)
    assert financement.lignes[-1].montant == Decimal("-2333.33")


def test_f9_ne_rend_jamais_une_ligne_negative() -> None:
    financement = calculer(projet(15), OCC)
    financement = moduler(financement, replace(BASE, montant=Decimal("6000.00")), OCC)
    financement = moduler(financement, replace(BASE, montant=Decimal("6000.00")), OCC)
    assert financement.sous_totaux["F9"] == Decimal("-7000.00")
    with pytest.raises(ModulationRefusee, match="ne retire rien"):
        moduler(financement, BASE, OCC)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"motif": "humeur"}, "Motif inconnu"),
        ({"explication": "  "}, "motivée"),
        ({"par": ""}, "signée"),
        ({"taux": Fraction(1, 2)}, "l’un ou l’autre"),
        ({"montant": None}, "l’un ou l’autre"),
        ({"montant": Decimal(-1)}, "négatif"),
        ({"montant": None, "taux": Fraction(3, 2)}, "entre 0 et 1"),
        ({"montant": Decimal(0)}, "ne retire rien"),
        ({"portee": "310000999"}, "Aucune ligne"),
        ({"cible": "F2"}, "Aucune ligne"),
    ],
)
def test_f9_refus(change: dict[str, object], message: str) -> None:
    with pytest.raises(ModulationRefusee, match=message):
        moduler(calculer(projet(15), OCC), replace(BASE, **change), OCC)


def test_f9_motifs_de_guadeloupe() -> None:
    financement = moduler(
        calculer(projet(8), GUA), replace(BASE, motif="forfaits_multiplies", montant=Decimal(7000)), GUA
    )
    assert (financement.lignes[-1].article, financement.lignes[-1].montant) == ("5", -7000)
