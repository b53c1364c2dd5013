"""The contract's JSON: the public cases, its shape, and the same bytes whatever the order of the ESSMS."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from financement.simulation import ReferentielVide, simuler
from financement.simulation.lot import ecrire_json
from financement.simulation.texte import en_texte
from tests.moteur import OCC, cas_publics, entree

FICTIVES = Path(__file__).resolve().parents[2] / "aap"


def _retenu(resultat: dict[str, Any], attendu: dict[str, Any]) -> dict[str, Any]:
    """The part of a result that a public case fixes."""
    verdicts = {controle["regle"]: controle["verdict"] for controle in resultat["controles"]}
    return {
        "total": resultat["synthese"]["total"],
        "sous_totaux": resultat["sous_totaux"],
        "versements": [versement["montant"] for versement in resultat["versements"]],
        "guichet": {cle: resultat["guichet"][cle] for cle in ("niveau", "region", "deposable")},
        "typologie": resultat["synthese"]["typologie"],
        "nombre_essms": resultat["synthese"]["nombre_essms"],
        "verdicts": {regle: verdicts[regle] for regle in attendu["verdicts"]},
    }


def test_cas_publics_exacts_au_centime() -> None:
    entrees, attendus = cas_publics()
    resultats = [simuler(json.loads(ligne), ReferentielVide()).en_json() for ligne in entrees]
    assert [_retenu(r, a) for r, a in zip(resultats, attendus, strict=True)] == attendus
    assert len(attendus) == 60


def test_cas_publics_octet_pour_octet_quel_que_soit_l_ordre() -> None:
    entrees, _ = cas_publics()
    hasard = random.Random(1)
    for ligne in entrees:
        donnee = json.loads(ligne)
        attendu = ecrire_json(simuler(donnee, ReferentielVide()).en_json())
        hasard.shuffle(donnee["essms"])
        hasard.shuffle(donnee["organismes"])
        assert ecrire_json(simuler(donnee, ReferentielVide()).en_json()) == attendu


def test_forme_du_contrat() -> None:
    resultat = simuler(entree(60), ReferentielVide()).en_json()
    assert list(resultat) == [
        *("aap", "version_regles", "synthese", "guichet", "controles", "lignes", "sous_totaux", "versements")
    ]
    assert resultat["version_regles"] == OCC.version
    assert resultat["synthese"] == {
        "nombre_essms": 60,
        "typologie": "acquisition",
        "verdict": "conforme",
        "estimation": False,
        "total": "1084000.00",
    }
    assert resultat["sous_totaux"] == {"F1": "365000.00", "F3": "719000.00"}
    assert resultat["versements"] == [
        {"rang": 1, "declencheur": "signature", "montant": "542000.00"},
        {"rang": 2, "declencheur": "cibles", "montant": "542000.00"},
    ]
    premiere = resultat["lignes"][0]
    assert premiere == {
        "regle": "F1",
        "article": "4.4.1.1",
        "portee": resultat["lignes"][0]["portee"],
        "rang": 1,
        "libelle": "Usages, acquisition",
        "base": "7000.00",
        "taux": "1",
        "plafond": None,
        "montant": "7000.00",
        "explication": "Rang 1\u00a0: 7\u202f000\u00a0€.",
    }
    assert list(resultat["guichet"]) == ["niveau", "region", "regle", "article", "deposable", "explication"]
    assert {tuple(controle) for controle in resultat["controles"]} == {
        ("regle", "article", "portee", "verdict", "explication")
    }


def test_lignes_par_regle_puis_rang() -> None:
    resultat = simuler(entree(12), ReferentielVide()).en_json()
    cles = [(ligne["regle"], ligne["rang"]) for ligne in resultat["lignes"]]
    assert cles == [(regle, rang) for regle in ("F1", "F3") for rang in range(1, 13)]


def test_financement_calcule_meme_si_un_controle_bloque() -> None:
    resultat = simuler(entree(1), ReferentielVide()).en_json()
    assert (resultat["synthese"]["verdict"], resultat["synthese"]["total"]) == ("bloquant", "21000.00")


def test_troisieme_edition_sans_toucher_au_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five acquisitions in a count of their own: 3 × 6 000 + 2 × 1 500.50, software 3 × 8 000 + 2 × 2 500."""
    monkeypatch.setenv("ESMS_AAP_DIRS", str(FICTIVES))
    donnee = entree(5, aap="bretagne-2031", amoa={"pilotage": True})
    donnee["organismes"][0] = {**donnee["organismes"][0], "region": "53", "essms_geres": 9}
    for ligne in donnee["essms"]:
        ligne["region"] = "53"
    resultat = simuler(donnee, ReferentielVide()).en_json()
    assert resultat["sous_totaux"] == {"F1": "21001.00", "F3": "29000.00", "F5b": "64000.00"}
    assert [versement["montant"] for versement in resultat["versements"]] == ["34200.30", "79800.70"]
    assert resultat["guichet"]["deposable"] is True


def test_texte_lisible() -> None:
    texte = en_texte(simuler(entree(15), ReferentielVide()))
    assert "Total    315\u202f000,00\u00a0€" in texte
    assert "E3  Conforme    15\u00a0ESSMS distincts, minimum 15\u00a0: conforme. (art.\u00a06.1)" in texte
