"""What a porteur does with its dossier, from the simulation to the receipt, and again after a correction."""

import subprocess
from pathlib import Path

from esms.demo.comptes import compte, mot_de_passe
from esms.demo.pieces import pdf
from tests.parcours.navigation import Navigation
from tests.taches import executer

SIGNATURES = {"pdf": b"%PDF-", "xlsx": b"PK"}


def candidater(nav: Navigation, porteur: str) -> None:
    """From the result of a simulation to a draft, signing in on the way."""
    nav.cliquer("Déposer une candidature à partir de cette simulation")
    nav.page.get_by_label("Adresse électronique").fill(compte(porteur).courriel)
    nav.page.get_by_label("Mot de passe").fill(mot_de_passe())
    nav.cliquer("Se connecter")
    nav.cliquer("Créer le brouillon")


def inviter_un_organisme(nav: Navigation, *, organisme: str, courriel: str) -> None:
    """Ask somebody of another organism of the grappe to confirm its ESSMS."""
    liste = nav.chemin()
    nav.aller(f"{liste}grappe/confirmations/")
    nav.page.get_by_label("Organisme", exact=True).select_option(organisme)
    nav.page.get_by_label("Adresse électronique de la personne à inviter").fill(courriel)
    nav.cliquer("Envoyer l’invitation")
    assert courriel in nav.texte()
    nav.aller(liste)


def confirmer_ses_essms(nav: Navigation, nombre: int) -> None:
    """As the invited organism, which landed on its part."""
    de_lui, ses = ("l’ESSMS", "ses") if nombre == 1 else (f"les {nombre} ESSMS", "leurs")
    nav.cliquer(f"Je confirme {de_lui} de mon organisme et {ses} réponses")
    assert "Confirmé par" in nav.texte()


def telecharger_les_modeles(nav: Navigation, dossier: Path) -> list[str]:
    """Download each model that the page of the pieces offers; their names, each being what it says."""
    liste, noms = nav.chemin(), []
    nav.aller(f"{liste}pieces/")
    for lien in nav.page.locator(".piece-modeles a").all():
        with nav.page.expect_download() as attente:
            lien.click()
        nom = attente.value.suggested_filename
        attente.value.save_as(dossier / nom)
        assert (dossier / nom).read_bytes().startswith(SIGNATURES[nom.rpartition(".")[2]]), nom
        noms.append(nom)
    nav.aller(liste)
    return noms


def joindre_les_pieces(nav: Navigation) -> list[str]:
    """What the portal writes from what is typed, else as many files as are asked for; codes, in order."""
    liste, codes = nav.chemin(), []
    nav.aller(f"{liste}pieces/")
    while (attendue := nav.page.locator("section.piece:has(.fr-badge--new)").first).count():
        code = (attendue.get_attribute("aria-labelledby") or "").removeprefix("piece-")
        codes.append(code)
        produire = attendue.get_by_role("button", name="Joindre le document produit depuis votre saisie")
        if produire.count():
            nav.suivre(produire)
            continue
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


def inviter_le_representant(nav: Navigation, courriel: str) -> None:
    """Ask for the signature of the représentant légal, who has no account yet; leads back to the tasks."""
    liste = nav.chemin()
    nav.cliquer("Relire et déposer", role="link")
    nav.page.get_by_label("Adresse électronique du représentant légal").fill(courriel)
    nav.cliquer("Inviter le représentant légal")
    nav.aller(liste)


def certifier(nav: Navigation) -> None:
    """As the représentant légal, on the check page: vouch for the dossier without filing it."""
    nav.page.get_by_label("Je certifie, en qualité de représentant légal").check(force=True)
    nav.cliquer("Certifier sans déposer")
    assert "Certifié exact par" in nav.texte()


def estimation(nav: Navigation) -> list[tuple[str, str]]:
    """Rule and amount of each part of the estimate shown beside the page."""
    rangees = nav.page.locator(".estimation-lignes li")
    return [
        (rangee.locator(".simu-article").inner_text(), rangee.locator(".nombre").inner_text())
        for rangee in rangees.all()
    ]


def deposer(nav: Navigation, *, montant: str, bouton: str = "Déposer le dossier") -> str:
    """Read again, file for the amount shown, and read the number on the receipt, which repeats the amount."""
    nav.cliquer("Relire et déposer", role="link")
    assert nav.page.locator("section:has(> #estimation) .simu-panneau-total").inner_text() == montant
    if bouton != "Déposer le dossier":
        nav.page.get_by_label("Je certifie, en qualité de représentant légal").check(force=True)
    nav.cliquer(bouton)
    assert f"Subvention calculée au dépôt\n{montant}" in nav.texte()
    return nav.page.locator("main .fr-text--lead strong").inner_text()


def lire_l_accuse(nav: Navigation, dossier: Path) -> str:
    """Let the worker make the PDF of the receipt, download it, and return its words, one space between."""
    executer()
    nav.aller(nav.chemin())
    with nav.page.expect_download() as attente:
        nav.page.get_by_role("link", name="Télécharger l’accusé de réception").click()
    chemin = dossier / "accuse.pdf"
    attente.value.save_as(chemin)
    lu = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(chemin), "-"], check=True, capture_output=True
    )
    return " ".join(lu.stdout.decode("utf8").split())


def empreinte(nav: Navigation) -> str:
    """The hash written on the receipt."""
    return nav.page.locator("main dd .empreinte").first.inner_text()


def verifier(nav: Navigation, numero: str, hachage: str) -> None:
    """As anybody: type the hash of a receipt, read whose filing it proves."""
    nav.aller("/verifier/")
    nav.page.get_by_label("Empreinte SHA-256").fill(hachage)
    nav.cliquer("Vérifier")
    assert f"Dépôt {numero}" in nav.texte()


def retirer_et_corriger(nav: Navigation) -> None:
    """Withdraw the filing, give another telephone number; leads back to the tasks of the draft."""
    nav.cliquer("Suivre le dossier", role="link")
    liste = nav.chemin()
    nav.cliquer("Retirer le dépôt pour le corriger", role="link")
    nav.cliquer("Retirer le dépôt")
    assert nav.chemin() == liste
    nav.aller(f"{liste}section/contacts/")
    nav.page.get_by_label("Téléphone du contact opérationnel").fill("05 00 00 00 01")
    nav.cliquer("Enregistrer")
    nav.aller(f"{liste}pieces/")
    nav.suivre(nav.page.get_by_role("button", name="Régénérer et joindre le document"))
    nav.aller(liste)
