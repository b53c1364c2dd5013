"""Bits of sentences that the rules of the sections share. Pure."""

from datetime import date

from esms.aap import Edition
from esms.socle.citations import source
from esms.socle.montants import ESPACE_INSECABLE

_MOIS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def le(jour: date) -> str:
    """« 1er mars 2026 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{ESPACE_INSECABLE}{_MOIS[jour.month - 1]} {jour.year}"


def cite(mots: str, longueur: int = 60) -> str:
    """« mots », cut to be read in a sentence."""
    court = mots if len(mots) <= longueur else f"{mots[: longueur - 1].rstrip()}…"
    return f"«{ESPACE_INSECABLE}{court}{ESPACE_INSECABLE}»"


def enumerer(mots: list[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return mots[0] if len(mots) == 1 else f"{', '.join(mots[:-1])} et {mots[-1]}"


def source_de(edition: Edition, section: str, regle: str = "") -> str:
    """The same, with the article that asks for the section."""
    demandee = edition.candidature.section(section)
    return source(demandee.article if demandee else edition.candidature.article, regle)
