"""Which browser, on what, in the words of people: « Firefox sur Windows », from what a browser says.

A hand-made table: it tells one's own sessions apart, nothing is decided on it. The order counts: nearly every
browser also claims to be those that came before it.
"""

import re

INCONNU = "Navigateur inconnu"
NAVIGATEURS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Vivaldi", r"Vivaldi/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"(Headless)?Chrome/|CriOS/"),
    ("Safari", r"Version/[0-9.]+.* Safari/"),
    ("Internet Explorer", r"MSIE |Trident/"),
)
SYSTEMES = (
    ("Windows", r"Windows"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("ChromeOS", r"CrOS"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def nom_du_navigateur(agent: str) -> str:
    """« Firefox sur Windows », « Navigateur inconnu sur Android », « Chrome »; never what was sent."""
    navigateur = _premier(NAVIGATEURS, agent) or INCONNU
    systeme = _premier(SYSTEMES, agent)
    return f"{navigateur} sur {systeme}" if systeme else navigateur


def _premier(familles: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((nom for nom, motif in familles if re.search(motif, agent)), "")
