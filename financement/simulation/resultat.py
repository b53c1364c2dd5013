"""A simulation: entry in, checks and money out, in the JSON of the contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from esms.aap import Edition
from financement.bareme import Financement, Ligne, calculer
from grappes.regles import Controle, Guichet, Projet, Verdict, controler, guichet, pire_verdict

from .completion import completer
from .entree import Saisie, lire
from .gel import ecrire_entree, ecrire_registre
from .referentiel import Referentiel


@dataclass(frozen=True, slots=True)
class Resultat:
    """Everything a simulation found."""

    edition: Edition
    projet: Projet
    guichet: Guichet
    controles: tuple[Controle, ...]
    financement: Financement

    @property
    def verdict(self) -> Verdict:
        """The worst of the checks."""
        return pire_verdict(self.controles)

    def entree_complete(self) -> dict[str, Any]:
        """The contract's entry with all that the register and the defaults filled in, in one canonical form.

        Evaluated with a register that knows nothing, it gives the same JSON, closed ESSMS (E1) apart: their
        dates are in `registre`, and `reprendre` puts both together.
        """
        return ecrire_entree(self.projet, self.edition)

    def registre(self) -> dict[str, Any]:
        """Version of the nomenclature, names and closing dates: what the contract's entry cannot carry."""
        return ecrire_registre(self.projet)

    def en_json(self) -> dict[str, Any]:
        """The contract, to the letter; same entry and same rules give the same bytes."""
        return {
            "aap": self.edition.slug,
            "version_regles": self.edition.version,
            "synthese": self._synthese(),
            "guichet": _guichet(self.guichet),
            "controles": [_controle(controle) for controle in self.controles],
            "lignes": [_ligne(ligne) for ligne in self.financement.lignes],
            "sous_totaux": {regle: _montant(somme) for regle, somme in self.financement.sous_totaux.items()},
            "versements": [
                {
                    "rang": versement.rang,
                    "declencheur": versement.declencheur,
                    "montant": _montant(versement.montant),
                }
                for versement in self.financement.versements
            ],
        }

    def _synthese(self) -> dict[str, Any]:
        return {
            "nombre_essms": len(self.projet.essms),
            "typologie": self.projet.typologie,
            "verdict": self.verdict.value,
            "estimation": self.financement.estimation,
            "total": _montant(self.financement.total),
        }


def simuler(entree: Mapping[str, Any], referentiel: Referentiel) -> Resultat:
    """Run the whole engine on an entry of the contract. Raises EntreeInvalide: then nothing is computed."""
    return simuler_la_saisie(lire(entree), referentiel)


def simuler_la_candidature(
    entree: Mapping[str, Any], referentiel: Referentiel, edition: Edition | None = None
) -> Resultat:
    """The engine on the entry of an application, whose software may still have to be chosen.

    `edition`: the one of its campagne, failing that the one that the entry names. Raises EntreeInvalide.
    """
    saisie = lire(entree)
    return evaluer(completer(saisie, referentiel).en_candidature(), edition or saisie.edition)


def simuler_la_saisie(saisie: Saisie, referentiel: Referentiel) -> Resultat:
    """Run the engine on an entry already read."""
    return evaluer(completer(saisie, referentiel), saisie.edition)


def evaluer(projet: Projet, edition: Edition) -> Resultat:
    """Run the engine on a complete project: pure, so that « what if » can play it again."""
    trouve = guichet(projet, edition)
    return Resultat(edition, projet, trouve, controler(projet, edition, trouve), calculer(projet, edition))


def _montant(montant: Decimal) -> str:
    return f"{montant:.2f}"


def _guichet(trouve: Guichet) -> dict[str, Any]:
    return {
        "niveau": trouve.niveau,
        "region": trouve.region,
        "regle": trouve.regle,
        "article": trouve.article,
        "deposable": trouve.deposable,
        "explication": trouve.explication,
    }


def _controle(controle: Controle) -> dict[str, str]:
    return {
        "regle": controle.regle,
        "article": controle.article,
        "portee": controle.portee,
        "verdict": controle.verdict.value,
        "explication": controle.explication,
    }


def _ligne(ligne: Ligne) -> dict[str, Any]:
    return {
        "regle": ligne.regle,
        "article": ligne.article,
        "portee": ligne.portee,
        "rang": ligne.rang,
        "libelle": ligne.libelle,
        "base": _montant(ligne.base),
        "taux": str(ligne.taux),
        "plafond": None if ligne.plafond is None else _montant(ligne.plafond),
        "montant": _montant(ligne.montant),
        "explication": ligne.explication,
    }
