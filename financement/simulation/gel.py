"""Freezing a project: what the register and the defaults filled in, written down so that it reads back.

The contract's entry carries all of it but names and closing dates, which only the register knows: they are
kept beside it, in `registre`, with the version of the nomenclature. A decision is then played again without
any register, whatever FINESS says by then.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from esms.aap import Edition
from grappes.finess import nomenclatures
from grappes.regles import Amoa, DuiFinance, Essms, Heures, Materiel, Organisme, Projet, Rejoint, Solution

from .entree import lire


def ecrire_entree(projet: Projet, edition: Edition) -> dict[str, Any]:
    """Entry of the contract, every field written, ESSMS and organisations by number. `lire` reads it back."""
    porteur = projet.porteur
    return {
        "aap": edition.slug,
        "depose_le": None if projet.depose_le is None else projet.depose_le.isoformat(),
        "porteur": {
            "finess_ej": porteur.finess_ej,
            "region": porteur.region,
            "tva_recuperee": porteur.tva_recuperee,
            "commande_publique": porteur.commande_publique,
            "marche_en_cours": porteur.marche_en_cours,
            "ght": porteur.ght,
        },
        "organismes": [_organisme(organisme) for organisme in projet.organismes],
        "essms": [_essms(ligne) for ligne in projet.essms],
        "solution": _solution(projet.solution),
        "amoa": _amoa(projet.amoa),
        "portee_nationale": projet.portee_nationale,
        "region_pivot": projet.region_pivot,
        "rejoint": _rejoint(projet.rejoint),
    }


def ecrire_registre(projet: Projet) -> dict[str, Any]:
    """What the result rests on besides the entry and the rules: nomenclature, names and closing dates."""
    return {
        "nomenclature": nomenclatures.version(),
        "essms": {
            ligne.finess_et: {
                "nom": ligne.nom,
                "ferme_le": None if ligne.ferme_le is None else ligne.ferme_le.isoformat(),
            }
            for ligne in projet.essms
            if ligne.nom or ligne.ferme_le
        },
    }


def reprendre(entree: Mapping[str, Any], registre: Mapping[str, Any]) -> Projet:
    """The project that `ecrire_entree` and `ecrire_registre` froze; no register is asked anything."""
    projet = lire(entree).projet
    faits = registre["essms"]
    return replace(projet, essms=tuple(_poser(ligne, faits.get(ligne.finess_et)) for ligne in projet.essms))


def _poser(ligne: Essms, faits: Mapping[str, Any] | None) -> Essms:
    if faits is None:
        return ligne
    ferme_le = faits["ferme_le"]
    return replace(
        ligne, nom=faits["nom"], ferme_le=None if ferme_le is None else date.fromisoformat(ferme_le)
    )


def _organisme(organisme: Organisme) -> dict[str, Any]:
    return {
        "finess_ej": organisme.finess_ej,
        "region": organisme.region,
        "essms_geres": organisme.essms_geres,
        "entite_nationale": organisme.entite_nationale,
    }


def _essms(ligne: Essms) -> dict[str, Any]:
    return {
        "finess_et": ligne.finess_et,
        "finess_ej": ligne.finess_ej,
        "region": ligne.region,
        "categorie": ligne.categorie,
        "public": ligne.public,
        "operation": ligne.operation,
        "saad": ligne.saad,
        "heures": _heures(ligne.heures),
        "materiel": _materiel(ligne.materiel),
        "sons": ligne.sons,
        "autre_aide_europeenne": ligne.autre_aide_europeenne,
        "dui_finance": _dui(ligne.dui_finance),
    }


def _heures(heures: Heures | None) -> dict[str, str | None] | None:
    if heures is None:
        return None
    return {
        "total": _montant(heures.total),
        "apa": _montant(heures.apa),
        "pch": _montant(heures.pch),
        "dependance_autre": _montant(heures.dependance_autre),
    }


def _materiel(materiel: Materiel | None) -> dict[str, str | None] | None:
    if materiel is None:
        return None
    return {"demande_ht": _montant(materiel.demande_ht), "demande_ttc": _montant(materiel.demande_ttc)}


def _dui(dui: DuiFinance | None) -> dict[str, str] | None:
    return None if dui is None else {"nom": dui.nom, "operation": dui.operation}


def _solution(solution: Solution) -> dict[str, Any]:
    return {
        "nom": solution.nom,
        "referencee_segur": solution.referencee_segur,
        "candidate_segur": solution.candidate_segur,
        "au_sad": solution.au_sad,
        "dpi_ght": solution.dpi_ght,
        "devis_ht": _montant(solution.devis_ht),
        "devis_ttc": _montant(solution.devis_ttc),
    }


def _amoa(amoa: Amoa) -> dict[str, Any]:
    return {
        "marche": amoa.marche,
        "pilotage": amoa.pilotage,
        "devis_ht": _montant(amoa.devis_ht),
        "devis_ttc": _montant(amoa.devis_ttc),
    }


def _rejoint(rejoint: Rejoint | None) -> dict[str, Any] | None:
    if rejoint is None:
        return None
    return {
        "convention": rejoint.convention,
        "conforme_marche": rejoint.conforme_marche,
        "sans_risque": rejoint.sans_risque,
    }


def _montant(montant: Decimal | None) -> str | None:
    return None if montant is None else str(montant)
