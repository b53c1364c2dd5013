"""Amounts: what is read right, what is refused in plain words, exact rounding, French writing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms.socle.montants import MONTANT_MAX, MontantInvalide, arrondi, euros, lire_montant, nombre


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("12345,60", "12345.60"),
        ("12\u202f345,60\u00a0€", "12345.60"),
        ("12 345.6 €", "12345.60"),
        *((f"12{espace}345,60{espace}€", "12345.60") for espace in "\t\u2007\u2009\u200a\u205f\u3000"),
        (" 0 ", "0.00"),
        ("007", "7.00"),
        ("9999999999,99", "9999999999.99"),
    ],
)
def test_montant_lu_juste(texte, attendu):
    montant = lire_montant(texte)
    assert (str(montant), montant) == (attendu, Decimal(attendu))


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("-1", "Un montant ne peut pas être négatif."),
        ("\u22121", "Un montant ne peut pas être négatif."),
        ("10000000000", "Ce montant dépasse dix milliards d’euros."),
        *(
            (faux, f"« {faux} » n’est pas un montant en euros, par exemple 12\u202f345,60.")
            for faux in (
                "",
                "NaN",
                "1e9999",
                "Infinity",
                "1,234",
                "1,2,3",
                "1\n2",
                "１２",
                "12 €€",
                "0x10",
                "douze",
                ",5",
            )
        ),
    ],
)
def test_montant_refuse_en_clair(texte, phrase):
    with pytest.raises(MontantInvalide) as refus:
        lire_montant(texte)
    assert str(refus.value).replace("\u00a0", " ") == phrase.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("exact", "attendu"),
    [
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(1, 200), "0.01"),
        (Fraction(3, 200), "0.02"),
        (Decimal("2.005"), "2.01"),
        (Decimal("2.0049"), "2.00"),
    ],
)
def test_arrondi_demi_vers_le_haut(exact, attendu):
    assert str(arrondi(exact)) == attendu


@given(st.fractions(min_value=0, max_value=10**9))
def test_arrondi_a_moins_d_un_demi_centime(exact):
    assert Fraction(-1, 200) < Fraction(arrondi(exact)) - exact <= Fraction(1, 200)


@given(st.decimals(min_value=0, max_value=MONTANT_MAX, places=2))
def test_montant_ecrit_puis_relu(montant):
    assert lire_montant(euros(montant)) == montant


def test_montant_ecrit_a_la_francaise():
    assert (euros(Decimal("1084000.00")), euros(Decimal("12345.6"))) == (
        "1\u202f084\u202f000\u00a0€",
        "12\u202f345,60\u00a0€",
    )
    assert nombre(95333) == "95\u202f333"
