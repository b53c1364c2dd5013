"""An edition of the AAP: one TOML file, typed, dated, cited."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from .calendrier import Calendrier
from .candidature import Candidature
from .cibles import Cibles
from .eligibilite import Eligibilite
from .financement import Palier, ParametresFinancement, Versements
from .grille import Grille
from .guichet import ParametresGuichet
from .pieces import Piece
from .regle import CATALOGUE, Regle
from .sections import USUELLES, Sections
from .textes import Textes


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Everything an ARS published for one year. `version` is the SHA-256 of the bytes of its file."""

    slug: str
    version: str
    titre: str
    annee: int
    region: str
    ars: str
    fuseau: str
    regles_absentes: tuple[str, ...]
    calendrier: Calendrier
    guichet: ParametresGuichet
    eligibilite: Eligibilite
    financement: ParametresFinancement
    versements: Annotated[Versements, "F8"]
    grille: Grille
    cibles: Cibles
    candidature: Candidature
    pieces: tuple[Piece, ...]
    textes: Textes
    sections: Sections = USUELLES

    @cached_property
    def zone(self) -> ZoneInfo:
        """Legal time of the ARS's seat."""
        return ZoneInfo(self.fuseau)

    @cached_property
    def regles(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Rule → (key path, article) of each parameter that feeds it; rules the AAP lacks are left out."""
        trouvees: dict[str, list[tuple[str, str]]] = {}
        for chemin, regle, article in _articles_de(self, "", ""):
            trouvees.setdefault(regle, []).append((chemin, article))
        return {regle: tuple(trouvees[regle]) for regle in CATALOGUE if regle in trouvees}

    def piece(self, regle: str) -> Piece | None:
        """The document `regle` (« P6 »), or None when this AAP does not know it."""
        return next((piece for piece in self.pieces if piece.regle == regle), None)

    def __post_init__(self) -> None:
        pieces = [piece.regle for piece in self.pieces]
        if len(set(pieces)) != len(pieces):
            raise ValueError("une pièce est citée deux fois")
        indicateurs = [indicateur.regle for indicateur in self.cibles.indicateurs]
        if len(set(indicateurs)) != len(indicateurs):
            raise ValueError("un indicateur est cité deux fois")

    def verifier_le_catalogue(self) -> None:
        """Raise ValueError unless each rule is given or listed as absent: none is dropped by mistake.

        For the file as it was read; a campagne may then open the edition without its second window.
        """
        for absente in self.regles_absentes:
            if absente not in CATALOGUE:
                raise ValueError(f"`regles_absentes` cite une règle inconnue : {absente}")
            if absente in self.regles:
                raise ValueError(f"{absente} est à la fois absente et décrite ({self.regles[absente][0][0]})")
        oubliees = [regle for regle in CATALOGUE if regle not in {*self.regles, *self.regles_absentes}]
        if oubliees:
            raise ValueError(f"ni décrites, ni déclarées dans `regles_absentes` : {', '.join(oubliees)}")


def _articles_de(valeur: Any, chemin: str, regle: str) -> Iterator[tuple[str, str, str]]:
    """(key path, rule, article) of each parameter, and of each tier that is written elsewhere."""
    if isinstance(valeur, Regle):
        regle = valeur.regle
        yield chemin, regle, valeur.article
    elif isinstance(valeur, Palier) and valeur.article:
        yield chemin, regle, valeur.article
    if isinstance(valeur, tuple):
        for rang, element in enumerate(valeur):
            yield from _articles_de(element, f"{chemin}[{rang}]", regle)
    elif is_dataclass(valeur):
        for champ in fields(valeur):
            yield from _articles_de(getattr(valeur, champ.name), f"{chemin}.{champ.name}".lstrip("."), regle)
