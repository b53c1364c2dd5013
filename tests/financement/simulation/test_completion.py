"""The register fills in what the entry leaves out; a given value wins; nothing is invented."""

from collections.abc import Collection, Mapping
from datetime import date

import pytest

from financement.simulation import ReferentielVide, lire, simuler
from financement.simulation.completion import completer_ensemble
from grappes.regles import FicheEssms
from tests.moteur import GRAND, PETIT, entree, essms

NUMERO = essms(1)[0].finess_et


class Registre:
    """A register in memory that remembers what it was asked."""

    def __init__(self, **champs: object) -> None:
        fiche = {
            "finess_et": NUMERO,
            "finess_ej": PETIT,
            "nom": "EHPAD",
            "commune": "TOULOUSE",
            "region": "76",
            "categorie": "500",
            "public": "PA",
            "saad": False,
            "l312_1": True,
            "ferme_le": None,
        }
        self.fiches = {NUMERO: FicheEssms(**{**fiche, **champs})}  # type: ignore[arg-type]
        self.demandes: list[tuple[str, tuple[str, ...]]] = []

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        self.demandes.append(("etablissements", tuple(numeros)))
        return self.fiches

    def essms_geres(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        self.demandes.append(("essms_geres", tuple(finess_ej)))
        return {PETIT: 7}

    def regions_des_entites(self, finess_ej: Collection[str]) -> Mapping[str, str]:
        self.demandes.append(("regions_des_entites", tuple(finess_ej)))
        return {PETIT: "01", GRAND: "76"}


def _minimale(**ligne: object) -> dict[str, object]:
    return {"aap": "occitanie-2025", "essms": [{"finess_et": NUMERO, "operation": "acquisition", **ligne}]}


def test_entree_complete_ne_demande_rien() -> None:
    registre = Registre()
    simuler(entree(3), registre)
    assert registre.demandes == []


def test_entree_minimale_demande_chaque_chose_une_fois() -> None:
    registre = Registre()
    projet = simuler(_minimale(), registre).projet
    assert registre.demandes == [
        ("etablissements", (NUMERO,)),
        ("essms_geres", (PETIT,)),
        ("regions_des_entites", (PETIT,)),
    ]
    (ligne,) = projet.essms
    assert (ligne.finess_ej, ligne.region, ligne.categorie, ligne.public, ligne.saad) == (
        PETIT,
        "76",
        "500",
        "PA",
        False,
    )
    assert [(o.essms_geres, o.region) for o in projet.gestionnaires] == [(7, "01")]


def test_valeur_donnee_l_emporte() -> None:
    donnee = _minimale(finess_ej=GRAND, region="84", categorie="354", public="PH", saad=True)
    (ligne,) = simuler(donnee, Registre()).projet.essms
    assert (ligne.finess_ej, ligne.region, ligne.categorie, ligne.public, ligne.saad) == (
        GRAND,
        "84",
        "354",
        "PH",
        True,
    )


@pytest.mark.parametrize(
    ("categorie", "public", "saad"), [("460", "DOM", True), ("500", "PA", False), ("999", None, None)]
)
def test_categorie_donnee_propose_le_public_et_l_aide_a_domicile(
    categorie: str, public: str | None, saad: bool | None
) -> None:
    donnee = _minimale(finess_ej=GRAND, region="76", categorie=categorie)
    (ligne,) = simuler(donnee, ReferentielVide()).projet.essms
    assert (ligne.public, ligne.saad) == (public, saad)


def test_inconnu_partout_rend_a_completer() -> None:
    resultat = simuler(_minimale(), ReferentielVide())
    a_completer = {c.regle for c in resultat.controles if c.verdict == "a_completer"}
    assert a_completer == {"E1", "E2", "E18", "E20", "G3"}
    assert resultat.financement.total == 21_000
    assert resultat.guichet.deposable is False


def test_e1_etablissement_ferme_dans_le_referentiel() -> None:
    resultat = simuler(_minimale(), Registre(ferme_le=date(2019, 6, 30)))
    (controle,) = [c for c in resultat.controles if c.regle == "E1"]
    assert (controle.portee, controle.verdict) == (NUMERO, "bloquant")
    assert "30 juin 2019" in controle.explication


def test_e1_categorie_hors_l312_1_dans_le_referentiel() -> None:
    registre = Registre(categorie="355", public=None, l312_1=False)
    resultat = simuler(_minimale(), registre)
    assert [c.verdict for c in resultat.controles if c.regle == "E1"] == ["bloquant"]


def test_region_du_porteur_trouvee_dans_le_referentiel() -> None:
    donnee = {**entree(1), "porteur": {"finess_ej": GRAND}}
    registre = Registre()
    assert simuler(donnee, registre).projet.porteur.region == "76"
    assert registre.demandes == [("regions_des_entites", (GRAND,))]


def test_ensemble_demande_une_fois_pour_tous() -> None:
    registre = Registre()
    projets = completer_ensemble([lire(_minimale()), lire(_minimale()), lire(entree(2))], registre)
    assert [len(projet.essms) for projet in projets] == [1, 1, 2]
    assert [question for question, _ in registre.demandes] == [
        "etablissements",
        "essms_geres",
        "regions_des_entites",
    ]
