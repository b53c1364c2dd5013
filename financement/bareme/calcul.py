"""The whole scale (F1–F10) applied to a project."""

from itertools import chain

from esms.aap import RANG_DES_REGLES, Edition
from grappes.regles import Projet

from .ligne import ZERO, Ecartee, Financement, Ligne, sommes
from .organismes import amoa_marche, amoa_pilotage, materiel
from .rangs import ranger
from .refus import ecarter
from .usages import equipement_logiciel, usages_acquisition, usages_conformite
from .versements import regrouper, repartir


def calculer(projet: Projet, edition: Edition) -> Financement:
    """Lines, subtotals, total and payments, whatever the checks say; a line of nothing is not shown."""
    ranges = ranger(projet, edition)
    lignes = tuple(
        chain(
            usages_acquisition(ranges, edition),
            usages_conformite(ranges, edition),
            equipement_logiciel(ranges, projet, edition),
            materiel(projet, edition),
            amoa_marche(projet, edition),
            amoa_pilotage(projet, edition),
        )
    )
    nulles = (ligne for ligne in lignes if not ligne.montant)
    ecartees = ecarter(projet, nulles, edition)
    return totaliser(tuple(ligne for ligne in lignes if ligne.montant), edition, ecartees)


def totaliser(lignes: tuple[Ligne, ...], edition: Edition, ecartees: tuple[Ecartee, ...] = ()) -> Financement:
    """Financing made of these lines, by rule, then rank, failing that FINESS: Σ lines = total, always."""
    triees = tuple(
        sorted(lignes, key=lambda ligne: (RANG_DES_REGLES[ligne.regle], ligne.rang or 0, ligne.portee))
    )
    sous_totaux = sommes(triees)
    total = sum(sous_totaux.values(), ZERO)
    return Financement(
        triees,
        sous_totaux,
        total,
        repartir(total, edition),
        any(ligne.estimee for ligne in triees),
        regrouper(sous_totaux, edition),
        ecartees,
    )
