"""What a budget lacks or contradicts (P3, F7, E7), in sentences. Pure; the sums are in `budget`."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from esms.socle.citations import source
from esms.socle.montants import euros
from financement.bareme.taxes import regime
from grappes.regles import regle

from .budget import NATURES, Aide, Base, Bilan, Budget, Depense, Recurrent, bilan, lire
from .contexte import Contexte
from .phrases import cite, source_de


def base_de(contexte: Contexte) -> Base:
    """« HT » when the porteur recovers VAT, « TTC » otherwise (F7)."""
    return "HT" if regime(contexte.projet) == "HT" else "TTC"


def annees_de(contexte: Contexte) -> int:
    """Years over which recurring costs are planned."""
    return contexte.edition.sections.budget.annees


@regle("P3", "F7", "E7")
def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What is missing, does not balance, or excludes the grant."""
    annees, base = annees_de(contexte), base_de(contexte)
    lu, citation = lire(contenu, annees), source_de(contexte.edition, "budget", "P3")
    return (
        *_des_depenses(lu, base, citation),
        *_des_ressources(lu, contexte, citation),
        *_de_l_equilibre(lu, bilan(lu, base, annees), citation),
    )


def conseils(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What an instructor will look for: internal time, long-term costs, a grant below the estimate."""
    lu = lire(contenu, annees_de(contexte))
    if not lu.depenses:
        return ()
    return tuple(_conseils(lu, contexte, source_de(contexte.edition, "budget")))


def _des_depenses(lu: Budget, base: Base, citation: str) -> Iterator[str]:
    if not lu.depenses:
        yield f"Aucune dépense n’est chiffrée {citation}."
    for depense in lu.depenses:
        yield from _de_la_depense(depense, base)


def _de_la_depense(depense: Depense, base: Base) -> Iterator[str]:
    nom = _nom(depense)
    if depense.nature not in NATURES:
        yield f"{nom}\u00a0: choisissez sa nature."
    if depense.sur(base) is None:
        yield f"{nom}\u00a0: son montant {base} manque, c’est la base de votre plan (règle F7)."
    if depense.sous_le_ht:
        yield (
            f"{nom}\u00a0: le montant TTC ({euros(depense.ttc or Decimal(0))}) est inférieur au montant HT "
            f"({euros(depense.ht or Decimal(0))})."
        )
    if depense.tva_impossible:
        yield (
            f"{nom}\u00a0: de {euros(depense.ht or Decimal(0))} HT à {euros(depense.ttc or Decimal(0))} TTC, "
            "la taxe dépasserait 20\u00a0%\u00a0: vérifiez les deux montants."
        )


def _nom(depense: Depense) -> str:
    mots = depense.libelle or NATURES.get(depense.nature, "")
    return f"Dépense n°\u00a0{depense.rang}{f' ({cite(mots)})' if mots else ''}"


def _des_ressources(lu: Budget, contexte: Contexte, citation: str) -> Iterator[str]:
    demande, estimation = lu.ressources["subvention"], contexte.resultat.financement.total
    if demande is None:
        yield f"La subvention demandée n’est pas renseignée {citation}."
    elif demande > estimation:
        yield (
            f"La subvention demandée ({euros(demande)}) dépasse celle que le barème donne à ce projet "
            f"({euros(estimation)})."
        )
    for aide in lu.aides:
        yield from _de_l_aide(aide, contexte)


def _de_l_aide(aide: Aide, contexte: Contexte) -> Iterator[str]:
    nom = f"Autre aide n°\u00a0{aide.rang}{f' ({cite(aide.origine)})' if aide.origine else ''}"
    if not aide.origine:
        yield f"{nom}\u00a0: dites d’où elle vient."
    if aide.montant is None:
        yield f"{nom}\u00a0: son montant manque."
    if aide.europeenne:
        article = contexte.edition.eligibilite.autres_aides.article
        yield f"{nom}\u00a0: une autre aide européenne exclut cette subvention {source(article, 'E7')}."


def _de_l_equilibre(lu: Budget, totaux: Bilan, citation: str) -> Iterator[str]:
    if not lu.depenses or totaux.equilibre:
        return
    sens = "de trop" if totaux.ecart > 0 else "à trouver"
    yield (
        f"Le plan n’est pas équilibré {citation}\u00a0: {euros(totaux.depenses)} de dépenses {totaux.base}, "
        f"{euros(totaux.ressources)} de ressources, {euros(abs(totaux.ecart))} {sens}."
    )


def _conseils(lu: Budget, contexte: Contexte, citation: str) -> Iterator[str]:
    if not any(depense.nature == "rh" for depense in lu.depenses):
        yield f"Aucun temps de vos équipes n’est chiffré {citation}\u00a0: un budget complet le compte."
    if not lu.recurrents:
        yield (
            f"Aucun coût après le projet (abonnement, maintenance) n’est prévu {citation}\u00a0: l’ARS "
            "regarde si le projet tient dans la durée."
        )
    for recurrent in lu.recurrents:
        yield from _du_recurrent(recurrent)
    demande, estimation = lu.ressources["subvention"], contexte.resultat.financement.total
    if demande is not None and demande < estimation:
        yield f"Vous demandez {euros(demande)}\u202f; le barème donne {euros(estimation)} à ce projet."


def _du_recurrent(recurrent: Recurrent) -> Iterator[str]:
    mots = f" ({cite(recurrent.libelle)})" if recurrent.libelle else ""
    nom = f"Coût récurrent n°\u00a0{recurrent.rang}{mots}"
    if not recurrent.libelle:
        yield f"{nom}\u00a0: dites de quoi il s’agit."
    absentes = [str(rang) for rang, valeur in enumerate(recurrent.annees, start=1) if valeur is None]
    if absentes:
        pluriel = "s" if len(absentes) > 1 else ""
        yield f"{nom}\u00a0: année{pluriel} {', '.join(absentes)} sans montant (écrivez 0 s’il n’y en a pas)."
