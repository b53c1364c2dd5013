"""The whole story in Guadeloupe: eight ESSMS of two small organisms, equipment for all, help with the tender.

The titulaire is also the représentant légal: it certifies and files in one gesture, corrects, files again.

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
from tests.parcours import ars, candidature, comptes, porteur, simulateur
from tests.parcours.boite import Boite
from tests.parcours.navigation import Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.usefixtures("monde_charge")]

SANS_EQUIPEMENT = "172\u202f000\u00a0€"  # 8 × 21 500
TOTAL = "347\u202f000\u00a0€"
MOITIE = "173\u202f500\u00a0€"
NUMERO = "GUA-2022-0001"
ROSE = "rose@balisier.example"
DEUX_EN_UN = "Certifier et déposer le dossier"


def test_grappe_guadeloupeenne_de_la_simulation_au_premier_versement(
    ouvrir_navigateur: Callable[..., Navigation], boite: Boite, tmp_path: Path
) -> None:
    nav, balisier = ouvrir_navigateur(), ouvrir_navigateur()
    deposer_deux_fois(nav, balisier, boite, tmp_path)
    _instruire(nav, tmp_path)


def test_grappe_guadeloupeenne_deposee_sans_javascript(
    ouvrir_navigateur: Callable[..., Navigation], boite: Boite, tmp_path: Path
) -> None:
    nav, balisier = (ouvrir_navigateur(javascript=False) for _ in range(2))
    deposer_deux_fois(nav, balisier, boite, tmp_path)


def deposer_deux_fois(nav: Navigation, balisier: Navigation, boite: Boite, dossier: Path) -> None:
    """From the simulation to the receipt of the second filing; the porteur signs out at the end."""
    simulateur.simuler(
        nav, simulateur.GUADELOUPE, [*monde()["colibri"].ouverts(), *monde()["balisier"].ouverts()]
    )
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
    porteur.inviter_un_organisme(nav, organisme=monde()["balisier"].finess_ej, courriel=ROSE)
    comptes.accepter_une_invitation(balisier, boite, nom="Rose Bordin", courriel=ROSE)
    porteur.confirmer_ses_essms(balisier, 1)

    candidature.remplir(nav, montant=TOTAL)
    assert porteur.telecharger_les_modeles(nav, dossier) != []
    porteur.joindre_les_pieces(nav)
    brouillon = nav.chemin()
    assert porteur.deposer(nav, montant=TOTAL, bouton=DEUX_EN_UN) == NUMERO
    porteur.retirer_et_corriger(nav)
    assert nav.chemin() == brouillon
    assert porteur.deposer(nav, montant=TOTAL, bouton=DEUX_EN_UN) == NUMERO
    hachage = porteur.empreinte(nav)
    accuse = porteur.lire_l_accuse(nav, dossier)
    assert [mots in accuse for mots in (NUMERO, hachage, ars.imprime(TOTAL))] == [True] * 3
    nav.se_deconnecter()
    porteur.verifier(nav, NUMERO, hachage)
    assert Dossier.objects.get().depot.rang == 2


def _instruire(nav: Navigation, dossier: Path) -> None:
    ars.entrer(nav, "instructeur.guadeloupe", NUMERO)
    assert f"Subvention calculée au dépôt\n{TOTAL}" in nav.texte()
    ars.juger(nav)
    ars.noter(nav, points=())
    nav.se_deconnecter()

    ars.entrer(nav, "valideur.guadeloupe", NUMERO)
    ars.retenir(nav, montant=TOTAL)
    nav.se_deconnecter()

    ars.se_connecter(nav, "administrateur.guadeloupe")
    convention = ars.emettre(nav, dossier)
    assert f"Total de la subvention {ars.imprime(TOTAL)}" in convention
    assert convention.count(ars.imprime(MOITIE)) >= 2
    ars.payer(nav, timezone.localdate(timezone=ZoneInfo("America/Guadeloupe")))
    assert ars.versements(nav) == [(MOITIE, "Versé"), (MOITIE, "À venir")]
    assert Dossier.objects.get().etat == "en_deploiement"
