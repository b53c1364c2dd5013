"""What a porteur does with its dossier, from the simulation to the receipt."""

from esms.demo.comptes import compte, mot_de_passe
from esms.demo.pieces import pdf
from tests.parcours.navigation import Navigation

CONTACTS = {
    "Nom et prénom du contact opérationnel": "Élodie Sarrazin",
    "Fonction du contact opérationnel": "Cheffe de projet numérique",
    "Adresse électronique du contact opérationnel": "elodie.sarrazin@association.example",
    "Téléphone du contact opérationnel": "05 00 00 00 00",
    "Nom et prénom du représentant légal": "Marc Delmas",
    "Qualité du représentant légal": "Directeur général",
    "Adresse électronique du représentant légal": "direction@association.example",
}
TEXTE = "Le comité de pilotage s’est réuni quatre fois ; un référent est nommé dans chaque service."


def candidater(nav: Navigation, porteur: str) -> None:
    """From the result of a simulation to a draft, signing in on the way."""
    nav.cliquer("Déposer une candidature à partir de cette simulation")
    nav.page.get_by_label("Adresse électronique").fill(compte(porteur).courriel)
    nav.page.get_by_label("Mot de passe").fill(mot_de_passe())
    nav.cliquer("Se connecter")
    nav.cliquer("Créer le brouillon")


def remplir(nav: Navigation) -> None:
    """Identity, people and texts, each from the task list."""
    liste = nav.chemin()
    nav.aller(f"{liste}section/porteur/")
    nav.page.get_by_label("Numéro SIRET du siège").fill("732 829 320 00074")
    nav.cliquer("Enregistrer")
    nav.aller(f"{liste}section/contacts/")
    for libelle, valeur in CONTACTS.items():
        nav.page.get_by_label(libelle).fill(valeur)
    nav.cliquer("Enregistrer")
    nav.aller(f"{liste}section/projet/")
    for texte in nav.page.locator("main textarea").all():
        texte.fill(TEXTE)
    nav.cliquer("Enregistrer")


def joindre_les_pieces(nav: Navigation) -> list[str]:
    """Send as many files as each required piece asks for; their codes, in the order of the page."""
    liste, codes = nav.chemin(), []
    nav.aller(f"{liste}pieces/")
    while (attendue := nav.page.locator("section.piece:has(.fr-badge--new)").first).count():
        code = (attendue.get_attribute("aria-labelledby") or "").removeprefix("piece-")
        codes.append(code)
        attendue.locator("input[type=file]").set_input_files(
            {
                "name": f"{code} n° {len(codes)}.pdf",
                "mimeType": "application/pdf",
                "buffer": pdf(f"Pièce {code}", f"Fichier {len(codes)}"),
            }
        )
        nav.suivre(attendue.get_by_role("button", name="Joindre"))
    nav.aller(liste)
    return codes


def deposer(nav: Navigation, *, montant: str) -> str:
    """Read again, file for the amount shown, and read the number on the receipt, which repeats the amount."""
    nav.cliquer("Relire et déposer", role="link")
    assert nav.page.locator("section:has(> #estimation) .simu-panneau-total").inner_text() == montant
    nav.cliquer("Déposer le dossier")
    assert f"Subvention calculée au dépôt\n{montant}" in nav.texte()
    return nav.page.locator("main .fr-text--lead strong").inner_text()
