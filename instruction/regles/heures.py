"""P5: the hours of the home-help services of a project, as the model of the AAP wants them. Pure."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from grappes.regles import Projet

NOMS = {
    "apa": "heures APA",
    "pch": "heures PCH",
    "dependance_autre": "heures de dépendance hors APA et PCH",
}
ANNEE_PRECEDENTE = -1  # the hours are those of the year before the candidature (annexe 1)


@dataclass(frozen=True, slots=True)
class HeuresDUnService:
    """One line of the model, in hours; `taux` is the exact share of medico-social hours (F6)."""

    finess_et: str
    finess_ej: str
    nom: str
    total: Decimal | None = None
    apa: Decimal | None = None
    pch: Decimal | None = None
    dependance_autre: Decimal | None = None
    taux: Fraction | None = None

    @property
    def confort(self) -> Fraction | None:
        """The rest: help that is not medico-social."""
        return None if self.taux is None else 1 - self.taux

    @property
    def manque(self) -> str:
        """Sentence on what nobody gave; empty when the line is whole."""
        if self.total is None:
            return f"{self.nom or self.finess_et}\u00a0: les heures ne sont pas saisies."
        absentes = [nom for champ, nom in NOMS.items() if getattr(self, champ) is None]
        return f"{self.nom or self.finess_et}\u00a0: il manque {', '.join(absentes)}." if absentes else ""


@dataclass(frozen=True, slots=True)
class HeuresDeclarees:
    """Every home-help service of the project, by FINESS number."""

    lignes: tuple[HeuresDUnService, ...]

    @property
    def manques(self) -> tuple[str, ...]:
        """What must be typed before the declaration can be certified."""
        return tuple(ligne.manque for ligne in self.lignes if ligne.manque)

    @property
    def completes(self) -> bool:
        """Whether there is something to declare, and all of it is known."""
        return bool(self.lignes) and not self.manques

    @property
    def empreinte(self) -> str:
        """SHA-256 of the hours: a declaration written from others no longer counts."""
        texte = "\n".join(
            "|".join(map(str, (ligne.finess_et, ligne.total, ligne.apa, ligne.pch, ligne.dependance_autre)))
            for ligne in self.lignes
        )
        return hashlib.sha256(texte.encode("utf8")).hexdigest()


def heures_declarees(projet: Projet) -> HeuresDeclarees:
    """The hours typed for each home-help service (SAAD) of the project."""
    lignes = []
    for essms in projet.essms:
        if not essms.saad:
            continue
        identite = (essms.finess_et, essms.finess_ej or "", essms.nom)
        heures = essms.heures
        if heures is None:
            lignes.append(HeuresDUnService(*identite))
            continue
        taux = None if heures.manquantes else heures.taux
        lignes.append(
            HeuresDUnService(*identite, heures.total, heures.apa, heures.pch, heures.dependance_autre, taux)
        )
    return HeuresDeclarees(tuple(lignes))
