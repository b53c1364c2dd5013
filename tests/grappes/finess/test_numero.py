import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappes.finess.numero import cle_valide, erreur, lire_liste, normaliser


@pytest.mark.parametrize("numero", ["310781562", "010000024", "970102018", "980501506", "2A0003471"])
def test_cle_d_un_numero_reel(numero):
    assert cle_valide(numero)


def test_cle_corse_lue_comme_21_et_22():
    assert [cle_valide("2A0003471"), cle_valide("210003471")] == [True, True]
    assert [cle_valide("2B0000012"), cle_valide("220000012")] == [True, True]


@pytest.mark.parametrize(
    "numero",
    [
        "310781563",
        "",
        "31078156",
        "3107815622",
        "1A0003471",
        "2C0003471",
        "٣10781562",
        "abcdefghi",
        "31078156\n",
    ],
)
def test_cle_refusee(numero):
    assert not cle_valide(numero)


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("10000024", "010000024"),
        (" 31 078 156 2 ", "310781562"),
        ("31\u00a0078\u202f1562", "310781562"),
        ("2a0003471", "2A0003471"),
        ("３１０７８１５６２", "310781562"),
        ("n'importe quoi", "N'IMPORTEQUOI"),
    ],
)
def test_numero_normalise(tape, lu):
    assert normaliser(tape) == lu


@pytest.mark.parametrize(
    "colle",
    [
        "310781562 010000024",
        "310781562\n010000024\n",
        "310781562,010000024",
        "310781562;010000024;",
        "310781562\t010000024",
        '"310781562" "010000024"',
        "310781562. 010000024.",
        "310781562/010000024",
        "« 310781562 » et « 010000024 »".replace("et", ","),
        "\ufeff310781562\r\n10000024",
        "31 078 156 2\n01 000 002 4",
        "31 078 156 2 01 000 002 4",
        "310.781.562 ; 010-000-024",
    ],
)
def test_liste_collee_avec_tout_separateur(colle):
    assert lire_liste(colle) == (("310781562", None), ("010000024", None))


def test_liste_vide():
    assert lire_liste(" \n;,\t ") == ()


def test_liste_garde_les_repetitions():
    assert lire_liste("310781562 310781562") == (("310781562", None), ("310781562", None))


def test_liste_dit_ce_qui_ne_va_pas():
    assert lire_liste("310781563\nEHPAD\n1234") == (
        (
            "310781563",
            "La clé du numéro FINESS «\u00a0310781563\u00a0» est fausse\u202f: un chiffre a été mal saisi.",
        ),
        (
            "EHPAD",
            "«\u00a0EHPAD\u00a0» n’est pas un numéro FINESS (9 chiffres, ou 2A ou 2B puis 7 chiffres).",
        ),
        ("1234", "«\u00a01234\u00a0» compte 4 chiffres\u202f; un numéro FINESS en compte 9."),
    )


def test_liste_un_numero_groupe_a_cle_fausse_reste_un_numero():
    assert [numero for numero, _ in lire_liste("31 078 156 3")] == ["310781563"]


def test_erreur_coupe_ce_qui_est_trop_long():
    assert erreur("X" * 500) == (
        f"«\u00a0{'X' * 30}…\u00a0» n’est pas un numéro FINESS (9 chiffres, ou 2A ou 2B puis 7 chiffres)."
    )


@given(st.text())
def test_liste_ne_leve_jamais(texte):
    assert all(cle_valide(numero) == (probleme is None) for numero, probleme in lire_liste(texte))
