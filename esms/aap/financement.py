"""Money of an edition (F1–F10): tiers, caps, readings. Amounts in EUR, exact."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal

from .eligibilite import Operation
from .regle import Regle

RegleProratisee = Literal["F1", "F2", "F3"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palier:
    """Amount per ESSMS from rank `du_rang` on, up to `au_rang` or to the next tier.

    `article`: where the AAP writes this tier, when it is not the article of the whole parameter.
    """

    du_rang: int
    montant: Decimal
    au_rang: int | None = None
    article: str = ""


def verifier_paliers(paliers: tuple[Palier, ...]) -> None:
    """Raise ValueError unless the tiers start at rank 1 and follow one another without overlap nor gap."""
    if not paliers or paliers[0].du_rang != 1:
        raise ValueError("le premier palier part du rang 1")
    for precedent, suivant in pairwise(paliers):
        if suivant.du_rang <= (precedent.au_rang or precedent.du_rang):
            raise ValueError(f"les paliers des rangs {precedent.du_rang} et {suivant.du_rang} se chevauchent")
        if precedent.au_rang is not None and suivant.du_rang > precedent.au_rang + 1:
            raise ValueError(
                f"aucun palier ne couvre les rangs {precedent.au_rang + 1} à {suivant.du_rang - 1}"
            )
    if paliers[-1].au_rang is not None:
        raise ValueError(f"aucun palier ne couvre les rangs après {paliers[-1].au_rang}")
    for palier in paliers:
        if palier.montant <= 0:
            raise ValueError(f"le palier du rang {palier.du_rang} n’a pas de montant positif")


def palier_au_rang(paliers: tuple[Palier, ...], rang: int) -> Palier:
    """Tier that holds `rang` (1 is the first); the tiers have been verified."""
    return next(palier for palier in reversed(paliers) if palier.du_rang <= rang)


def montant_au_rang(paliers: tuple[Palier, ...], rang: int) -> Decimal:
    """Amount per ESSMS at `rang`."""
    return palier_au_rang(paliers, rang).montant


@dataclass(frozen=True, slots=True, kw_only=True)
class ParRang(Regle):
    """A flat amount per ESSMS that depends on its rank in the project."""

    unite: Literal["EUR par ESSMS"]
    paliers: tuple[Palier, ...]

    def __post_init__(self) -> None:
        verifier_paliers(self.paliers)


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipementLogiciel(Regle):
    """Software: a flat amount per ESSMS, or caps added up and limited by the publisher's quote.

    `paliers_non_reference` gives other amounts when the publisher has no Ségur referencing.
    """

    unite: Literal["EUR par ESSMS"]
    forme: Literal["forfait_par_essms", "plafonds_cumules"]
    paliers: tuple[Palier, ...]
    paliers_non_reference: tuple[Palier, ...] | None = None

    def __post_init__(self) -> None:
        verifier_paliers(self.paliers)
        if self.paliers_non_reference is not None:
            verifier_paliers(self.paliers_non_reference)

    def paliers_pour(self, *, referencee: bool) -> tuple[Palier, ...]:
        """Tiers that apply to a publisher, referenced or not."""
        if referencee or self.paliers_non_reference is None:
            return self.paliers
        return self.paliers_non_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Montant(Regle):
    """A flat amount, or a cap under which the quotes decide."""

    unite: Literal["EUR par ESSMS", "EUR par projet"]
    forme: Literal["forfait", "plafond"]
    montant: Decimal

    def __post_init__(self) -> None:
        if self.montant <= 0:
            raise ValueError("le montant est positif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amoa(Montant):
    """Help to the project owner: operations that open it, and how many organisations must be small."""

    operations: tuple[Operation, ...]
    condition: Literal["tous_petits", "au_moins_un"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmoaDuProjet:
    """The two kinds of AMOA."""

    marche: Annotated[Amoa | None, "F5a"] = None
    pilotage: Annotated[Amoa, "F5b"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeuilTerritorial:
    """Threshold of a small organisation in some regions (codes of the COG)."""

    regions: tuple[str, ...]
    moins_de: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitsOrganismes(Regle):
    """Below how many ESSMS managed an organisation is small, by region of its seat."""

    ailleurs_moins_de: int
    territoires: tuple[SeuilTerritorial, ...] = ()

    def __post_init__(self) -> None:
        regions = [region for territoire in self.territoires for region in territoire.regions]
        if len(set(regions)) != len(regions):
            raise ValueError("une région est citée dans deux territoires")
        if min([self.ailleurs_moins_de, *(territoire.moins_de for territoire in self.territoires)]) < 1:
            raise ValueError("un seuil vaut au moins 1")

    def seuil(self, region: str | None) -> int | None:
        """Threshold for a seat in `region`; None when the region is unknown and would change the answer."""
        if region is None:
            return None if self.territoires else self.ailleurs_moins_de
        for territoire in self.territoires:
            if region in territoire.regions:
                return territoire.moins_de
        return self.ailleurs_moins_de


@dataclass(frozen=True, slots=True, kw_only=True)
class SeuilVolume(Regle):
    """Over what the ranks are counted: the whole project, or each kind of operation apart."""

    portee: Literal["projet", "situation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prorata(Regle):
    """Whether home-help hours reduce the amount by themselves or if the ARS decides so; on which lines."""

    mode: Literal["obligatoire", "faculte"]
    lignes: tuple[RegleProratisee, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseTaxes(Regle):
    """Which side of a quote counts."""

    selon: Literal["regime_tva_du_porteur"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Motif:
    """A reason for which the ARS may modulate, with its own article."""

    cle: str
    article: str
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modulation(Regle):
    """Reasons that the AAP gives for modulating."""

    motifs: tuple[Motif, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubventionUnique(Regle):
    """Lines paid as one single flat grant."""

    lignes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One payment: what triggers it and its exact share of the grant."""

    declencheur: Literal["signature", "cibles"]
    part: Fraction
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Versements(Regle):
    """Payment key; the last payment takes what rounding leaves."""

    cle: tuple[Part, ...]

    def __post_init__(self) -> None:
        if sum((part.part for part in self.cle), Fraction(0)) != 1:
            raise ValueError("les parts des versements ne font pas 1")
        if any(part.part <= 0 for part in self.cle):
            raise ValueError("chaque versement a une part positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametresFinancement:
    """All the amounts and readings of an edition."""

    seuil_volume: Annotated[SeuilVolume, "F1"]
    usages_acquisition: Annotated[ParRang, "F1"]
    usages_conformite: Annotated[ParRang, "F2"]
    equipement_logiciel: Annotated[EquipementLogiciel, "F3"]
    materiel: Annotated[Montant, "F4"]
    petits_organismes: Annotated[PetitsOrganismes, "F4"]
    amoa: AmoaDuProjet
    prorata: Annotated[Prorata, "F6"]
    base_taxes: Annotated[BaseTaxes, "F7"]
    modulation: Annotated[Modulation, "F9"]
    subvention_unique: Annotated[SubventionUnique | None, "F10"] = None
