"""Who and what may be funded (E1–E21). Readings that differ from one AAP to the next are parameters here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from .regle import Regle

Public = Literal["PA", "PH", "PDS", "PDE", "PJM", "AHI", "DOM"]
Operation = Literal["acquisition", "mise_en_conformite"]
Typologie = Literal["acquisition", "mise_en_conformite", "mixte"]
Gravite = Literal["alerte", "bloquant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoriesEssms(Regle):
    """Article L.312-1 is told by the FINESS category (fixtures/nomenclatures); what an unknown one does."""

    categorie_inconnue: Gravite


@dataclass(frozen=True, slots=True, kw_only=True)
class Publics(Regle):
    """Publics of the AAP; a public « assimilé » counts as those it serves (home services: PA and PH)."""

    publics: tuple[Public, ...]
    assimiles: Mapping[Public, tuple[Public, ...]]
    hors_liste: Gravite

    def admis(self, public: Public) -> bool:
        """Whether the AAP names this public, directly or through those it is assimilated to."""
        return any(nom in self.publics for nom in (public, *self.assimiles.get(public, ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum(Regle):
    """Fewest distinct ESSMS; below, the ARS appreciates, or a derogation is needed.

    `article_ideal`: where the AAP words the number as a wish (« idéalement »), when it does.
    """

    minimum: int
    sous_le_minimum: Literal["alerte", "derogation"]
    article_ideal: str = ""

    def __post_init__(self) -> None:
        if self.minimum < 1:
            raise ValueError("le minimum vaut au moins 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Derogation(Regle):
    """Cumulative conditions to go below the minimum."""

    conditions: tuple[Literal["convention", "conforme_marche", "sans_risque"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typologies(Regle):
    """Project types that the AAP takes."""

    admises: tuple[Typologie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AutresAides(Regle):
    """Reach of the ban on other European money: any such money, or on the same operation only."""

    portee: Literal["tout_financement_europeen", "meme_operation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemeLogiciel(Regle):
    """Severity when the software was already funded for the ESSMS, for the same operation or another one."""

    meme_operation: Gravite
    autre_operation: Gravite


@dataclass(frozen=True, slots=True, kw_only=True)
class Sons(Regle):
    """States of a SONS order that forbid an acquisition, each with its own article."""

    refusent_acquisition: Mapping[Literal["commande", "prestation_recue"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceExigee(Regle):
    """A situation that calls for a document."""

    piece: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogicielUnique(Regle):
    """Operations for which every ESSMS must use the same software."""

    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Referencement(Regle):
    """Ségur referencing: always demanded outside `publics_dispenses`, or by operation and majority public."""

    variante: Literal["toujours", "selon_operation_et_public"]
    publics_dispenses: tuple[Public, ...] = ()
    publics_majoritaires: tuple[Public, ...] = ()

    def __post_init__(self) -> None:
        if (self.variante == "selon_operation_et_public") != bool(self.publics_majoritaires):
            raise ValueError(
                "`publics_majoritaires` accompagne la variante `selon_operation_et_public`, et elle seule"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionPublic(Regle):
    """A public treated apart for the referencing of the software."""

    publics: tuple[Public, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoursSad(Regle):
    """Publics for which an acquisition goes through the dynamic purchasing system."""

    publics: tuple[Public, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Autodiagnostic(Regle):
    """Whether each organisation must provide its self-diagnosis or is invited to."""

    exigence: Literal["exige", "recommande"]
    piece: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """A commitment declared by a group of organisations."""

    cle: str
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regroupement(Regle):
    """Commitments of a group, and the document that small organisations add (empty: none).

    `confirmations`: whether a member that has not confirmed its ESSMS stops the filing, or is only said.
    """

    engagements: tuple[Engagement, ...]
    confirmations: Gravite
    piece: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheSynthese(Regle):
    """Fields of the summary sheet that must be filled in."""

    champs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibilite:
    """All the eligibility rules of an edition."""

    essms: Annotated[CategoriesEssms, "E1"]
    publics: Annotated[Publics, "E2"]
    minimum: Annotated[Minimum, "E3"]
    derogation: Annotated[Derogation | None, "E4"] = None
    unicite: Annotated[Regle, "E5"]
    typologies: Annotated[Typologies, "E6"]
    autres_aides: Annotated[AutresAides, "E7"]
    meme_logiciel: Annotated[MemeLogiciel, "E8"]
    deux_logiciels: Annotated[Regle, "E9"]
    sons: Annotated[Sons, "E10"]
    entite_nationale: Annotated[PieceExigee, "E11"]
    logiciel_unique: Annotated[LogicielUnique, "E12"]
    referencement: Annotated[Referencement, "E13"]
    exception_pjm: Annotated[ExceptionPublic | None, "E14"] = None
    exception_ahi: Annotated[ExceptionPublic | None, "E15"] = None
    exception_ght: Annotated[PieceExigee | None, "E16"] = None
    recours_sad: Annotated[RecoursSad | None, "E17"] = None
    activite_mixte: Annotated[Regle, "E18"]
    autodiagnostic: Annotated[Autodiagnostic, "E19"]
    regroupement: Annotated[Regroupement, "E20"]
    fiche_synthese: Annotated[FicheSynthese | None, "E21"] = None

    def __post_init__(self) -> None:
        if (self.minimum.sous_le_minimum == "derogation") != (self.derogation is not None):
            raise ValueError('`minimum.sous_le_minimum = "derogation"` va avec la table `derogation`')
