"""Scoring on the grid of an edition, with figures or qualitative. Pure: no Django, no clock."""

from collections.abc import Iterable
from decimal import Decimal

from esms.aap.grille import Grille


def erreur_de_note(grille: Grille, critere: str, points: Decimal | None, niveau: str) -> str | None:
    """Why the grid refuses this score, as a French sentence; None when it takes it, empty included."""
    trouve = next((c for c in grille.criteres if c.cle == critere), None)
    if trouve is None:
        return "Ce critère n’appartient pas à la grille."
    nom = f"«\u00a0{trouve.libelle}\u00a0»"
    if trouve.points is None or grille.pas is None:
        connus = {"", *(appreciation.cle for appreciation in grille.appreciations)}
        juste = points is None and niveau in connus
        return None if juste else f"{nom}\u00a0: choisissez une appréciation de la grille."
    if niveau or (points is not None and not 0 <= points <= trouve.points):
        return f"{nom} se note de 0 à {_francais(trouve.points)}."
    if points is not None and points % grille.pas:
        return f"{nom} se note par pas de {_francais(grille.pas)}."
    return None


def total(points: Iterable[Decimal | None]) -> Decimal:
    """Sum of the scores given so far."""
    return sum((valeur for valeur in points if valeur is not None), Decimal(0))


def notes_manquantes(
    grille: Grille, notes: Iterable[tuple[str, Decimal | None, str, str]]
) -> tuple[str, ...]:
    """Sentences on the criteria not both scored and justified; a note: (key, points, level, reasons)."""
    donnees = {
        cle: (points is not None or bool(niveau), bool(texte.strip())) for cle, points, niveau, texte in notes
    }
    phrases = []
    for critere in grille.criteres:
        note, justifie = donnees.get(critere.cle, (False, False))
        if not note:
            phrases.append(f"Le critère «\u00a0{critere.libelle}\u00a0» n’est pas noté.")
        elif not justifie:
            phrases.append(f"La note du critère «\u00a0{critere.libelle}\u00a0» n’est pas justifiée.")
    return tuple(phrases)


def _francais(valeur: Decimal) -> str:
    return f"{valeur.normalize():f}".replace(".", ",")
