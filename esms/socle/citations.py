"""How the articles of an edition are cited in a sentence: « annexe 2, art. 4.4.1 et 6.3 ». Pure."""

from collections.abc import Iterator
from itertools import groupby

ANNEXE = "annexe"
ESPACE_INSECABLE = "\u00a0"


def articles(reference: str) -> str:
    """« 4.4.1 » → « art. 4.4.1 »; « annexe 2, 4.4.1, 6.3 » → « annexe 2, art. 4.4.1 et 6.3 »; empty stays so.

    `reference` is the `article` of an edition: numbers and annexes separated by commas, in their order.
    """
    return ", ".join(_groupes([nom.strip() for nom in reference.split(",") if nom.strip()]))


def source(reference: str, regle: str = "") -> str:
    """« (règle U1, art. 5.1) », or without the rule when the catalogue has none."""
    return f"({', '.join(filter(None, (f'règle {regle}' if regle else '', articles(reference))))})"


def _groupes(noms: list[str]) -> Iterator[str]:
    for annexe, suite in groupby(noms, key=lambda nom: nom.startswith(ANNEXE)):
        lus = list(suite)
        if annexe:
            yield from lus
        else:
            yield f"art.{ESPACE_INSECABLE}{' et '.join(filter(None, (', '.join(lus[:-1]), lus[-1])))}"
