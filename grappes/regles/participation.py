"""The part of one organism in a grappe: its ESSMS and answers, and the hash that tells a change. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from esms.socle import canonique


@dataclass(frozen=True, slots=True)
class Part:
    """What an organism (FINESS EJ) confirms: its ESSMS in the terms of the contract, what is said of it."""

    finess_ej: str
    essms: tuple[Mapping[str, Any], ...]
    organisme: Mapping[str, Any]
    justifications: Mapping[str, str]

    @property
    def numeros(self) -> tuple[str, ...]:
        """FINESS ET, in order."""
        return tuple(str(essms["finess_et"]) for essms in self.essms)

    @property
    def empreinte(self) -> str:
        """SHA-256 of the whole part; the order in which it was typed means nothing."""
        return canonique.empreinte(
            {
                "finess_ej": self.finess_ej,
                "essms": [dict(essms) for essms in self.essms],
                "organisme": dict(self.organisme),
                "justifications": dict(self.justifications),
            }
        )


def parts_de(
    entree: Mapping[str, Any], gestionnaires: Mapping[str, str], justifications: Mapping[str, str]
) -> dict[str, Part]:
    """FINESS EJ → its part, the most numerous first. `gestionnaires`: FINESS ET → FINESS EJ."""
    siens: dict[str, list[Mapping[str, Any]]] = {}
    for essms in sorted(entree["essms"], key=lambda e: str(e["finess_et"])):
        if finess_ej := gestionnaires.get(essms["finess_et"]):
            siens.setdefault(finess_ej, []).append(essms)
    dits = {organisme["finess_ej"]: organisme for organisme in entree.get("organismes") or ()}
    return {
        ej: Part(ej, tuple(liste), dits.get(ej, {}), _les_siennes(justifications, ej, liste))
        for ej, liste in sorted(siens.items(), key=lambda couple: (-len(couple[1]), couple[0]))
    }


def _les_siennes(
    justifications: Mapping[str, str], finess_ej: str, essms: Collection[Mapping[str, Any]]
) -> dict[str, str]:
    numeros = {finess_ej, *(un["finess_et"] for un in essms)}
    return {numero: texte for numero, texte in justifications.items() if numero in numeros}
