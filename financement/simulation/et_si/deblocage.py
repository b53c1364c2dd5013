"""The smallest change that unblocks a project: each step is verified by playing the engine again."""

from dataclasses import dataclass
from decimal import Decimal

from esms.aap import CATALOGUE, Edition
from financement.bareme import calculer
from financement.bareme.ligne import euros
from financement.simulation.resultat import Resultat
from grappes.regles import Controle, Projet, Verdict, controler

from .gestes import Geste, nombre_de_changements, proposer

PAS_MAX = 12
"""Steps after which the search stops: more blocked rules than that is no near miss."""


@dataclass(frozen=True, slots=True)
class Deblocage:
    """Changes to make, in order; `leve`: nothing blocks any more, `total`: what the grant is then (EUR)."""

    gestes: tuple[Geste, ...]
    leve: bool
    total: Decimal
    explication: str


def debloquer(resultat: Resultat) -> Deblocage | None:
    """How to unblock a project; None when nothing blocks it."""
    edition = resultat.edition
    projet, restants = resultat.projet, _blocages(resultat.controles)
    if not restants:
        return None
    gestes: list[Geste] = []
    while restants and len(gestes) < PAS_MAX:
        geste = _meilleur(projet, edition, restants)
        if geste is None:
            break
        gestes.append(geste)
        projet = geste.projet
        restants = _blocages(controler(projet, edition))
    total = calculer(projet, edition).total
    return Deblocage(tuple(gestes), not restants, total, _phrase(gestes, restants, total))


def _blocages(controles: tuple[Controle, ...]) -> tuple[Controle, ...]:
    """What keeps from filing: a blocking check, or a leading region not yet chosen."""
    return tuple(
        controle
        for controle in controles
        if controle.verdict is Verdict.BLOQUANT
        or (controle.regle == "G3" and controle.verdict is Verdict.A_COMPLETER)
    )


def _meilleur(projet: Projet, edition: Edition, restants: tuple[Controle, ...]) -> Geste | None:
    """The change that leaves fewest blocked rules, then touches fewest ESSMS; the first rule that has one."""
    for regle in dict.fromkeys(controle.regle for controle in restants):
        vises = [controle for controle in restants if controle.regle == regle]
        essais = [
            (len(apres), geste.touches, rang, geste)
            for rang, geste in enumerate(proposer(regle, projet, edition, vises))
            if regle not in (apres := {c.regle for c in _blocages(controler(geste.projet, edition))})
        ]
        if essais:
            return min(essais, key=lambda essai: essai[:3])[3]
    return None


def _en_suite(action: str) -> str:
    """The action after a semicolon: no capital."""
    return action[:1].lower() + action[1:]


def _phrase(gestes: list[Geste], restants: tuple[Controle, ...], total: Decimal) -> str:
    actions = "\u202f; ".join(g.action if rang == 0 else _en_suite(g.action) for rang, g in enumerate(gestes))
    if not restants:
        return (
            f"{actions}\u00a0: avec {nombre_de_changements(len(gestes))}, plus rien ne bloque "
            f"et la subvention est de {euros(total)}."
        )
    regles = ", ".join(dict.fromkeys(f"{c.regle} ({CATALOGUE[c.regle]})" for c in restants))
    if not gestes:
        return f"Aucun changement simple ne lève {regles}."
    return f"{actions}\u00a0: il reste {regles}, qu’aucun changement simple ne lève."
