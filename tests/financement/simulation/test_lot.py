"""Batches: one result per line, an invalid line stops no other."""

import json

import pytest

from financement.simulation import ReferentielVide
from financement.simulation.lot import JsonIllisible, lire_json, simuler_les_lignes
from tests.moteur import entree


def test_une_ligne_fausse_n_arrete_pas_les_autres() -> None:
    bonne = json.dumps(entree(15))
    resultats = [json.loads(r) for r in simuler_les_lignes([bonne, "{", "{}", "", bonne], ReferentielVide())]
    assert [resultat.get("erreur") for resultat in resultats] == [
        None,
        "Ce n’est pas du JSON lisible (ligne 1, colonne 2).",
        "aap\u00a0: Ce champ est obligatoire. essms\u00a0: Ce champ est obligatoire.",
        "Il n’y a rien à lire.",
        None,
    ]
    assert resultats[0] == resultats[4]


def test_mille_erreurs_tiennent_dans_une_phrase() -> None:
    fausses = entree(1_000)
    for ligne in fausses["essms"]:
        ligne["operation"] = "z"
    (resultat,) = simuler_les_lignes([json.dumps(fausses)], ReferentielVide())
    assert json.loads(resultat)["erreur"].endswith("Et 980\u00a0autres erreurs.")


@pytest.mark.parametrize(
    "texte", ["", " ", "{", "NaN", '{"a": Infinity}', '{"a": 1, "a": 2}', "[" * 100_000, "9" * 5_000, "\x00"]
)
def test_json_illisible(texte: str) -> None:
    with pytest.raises(JsonIllisible):
        lire_json(texte)
