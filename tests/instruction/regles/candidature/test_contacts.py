"""Contacts (E21) and texts of the project: what is missing, in sentences."""

import pytest

from instruction.regles.candidature import contacts, porteur, projet
from tests.fabriques import FICHE, SIRET
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GUA, OCC


def test_e21_cite_l_article_la_ou_l_aap_l_ecrit() -> None:
    occitanie, guadeloupe = contacts.manques({}, contexte(OCC)), contacts.manques({}, contexte(GUA))
    assert len(occitanie) == len(guadeloupe) == 7
    assert occitanie[0] == "Le nom du contact opérationnel n’est pas renseigné (règle E21, art.\u00a04.7)."
    assert guadeloupe[0] == "Le nom du contact opérationnel n’est pas renseigné."


def test_e21_la_fonction_du_contact_est_facultative() -> None:
    assert contacts.manques({**FICHE, "contact_fonction": ""}, contexte()) == ()


def test_e21_des_espaces_ne_sont_pas_un_nom() -> None:
    (phrase,) = contacts.manques({**FICHE, "representant_nom": " \u00a0"}, contexte())
    assert phrase.startswith("Le nom du représentant légal, signataire de la convention, n’est pas renseigné")


def test_projet_attend_un_texte_par_critere_de_l_edition() -> None:
    assert len(projet.manques({}, contexte(OCC))) == 12
    assert projet.manques({"coherence": "x", "capacite": "x", "equite": "\n"}, contexte(GUA)) == (
        "Le texte «\u00a0Équité territoriale\u00a0» est vide.",
    )


def test_porteur_attend_son_siret() -> None:
    assert porteur.manques({}, contexte()) == ("Le numéro SIRET du porteur n’est pas renseigné.",)
    assert porteur.manques({"siret": SIRET}, contexte()) == ()


@pytest.mark.parametrize(
    ("siret", "siren", "refus"),
    [
        (SIRET, "", ""),
        (SIRET, SIRET[:9], ""),
        (SIRET, "552100554", "Ce numéro SIRET n’est pas celui du porteur, dont le SIREN est 552100554."),
        (SIRET[:13], "", "Un numéro SIRET compte 14 chiffres."),
        ("７３２８２９３２００００７４", "", "Un numéro SIRET compte 14 chiffres."),
        (
            "73282932000075",
            "",
            "Ce numéro SIRET n’existe pas\u00a0: sa clé est fausse. Vérifiez chaque chiffre.",
        ),
        ("35600000049837", "356000000", ""),  # La Poste: the digits add up to a multiple of five
    ],
)
def test_siret_juste_ou_refuse_en_clair(siret: str, siren: str, refus: str) -> None:
    assert porteur.refus_du_siret(siret, siren) == refus


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("0561000000", "05 61 00 00 00"),
        (" 05.61-00\u00a000 00 ", "05 61 00 00 00"),
        ("+33 (0)5 61 00 00 00", "+33 5 61 00 00 00"),
        ("0033561000000", "+33 5 61 00 00 00"),
        ("+590 590123456", "+590 590 12 34 56"),
        ("0690 12 34 56", "06 90 12 34 56"),
        ("+508 41 00 00", "+508 41 00 00"),
        ("+687271234", "+687 27 12 34"),
    ],
)
def test_telephone_de_france_est_ecrit_par_paires(saisi: str, lu: str) -> None:
    assert contacts.telephone(saisi) == lu


@pytest.mark.parametrize(
    "saisi",
    [
        "05",
        "0061000000",
        "05610000001",
        "+3361000000",
        "+33061000000",
        "+44 20 7946 0958",
        "０５６１００００００",
        "05 6l 00 00 00",
    ],
)
def test_telephone_incomplet_ou_d_ailleurs_est_refuse(saisi: str) -> None:
    assert contacts.telephone(saisi) is None
