"""Amounts in words: the traps of French one by one, then every number read back by an independent reader."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms.socle.lettres import entier_en_lettres, euros_en_lettres

MAXIMUM = "neuf cent quatre-vingt-dix-neuf"
SIMPLES = {
    mot: valeur
    for valeur, mot in enumerate(
        (
            "zéro",
            "un",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
        )
    )
} | {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}


def relire(texte: str) -> int:
    """Read a number in words: vingt and cent multiply the smaller number that stands before them."""
    total, bloc = 0, 0
    for mot in texte.replace("-", " ").replace(" et ", " ").split():
        singulier = mot.removesuffix("s") if mot in ("vingts", "cents", "millions") else mot
        if singulier == "million":
            total, bloc = total + bloc * 1_000_000, 0
        elif singulier == "mille":
            total, bloc = total + max(bloc, 1) * 1_000, 0
        elif singulier == "cent":
            bloc = max(bloc, 1) * 100
        elif singulier == "vingt" and bloc % 100 == 4:
            bloc += 76
        else:
            bloc += SIMPLES[singulier]
    return total + bloc


@pytest.mark.parametrize(
    ("valeur", "texte"),
    [
        (0, "zéro"),
        (1, "un"),
        (16, "seize"),
        (17, "dix-sept"),
        (21, "vingt et un"),
        (22, "vingt-deux"),
        (70, "soixante-dix"),
        (71, "soixante et onze"),
        (79, "soixante-dix-neuf"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (90, "quatre-vingt-dix"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (100, "cent"),
        (101, "cent un"),
        (180, "cent quatre-vingts"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (1_000, "mille"),
        (1_001, "mille un"),
        (2_000, "deux mille"),
        (21_000, "vingt et un mille"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (1_000_000, "un million"),
        (80_000_000, "quatre-vingts millions"),
        (200_000_000, "deux cents millions"),
        (1_084_000, "un million quatre-vingt-quatre mille"),
        (
            999_999_999,
            f"{MAXIMUM} millions {MAXIMUM} mille {MAXIMUM}",
        ),
    ],
)
def test_lettres_entier(valeur, texte):
    assert entier_en_lettres(valeur) == texte


@pytest.mark.parametrize(
    ("montant", "texte"),
    [
        ("0", "zéro euro"),
        ("0.01", "un centime"),
        ("1", "un euro"),
        ("1.50", "un euro et cinquante centimes"),
        ("80", "quatre-vingts euros"),
        ("420000.00", "quatre cent vingt mille euros"),
        ("1000000", "un million d’euros"),
        ("2000000.02", "deux millions d’euros et deux centimes"),
        ("1084000", "un million quatre-vingt-quatre mille euros"),
    ],
)
def test_lettres_montant(montant, texte):
    assert euros_en_lettres(Decimal(montant)) == texte


def test_lettres_tous_les_nombres_jusqu_a_vingt_mille_se_relisent():
    assert [n for n in range(20_001) if relire(entier_en_lettres(n)) != n] == []


@given(st.integers(min_value=0, max_value=999_999_999))
def test_lettres_tout_nombre_se_relit(valeur):
    assert relire(entier_en_lettres(valeur)) == valeur


@pytest.mark.parametrize("montant", ["-1", "0.001", "1000000000", "NaN", "Infinity"])
def test_lettres_montant_hors_bornes_refuse(montant):
    with pytest.raises(ValueError, match="lettres"):
        euros_en_lettres(Decimal(montant))
