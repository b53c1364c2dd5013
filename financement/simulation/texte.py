"""A simulation as text, to be read in a terminal."""

from collections.abc import Iterator
from decimal import Decimal

from esms.socle.citations import articles
from esms.socle.montants import ESPACE_INSECABLE, nombre

from .resultat import Resultat

VERDICTS = {
    "bloquant": "Bloquant",
    "a_completer": "À compléter",
    "alerte": "Alerte",
    "conforme": "Conforme",
    "sans_objet": "Sans objet",
}


def en_texte(resultat: Resultat) -> str:
    """Summary, place of filing, checks, lines, subtotals and payments; no final newline."""
    return "\n".join(_lignes(resultat))


def _lignes(resultat: Resultat) -> Iterator[str]:
    financement, trouve = resultat.financement, resultat.guichet
    estimation = " (estimation)" if financement.estimation else ""
    yield resultat.edition.titre
    yield f"Règles {resultat.edition.version}"
    yield ""
    yield f"ESSMS    {len(resultat.projet.essms)}, {resultat.projet.typologie.replace('_', ' ')}"
    yield f"Verdict  {VERDICTS[resultat.verdict]}"
    yield f"Total    {_euros(financement.total)}{estimation}"
    yield (
        f"Guichet  {'dépôt possible ici' if trouve.deposable else 'dépôt impossible ici'}. "
        f"{trouve.explication}"
    )
    yield ""
    yield "CONTRÔLES"
    for controle in resultat.controles:
        yield (
            f"{controle.regle:<4}{VERDICTS[controle.verdict]:<12}{controle.explication} "
            f"({articles(controle.article)})"
        )
    yield ""
    yield "FINANCEMENT"
    for ligne in financement.lignes:
        yield (
            f"{ligne.regle:<4}{ligne.portee:<10}{_euros(ligne.montant):>16}  {ligne.explication} "
            f"({articles(ligne.article)})"
        )
    for regle, somme in financement.sous_totaux.items():
        yield f"{regle:<4}{'total':<10}{_euros(somme):>16}"
    if financement.ecartees:
        yield ""
        yield "DEMANDÉ, NON ACCORDÉ"
    for refus in financement.ecartees:
        yield f"{refus.regle:<4}{refus.explication} ({articles(refus.article)})"
    yield ""
    yield "VERSEMENTS"
    for versement in financement.versements:
        yield (
            f"{versement.rang:<4}{versement.declencheur:<10}{_euros(versement.montant):>16}  "
            f"{versement.libelle}"
        )


def _euros(montant: Decimal) -> str:
    return f"{nombre(montant, 2)}{ESPACE_INSECABLE}€"
