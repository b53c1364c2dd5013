"""Windows of the browser, emptied between two tests rather than made again: styles stay in cache."""

from playwright.sync_api import Browser, BrowserContext, Page

from tests.parcours.navigation import BUREAU


class Reserve:
    """Lends pages; each has cookies and storage of its own, and starts without any."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._libres: dict[bool, list[BrowserContext]] = {True: [], False: []}
        self._pretes: list[tuple[bool, Page]] = []

    def prendre(self, *, javascript: bool) -> Page:
        """A page in a window that nobody uses."""
        libres = self._libres[javascript]
        contexte = libres.pop() if libres else self._ouvrir(javascript=javascript)
        self._pretes.append((javascript, contexte.new_page()))
        return self._pretes[-1][1]

    def reprendre(self, origine: str) -> None:
        """Everything lent comes back: what the portal at `origine` left in it is forgotten."""
        for javascript, page in self._pretes:
            self._vider(page, origine)
            self._libres[javascript].append(page.context)
            page.close()
        self._pretes.clear()

    def _ouvrir(self, *, javascript: bool) -> BrowserContext:
        return self._browser.new_context(
            java_script_enabled=javascript,
            locale="fr-FR",
            viewport={"width": BUREAU[0], "height": BUREAU[1]},
        )

    @staticmethod
    def _vider(page: Page, origine: str) -> None:
        contexte = page.context
        contexte.set_offline(offline=False)
        page.goto("about:blank")  # no script of the portal is left to write again
        outils = contexte.new_cdp_session(page)
        outils.send("Storage.clearDataForOrigin", {"origin": origine, "storageTypes": "all"})
        contexte.clear_cookies()
