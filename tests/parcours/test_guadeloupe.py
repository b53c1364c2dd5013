"""The whole story in Guadeloupe: eight ESSMS of two small organisms, equipment for all, help with the tender.

The titulaire is also the représentant légal: it certifies and files in one gesture, corrects, files again.

By hand, from the AAP: 8 × 7 000 (usages) + 8 × 14 500 (software of a referenced editor) + 8 × 20 000
(equipment of small organisms) + 15 000 (help with the tender) = 347 000.
"""

from collections.abc import Callable
from dataclasses import dataclass
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
LIGNES = [
    ("F1", "56\u202f000\u00a0€"),
    ("F3", "116\u202f000\u00a0€"),
    ("F4", "160\u202f000\u00a0€"),
    ("F5a", "15\u202f000\u00a0€"),
]
TOTAL = "347\u202f000\u00a0€"
MOITIE = "173\u202f500\u00a0€"
NUMERO = "GUA-2022-0001"
ROSE = "rose@balisier.example"
DEUX_EN_UN = "Certifier et déposer le dossier"


def test_grappe_guadeloupeenne_de_la_simulation_au_premier_versement(
    ouvrir_navigateur: Callable[..., Navigation], boite: Boite, tmp_path: Path
) -> None:
    nav, balisier = ouvrir_navigateur(), ouvrir_navigateur()
    lu = deposer_deux_fois(nav, balisier, boite, tmp_path)
    assert (lu.sans_equipement, lu.simule, lu.simulees) == (SANS_EQUIPEMENT, TOTAL, LIGNES)
    assert (lu.estimees, lu.numeros) == (LIGNES, [NUMERO, NUMERO])
    assert [mots in lu.accuse for mots in (NUMERO, lu.hachage, ars.imprime(TOTAL))] == [True] * 3
    depose, versements = _instruire(nav, tmp_path)
    assert f"Subvention calculée au dépôt\n{TOTAL}" in depose
    assert versements == [(MOITIE, "Versé"), (MOITIE, "À venir")]
    assert Dossier.objects.get().etat == "en_deploiement"


def test_grappe_guadeloupeenne_deposee_sans_javascript(
    ouvrir_navigateur: Callable[..., Navigation], boite: Boite, tmp_path: Path
) -> None:
    nav, balisier = (ouvrir_navigateur(javascript=False) for _ in range(2))
    lu = deposer_deux_fois(nav, balisier, boite, tmp_path)
    assert (lu.sans_equipement, lu.simule, lu.simulees) == (SANS_EQUIPEMENT, TOTAL, LIGNES)
    assert (lu.estimees, lu.numeros) == (LIGNES, [NUMERO, NUMERO])
    assert [mots in lu.accuse for mots in (NUMERO, lu.hachage, ars.imprime(TOTAL))] == [True] * 3
    assert Dossier.objects.get().depot.rang == 2


@dataclass(frozen=True)
class Lu:
    """What the porteur read on the way, as it is written: amounts by rule, numbers, receipt."""

    sans_equipement: str
    simule: str
    simulees: list[tuple[str, str]]
    estimees: list[tuple[str, str]]
    numeros: list[str]
    hachage: str
    accuse: str


def deposer_deux_fois(nav: Navigation, balisier: Navigation, boite: Boite, dossier: Path) -> Lu:
    """From the simulation to the receipt of the second filing; the porteur signs out at the end."""
    simulateur.simuler(
        nav, simulateur.GUADELOUPE, [*monde()["colibri"].ouverts(), *monde()["balisier"].ouverts()]
    )
    sans_equipement = simulateur.total(nav)
    simulateur.equiper_tous(nav)
    simulateur.choisir_solution(
        nav,
        "Horizon DUI",
        "Logiciel présent au système d’acquisition dynamique (SAD)",
        "Assistance pour le marché (centrale d’achat)",
    )
    simule, simulees = simulateur.total(nav), simulateur.lignes(nav)
    porteur.candidater(nav, "porteur.guadeloupe")
    porteur.inviter_un_organisme(nav, organisme=monde()["balisier"].finess_ej, courriel=ROSE)
    comptes.accepter_une_invitation(balisier, boite, nom="Rose Bordin", courriel=ROSE)
    porteur.confirmer_ses_essms(balisier, 1)

    candidature.remplir(nav, montant=TOTAL)
    assert porteur.telecharger_les_modeles(nav, dossier) != []
    porteur.joindre_les_pieces(nav)
    brouillon, estimees = nav.chemin(), porteur.estimation(nav)
    premier = porteur.deposer(nav, montant=TOTAL, bouton=DEUX_EN_UN)
    porteur.retirer_et_corriger(nav)
    assert nav.chemin() == brouillon
    second = porteur.deposer(nav, montant=TOTAL, bouton=DEUX_EN_UN)
    hachage = porteur.empreinte(nav)
    accuse = porteur.lire_l_accuse(nav, dossier)
    nav.se_deconnecter()
    porteur.verifier(nav, NUMERO, hachage)
    return Lu(sans_equipement, simule, simulees, estimees, [premier, second], hachage, accuse)


def _instruire(nav: Navigation, dossier: Path) -> tuple[str, list[tuple[str, str]]]:
    """From the filing to the first payment: what the instructor first read, and the payments at the end."""
    ars.entrer(nav, "instructeur.guadeloupe", NUMERO)
    depose = nav.texte()
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
    return depose, ars.versements(nav)
