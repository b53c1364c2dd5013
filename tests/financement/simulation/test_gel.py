"""A complete entry says everything: played without a register, it gives the same bytes."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from itertools import islice
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from financement.simulation import ReferentielVide, Resultat, evaluer, reprendre, simuler
from financement.simulation.lot import ecrire_json
from grappes.finess import nomenclatures
from grappes.regles import FicheEssms
from tests.moteur import GRAND, OCC, PETIT, cas_publics, numeros

NUMEROS = tuple(islice(numeros(), 12))
CATEGORIES = ("500", "460", "209", "354", "219", "340", "252", "355", "999", "")
REGIONS = ("76", "84", "01", "978", "975", "")
EJ = (GRAND, PETIT, "")


class Registre:
    """A register in memory, made of fiches; whole numbers and seats for both organisations."""

    def __init__(self, fiches: Mapping[str, FicheEssms], geres: Mapping[str, int], sieges: Mapping[str, str]):
        self.fiches, self.geres, self.sieges = fiches, geres, sieges

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        return {numero: self.fiches[numero] for numero in numeros if numero in self.fiches}

    def essms_geres(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        return {numero: self.geres[numero] for numero in finess_ej if numero in self.geres}

    def regions_des_entites(self, finess_ej: Collection[str]) -> Mapping[str, str]:
        return {numero: self.sieges[numero] for numero in finess_ej if numero in self.sieges}


@st.composite
def fiches(draw: st.DrawFn, numero: str) -> FicheEssms:
    code = draw(st.sampled_from(CATEGORIES))
    categorie = nomenclatures.categories().get(code)
    return FicheEssms(
        finess_et=numero,
        finess_ej=draw(st.sampled_from(EJ)),
        nom=draw(st.sampled_from(["", "EHPAD « Les Cèdres »"])),
        commune="TOULOUSE",
        region=draw(st.sampled_from(REGIONS)),
        categorie=code,
        public=categorie.public if categorie else None,
        saad=categorie.saad if categorie else None,
        l312_1=categorie.l312_1 if categorie else None,
        ferme_le=draw(st.sampled_from([None, None, date(2019, 6, 30), date(2025, 6, 10)])),
    )


@st.composite
def registres(draw: st.DrawFn) -> Registre:
    connus = draw(st.sets(st.sampled_from(NUMEROS)))
    return Registre(
        {numero: draw(fiches(numero)) for numero in sorted(connus)},
        draw(st.dictionaries(st.sampled_from(EJ[:2]), st.integers(0, 90))),
        draw(st.dictionaries(st.sampled_from(EJ[:2]), st.sampled_from(REGIONS[:-1]))),
    )


def peut_etre(valeurs: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | valeurs


montants = st.decimals("0", "30000", places=2).map(str)
devis = peut_etre(montants).map(lambda ht: {"devis_ht": ht, "devis_ttc": None})
heures = st.fixed_dictionaries(
    {"total": st.integers(600, 2_000).map(str), "apa": st.integers(0, 300).map(str)},
    optional={"pch": st.integers(0, 300).map(str)},
)


def lignes(numero: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"finess_et": st.just(numero), "operation": st.sampled_from(["acquisition", "mise_en_conformite"])},
        optional={
            "finess_ej": peut_etre(st.sampled_from(EJ[:2])),
            "region": peut_etre(st.sampled_from(REGIONS[:4])),
            "categorie": peut_etre(st.sampled_from(CATEGORIES[:-1])),
            "public": peut_etre(st.sampled_from(["PA", "AHI", "DOM"])),
            "saad": peut_etre(st.booleans()),
            "heures": peut_etre(heures),
            "materiel": peut_etre(peut_etre(montants).map(lambda ht: {"demande_ht": ht})),
            "sons": st.sampled_from(["aucune", "commande", "prestation_recue"]),
            "dui_finance": peut_etre(st.just({"nom": " Logiciel  B ", "operation": "acquisition"})),
        },
    )


@st.composite
def entrees(draw: st.DrawFn) -> dict[str, Any]:
    choisis = draw(st.sets(st.sampled_from(NUMEROS), min_size=1))
    return {
        "aap": draw(st.sampled_from(["occitanie-2025", "guadeloupe-2022"])),
        "essms": [draw(lignes(numero)) for numero in sorted(choisis)],
        **draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "depose_le": st.sampled_from(["2025-06-01T12:00:00.5+02:00", "2022-05-01T10:00Z"]),
                    "porteur": st.fixed_dictionaries(
                        {}, optional={"finess_ej": st.sampled_from(EJ[:2]), "tva_recuperee": st.booleans()}
                    ),
                    "organismes": st.just([{"finess_ej": PETIT, "entite_nationale": True}]),
                    "solution": devis.map(lambda d: {"nom": " Logiciel B", **d}),
                    "amoa": devis.map(lambda d: {"pilotage": True, **d}),
                    "region_pivot": st.sampled_from(["978", "76"]),
                    "rejoint": st.just({"conforme_marche": True}),
                },
            )
        ),
    }


def sans_les_fermetures(resultat: Resultat) -> dict[str, Any]:
    """What the contract's entry alone must give back: E1 of a closed ESSMS, and its verdict, left out."""
    rendu = resultat.en_json()
    rendu["controles"] = [controle for controle in rendu["controles"] if controle["regle"] != "E1"]
    del rendu["synthese"]["verdict"]
    return rendu


@settings(max_examples=40)
@given(entrees(), registres())
def test_entree_complete_rejouee_sans_referentiel(entree: dict[str, Any], registre: Registre) -> None:
    direct = simuler(entree, registre)
    complete = direct.entree_complete()
    rejoue = simuler(json.loads(ecrire_json(complete)), ReferentielVide())
    assert rejoue.entree_complete() == complete
    assert sans_les_fermetures(rejoue) == sans_les_fermetures(direct)
    if all(ligne.ferme_le is None for ligne in direct.projet.essms):
        assert ecrire_json(rejoue.en_json()) == ecrire_json(direct.en_json())


@settings(max_examples=40)
@given(entrees(), registres())
def test_projet_repris_est_le_meme_fermetures_comprises(entree: dict[str, Any], registre: Registre) -> None:
    direct = simuler(entree, registre)
    gele = json.loads(ecrire_json([direct.entree_complete(), direct.registre()]))
    repris = reprendre(*gele)
    assert repris == direct.projet
    assert ecrire_json(evaluer(repris, direct.edition).en_json()) == ecrire_json(direct.en_json())


def test_cas_publics_se_rejouent_octet_pour_octet() -> None:
    for ligne in cas_publics()[0]:
        direct = simuler(json.loads(ligne), ReferentielVide())
        rejoue = simuler(direct.entree_complete(), ReferentielVide())
        assert ecrire_json(rejoue.en_json()) == ecrire_json(direct.en_json())


def test_entree_complete_ecrit_ce_que_le_referentiel_et_les_defauts_ont_dit() -> None:
    (numero,) = NUMEROS[:1]
    fiche = FicheEssms(numero, PETIT, "SAAD", "", "978", "460", "DOM", True, True, date(2030, 1, 1))
    resultat = simuler(
        {"aap": OCC.slug, "essms": [{"finess_et": numero, "operation": "acquisition"}]},
        Registre({numero: fiche}, {PETIT: 7}, {PETIT: "01"}),
    )
    complete = resultat.entree_complete()
    assert complete["essms"] == [
        {
            "finess_et": numero,
            "finess_ej": PETIT,
            "region": "01",
            "categorie": "460",
            "public": "DOM",
            "operation": "acquisition",
            "saad": True,
            "heures": None,
            "materiel": None,
            "sons": "aucune",
            "autre_aide_europeenne": False,
            "dui_finance": None,
        }
    ]
    assert complete["organismes"] == [
        {"finess_ej": PETIT, "region": "01", "essms_geres": 7, "entite_nationale": False}
    ]
    assert complete["solution"]["referencee_segur"] is True
    assert resultat.registre() == {
        "nomenclature": nomenclatures.version(),
        "essms": {numero: {"nom": "SAAD", "ferme_le": "2030-01-01"}},
    }
