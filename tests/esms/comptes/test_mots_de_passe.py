"""Passwords: long, measured, unknown to the lists, and free of any rule of composition."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from esms.comptes.models import Utilisateur
from esms.comptes.mots_de_passe import bits

FAIBLES = [
    "aaaaaaaaaaaaaaaa", "abcdefghijklmnop", "12345678901234", "azertyuiopqsdfgh", "password1234567",
    "azertyazertyazerty", "Football2024!!!!", "abcabcabcabcabcabc", "20252025202520", "bonjourbonjour12",
]  # fmt: skip
ROBUSTES = [
    "grappe de vingt essms", "quatre moutons bleus nagent", "Xk9#mP2$vL7@qR",
    "日本語のとても長い合言葉です", "jvqozmtwxkpnrhsd",
]  # fmt: skip


def _refus(mot: str) -> list[str]:
    try:
        validate_password(mot, Utilisateur(courriel="camille.roux@exemple.example", nom="Camille Roux"))
    except ValidationError as refus:
        return [erreur.code for erreur in refus.error_list]
    return []


@pytest.mark.parametrize("mot", FAIBLES)
def test_mot_de_passe_long_mais_devinable_est_refuse(mot: str) -> None:
    assert len(mot) >= 14
    assert "trop_faible" in _refus(mot)


@pytest.mark.parametrize("mot", ROBUSTES)
def test_mot_de_passe_robuste_passe_sans_regle_de_composition(mot: str) -> None:
    assert _refus(mot) == []


@pytest.mark.parametrize(
    ("mot", "code"),
    [
        ("Xk9#mP2$vL7@q", "password_too_short"),
        ("camille.roux@exemple", "password_too_similar"),
        ("x9!Kq" * 60, "trop_long"),
    ],
)
def test_mot_de_passe_court_personnel_ou_demesure_est_refuse(mot: str, code: str) -> None:
    assert code in _refus(mot)


def test_robustesse_croit_avec_la_longueur_et_non_avec_la_repetition() -> None:
    assert bits("grue") < bits("grue pelle") < bits("grue pelle oiseau")
    assert bits("motdepasse" * 5) < 50
    assert bits("") == 0
