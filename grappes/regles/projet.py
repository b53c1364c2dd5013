"""A project as the rules see it: frozen, complete or with None where nobody knows. Amounts in EUR, exact."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from esms.aap.eligibilite import Operation, Public, Typologie

EtatSons = Literal["aucune", "commande", "prestation_recue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heures:
    """Hours of a home-help service over the year before (annexe 1). None: not said, which is not zero."""

    total: Decimal
    apa: Decimal | None = None
    pch: Decimal | None = None
    dependance_autre: Decimal | None = None

    @property
    def manquantes(self) -> tuple[str, ...]:
        """Names of the hours that nobody gave."""
        return tuple(nom for nom in ("apa", "pch", "dependance_autre") if getattr(self, nom) is None)

    @property
    def medico_sociales(self) -> Decimal:
        """Hours paid for by departments or pension funds, as far as they are known."""
        connues = (self.apa, self.pch, self.dependance_autre)
        return sum((heures for heures in connues if heures is not None), Decimal("0.00"))

    @property
    def taux(self) -> Fraction:
        """Exact share of funded hours (F6)."""
        return Fraction(self.medico_sociales) / Fraction(self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Materiel:
    """Equipment wanted; without amounts, no quote yet."""

    demande_ht: Decimal | None = None
    demande_ttc: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DuiFinance:
    """ESMS numérique money that the ESSMS already had."""

    nom: str
    operation: Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Essms:
    """One establishment or service of the project. None: unknown, from the porteur as from the register."""

    finess_et: str
    operation: Operation
    finess_ej: str | None = None
    region: str | None = None
    categorie: str | None = None
    public: Public | None = None
    saad: bool | None = None
    heures: Heures | None = None
    materiel: Materiel | None = None
    sons: EtatSons = "aucune"
    autre_aide_europeenne: bool = False
    dui_finance: DuiFinance | None = None
    nom: str = ""
    ferme_le: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisme:
    """A managing organisation; `essms_geres` counts all it manages, not only those of the project."""

    finess_ej: str
    region: str | None = None
    essms_geres: int | None = None
    entite_nationale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Porteur:
    """The organisation that files the project."""

    finess_ej: str | None = None
    region: str | None = None
    tva_recuperee: bool = False
    commande_publique: bool = False
    marche_en_cours: bool = False
    ght: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The software that every ESSMS will use.

    `choisie`: False in an application that has not named it yet. What the contract then takes for granted
    (`referencee_segur`…) is a hypothesis: an amount may be computed on it, no check may rest on it.
    """

    nom: str | None = None
    referencee_segur: bool = True
    candidate_segur: bool = False
    au_sad: bool = False
    dpi_ght: bool = False
    devis_ht: Decimal | None = None
    devis_ttc: Decimal | None = None
    choisie: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Amoa:
    """Help to the project owner that is asked for."""

    marche: bool = False
    pilotage: bool = False
    devis_ht: Decimal | None = None
    devis_ttc: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoint:
    """A group already funded that the project joins, and the two commitments of E4."""

    convention: str = ""
    conforme_marche: bool = False
    sans_risque: bool = False


@dataclass(frozen=True, kw_only=True)
class Projet:
    """A whole project. ESSMS and organisations are kept by number: no result depends on typing order."""

    essms: tuple[Essms, ...]
    organismes: tuple[Organisme, ...] = ()
    porteur: Porteur = field(default_factory=Porteur)
    solution: Solution = field(default_factory=Solution)
    amoa: Amoa = field(default_factory=Amoa)
    portee_nationale: bool = False
    region_pivot: str | None = None
    rejoint: Rejoint | None = None
    depose_le: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "essms", tuple(sorted(self.essms, key=lambda e: e.finess_et)))
        object.__setattr__(self, "organismes", tuple(sorted(self.organismes, key=lambda o: o.finess_ej)))

    def en_candidature(self) -> "Projet":
        """The project as an application reads it: a software without a name is one still to be chosen.

        The contract of the simulation, for its part, gives an unnamed software the answers it shows by
        default.
        """
        return self if self.solution.nom else replace(self, solution=replace(self.solution, choisie=False))

    @cached_property
    def acquisitions(self) -> int:
        """Number of ESSMS that acquire a software."""
        return sum(1 for essms in self.essms if essms.operation == "acquisition")

    @cached_property
    def typologie(self) -> Typologie:
        """Type of the project, deduced from the operation of each ESSMS (reading of E6)."""
        if self.acquisitions == len(self.essms):
            return "acquisition"
        return "mixte" if self.acquisitions else "mise_en_conformite"

    @cached_property
    def regions(self) -> Mapping[str, int]:
        """Region → number of ESSMS, by code; unknown regions left out."""
        comptes = Counter(essms.region for essms in self.essms if essms.region is not None)
        return dict(sorted(comptes.items()))

    @cached_property
    def regions_inconnues(self) -> int:
        """Number of ESSMS whose region nobody knows."""
        return len(self.essms) - sum(self.regions.values())

    @cached_property
    def publics(self) -> Mapping[Public | None, int]:
        """Public → number of ESSMS; None for those whose public nobody knows."""
        return Counter(essms.public for essms in self.essms)

    @cached_property
    def gestionnaires(self) -> tuple[Organisme, ...]:
        """Organisations that manage an ESSMS of the project, by number; undeclared ones know nothing."""
        declares = {organisme.finess_ej: organisme for organisme in self.organismes}
        numeros = sorted({essms.finess_ej for essms in self.essms if essms.finess_ej is not None})
        return tuple(declares.get(numero) or Organisme(finess_ej=numero) for numero in numeros)

    @cached_property
    def sans_gestionnaire(self) -> tuple[str, ...]:
        """ESSMS whose organisation nobody knows."""
        return tuple(essms.finess_et for essms in self.essms if essms.finess_ej is None)
