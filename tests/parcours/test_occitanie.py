"""The whole story in Occitanie: thirty ESSMS of two organisms, four SAAD, equipment for the small one.

A new account claims an organism, invites the other one and its représentant légal, files, corrects, files
again; then the ARS, to the first payment.

By hand, from the AAP: 26 × (7 000 + 14 000) = 546 000; each SAAD counts for 9 000 hours out of 12 000, so
4 × 3/4 × (7 000 + 14 000) = 63 000; equipment, VAT included, is capped at 10 000 per ESSMS:
7 200 + 10 000 + 5 414,82 + 10 000.
"""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from esms.demo.comptes import compte
from esms.demo.monde import monde
from instruction.models import Dossier
from tests.parcours import ars, candidature, comptes, porteur, simulateur
from tests.parcours.boite import Boite
from tests.parcours.navigation import Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.usefixtures("monde_charge")]

TOTAL = "641\u202f614,82\u00a0€"
MOITIE = "320\u202f807,41\u00a0€"
HEURES = {
    "Heures totales": "12 000",
    "dont APA": "6 000",
    "dont PCH": "2 000",
    "dont dépendance hors APA et PCH": "1 000",
}
DEVIS = (("6 000", "7 200"), ("9 000", "10 800"), ("4 512,35", "5 414,82"), ("10 000", "12 000"))
PIECES = ["P1", "P2", "P3", "P4", "P5", "P8", "P9a", "P9b", "P9c", "P9c"]
POINTS = ("1", "2", "2,5", "1,5", "1", "1", "0,5", "1", "0,5", "2", "1", "2,5")
NADIA, REPRESENTANT = "nadia@minervois.example", "direction@minervois.example"
NUMERO = "OCC-2025-0001"


def test_grappe_occitane_de_la_simulation_au_premier_versement(
    ouvrir_navigateur: Callable[..., Navigation], boite: Boite, tmp_path: Path
) -> None:
    nav = ouvrir_navigateur()
    _simuler(nav)
    _entrer_au_nom_de_l_organisme(nav, ouvrir_navigateur(), boite)
    nav.cliquer("Créer le brouillon")
    assert TOTAL in nav.texte()
    brouillon = nav.chemin()

    pastel = ouvrir_navigateur()
    paule = compte("porteur.occitanie").courriel
    porteur.inviter_un_organisme(nav, organisme=monde()["pastel"].finess_ej, courriel=paule)
    ars.se_connecter(pastel, "porteur.occitanie")
    pastel.aller(boite.lien(paule))
    pastel.cliquer("Accepter l’invitation")
    porteur.confirmer_ses_essms(pastel, 23)

    candidature.remplir(nav, montant=TOTAL)
    assert {nom.rpartition(".")[2] for nom in porteur.telecharger_les_modeles(nav, tmp_path)} == {
        "pdf",
        "xlsx",
    }
    assert porteur.joindre_les_pieces(nav) == PIECES
    porteur.inviter_le_representant(nav, REPRESENTANT)
    directrice = ouvrir_navigateur()
    comptes.accepter_une_invitation(directrice, boite, nom="Denise Roumieu", courriel=REPRESENTANT)
    assert directrice.chemin() == f"{brouillon}relecture/"
    porteur.certifier(directrice)
    assert porteur.deposer(nav, montant=TOTAL) == NUMERO
    premier = porteur.empreinte(nav)

    porteur.retirer_et_corriger(nav)
    nav.cliquer("Relire et déposer", role="link")
    assert "Le dossier a changé depuis sa certification" in nav.texte()
    nav.cliquer("Demander la certification")
    directrice.aller(boite.lien(REPRESENTANT))
    porteur.certifier(directrice)
    nav.aller(brouillon)
    assert porteur.deposer(nav, montant=TOTAL) == NUMERO
    assert "2, il remplace le dépôt précédent" in nav.texte()
    second = porteur.empreinte(nav)
    accuse = porteur.lire_l_accuse(nav, tmp_path)
    assert [mots in accuse for mots in (NUMERO, second, ars.imprime(TOTAL))] == [True] * 3
    for hachage in (premier, second):
        porteur.verifier(ouvrir_navigateur(), NUMERO, hachage)
    nav.se_deconnecter()
    _instruire(nav, tmp_path)


def _simuler(nav: Navigation) -> None:
    minervois, pastel = monde()["minervois"], monde()["pastel"]
    simulateur.simuler(nav, simulateur.OCCITANIE, [*pastel.ouverts(), *minervois.ouverts()])
    simulateur.designer_le_porteur(nav, minervois.nom)
    for saad in (*pastel.ouverts("460"), *minervois.ouverts("460")):
        simulateur.declarer_heures(nav, saad, HEURES)
    for finess_et, (ht, ttc) in zip(minervois.ouverts("500", "354", "202"), DEVIS, strict=True):
        simulateur.demander_equipement(nav, finess_et, ht=ht, ttc=ttc)
    simulateur.choisir_solution(nav, "Atlas Usager")
    assert simulateur.total(nav) == TOTAL


def _entrer_au_nom_de_l_organisme(nav: Navigation, agent: Navigation, boite: Boite) -> None:
    """A new account has no right: it claims the organism, the ARS says yes."""
    nav.cliquer("Déposer une candidature à partir de cette simulation")
    comptes.s_inscrire(nav, boite, nom="Nadia Castan", courriel=NADIA)
    creation = nav.page.url.removeprefix(nav.adresse)
    comptes.demander_l_organisme(nav, nom=monde()["minervois"].nom, fonction="Directrice adjointe")
    responsable = compte("administrateur.occitanie").courriel
    ars.se_connecter(agent, "administrateur.occitanie")
    agent.aller(boite.lien(responsable))
    agent.cliquer("Accepter\u00a0: en faire un porteur titulaire")
    nav.aller(boite.lien(NADIA))
    assert "Acceptée" in nav.texte()
    nav.aller(creation)


def _instruire(nav: Navigation, dossier: Path) -> None:
    ars.entrer(nav, "instructeur.occitanie", NUMERO)
    assert f"Subvention calculée au dépôt\n{TOTAL}" in nav.texte()
    ars.juger(nav)
    ars.noter(nav, points=POINTS)
    nav.se_deconnecter()

    ars.entrer(nav, "valideur.occitanie", NUMERO)
    ars.retenir(nav, montant=TOTAL)
    nav.se_deconnecter()

    ars.se_connecter(nav, "administrateur.occitanie")
    convention = ars.emettre(nav, dossier)
    assert f"Total de la subvention {ars.imprime(TOTAL)}" in convention
    assert convention.count(ars.imprime(MOITIE)) >= 2
    ars.payer(nav, timezone.localdate(timezone=ZoneInfo("Europe/Paris")))
    assert ars.versements(nav) == [(MOITIE, "Versé"), (MOITIE, "À venir")]
    assert Dossier.objects.get().etat == "en_deploiement"
