"""What a porteur does in the simulator, gesture by gesture."""

from collections.abc import Iterable

from tests.parcours.navigation import Navigation

OCCITANIE = "Appel à projets ESMS numérique 2025, ARS Occitanie"
GUADELOUPE = "Appel à projets ESMS numérique 2022, ARS Guadeloupe, Saint-Martin et Saint-Barthélemy"


def simuler(nav: Navigation, appel: str, numeros: Iterable[str]) -> None:
    """Paste the numbers, as an e-mail would hold them, and read the result."""
    nav.aller("/simuler/")
    nav.page.get_by_label(appel).check(force=True)
    nav.page.get_by_label("Numéros FINESS des ESSMS").fill(" ; ".join(numeros))
    nav.cliquer("Voir le résultat")


def onglet(nav: Navigation, nom: str) -> None:
    """Go to another part of the same simulation."""
    onglets = nav.page.get_by_role("navigation", name="Parties de la simulation")
    nav.suivre(onglets.get_by_role("link", name=nom))


def ouvrir_essms(nav: Navigation, finess_et: str) -> None:
    """Open the form of one ESSMS from the list."""
    onglet(nav, "ESSMS")
    nav.suivre(nav.page.locator(f"main a[href$='/essms/{finess_et}/']"))


def declarer_heures(nav: Navigation, finess_et: str, heures: dict[str, str]) -> None:
    """Give the hours of a SAAD, label by label."""
    ouvrir_essms(nav, finess_et)
    for libelle, valeur in heures.items():
        nav.page.get_by_label(libelle).fill(valeur)
    nav.cliquer("Enregistrer et revenir aux ESSMS")


def demander_equipement(nav: Navigation, finess_et: str, *, ht: str, ttc: str) -> None:
    """Ask for equipment, with the amounts of the quote."""
    ouvrir_essms(nav, finess_et)
    nav.cocher("Demander une aide à l’équipement (petits organismes)")
    nav.page.get_by_label("Demande hors taxes, en euros").fill(ht)
    nav.page.get_by_label("Demande toutes taxes comprises, en euros").fill(ttc)
    nav.cliquer("Enregistrer et revenir aux ESSMS")


def choisir_solution(nav: Navigation, nom: str, *cases: str) -> None:
    """Name the software and tick what holds; leads back to the result."""
    onglet(nav, "Solution et porteur")
    nav.page.get_by_label("Nom du logiciel").fill(nom)
    for case in cases:
        nav.cocher(case)
    nav.cliquer("Enregistrer et voir le résultat")


def designer_le_porteur(nav: Navigation, nom: str) -> None:
    """Say which organism of the project carries it."""
    onglet(nav, "Organismes")
    nav.cocher(f"Porteur\u00a0: {nom}")
    nav.cliquer("Enregistrer")


def equiper_tous(nav: Navigation) -> None:
    """Ask for equipment, without quote, for every ESSMS of the project at once."""
    onglet(nav, "ESSMS")
    nav.page.get_by_label("Équipement").select_option("oui")
    nav.cocher("à tous les ESSMS du projet")
    nav.cliquer("Appliquer")


def lignes(nav: Navigation) -> list[tuple[str, str]]:
    """Rule and amount of each part of the result, in order."""
    rangees = nav.page.locator("table:has(caption:text('Sous-totaux par règle')) tbody tr")
    return [
        (rangee.locator("td").first.inner_text(), rangee.locator(".nombre").inner_text())
        for rangee in rangees.all()
    ]


def total(nav: Navigation) -> str:
    """The amount of the result, as it is written."""
    return nav.page.locator(".simu-total").inner_text()
