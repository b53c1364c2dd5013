"""Reading one dossier: what the engine says of it today, and what is missing before it can be filed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from esms.aap import Edition
from financement.simulation import Resultat, completer, evaluer, lire
from grappes.regles import pieces_demandees
from grappes.requetes import ReferentielFiness
from grappes.requetes_campagnes import edition_de
from grappes.requetes_grappes import entree_de
from instruction.models import Dossier, Piece
from instruction.regles import recevabilite
from instruction.regles.recevabilite import EtatPiece, Manque


def calculer(entree: Mapping[str, Any], edition: Edition) -> Resultat:
    """The engine on an entry of the contract, with the calendar of a campagne. Raises EntreeInvalide."""
    return evaluer(completer(lire(entree), ReferentielFiness()), edition)


@dataclass(frozen=True)
class Examen:
    """A dossier looked at, at an instant: each part is computed once, and only if it is asked for."""

    dossier: Dossier
    instant: datetime

    @cached_property
    def edition(self) -> Edition:
        """The edition with the campagne's dates."""
        return edition_de(self.dossier.campagne)

    @cached_property
    def entree(self) -> dict[str, Any]:
        """The contract's entry, filed at `instant`."""
        return {**entree_de(self.dossier.grappe), "depose_le": self.instant.isoformat()}

    @cached_property
    def resultat(self) -> Resultat:
        """The engine's answer, as if it were filed at `instant`."""
        return calculer(self.entree, self.edition)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Files joined and not withdrawn."""
        return tuple(self.dossier.pieces.filter(retiree_le__isnull=True))

    @cached_property
    def etats_des_pieces(self) -> tuple[EtatPiece, ...]:
        """Each document this project must or may bring, with what is there."""
        projet = self.resultat.projet
        return recevabilite.etats_des_pieces(
            pieces_demandees(projet, self.edition),
            Counter(piece.code for piece in self.pieces),
            len(projet.gestionnaires),
        )

    @cached_property
    def manques(self) -> tuple[Manque, ...]:
        """Everything that stands between the draft and its filing, in the order of the task list."""
        fiche = self.dossier.fiche.valeurs()
        remplis = {t.critere for t in self.dossier.textes.all() if t.contenu.strip()}
        moteur = recevabilite.grappe_manquante(
            self.resultat.controles, self.resultat.guichet, self.resultat.projet
        )
        return (
            *recevabilite.fiche_manquante(fiche, self.edition),
            *(m for m in moteur if m.section == recevabilite.SECTION_GRAPPE),
            *recevabilite.textes_manquants(self.edition.grille, remplis),
            *recevabilite.pieces_manquantes(self.etats_des_pieces),
            *(m for m in moteur if m.section == recevabilite.SECTION_DEPOT),
        )
