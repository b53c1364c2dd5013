"""What a porteur types in each section of its candidature, label by label."""

from collections.abc import Callable, Mapping
from datetime import date

from playwright.sync_api import expect

from tests.parcours.navigation import Navigation

CONTACTS = {
    "Nom et prénom du contact opérationnel": "Élodie Sarrazin",
    "Fonction du contact opérationnel": "Cheffe de projet numérique",
    "Adresse électronique du contact opérationnel": "elodie.sarrazin@association.example",
    "Téléphone du contact opérationnel": "05 00 00 00 00",
    "Téléphone du représentant légal": "05 00 00 00 01",
    "Nom et prénom du représentant légal": "Marc Delmas",
    "Qualité du représentant légal": "Directeur général",
    "Adresse électronique du représentant légal": "direction@association.example",
}
RISQUE = {
    "Risque, risque 1": "Départ du chef de projet",
    "Mesure corrective, risque 1": "Binôme formé",
    "Responsable, risque 1": "Direction",
}
COTES = {
    "Famille, risque 1": "ressources",
    "Gravité, risque 1": "3",
    "Vraisemblance, risque 1": "2",
}
TEXTE = "Le comité de pilotage s’est réuni quatre fois\u202f; un référent est nommé dans chaque service."
CIBLE = "2099-12-31"
JALONS = ("2026-01-05", "2026-06-01", "2026-09-01", "2027-01-31")


def remplir(nav: Navigation, *, montant: str) -> None:
    """Every section of the task list, each opened from it; the grant asked is `montant`."""
    liste = nav.chemin()
    for cle in _sections(nav):
        nav.aller(f"{liste}section/{cle}/")
        SECTIONS[cle](nav, montant)
        nav.cliquer("Enregistrer")
    nav.aller(liste)
    lignes = nav.page.locator(".taches li:has(a[href*='/section/']) .tache-manques")
    assert lignes.all_text_contents() == []


def _sections(nav: Navigation) -> list[str]:
    liens = nav.page.locator(".taches a[href*='/section/']")
    return [str(lien.get_attribute("href")).rstrip("/").rpartition("/")[2] for lien in liens.all()]


def _porteur(nav: Navigation, montant: str) -> None:
    nav.page.get_by_label("Numéro SIRET du siège").fill("732 829 320 00074")


def _contacts(nav: Navigation, montant: str) -> None:
    for libelle, valeur in CONTACTS.items():
        nav.page.get_by_label(libelle).fill(valeur)


def _equipement(nav: Navigation, montant: str) -> None:
    """The first ESSMS, the others like it, one item for each."""
    lignes = nav.page.locator("#parcs tbody tr")
    for compte in lignes.first.locator("input[inputmode=numeric]").all():
        compte.fill("4")
    lignes.first.locator("select").select_option("oui")
    nav.page.get_by_role("button", name="Remplir les cases vides comme la première ligne").click()
    expect(lignes.last.locator("input").first).to_have_value("4")
    nav.page.get_by_label("Pour, besoin 1").select_option("tous")
    nav.page.get_by_label("Nature, besoin 1").select_option("tablette")
    nav.page.get_by_label("Quantité par ESSMS, besoin 1").fill("2")
    nav.page.get_by_label("Prix unitaire HT, besoin 1").fill("400")
    nav.page.get_by_label("Prix unitaire TTC, besoin 1").fill("480")
    nav.page.get_by_label("Besoin auquel cela répond, besoin 1").fill("Saisir au chevet.")


def _projet(nav: Navigation, montant: str) -> None:
    for texte in nav.page.locator("#section textarea").all():
        texte.fill(TEXTE)


def _usages(nav: Navigation, montant: str) -> None:
    for compte in nav.page.locator("#section fieldset[id^=indicateur] input[inputmode=numeric]").all():
        compte.fill("10")
    for jour in nav.page.locator("#section input[name$=_le]").all():
        jour.fill(CIBLE)
    for moyen in nav.page.locator("#section textarea[name$=_comment]").all():
        moyen.fill("Un référent par établissement.")
    if not nav.page.get_by_label("Cas d’usage, cas d’usage 1").count():
        _presser(nav, "Ajouter un cas d’usage", apres="Cas d’usage, cas d’usage 1")
    nav.page.get_by_label("Cas d’usage, cas d’usage 1").fill("Retour d’hospitalisation")
    nav.page.get_by_label("Documents partagés, cas d’usage 1").fill("Lettre de liaison")
    nav.page.get_by_label("Mise en œuvre, cas d’usage 1").fill("Dépôt dans Mon espace santé.")


def _risques(nav: Navigation, montant: str) -> None:
    for libelle, valeur in RISQUE.items():
        nav.page.get_by_label(libelle).fill(valeur)
    for libelle, valeur in COTES.items():
        nav.page.get_by_label(libelle).select_option(valeur)


def _planning(nav: Navigation, montant: str) -> None:
    champs = nav.page.locator("#section input[name^=jalon_]").all()
    for champ, jour in zip(champs, JALONS, strict=True):
        champ.fill(jour)


def _budget(nav: Navigation, montant: str) -> None:
    """The grant pays for everything, on the side of the taxes that the page asks for."""
    base = "HT" if "s’équilibre HT" in nav.texte() else "TTC"
    nav.page.get_by_label(f"Montant {base}, dépense 1").fill(montant.rstrip("€"))
    nav.page.get_by_label("Subvention ESMS numérique demandée").fill(montant.rstrip("€"))
    for ligne in range(len(nav.page.locator("#tableau-depenses fieldset").all()), 1, -1):
        _presser(nav, f"Retirer\u00a0: dépense {ligne}", sans=f"Montant {base}, dépense {ligne}")


def _si(nav: Navigation, montant: str) -> None:
    for etat in nav.page.locator("#section select[name^=og_][name$=_etat]").all():
        etat.select_option("fait")
    for outil in nav.page.locator("#section [name^=og_][name$=_outil]").all():
        if outil.evaluate("champ => champ.tagName") == "SELECT":
            outil.select_option(index=1)
        else:
            outil.fill("MaturiN-SMS")
    for jour in nav.page.locator("#section input[name^=og_][name$=_le]").all():
        jour.fill(date(2025, 3, 3).isoformat())


def _engagements(nav: Navigation, montant: str) -> None:
    for case in nav.page.locator("#section input[type=checkbox]").all():
        case.check(force=True)


def _presser(nav: Navigation, bouton: str, *, apres: str = "", sans: str = "") -> None:
    """Press a button that adds a line or takes one away; it answers in place, or by a page without script."""
    nav.page.get_by_role("button", name=bouton, exact=True).click()
    if apres:
        nav.page.get_by_label(apres).wait_for()
    if sans:
        nav.page.get_by_label(sans).wait_for(state="detached")


SECTIONS: Mapping[str, Callable[[Navigation, str], None]] = {
    "porteur": _porteur,
    "contacts": _contacts,
    "equipement": _equipement,
    "projet": _projet,
    "usages": _usages,
    "risques": _risques,
    "planning": _planning,
    "budget": _budget,
    "si": _si,
    "engagements": _engagements,
}
