"""The whole story in Occitanie: twenty ESSMS, one of them a SAAD, a small organism that asks for equipment.

By hand, from the AAP: 19 × (7 000 + 14 000) = 399 000; the SAAD counts for 9 000 hours out of 12 000, so
3/4 × (7 000 + 14 000) = 15 750; equipment, VAT included, is capped at 10 000 per ESSMS:
7 200 + 10 000 + 5 414,82 + 10 000.
"""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from esms.demo.monde import monde
from instruction.models import Dossier
from tests.parcours import ars, porteur, simulateur
from tests.parcours.navigation import Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.usefixtures("monde_charge")]

SANS_HEURES = "399\u202f000\u00a0€"
TOTAL = "447\u202f364,82\u00a0€"
MOITIE = "223\u202f682,41\u00a0€"
HEURES = {
    "Heures totales": "12 000",
    "dont APA": "6 000",
    "dont PCH": "2 000",
    "dont dépendance hors APA et PCH": "1 000",
}
DEVIS = (("6 000", "7 200"), ("9 000", "10 800"), ("4 512,35", "5 414,82"), ("10 000", "12 000"))
PIECES = ["P1", "P2", "P3", "P4", "P5", "P8", "P9a", "P9b", "P9c", "P9c"]
POINTS = ("1", "2", "2,5", "1,5", "1", "1", "0,5", "1", "0,5", "2", "1", "2,5")


def test_grappe_occitane_de_la_simulation_au_premier_versement(
    ouvrir_navigateur: Callable[..., Navigation], tmp_path: Path
) -> None:
    pastel, violettes = monde()["pastel"], monde()["violette"].ouverts()
    saad = pastel.ouverts("460")[0]

    nav = ouvrir_navigateur()
    simulateur.simuler(nav, simulateur.OCCITANIE, [*pastel.ouverts()[:16], *violettes])
    assert simulateur.total(nav) == SANS_HEURES
    simulateur.declarer_heures(nav, saad, HEURES)
    for finess_et, (ht, ttc) in zip(violettes, DEVIS, strict=True):
        simulateur.demander_equipement(nav, finess_et, ht=ht, ttc=ttc)
    simulateur.choisir_solution(nav, "Atlas Usager")
    assert simulateur.total(nav) == TOTAL

    porteur.candidater(nav, "porteur.occitanie")
    assert TOTAL in nav.texte()
    porteur.remplir(nav)
    assert porteur.joindre_les_pieces(nav) == PIECES
    assert porteur.deposer(nav, montant=TOTAL) == "OCC-2025-0001"
    nav.se_deconnecter()

    ars.entrer(nav, "instructeur.occitanie", "OCC-2025-0001")
    assert f"Subvention calculée au dépôt\n{TOTAL}" in nav.texte()
    ars.juger(nav)
    ars.noter(nav, points=POINTS)
    nav.se_deconnecter()

    ars.entrer(nav, "valideur.occitanie", "OCC-2025-0001")
    ars.retenir(nav, montant=TOTAL)
    nav.se_deconnecter()

    ars.se_connecter(nav, "administrateur.occitanie")
    convention = ars.emettre(nav, tmp_path)
    assert f"Total de la subvention {ars.imprime(TOTAL)}" in convention
    assert convention.count(ars.imprime(MOITIE)) >= 2
    ars.payer(nav, timezone.localdate(timezone=ZoneInfo("Europe/Paris")))
    assert ars.versements(nav) == [(MOITIE, "Versé"), (MOITIE, "À venir")]
    assert Dossier.objects.get().etat == "en_deploiement"
