"""Contacts (E21) and texts of the project: what is missing, in sentences."""

import pytest

from instruction.regles.candidature import contacts, porteur, projet
from tests.fabriques import FICHE, SIRET
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GUA, OCC


def test_e21_cite_l_article_la_ou_l_aap_l_ecrit() -> None:
    occitanie, guadeloupe = contacts.manques({}, contexte(OCC)), contacts.manques({}, contexte(GUA))
    assert len(occitanie) == len(guadeloupe) == 6
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
