"""Pages that say no, in a real browser: axe has nothing to say of an error either, and 320 px are enough."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator

from esms.demo.monde import monde as demonstration
from financement.actions.convention import emettre
from instruction.etats import Etat
from tests.fabriques import Monde
from tests.parcours import simulateur
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import adresse, entrer, verifier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Ouvrir = Callable[..., Navigation]
ESSAIS_PERMIS = 10  # wrong passwords for one account


def test_axe_voit_une_faute(ouvrir_navigateur: Ouvrir) -> None:
    nav = ouvrir_navigateur()
    nav.page.set_content("<html><body><main><h1>Page</h1><img src='data:,'></main></body></html>")
    assert {faute.split()[2] for faute in nav.violations()} >= {
        "document-title",
        "html-has-lang",
        "image-alt",
    }


def test_refus_faits_a_un_visiteur_sont_accessibles(ouvrir_navigateur: Ouvrir) -> None:
    """Nothing there, wrong password, form expired, too many tries, database away."""
    cache.clear()
    nav = ouvrir_navigateur()
    for nulle_part in ("/nulle-part/", "/simuler/00000000000000000000/"):
        verifier(nav, nulle_part, 404)
    trouvees = _se_tromper(nav)
    nav.page.context.clear_cookies()
    with nav.reponse_attendue(403):
        nav.cliquer("Se connecter")
        trouvees += nav.violations()
    assert nav.page.get_by_role("heading", level=1).inner_text() == "Ce formulaire a expiré"
    assert "Adresse électronique\npersonne@demo.example" in nav.texte()
    for _ in range(ESSAIS_PERMIS):
        Client().post(reverse("account_login"), {"login": "personne@demo.example", "password": "faux"})
    with nav.reponse_attendue(429):
        trouvees += _se_tromper(nav)
    assert nav.page.get_by_role("heading", level=1).inner_text() == "Trop de demandes en peu de temps"
    assert "Réessayez dans 60\u00a0minutes." in nav.texte()
    assert trouvees == []


def _se_tromper(nav: Navigation) -> list[str]:
    nav.aller(reverse("account_login"))
    nav.page.get_by_label("Adresse électronique", exact=True).fill("personne@demo.example")
    nav.page.get_by_label("Mot de passe", exact=True).fill("un autre mot de passe")
    nav.cliquer("Se connecter")
    return nav.violations()


def test_base_absente_se_dit_dans_une_page_accessible(ouvrir_navigateur: Ouvrir) -> None:
    """The answer of a portal whose database is away, shown to the browser: 503."""

    def absente(*_: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(absente):
        reponse = Client(raise_request_exception=False).get("/simuler/")
    nav = ouvrir_navigateur()
    nav.page.route("**/simuler/", lambda voie: voie.fulfill(status=503, body=reponse.content.decode()))
    verifier(nav, "/simuler/", reponse.status_code)
    assert (
        nav.page.get_by_role("heading", level=1).inner_text() == "Le portail est momentanément indisponible"
    )


@pytest.mark.usefixtures("monde_charge")
def test_simulation_avec_erreurs(ouvrir_navigateur: Ouvrir) -> None:
    nav, monde = ouvrir_navigateur(), demonstration()
    ferme = next(e.finess_et for e in monde["pastel"].etablissements if e.ferme)
    melange = [ferme, *monde["ch-causses"].ouverts(), "319900999", *monde["corbieres"].ouverts()]
    simulateur.simuler(nav, simulateur.GUADELOUPE, melange)
    trouvees = nav.violations()
    simulee = nav.chemin()
    nav.aller(f"{simulee}essms/{monde['ch-causses'].ouverts('209')[0]}/")
    nav.page.get_by_label("Heures totales").fill("10")
    nav.page.get_by_label("dont APA").fill("99")
    nav.page.get_by_label("Demande hors taxes, en euros").fill("-5")
    nav.cliquer("Enregistrer et revenir aux ESSMS")
    trouvees += nav.violations()
    nav.aller(simulee + "projet/")
    nav.page.get_by_label("Devis de l’éditeur hors taxes, en euros").fill("douze")
    nav.cliquer("Enregistrer et voir le résultat")
    assert trouvees + nav.violations() == []


def test_refus_faits_a_un_agent_sont_accessibles(ouvrir_navigateur: Ouvrir) -> None:
    """An opinion without motive, a gesture overtaken, a score off the grid, a date before the convention."""
    monde, nav = Monde(), ouvrir_navigateur()
    page = nav.page
    monde.amener(Etat.RECEVABILITE)
    entrer(nav, monde.instructeur)
    nav.aller(adresse(monde.dossier, "eligibilite"))
    page.locator("main input[type=radio][value=non]").first.check(force=True)
    trouvees = _refuse(nav, 400, page.get_by_role("button", name="Enregistrer mes avis"))
    nav.aller(adresse(monde.dossier, "dossier"))
    page.get_by_text("Prononcer irrecevable…").click()
    page.get_by_label("Motif de la décision « irrecevable »").fill("Pièces manquantes.")
    monde.amener(Etat.EN_INSTRUCTION)
    trouvees += _refuse(nav, 409, page.locator("form:has(#motif-irrecevable) button"))
    nav.aller(adresse(monde.dossier, "grille"))
    page.locator("main input[name$=-points]").first.fill("99")
    trouvees += _refuse(nav, 400, page.get_by_role("button", name="Enregistrer les notes"))
    monde.amener(Etat.CONVENTION_A_SIGNER)
    convention = emettre(convention=monde.relire().grappe.convention, par=monde.administrateur)
    entrer(nav, monde.administrateur)
    nav.aller(convention.get_absolute_url())
    page.get_by_label("Date de la dernière signature").fill(date(2020, 1, 1).isoformat())
    trouvees += _refuse(nav, 422, page.get_by_role("button", name="Enregistrer la signature"))
    assert trouvees == []
    for liste in ("/dossiers/?etat=non_retenu", "/dossiers/?attribution=retard", "/conventions/?etat=signee"):
        verifier(nav, liste)


def _refuse(nav: Navigation, statut: int, bouton: Locator) -> list[str]:
    """Press; what axe says of the page that refuses."""
    with nav.reponse_attendue(statut), nav.page.expect_response(lambda r: r.status == statut):
        nav.suivre(bouton)
    return nav.violations()
