"""What the agents of the ARS do with a dossier, from its list to the first payment."""

import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from esms.demo.comptes import compte, mot_de_passe
from tests.parcours.navigation import Navigation


def se_connecter(nav: Navigation, agent: str) -> None:
    """Sign in as `agent`, for example `valideur.occitanie`."""
    nav.se_connecter(compte(agent).courriel, mot_de_passe())


def entrer(nav: Navigation, agent: str, numero: str) -> None:
    """Sign in and open the dossier from the list."""
    se_connecter(nav, agent)
    nav.aller("/dossiers/")
    nav.cliquer(numero, role="link")


def juger(nav: Navigation) -> None:
    """Confirm each check, accept each piece, declare the dossier admissible, open its examination."""
    fiche = nav.chemin()
    nav.cliquer("M’attribuer ce dossier")
    nav.cliquer("Ouvrir la recevabilité")
    for lien in ("Juger l’éligibilité", "Juger les pièces"):
        nav.aller(fiche)
        nav.cliquer(lien, role="link")
        deplier(nav)
        for favorable in nav.page.locator("main input[type=radio][value=oui]").all():
            favorable.check(force=True)
        nav.cliquer("Enregistrer mes avis")
    nav.aller(fiche)
    nav.cliquer("Prononcer recevable")
    nav.aller(fiche)
    nav.cliquer("Ouvrir l’instruction")
    nav.aller(fiche)


def deplier(nav: Navigation) -> None:
    """Unfold the groups of checks, which show at first only what asks for something."""
    replies = nav.page.locator("main details.simu-groupe:not([open]) > summary")
    while replies.count():
        replies.first.click()


def noter(nav: Navigation, *, points: Sequence[str]) -> None:
    """Score each criterion (or give it the first judgement of a qualitative grid) and justify it."""
    fiche = nav.chemin()
    nav.cliquer("Remplir la grille", role="link")
    for champ, valeur in zip(nav.page.locator("main input[name$=-points]").all(), points, strict=True):
        champ.fill(valeur)
    for choix in nav.page.locator("main select").all():
        choix.select_option(index=1)
    for justification in nav.page.locator("main textarea").all():
        justification.fill("Engagement clair, calendrier tenu.")
    nav.cliquer("Enregistrer les notes")
    nav.aller(fiche)
    nav.cliquer("Clore l’instruction")
    nav.aller(fiche)


def retenir(nav: Navigation, *, montant: str) -> None:
    """Retain the project for the amount that the page shows, and prepare its convention."""
    fiche = nav.chemin()
    nav.cliquer("Décider : retenir ou non", role="link")
    assert f"Le plan de financement est figé tel que calculé au dépôt\u00a0: {montant}." in nav.texte()
    nav.cliquer("Retenir le projet")
    nav.aller(fiche)
    nav.cliquer("Préparer la convention")


def emettre(nav: Navigation, dossier: Path) -> str:
    """Issue the convention, download it, and return its words, one space between them."""
    nav.aller("/conventions/")
    nav.suivre(nav.page.locator("main tbody a"))
    nav.cliquer("Émettre la convention")
    with nav.page.expect_download() as attente:
        nav.page.get_by_role("link", name="Télécharger la convention").click()
    chemin = dossier / "convention.pdf"
    attente.value.save_as(chemin)
    lu = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(chemin), "-"], check=True, capture_output=True
    )
    return " ".join(lu.stdout.decode("utf8").split())


def imprime(montant: str) -> str:
    """An amount as pdftotext gives it back: ordinary spaces."""
    return " ".join(montant.split())


def versements(nav: Navigation) -> list[tuple[str, str]]:
    """Amount and first word of the situation of each payment of the convention."""
    lignes = nav.page.locator("table:has(#legende-versements) tbody tr").all()
    cellules = [ligne.locator("td").all_inner_texts() for ligne in lignes]
    return [(c[2], "Versé" if c[3].startswith("Versé le ") else c[3]) for c in cellules]


def payer(nav: Navigation, jour: date) -> None:
    """Mark the convention signed and record the first payment, both on `jour`."""
    nav.page.get_by_label("Date de la dernière signature").fill(jour.isoformat())
    nav.cliquer("Enregistrer la signature")
    nav.page.get_by_label("Date du versement").fill(jour.isoformat())
    nav.page.get_by_label("Référence du paiement").fill("MANDAT-2026-0042")
    nav.cliquer("Enregistrer le versement")
