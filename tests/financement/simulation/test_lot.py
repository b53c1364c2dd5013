"""Batches: one result per line, an invalid line stops no other."""

import json
from collections.abc import Collection, Mapping

import pytest

from financement.simulation import ReferentielIndisponible, ReferentielVide
from financement.simulation.lot import JsonIllisible, ecrire_json, lire_json, simuler_les_lignes
from grappes.regles import FicheEssms
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


def test_ligne_hors_utf8_n_arrete_pas_les_autres() -> None:
    bonne = json.dumps(entree(15)).encode()
    mauvaise = '{"aap": "café"}'.encode("latin-1")
    premiere, erreur, derniere = simuler_les_lignes(
        [bonne, mauvaise, b"\xef\xbb\xbf" + bonne + b"\r"], ReferentielVide()
    )
    assert json.loads(erreur) == {"erreur": "Ce n’est pas du texte en UTF-8."}
    assert premiere == derniere


class Panne(ReferentielVide):
    """A register that cannot be read, and counts how often it was asked."""

    questions = 0

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        self.questions += 1
        raise ReferentielIndisponible("Le référentiel est injoignable.")


def test_referentiel_en_panne_les_lignes_completes_se_calculent() -> None:
    complete = json.dumps(entree(15))
    incomplete = entree(15)
    del incomplete["essms"][3]["region"]
    panne = Panne()
    premiere, erreur, derniere = simuler_les_lignes([complete, json.dumps(incomplete), complete], panne)
    assert json.loads(erreur) == {"erreur": "Le référentiel est injoignable."}
    assert json.loads(premiere)["synthese"]["total"] == "315000.00"
    assert (premiere, panne.questions) == (derniere, 1)


def test_ecriture_compacte_dans_l_ordre_du_contrat() -> None:
    assert ecrire_json({"b": [1, "é"], "a": None}) == '{"b":[1,"é"],"a":null}'


@pytest.mark.parametrize(
    "texte", ["", " ", "{", "NaN", '{"a": Infinity}', '{"a": 1, "a": 2}', "[" * 100_000, "9" * 5_000, "\x00"]
)
def test_json_illisible(texte: str) -> None:
    with pytest.raises(JsonIllisible):
        lire_json(texte)
