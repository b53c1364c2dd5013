"""Every sentence that the engine makes, on hundreds of drawn projects: agreement, spaces, punctuation."""

import random
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import pytest

from esms.aap import Edition
from financement.simulation import et_si, evaluer
from grappes.regles import Amoa, DuiFinance, Essms, Heures, Materiel, Organisme, Porteur, Projet, Solution
from grappes.regles.phrases import aucun, compte, heures_medico_sociales, ou, sont
from tests.moteur import EDITIONS, GRAND, PETIT, essms

NOMS = "numéro|région|organisme|acquisition|mise|heure|petit|engagement|autre|ligne|ESSMS géré|ESSMS distinct"
DEPOTS = tuple(
    datetime.fromisoformat(instant)
    for instant in ("2025-06-14T00:00:00+02:00", "2022-05-01T12:00:09-04:00", "2025-05-02T10:05:00+02:00")
)
FAUTES = {
    "deux espaces": r"[ \u00a0\u202f]{2}",
    "espace avant :": r"[^\u00a0«]:(?!\d)",
    "espace avant ; ! ?": r"[^\u202f][;!?]",
    "espace des guillemets": r"«(?!\u00a0)|(?<!\u00a0)»",
    "pluriel à 0 ou 1": rf"(?<![\d,.\u202f])[01](?:,\d+)?[ \u00a0](?:{NOMS})s\b",
    "verbe pluriel à 0 ou 1": r"(?<![\d,.\u202f])[01][ \u00a0]\w+ (?:sont|ont|reçoivent|apportent)\b",
    "singulier à 2 ou plus": rf"(?<![\d,.\u202f/])(?:[2-9]|\d\d+)[ \u00a0](?:{NOMS})\b",
    "un seul traité en plusieurs": r"\b(?:des|les|Les) [01]\u00a0|\b1\u00a0organisme, tous",
    "tous, comptés": r"\b(\d+) des \1\u00a0",
    "point final": r"[^.»]$",
    "majuscule": r"^[a-zà-ÿ]",
}


def _projets() -> Iterator[Projet]:
    hasard = random.Random(7)
    for _ in range(300):
        nombre = hasard.choice([1, 1, 2, 2, 3, 8, 16, 51])
        yield Projet(
            essms=tuple(_essms(ligne, hasard) for ligne in essms(nombre)),
            organismes=tuple(
                Organisme(
                    finess_ej=numero,
                    region=hasard.choice(["76", "01", None]),
                    essms_geres=hasard.choice([0, 1, 2, 7, 14, 85, None]),
                    entite_nationale=hasard.random() < 0.3,
                )
                for numero in (GRAND, PETIT)
            ),
            porteur=Porteur(
                finess_ej=GRAND,
                region=hasard.choice(["76", "11", None]),
                commande_publique=hasard.random() < 0.5,
                marche_en_cours=hasard.random() < 0.5,
                ght=hasard.random() < 0.5,
            ),
            solution=Solution(
                nom=hasard.choice(["Logiciel A", None]),
                referencee_segur=hasard.random() < 0.5,
                candidate_segur=hasard.random() < 0.5,
                au_sad=hasard.random() < 0.3,
                dpi_ght=hasard.random() < 0.2,
                devis_ttc=hasard.choice([None, Decimal("90000.50")]),
            ),
            amoa=Amoa(
                marche=hasard.random() < 0.5,
                pilotage=hasard.random() < 0.5,
                devis_ttc=hasard.choice([None, Decimal(0), Decimal("1000.50")]),
            ),
            portee_nationale=hasard.random() < 0.1,
            region_pivot=hasard.choice([None, "76", "53"]),
            depose_le=hasard.choice([None, *DEPOTS]),
        )


def _essms(ligne: Essms, hasard: random.Random) -> Essms:
    heures = (Decimal(0), Decimal(1), Decimal("1.50"), Decimal(2), Decimal("914.50"), None)
    return Essms(
        finess_et=ligne.finess_et,
        operation=hasard.choice(["acquisition", "acquisition", "mise_en_conformite"]),
        finess_ej=hasard.choice([GRAND, GRAND, PETIT, None]) if hasard.random() < 0.3 else GRAND,
        region=hasard.choice(["76", "76", "01", "02", "94", None]),
        categorie=hasard.choice(["500", "500", "460", "999", "355", None]),
        public=hasard.choice(["PA", "PA", "PH", "DOM", "AHI", "PJM", None]),
        saad=hasard.choice([False, False, True, None]),
        heures=hasard.choice(
            [
                None,
                Heures(
                    total=Decimal(2000),
                    apa=hasard.choice(heures),
                    pch=hasard.choice(heures),
                    dependance_autre=hasard.choice(heures),
                ),
            ]
        ),
        materiel=hasard.choice(
            [None, None, Materiel(), Materiel(demande_ht=Decimal(0), demande_ttc=Decimal(0))]
        ),
        sons=hasard.choice(["aucune", "aucune", "commande", "prestation_recue"]),
        autre_aide_europeenne=hasard.random() < 0.1,
        dui_finance=hasard.choice([None, None, DuiFinance(nom="Logiciel A", operation="acquisition")]),
    )


def _phrases(projet: Projet, edition: Edition) -> Iterator[str]:
    resultat = evaluer(projet, edition)
    yield resultat.guichet.explication
    yield from (controle.explication for controle in resultat.controles)
    yield from (ligne.explication for ligne in resultat.financement.lignes)
    yield from (refus.explication for refus in resultat.financement.ecartees)
    if len(projet.essms) <= 3:
        suite = et_si(resultat)
        yield from (seuil.explication for seuil in suite.seuils)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.slug)
def test_toutes_les_phrases_s_accordent(edition: Edition) -> None:
    phrases = {phrase for projet in _projets() for phrase in _phrases(projet, edition)}
    trouvees = {
        f"{faute} : {phrase}"
        for phrase in phrases
        for faute, motif in FAUTES.items()
        if re.search(motif, phrase)
    }
    assert sorted(trouvees) == []


@pytest.mark.parametrize(
    ("quantite", "attendu"),
    [(0, "0\u00a0région"), (1, "1\u00a0région"), (2, "2\u00a0régions"), (5_000, "5\u202f000\u00a0régions")],
)
def test_compte(quantite: int, attendu: str) -> None:
    assert compte(quantite, "région", "régions") == attendu


@pytest.mark.parametrize(
    ("quantite", "attendu"),
    [
        ("0", "0\u00a0heure médico-sociale"),
        ("1.50", "1,50\u00a0heure médico-sociale"),
        ("2", "2\u00a0heures médico-sociales"),
    ],
)
def test_heures(quantite: str, attendu: str) -> None:
    assert heures_medico_sociales(Decimal(quantite)) == attendu


def test_aucun_et_l_unique() -> None:
    assert aucun(2, "ne fait", "d’aide") == "Aucun des 2\u00a0ESSMS ne fait d’aide"
    assert aucun(1, "ne fait", "d’aide") == "L’ESSMS du projet ne fait pas d’aide"


@pytest.mark.parametrize(
    ("partie", "total", "attendu"),
    [
        (0, 1, "L’ESSMS du projet n’est pas PA"),
        (1, 1, "L’ESSMS du projet est PA"),
        (0, 2, "Aucun des 2\u00a0ESSMS n’est PA"),
        (1, 2, "1 des 2\u00a0ESSMS est PA"),
        (2, 2, "Les 2\u00a0ESSMS sont PA"),
        (2, 3, "2 des 3\u00a0ESSMS sont PA"),
    ],
)
def test_sont(partie: int, total: int, attendu: str) -> None:
    assert sont(partie, total, "PA") == attendu


def test_ou() -> None:
    assert [ou(["PA"]), ou(["PA", "PH"]), ou(["PA", "PH", "DOM"])] == ["PA", "PA ou PH", "PA, PH ou DOM"]
