"""A browser that watches while it walks: nothing external, nothing refused, no page too wide for 320 px."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import ConsoleMessage, Locator, Page, Request

from esms.demo.codes import code

BUREAU = (1280, 800)
PETIT_ECRAN = (320, 640)
OK = 200
_codes_donnes: set[tuple[str, str]] = set()
ATTENTE = 15_000  # milliseconds; two loaded cores


def _code_neuf(courriel: str) -> str:
    """A valid code that was not given yet: each serves once, and the neighbouring periods are accepted."""
    while True:
        for decalage in (0, -1, 1):
            donne = (courriel, code(courriel, decalage=decalage))
            if donne not in _codes_donnes:
                _codes_donnes.add(donne)
                return donne[1]
        time.sleep(1)


class Navigation:
    """Wraps a page; `adresse` is where the portal answers."""

    def __init__(self, page: Page, adresse: str) -> None:
        self.page = page
        self.adresse = adresse.rstrip("/")
        self.consoles: list[str] = []
        self.sorties: list[str] = []
        self.debordements: list[str] = []
        self._attendu: int | None = None
        page.set_default_timeout(ATTENTE)
        page.on("console", self._ecouter)
        page.on("pageerror", lambda erreur: self.consoles.append(str(erreur)))
        page.on("request", self._suivre)

    def aller(self, chemin: str, *, statut: int = 200) -> None:
        """Open an address of the portal; `statut` is the answer it must give."""
        if statut != OK:
            self._attendu = statut
        reponse = self.page.goto(self.adresse + chemin)
        assert reponse is not None
        assert reponse.status == statut, f"{chemin} répond {reponse.status}"
        self.mesurer()

    def se_connecter(self, courriel: str, mot_de_passe: str) -> None:
        """Sign in through the form; an agent of the demonstration then gives its code."""
        self.aller("/compte/connexion/")
        self.page.get_by_label("Adresse électronique", exact=True).fill(courriel)
        self.page.get_by_label("Mot de passe", exact=True).fill(mot_de_passe)
        self.suivre(self.page.locator("main").get_by_role("button", name="Se connecter"))
        if self.chemin() == "/compte/second-facteur/verifier/":
            self.page.get_by_label("Code de vérification").fill(_code_neuf(courriel))
            self.cliquer("Vérifier")
        self.page.get_by_role("button", name="Se déconnecter").first.wait_for(state="attached")
        self.mesurer()

    def garder_la_session(self, client: Client) -> None:
        """Go on with the session of a test client, signed in or not."""
        session = client.cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.adresse}])

    def se_deconnecter(self) -> None:
        """Sign out through the header."""
        self.page.get_by_role("button", name="Se déconnecter").first.click()
        self.page.get_by_role("link", name="Se connecter").first.wait_for(state="attached")

    def cliquer(self, nom: str, *, role: str = "button") -> None:
        """The same, for a button or a link of the main part, by its name."""
        self.suivre(self.page.locator("main").get_by_role(role, name=nom, exact=True))  # type: ignore[arg-type]

    def suivre(self, cible: Locator) -> None:
        """Press what leads to another page, then measure that page."""
        with self.page.expect_navigation():
            cible.first.click()
        self.mesurer()

    def cocher(self, libelle: str) -> None:
        """Tick a box or a radio button; the DSFR draws them under their label, which takes the click."""
        self.page.get_by_label(libelle, exact=True).check(force=True)

    def texte(self) -> str:
        """Words of the main part, as they are shown."""
        return self.page.locator("main").inner_text()

    def chemin(self) -> str:
        """Where the browser is, without the host."""
        return urlsplit(self.page.url).path

    def mesurer(self) -> None:
        """Note the page if it scrolls sideways at 320 px."""
        with self.ecran(*PETIT_ECRAN):
            largeur = self.page.evaluate("document.scrollingElement.scrollWidth")
        if largeur > PETIT_ECRAN[0]:
            self.debordements.append(f"{self.chemin()} : {largeur} px")

    @contextmanager
    def reponse_attendue(self, statut: int) -> Iterator[None]:
        """For a while, Chromium may tell the console about this status: the test came for it."""
        self._attendu = statut
        yield
        self._attendu = None

    @contextmanager
    def ecran(self, largeur: int, hauteur: int) -> Iterator[None]:
        """Another size of window for a while."""
        self.page.set_viewport_size({"width": largeur, "height": hauteur})
        yield
        self.page.set_viewport_size({"width": BUREAU[0], "height": BUREAU[1]})

    def violations(self) -> list[str]:
        """What axe finds wrong on the page as it stands."""
        resultat = Axe().run(self.page)
        return [
            f"{self.chemin()} : {regle['id']} {noeud['target']}"
            for regle in resultat.response["violations"]
            for noeud in regle["nodes"]
        ]

    def fautes(self) -> list[str]:
        """Everything noted since the start; a test ends with none."""
        return self.consoles + self.sorties + self.debordements

    def _ecouter(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        attendue = f"responded with a status of {self._attendu}"
        if self._attendu is not None and attendue in message.text:
            return
        self.consoles.append(f"{self.chemin()} : {message.text}")

    def _suivre(self, requete: Request) -> None:
        if not requete.url.startswith((self.adresse + "/", "data:", "blob:")):
            self.sorties.append(f"{self.chemin()} : requête vers {requete.url}")
