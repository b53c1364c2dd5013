"""Every page of the portal, in every state, has nothing for axe to say and holds at 320 px."""

from collections.abc import Callable

import pytest

from esms.demo.comptes import compte, mot_de_passe
from esms.demo.monde import monde
from financement.models import Convention
from instruction.models import Dossier
from tests.parcours import simulateur
from tests.parcours.navigation import Navigation

pytestmark = pytest.mark.navigateur
charge = pytest.mark.usefixtures("monde_charge")
peuple = pytest.mark.usefixtures("monde_peuple")

Ouvrir = Callable[..., Navigation]
SECTIONS = (
    "porteur",
    "contacts",
    "equipement",
    "projet",
    "usages",
    "risques",
    "planning",
    "budget",
    "si",
    "engagements",
)
PAGES_DU_BROUILLON = ("", *(f"section/{cle}/" for cle in SECTIONS), "grappe/", "pieces/", "relecture/")


def _connecter(nav: Navigation, qui: str) -> None:
    nav.se_connecter(compte(qui).courriel, mot_de_passe())


def _du(nav: Navigation, *chemins: str, statut: int = 200) -> list[str]:
    """What axe says of these pages."""
    trouvees = []
    for chemin in chemins:
        nav.aller(chemin, statut=statut)
        trouvees += nav.violations()
    return trouvees


def _dossier(etat: str) -> str:
    return f"/dossiers/{Dossier.objects.get(etat=etat).pk}/"


@charge
def test_pages_publiques(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    assert (
        _du(nav, "/", "/accessibilite/", "/mentions-legales/", "/compte/connexion/", "/simuler/", "/api/")
        == []
    )
    assert _du(nav, "/nulle-part/", "/simuler/00000000000000000000/", statut=404) == []
    nav.aller("/compte/connexion/")
    nav.page.get_by_label("Adresse électronique").fill("personne@demo.example")
    nav.page.get_by_label("Mot de passe").fill("un autre mot de passe")
    nav.cliquer("Se connecter")
    trouvees = nav.violations()
    nav.page.context.clear_cookies()
    with nav.reponse_attendue(403):
        nav.cliquer("Se connecter")
        assert trouvees + nav.violations() == []
    assert nav.page.get_by_role("heading", level=1).inner_text() == "Ce formulaire a expiré"


def test_axe_voit_une_faute(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    nav.page.set_content("<html><body><main><h1>Page</h1><img src='data:,'></main></body></html>")
    assert {faute.split()[2] for faute in nav.violations()} >= {
        "document-title",
        "html-has-lang",
        "image-alt",
    }


@charge
def test_simulation_de_l_entree_au_resultat(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    essms = [*monde()["violette"].ouverts(), *monde()["pastel"].ouverts()]
    simulateur.simuler(nav, simulateur.OCCITANIE, essms)
    trouvees = nav.violations()
    adresse = nav.chemin()
    saad = monde()["pastel"].ouverts("460")[0]
    pages = (
        "essms/",
        "essms/ajouter/",
        "essms/ajouter/?q=ehpad",
        f"essms/{saad}/",
        "organismes/",
        "projet/",
        "et-si/",
    )
    trouvees += _du(nav, *(adresse + page for page in pages))
    nav.aller(adresse)
    nav.cliquer("Obtenir un lien permanent")
    assert trouvees + nav.violations() == []


@charge
def test_simulation_avec_erreurs(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    ferme = next(e.finess_et for e in monde()["pastel"].etablissements if e.ferme)
    simulateur.simuler(nav, simulateur.OCCITANIE, [])
    trouvees = nav.violations()
    simulateur.simuler(nav, simulateur.OCCITANIE, ["123456789", "319900014"])
    trouvees += nav.violations()
    melange = [ferme, *monde()["ch-causses"].ouverts(), "319900999", *monde()["corbieres"].ouverts()]
    simulateur.simuler(nav, simulateur.GUADELOUPE, melange)
    trouvees += nav.violations()
    adresse = nav.chemin()
    simulateur.ouvrir_essms(nav, monde()["ch-causses"].ouverts("209")[0])
    nav.page.get_by_label("Heures totales").fill("10")
    nav.page.get_by_label("dont APA").fill("99")
    nav.page.get_by_label("Demande hors taxes, en euros").fill("-5")
    nav.cliquer("Enregistrer et revenir aux ESSMS")
    trouvees += nav.violations()
    nav.aller(adresse + "projet/")
    nav.page.get_by_label("Devis de l’éditeur hors taxes, en euros").fill("douze")
    nav.cliquer("Enregistrer et voir le résultat")
    assert trouvees + nav.violations() == []


@peuple
def test_porteur_brouillon_et_erreurs(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    _connecter(nav, "porteur.occitanie")
    brouillon = _dossier("brouillon")
    trouvees = _du(nav, "/", "/dossiers/", *(brouillon + page for page in PAGES_DU_BROUILLON))
    with nav.reponse_attendue(400):
        nav.aller(brouillon + "pieces/")
        nav.page.locator("#fichier-P1").set_input_files(
            {"name": "outil.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
        )
        nav.suivre(nav.page.locator("section.piece").first.get_by_role("button", name="Joindre"))
        trouvees += nav.violations()
        nav.aller(brouillon + "section/contacts/")
        nav.page.get_by_label("Adresse électronique du contact opérationnel").fill("pas une adresse")
        nav.cliquer("Enregistrer")
        trouvees += nav.violations()
    autre = _dossier("depose")
    trouvees += _du(nav, autre, "/conventions/CONV-OCC-2025-0001/", statut=404)
    trouvees += _du(nav, brouillon + "eligibilite/", statut=403)
    assert trouvees == []


@peuple
def test_porteur_conflit_de_saisie(ouvrir_navigateur: Ouvrir) -> None:
    ici, ailleurs = ouvrir_navigateur(), ouvrir_navigateur()
    projet = _dossier("brouillon") + "section/projet/"
    for nav in (ici, ailleurs):
        _connecter(nav, "porteur.occitanie")
        nav.aller(projet)
    ailleurs.page.locator("main textarea").first.fill(f"Texte de la fenêtre {id(ailleurs)}")
    ailleurs.cliquer("Enregistrer")
    with ici.reponse_attendue(409):
        ici.page.locator("main textarea").first.fill(f"Texte de la fenêtre {id(ici)}")
        ici.cliquer("Enregistrer")
        assert ici.violations() == []
    assert all(f"Texte de la fenêtre {id(nav)}" in ici.texte() for nav in (ici, ailleurs))


@peuple
def test_porteur_apres_le_depot(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    _connecter(nav, "porteur.alizes")
    verse = _dossier("en_deploiement")
    convention = Convention.objects.get(etat="signee").get_absolute_url()
    trouvees = _du(nav, "/dossiers/", verse, verse + "accuse/", convention)
    nav.se_deconnecter()
    _connecter(nav, "porteur.guadeloupe")
    assert trouvees + _du(nav, "/dossiers/", "/conventions/") == []


@peuple
def test_instructeur(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    _connecter(nav, "instructeur.occitanie")
    depose, instruit = _dossier("depose"), _dossier("en_instruction")
    pages = (depose, depose + "eligibilite/", depose + "recevabilite/", instruit, instruit + "grille/")
    trouvees = _du(nav, "/", "/dossiers/", "/dossiers/?etat=non_retenu", *pages)
    with nav.reponse_attendue(400):
        nav.page.locator("main input[name$=-points]").first.fill("99")
        nav.cliquer("Enregistrer les notes")
        trouvees += nav.violations()
        nav.aller(depose)
        nav.cliquer("Ouvrir la recevabilité")
        nav.aller(depose + "eligibilite/")
        nav.page.locator("main input[type=radio][value=non]").first.check(force=True)
        nav.cliquer("Enregistrer mes avis")
        trouvees += nav.violations()
    trouvees += _du(nav, _dossier("convention_a_signer") + "selection/")
    trouvees += _du(nav, _dossier("en_deploiement"), statut=404)
    assert trouvees == []


@peuple
def test_instructeur_geste_depasse(ouvrir_navigateur: Ouvrir) -> None:
    ici, ailleurs = ouvrir_navigateur(), ouvrir_navigateur()
    depose = _dossier("depose")
    for nav in (ici, ailleurs):
        _connecter(nav, "instructeur.occitanie")
        nav.aller(depose)
        if nav is ici:
            nav.cliquer("Ouvrir la recevabilité")
        nav.page.get_by_text("Prononcer irrecevable…").click()
        nav.page.get_by_label("Motif de la décision « irrecevable »").fill("Pièces manquantes.")
    ailleurs.suivre(ailleurs.page.locator("form:has(#motif-irrecevable) button"))
    with ici.reponse_attendue(409):
        ici.page.get_by_text("Prononcer inéligible…").click()
        ici.page.get_by_label("Motif de la décision « inéligible »").fill("Public hors liste.")
        ici.suivre(ici.page.locator("form:has(#motif-ineligible) button"))
        assert ici.violations() == []


@peuple
def test_administrateur_et_convention(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    _connecter(nav, "administrateur.occitanie")
    convention = Convention.objects.get(etat="emise").get_absolute_url()
    trouvees = _du(nav, "/conventions/?etat=signee", "/conventions/", convention)
    with nav.reponse_attendue(422):
        nav.page.get_by_label("Date de la dernière signature").fill("2020-01-01")
        nav.cliquer("Enregistrer la signature")
        trouvees += nav.violations()
    nav.se_deconnecter()
    _connecter(nav, "administrateur.guadeloupe")
    assert trouvees + _du(nav, Convention.objects.get(etat="signee").get_absolute_url()) == []
