"""Names of people: one readable line, wherever they come from."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from esms.comptes.actions import creer_compte, ouvrir_par_proconnect, s_inscrire
from esms.comptes.forms import InscriptionForm
from esms.comptes.models import Role, Utilisateur
from esms.comptes.noms import ADRESSE_INVALIDE, SANS_NOM, adresse_valide, nom_lisible
from instruction.forms.grappe_invitation import InvitationForm
from tests.fabriques import MOT_DE_PASSE, utilisateur

ILLISIBLES = [
    '"a\x01b"@essais.example',
    '"a\x7fb"@essais.example',
    "a@essais\u202e.example",
    "a@essais\u200b.fr",
]


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


@pytest.mark.django_db
def test_nom_ecrit_par_une_autre_main_se_lit_sans_ses_marques() -> None:
    """A row older than the rule, or written in the database itself."""
    lus = []
    for nom in ("Ann\u202ee\nB\x01", "\u202e\u200b"):
        personne = utilisateur("Anne")
        with connection.cursor() as curseur:
            curseur.execute("UPDATE comptes_utilisateur SET nom = %s WHERE id = %s", [nom, personne.pk])
        personne.refresh_from_db()
        lus += [personne.nom, Utilisateur.objects.values_list("nom", flat=True).get(pk=personne.pk)]
    assert lus == ["Anne B", "Anne B", SANS_NOM, SANS_NOM]


@pytest.mark.django_db
def test_nom_s_ecrit_sans_ses_marques_par_toutes_les_portes() -> None:
    personne = utilisateur("Ann\u202ee\x00")
    assert personne.nom == "Anne"
    Utilisateur.objects.filter(pk=personne.pk).update(nom="Zo\u200bé\r\nBcc")
    with connection.cursor() as curseur:
        curseur.execute("SELECT nom FROM comptes_utilisateur WHERE id = %s", [personne.pk])
        assert curseur.fetchone() == ("Zoé Bcc",)


@pytest.mark.parametrize(
    "adresse", [*ILLISIBLES, "a\x00@essais.example", "a\n@essais.example", "pas une adresse"]
)
def test_adresse_illisible_ou_fausse_est_refusee(adresse: str) -> None:
    with pytest.raises(ValidationError, match="adresse électronique valide"):
        adresse_valide(adresse)


def test_adresse_juste_est_lue_en_minuscules() -> None:
    assert adresse_valide(" Zoé.Martin@Essais.example ".replace("é", "e")) == "zoe.martin@essais.example"


@pytest.mark.django_db
def test_adresse_fausse_se_dit_avec_les_mots_du_portail() -> None:
    assert InscriptionForm({"email": "nom@domaine"}).errors["email"] == [ADRESSE_INVALIDE]
    assert InvitationForm({"courriel": "nom@domaine"}, organismes=[]).errors["courriel"] == [ADRESSE_INVALIDE]


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", ILLISIBLES)
def test_adresse_illisible_n_ouvre_pas_de_compte(adresse: str) -> None:
    valeurs = {"nom": "Anne", "email": adresse, "password1": "correcte batterie agrafe cheval"}
    assert list(InscriptionForm(valeurs).errors) == ["email"]
    with pytest.raises(ValidationError):
        creer_compte(
            courriel=adresse,
            nom="Anne",
            mot_de_passe=MOT_DE_PASSE,
            role=Role.PORTEUR,
            organisme="x",
            par=None,
        )
    assert not Utilisateur.objects.exists()
