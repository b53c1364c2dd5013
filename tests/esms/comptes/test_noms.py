"""Names of people: one readable line, wherever they come from."""

import pytest

from esms.comptes.actions import ouvrir_par_proconnect, s_inscrire
from esms.comptes.forms import InscriptionForm
from esms.comptes.noms import nom_lisible


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("  Zoé   Martin ", "Zoé Martin"),
        ("Zoe\u0301", "Zoé"),
        ("Ann\u202ee\u200b", "Anne"),
        ("Anne\r\nBcc: x@y.example", "Anne Bcc: x@y.example"),
        ("A\x00n\x1bne", "Anne"),
        ("Ma\u00adrie", "Marie"),
        ("\u202e\u200b", ""),
        ("x" * 300, "x" * 120),
    ],
)
def test_nom_lisible(saisi: str, lu: str) -> None:
    assert nom_lisible(saisi) == lu


@pytest.mark.django_db
def test_nom_du_compte_est_nettoye_a_l_inscription_et_par_proconnect() -> None:
    inscrit = s_inscrire(courriel="a@essais.example", nom="Ann\u202ee\nB", mot_de_passe="x", par=None)
    venu = ouvrir_par_proconnect(courriel="b@essais.example", nom="\u202e", sub="s", par=None)
    assert (inscrit.nom, venu.nom) == ("Anne B", "b@essais.example")


@pytest.mark.django_db
def test_nom_sans_rien_de_lisible_est_refuse_a_l_inscription() -> None:
    valeurs = {"nom": "\u202e", "email": "a@essais.example", "password1": "correcte batterie agrafe cheval"}
    assert InscriptionForm(valeurs).errors == {"nom": ["Saisissez votre prénom et votre nom."]}
