"""From the rows of a spreadsheet to propositions, each wrong cell told with its place. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from esms.socle import tableurs
from esms.socle.tableurs import Rangee
from financement.composition.colonnes import NUMERO, PAR_ENTETE, CelluleInvalide, Colonne, simplifier
from financement.composition.tri import Ecart, Proposition
from grappes.finess import numero as finess

_EXTRAIT = 40  # characters of a wrong value that are shown back


def lire_tableau(rangees: Sequence[Rangee]) -> tuple[list[Proposition], list[Ecart]]:
    """Propositions of the rows, and the cells that could not be read.

    The first row names the columns; without any known name, the first column holds the numbers. A line whose
    number or operation is wrong is refused; any other wrong cell is left aside and the line is kept.
    """
    if not rangees:
        return [], [Ecart("", "Ce tableau ne contient aucune ligne.")]
    colonnes = _colonnes(rangees[0])
    ecarts = []
    if colonnes:
        ecarts = _colonnes_inconnues(rangees[0], colonnes)
        rangees = rangees[1:]
        if NUMERO not in colonnes.values():
            return [], [
                Ecart("", "La colonne «\u00a0finess_et\u00a0» manque à la première ligne.", "ligne 1"),
                *ecarts,
            ]
    else:
        colonnes = {0: NUMERO}
    propositions = []
    for rangee in rangees:
        proposition, erreurs = _lire_rangee(rangee, colonnes)
        propositions.append(proposition)
        ecarts.extend(erreurs)
    return [p for p in propositions if p is not None], ecarts


def _colonnes(entete: Rangee) -> dict[int, Colonne]:
    trouvees: dict[int, Colonne] = {}
    for indice, texte in enumerate(entete.cellules):
        colonne = PAR_ENTETE.get(simplifier(texte))
        if colonne is not None and colonne not in trouvees.values():
            trouvees[indice] = colonne
    return trouvees


def _colonnes_inconnues(entete: Rangee, connues: Mapping[int, Colonne]) -> list[Ecart]:
    return [
        Ecart(
            texte[:_EXTRAIT],
            "Colonne inconnue ou répétée\u00a0: elle n’est pas lue.",
            _lieu(entete, indice, None),
        )
        for indice, texte in enumerate(entete.cellules)
        if texte and indice not in connues
    ]


def _lire_rangee(rangee: Rangee, colonnes: Mapping[int, Colonne]) -> tuple[Proposition | None, list[Ecart]]:
    valeurs: dict[str, Any] = {}
    ecarts = []
    numero = lieu = ""
    refusee = False
    for indice, colonne in colonnes.items():
        texte = rangee.cellules[indice] if indice < len(rangee.cellules) else ""
        if colonne is NUMERO:
            numero, lieu = finess.normaliser(texte), _lieu(rangee, indice, colonne)
        elif texte:
            try:
                _poser(valeurs, colonne.chemin, colonne.lire(texte))
            except CelluleInvalide as erreur:
                suite = "Ligne refusée." if colonne.decisive else "Valeur laissée de côté."
                ecarts.append(Ecart(texte[:_EXTRAIT], f"{erreur} {suite}", _lieu(rangee, indice, colonne)))
                refusee = refusee or colonne.decisive
    if refusee:
        return None, ecarts
    _completer_materiel(valeurs)
    _completer_heures(valeurs, rangee, ecarts)
    _completer_dui(valeurs, rangee, ecarts)
    faute = finess.erreur(numero) if numero else "Le numéro FINESS manque."
    return Proposition(numero[:_EXTRAIT], valeurs, faute, lieu), ecarts


def _poser(valeurs: dict[str, Any], chemin: tuple[str, ...], valeur: Any) -> None:
    *parents, cle = chemin
    for parent in parents:
        valeurs = valeurs.setdefault(parent, {})
    valeurs[cle] = valeur


def _completer_materiel(valeurs: dict[str, Any]) -> None:
    """« oui » alone asks for equipment without a quote; « non » forgets the amounts beside it."""
    voulu = valeurs.pop("materiel_voulu", None)
    if voulu is False:
        valeurs.pop("materiel", None)
    elif voulu:
        valeurs.setdefault("materiel", {})


def _completer_heures(valeurs: dict[str, Any], rangee: Rangee, ecarts: list[Ecart]) -> None:
    heures = valeurs.get("heures")
    if heures is None:
        return
    cause = incoherence_des_heures(heures)
    if cause:
        del valeurs["heures"]
        ecarts.append(Ecart("", f"{cause} Heures laissées de côté.", f"ligne {rangee.numero}"))


def incoherence_des_heures(heures: Mapping[str, str]) -> str | None:
    """Why hours contradict each other, in French; None when the total is positive and at least their sum."""
    if "total" not in heures:
        return "Le total des heures manque."
    total = Decimal(heures["total"])
    if total == 0:
        return "Le total des heures ne peut pas être nul."
    if sum(Decimal(heures.get(cle) or 0) for cle in ("apa", "pch", "dependance_autre")) > total:
        return "Les heures APA, PCH et de dépendance dépassent le total."
    return None


def _completer_dui(valeurs: dict[str, Any], rangee: Rangee, ecarts: list[Ecart]) -> None:
    dui = valeurs.get("dui_finance")
    if dui is not None and len(dui) < 2:
        del valeurs["dui_finance"]
        ecarts.append(
            Ecart(
                "",
                "Le DUI déjà financé demande un nom et une opération. Valeur laissée de côté.",
                f"ligne {rangee.numero}",
            )
        )


def _lieu(rangee: Rangee, indice: int, colonne: Colonne | None) -> str:
    nom = f" ({colonne.nom})" if colonne else ""
    return f"ligne {rangee.numero}, colonne {tableurs.colonne(indice)}{nom}"
