"""The documents that the portal writes whole, in one dossier: which can be joined, which are out of date."""

from collections.abc import Iterable
from dataclasses import dataclass

from instruction.regles import produits
from instruction.regles.candidature import equipement
from instruction.regles.candidature.budget_manques import base_de
from instruction.requetes import Examen

EQUIPEMENT = "equipement"


@dataclass(frozen=True, slots=True)
class Produit:
    """One document asked of this project.

    `a_completer`: keys of the sections that must be finished first; `hors_saisie`: the portal does not ask
    all that it must say; `joint`: there, and true to what is typed; `perime`: there, and no longer true;
    `manque`: without it the piece is not complete.
    """

    code: str
    manque: bool
    a_completer: tuple[str, ...]
    hors_saisie: bool
    joint: bool
    perime: bool

    @property
    def joignable(self) -> bool:
        """Whether all it must say is typed, and pressing the button writes something new."""
        return not (self.a_completer or self.hors_saisie or self.joint)


def produits_de(examen: Examen) -> dict[str, Produit]:
    """Code → document, for those that this project must or may bring."""
    etats = {etat.demandee.piece.regle: etat for etat in examen.etats_des_pieces}
    return {
        code: _produit(examen, code, manque=not etat.complete)
        for code, etat in etats.items()
        if code in produits.PRODUITS
    }


def _produit(examen: Examen, code: str, *, manque: bool) -> Produit:
    siennes = [piece for piece in examen.pieces if piece.code == code and piece.source]
    a_completer = tuple(_a_completer(examen, code))
    return Produit(
        code,
        manque,
        a_completer,
        not a_completer and code in produits.DETAILLEES[EQUIPEMENT] and not _equipement_dit(examen, code),
        any(not examen.perimee(piece) for piece in siennes),
        any(examen.perimee(piece) for piece in siennes),
    )


def _a_completer(examen: Examen, code: str) -> Iterable[str]:
    """Sections not finished: for P1, those that the edition requires, but for what others must confirm."""
    for cle in produits.sections_de(code, examen.edition):
        demandee = examen.edition.candidature.section(cle)
        attendue = demandee is not None and (demandee.obligatoire or code != produits.CANDIDATURE)
        if attendue and cle not in produits.CONFIRMEES and examen.manques_par_section[cle]:
            yield cle


def _equipement_dit(examen: Examen, code: str) -> bool:
    """Whether the section holds all of P9a (or P9b): it only asks the ESSMS that F4 pays."""
    contenu = dict(examen.section(EQUIPEMENT).contenu)
    numeros = [essms.finess_et for essms in examen.resultat.projet.essms if essms.materiel is not None]
    if code == "P9a":
        return all(equipement.parc(contenu, numero).complet for numero in numeros)
    besoins, base = equipement.besoins(contenu), base_de(examen.contexte)
    complets = [besoin for besoin in besoins if not besoin.absents(base)]
    return all(any(besoin.concerne(numero) for besoin in complets) for numero in numeros)
