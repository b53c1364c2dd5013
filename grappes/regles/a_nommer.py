"""A software that an application has not chosen yet: the rules that rest on it are neither met nor failed."""

from esms.aap import Regle

from .controle import Controle, Verdict, juger

REGLES_DE_LA_SOLUTION = frozenset({"E8", "E9", "E12", "E13", "E15", "E16", "E17"})
"""Those that wait for the software to be named."""


def a_nommer(regles: Regle, suite: str) -> Controle:
    """The rule waits; `suite` says what will be looked at, and for how many ESSMS."""
    return juger(regles, Verdict.A_COMPLETER, f"La solution n’est pas encore nommée\u00a0: {suite}")
