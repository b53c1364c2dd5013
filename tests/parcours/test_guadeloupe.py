"""The whole story in Guadeloupe: eight ESSMS of two small organisms, equipment for all, help with the tender.

By hand, from the AAP: 8 × 7 000 (usages) + 8 × 14 500 (software of a referenced editor) + 8 × 20 000
(equipment of small organisms) + 15 000 (help with the tender) = 347 000.
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

SANS_EQUIPEMENT = "172\u202f000\u00a0€"  # 8 × 21 500
TOTAL = "347\u202f000\u00a0€"
MOITIE = "173\u202f500\u00a0€"


def test_grappe_guadeloupeenne_de_la_simulation_au_premier_versement(
    ouvrir_navigateur: Callable[..., Navigation], tmp_path: Path
) -> None:
    essms = [*monde()["colibri"].ouverts(), *monde()["balisier"].ouverts()]
    nav = ouvrir_navigateur()
    simulateur.simuler(nav, simulateur.GUADELOUPE, essms)
    assert simulateur.total(nav) == SANS_EQUIPEMENT
    simulateur.equiper_tous(nav)
    simulateur.choisir_solution(
        nav,
        "Horizon DUI",
        "Logiciel présent au système d’acquisition dynamique (SAD)",
        "Assistance pour le marché (centrale d’achat)",
    )
    assert simulateur.total(nav) == TOTAL

    porteur.candidater(nav, "porteur.guadeloupe")
    porteur.remplir(nav)
    porteur.joindre_les_pieces(nav)
    assert porteur.deposer(nav, montant=TOTAL) == "GUA-2022-0001"
    nav.se_deconnecter()

    ars.entrer(nav, "instructeur.guadeloupe", "GUA-2022-0001")
    assert f"Subvention calculée au dépôt\n{TOTAL}" in nav.texte()
    ars.juger(nav)
    ars.noter(nav, points=())
    nav.se_deconnecter()

    ars.entrer(nav, "valideur.guadeloupe", "GUA-2022-0001")
    ars.retenir(nav, montant=TOTAL)
    nav.se_deconnecter()

    ars.se_connecter(nav, "administrateur.guadeloupe")
    convention = ars.emettre(nav, tmp_path)
    assert f"Total de la subvention {ars.imprime(TOTAL)}" in convention
    assert convention.count(ars.imprime(MOITIE)) >= 2
    ars.payer(nav, timezone.localdate(timezone=ZoneInfo("America/Guadeloupe")))
    assert ars.versements(nav) == [(MOITIE, "Versé"), (MOITIE, "À venir")]
    assert Dossier.objects.get().etat == "en_deploiement"
