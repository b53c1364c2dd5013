"""What is cleaned of a posted field, and what is refused in clear with the text kept."""

import re

import pytest
from django import forms
from django.http import QueryDict
from django.utils import timezone

from esms.socle.listes import Select
from instruction.forms.sections.base import TEXTE_MAX
from instruction.forms.sections.contacts import ContactsForm
from instruction.forms.sections.porteur import PorteurForm
from instruction.forms.sections.projet import ProjetForm
from instruction.forms.sections.saisie import nettoyer
from instruction.models import Section
from instruction.requetes import Examen
from tests.fabriques import SIRET, Monde


@pytest.mark.parametrize(
    ("tape", "garde"),
    [
        ("deux\r\nlignes\rtrois", "deux\nlignes\ntrois"),
        ("a\x00b\x07c\x7f", "abc"),
        ("facture\u202egpj.exe", "facturegpj.exe"),
        ("\u2067isolé\u2069\ufeff", "isolé"),
        ("e\u0301te\u0301", "été"),
        ("\ud800demi", "demi"),
        ("tab\tet\u00a0insécable\u202f!", "tab\tet\u00a0insécable\u202f!"),
        ("👩‍⚕️", "👩‍⚕️"),
    ],
)
def test_texte_nettoye(tape: str, garde: str) -> None:
    assert nettoyer(tape) == garde


def _post(**champs: str) -> QueryDict:
    donnees = QueryDict(mutable=True)
    donnees.update({"version": "0", **champs})
    return donnees


@pytest.mark.django_db
def test_texte_demesure_est_refuse_en_clair_et_garde() -> None:
    examen = Examen(Monde().dossier, timezone.now())
    long = "é" * 200_000
    donnees = _post(motivation=long, cibles="court")
    formulaire = ProjetForm(donnees, section=Section(cle="projet"), examen=examen)
    phrase = (
        f"Ce texte compte 200000 caractères, pour {TEXTE_MAX} au plus. "
        "Il n’est pas enregistré\u202f; raccourcissez-le."
    )
    assert formulaire.errors == {"motivation": [phrase]}
    assert formulaire["motivation"].value() == long
    assert "maxlength" not in str(formulaire["motivation"])


@pytest.mark.django_db
def test_nom_de_mille_caracteres_est_refuse() -> None:
    examen = Examen(Monde().dossier, timezone.now())
    formulaire = ContactsForm(_post(contact_nom="n" * 1000), section=Section(cle="contacts"), examen=examen)
    assert list(formulaire.errors) == ["contact_nom"]


@pytest.mark.django_db
@pytest.mark.parametrize("tape", [SIRET, "732 829 320 00074", "732.829.320.00074"])
def test_siret_recopie_avec_des_espaces_est_lu(tape: str) -> None:
    examen = Examen(Monde().dossier, timezone.now())
    formulaire = PorteurForm(_post(siret=tape), section=Section(cle="porteur"), examen=examen)
    assert formulaire.is_valid()
    assert formulaire.contenu() == {"siret": SIRET, "adresse": "", "corrections": ""}


@pytest.mark.django_db
def test_siret_d_un_autre_organisme_est_refuse() -> None:
    monde = Monde()
    monde.entite.siren = "552100554"
    monde.entite.save()
    examen = Examen(monde.dossier, timezone.now())
    formulaire = PorteurForm(_post(siret=SIRET), section=Section(cle="porteur"), examen=examen)
    assert "552100554" in str(formulaire.errors["siret"])
    assert ("SIREN", "552100554") in formulaire.connu()


def test_liste_legere_ecrit_la_meme_liste_que_django_et_echappe_tout() -> None:
    choix = [("", "Choisir"), ("Groupe <1>", [("a", "Un & <b>deux</b>"), ("b", "Trois")])]
    for valeur in ("", None, "a", "inconnue"):
        listes = [forms.Select(choices=choix), Select(choices=choix)]
        attendue, ecrite = (
            liste.render("qui", valeur, {"class": "fr-select", "id": "id_qui"}) for liste in listes
        )
        assert re.sub(r">\s+<", "><", ecrite) == re.sub(r">\s+<", "><", attendue).strip()
