"""Reading one dossier: what the engine says of it today, and what is missing before it can be filed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from django.utils.functional import SimpleLazyObject

from esms.aap import CATALOGUE, Edition
from financement.simulation import Resultat, simuler_la_candidature
from grappes.models import EntiteJuridique
from grappes.regles import Verdict, pieces_demandees
from grappes.requetes import ReferentielFiness
from grappes.requetes_campagnes import edition_de
from grappes.requetes_grappes import entree_de
from grappes.requetes_organismes import noms_des_organismes
from instruction.models import Dossier, Piece, Section
from instruction.regles import recevabilite
from instruction.regles.candidature import MANQUES, Contexte
from instruction.regles.heures import HeuresDeclarees, heures_declarees
from instruction.regles.produits import PRODUITS, empreinte
from instruction.regles.recevabilite import EtatPiece, Manque
from instruction.requetes_grappe import manques_de_la_grappe


def calculer(entree: Mapping[str, Any], edition: Edition) -> Resultat:
    """The engine on an entry of the contract, with the calendar of a campagne. Raises EntreeInvalide."""
    return simuler_la_candidature(entree, ReferentielFiness(), edition)


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

    @property
    def en_complement(self) -> bool:
        """Whether this is the answer to a request for complements, not a draft."""
        return False

    def origine_de(self, code: str) -> tuple[str, ...]:
        """Sentences on where the document `code` comes from, when it is not a draft."""
        return ()

    @property
    def sous_totaux(self) -> list[tuple[str, str, Decimal, str]]:
        """Title, rule, amount and reserve of each part of the estimate."""
        financement = self.resultat.financement
        reserves = financement.reserves
        return [
            (CATALOGUE[regle], regle, montant, reserves.get(regle, ""))
            for regle, montant in financement.sous_totaux.items()
        ]

    @property
    def controles_ouverts(self) -> int:
        """Checks that call for a look; the window (C) is said by the banner."""
        return sum(
            c.verdict in (Verdict.BLOQUANT, Verdict.A_COMPLETER, Verdict.ALERTE)
            and not c.regle.startswith("C")
            for c in self.resultat.controles
        )

    @cached_property
    def contexte(self) -> Contexte:
        """What the rules of the sections look at; names of organisms are read once a sentence cites one."""
        numeros = [organisme.finess_ej for organisme in self.resultat.projet.gestionnaires]
        noms: Any = SimpleLazyObject(lambda: noms_des_organismes(numeros))
        return Contexte(self.edition, self.resultat.projet, self.resultat, noms)

    @cached_property
    def porteur(self) -> EntiteJuridique | None:
        """The organism that carries it, as the register knows it; None when it does not."""
        return EntiteJuridique.objects.defer("recherche").filter(pk=self.dossier.organisme).first()

    @cached_property
    def sections(self) -> dict[str, Section]:
        """What was typed, by key of section, in one query; a section never saved is absent."""
        return {s.cle: s for s in self.dossier.sections.select_related("modifiee_par")}

    def section(self, cle: str) -> Section:
        """The section as recorded, or an empty one at version 0."""
        return self.sections.get(cle) or Section(dossier=self.dossier, cle=cle)

    def apres(self, section: Section, *, recalculer: bool) -> Self:
        """The same look once `section` is saved; the engine runs again only if asked to (`recalculer`)."""
        neuf = type(self)(self.dossier, self.instant)
        neuf.__dict__["sections"] = {**self.sections, section.cle: section}
        if not recalculer and "resultat" in self.__dict__:
            neuf.__dict__["resultat"] = self.resultat
        return neuf

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Files joined and not withdrawn."""
        return tuple(self.dossier.pieces.filter(retiree_le__isnull=True))

    @cached_property
    def heures_declarees(self) -> HeuresDeclarees:
        """P5: the hours typed for each home-help service of the project."""
        return heures_declarees(self.resultat.projet)

    def empreinte_de(self, code: str) -> str:
        """Digest of what the portal writes the document `code` from: the hours (P5), or what is typed."""
        if code not in PRODUITS:
            return self.heures_declarees.empreinte
        if code not in self._empreintes:
            contenus = {cle: section.contenu for cle, section in self.sections.items()}
            porteur = self.dossier.nom_porteur
            self._empreintes[code] = empreinte(code, self.edition, contenus, self.entree, porteur)
        return self._empreintes[code]

    @cached_property
    def _empreintes(self) -> dict[str, str]:
        return {}

    def perimee(self, piece: Piece) -> bool:
        """A document that the portal wrote from answers that have changed since: it no longer counts."""
        return bool(piece.source) and piece.source != self.empreinte_de(piece.code)

    @cached_property
    def etats_des_pieces(self) -> tuple[EtatPiece, ...]:
        """Each document this project must or may bring, with what is there."""
        projet = self.resultat.projet
        perimees = [piece for piece in self.pieces if self.perimee(piece)]
        return recevabilite.etats_des_pieces(
            pieces_demandees(projet, self.edition),
            Counter(piece.code for piece in self.pieces if piece not in perimees),
            len(projet.gestionnaires),
            Counter(piece.code for piece in perimees),
        )

    @cached_property
    def _du_moteur(self) -> tuple[Manque, ...]:
        resultat = self.resultat
        return recevabilite.grappe_manquante(resultat.controles, resultat.guichet, resultat.projet)

    def manques_de(self, cle: str) -> tuple[str, ...]:
        """Sentences on what one section still lacks, required or not."""
        phrases: tuple[str, ...] = ()
        if cle in MANQUES:
            phrases = MANQUES[cle](self.section(cle).contenu, self.contexte)
        if cle == recevabilite.SECTION_PIECES:
            phrases += tuple(m.phrase for m in recevabilite.pieces_manquantes(self.etats_des_pieces))
        if cle == recevabilite.SECTION_GRAPPE:
            phrases += manques_de_la_grappe(self.dossier.grappe, self.resultat.projet, self.edition)
        return phrases + tuple(m.phrase for m in self._du_moteur if m.section == cle)

    @cached_property
    def manques_par_section(self) -> dict[str, tuple[str, ...]]:
        """The same for every section of the edition, in the order of the task list."""
        return {demandee.cle: self.manques_de(demandee.cle) for demandee in self.edition.candidature.sections}

    @cached_property
    def manques(self) -> tuple[Manque, ...]:
        """Everything that stands between the draft and its filing, in the order of the task list.

        What an optional section lacks stops nothing.
        """
        return (
            *(
                Manque(demandee.cle, phrase)
                for demandee in self.edition.candidature.sections
                if demandee.obligatoire
                for phrase in self.manques_par_section[demandee.cle]
            ),
            *(m for m in self._du_moteur if m.section == recevabilite.SECTION_DEPOT),
        )

    def candidature(self) -> dict[str, dict[str, Any]]:
        """Everything typed, by section: those of the edition first, in its order, then any other."""
        ordre = [demandee.cle for demandee in self.edition.candidature.sections]
        return {
            cle: self.sections[cle].contenu
            for cle in (*ordre, *(c for c in self.sections if c not in ordre))
            if cle in self.sections
        }
