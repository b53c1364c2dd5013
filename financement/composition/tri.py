"""Sorting what a person proposes: the numbers that join the project, and one sentence for each of the others.

Pure: what the register knows is given.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from esms.socle.dates import jour
from grappes.regles import FicheEssms


@dataclass(frozen=True, slots=True)
class Proposition:
    """One number that a person gives, with what goes with it; `erreur` when it is no FINESS number."""

    finess_et: str
    valeurs: Mapping[str, Any] = field(default_factory=dict)
    erreur: str | None = None
    lieu: str = ""  # where in the file: « ligne 4, colonne A (finess_et) »


@dataclass(frozen=True, slots=True)
class Ecart:
    """Something that was not taken, where it was, and why; `inconnu` when the register alone objects."""

    valeur: str
    cause: str
    lieu: str = ""
    inconnu: bool = False


@dataclass(frozen=True, slots=True)
class Tri:
    """Result of a sorting: ESSMS in the shape of the contract, and what was left out."""

    retenus: tuple[dict[str, Any], ...]
    ecarts: tuple[Ecart, ...]

    def avec(self, ecarts: Iterable[Ecart]) -> "Tri":
        """The same, with what the file itself got wrong."""
        return replace(self, ecarts=(*ecarts, *self.ecarts))


def trier(
    propositions: Iterable[Proposition],
    fiches: Mapping[str, FicheEssms],
    *,
    deja: Collection[str],
    operation: str,
    garder_inconnus: bool = False,
    organismes: Mapping[str, int] | None = None,
) -> Tri:
    """Keep each number once, when the register knows it as an open ESSMS of L.312-1 (or cannot tell).

    `organismes`: numbers that turn out to be those of an organism, with how many ESSMS it runs.
    """
    retenus: dict[str, dict[str, Any]] = {}
    ecarts = []
    for proposition in propositions:
        numero = proposition.finess_et
        cause = proposition.erreur or _doublon(numero, retenus, deja) or _refus(fiches.get(numero))
        cause = cause or _organisme((organismes or {}).get(numero))
        inconnu = cause is None and numero not in fiches and not garder_inconnus
        if inconnu:
            cause = "La clé de ce numéro est juste, mais le référentiel FINESS ne le connaît pas."
        if cause:
            ecarts.append(Ecart(numero, cause, proposition.lieu, inconnu))
        else:
            retenus[numero] = {"finess_et": numero, "operation": operation, **proposition.valeurs}
    return Tri(tuple(retenus.values()), tuple(ecarts))


def _organisme(essms: int | None) -> str | None:
    """An organism's number pasted for those of its ESSMS: say it, and how to add them."""
    if not essms:
        return None
    return (
        "C’est le numéro d’un organisme gestionnaire, pas d’un ESSMS\u00a0: "
        f"cherchez-le pour ajouter ses {essms} ESSMS."
    )


def _doublon(numero: str, retenus: Mapping[str, Any], deja: Collection[str]) -> str | None:
    if numero in deja:
        return "Cet ESSMS est déjà dans le projet (E5)."
    return (
        "Ce numéro est donné plusieurs fois\u00a0: il n’est compté qu’une fois (E5)."
        if numero in retenus
        else None
    )


def _refus(fiche: FicheEssms | None) -> str | None:
    if fiche is None:
        return None
    if fiche.ferme_le is not None:
        return f"{_nom(fiche)} est fermé depuis le {jour(fiche.ferme_le)} selon le référentiel FINESS."
    if fiche.l312_1 is False:
        return (
            f"{_nom(fiche)} n’est pas un ESSMS de l’article L.312-1 "
            "du code de l’action sociale et des familles "
            f"(catégorie {fiche.categorie}, E1)."
        )
    return None


def _nom(fiche: FicheEssms) -> str:
    return f"«\u00a0{fiche.nom}\u00a0»"
