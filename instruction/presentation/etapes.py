"""The line of six steps at the top of a dossier, read from its state alone. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from instruction.etats import Etat


class Avancement(StrEnum):
    """Where a step is; the value is what the page says of it."""

    FAITE = "terminée"
    EN_COURS = "en cours"
    SANS_SUITE = "sans suite"
    ARRETEE = "arrêtée"
    A_VENIR = "à venir"


@dataclass(frozen=True, slots=True)
class Etape:
    """One step and where it is."""

    titre: str
    avancement: Avancement

    @property
    def courante(self) -> bool:
        """Whether the dossier is there now."""
        return self.avancement in {Avancement.EN_COURS, Avancement.ARRETEE}


TITRES = ("Dépôt", "Recevabilité", "Instruction", "Sélection", "Convention", "Versements")

# The step where each state stands, from 0.
_RANGS = {
    Etat.BROUILLON: 0,
    Etat.DEPOSE: 1,
    Etat.RECEVABILITE: 1,
    Etat.COMPLEMENTS_DEMANDES: 1,
    Etat.REORIENTE: 1,
    Etat.IRRECEVABLE: 1,
    Etat.INELIGIBLE: 1,
    Etat.RECEVABLE: 2,
    Etat.EN_INSTRUCTION: 2,
    Etat.INSTRUIT: 3,
    Etat.NON_RETENU: 3,
    Etat.LISTE_COMPLEMENTAIRE: 3,
    Etat.RETENU: 4,
    Etat.CONVENTION_A_SIGNER: 4,
    Etat.CONVENTIONNE: 5,
    Etat.EN_DEPLOIEMENT: 5,
    Etat.SOLDE_DEMANDE: 5,
    Etat.SOLDE: 6,
}
_ARRETS = frozenset({Etat.IRRECEVABLE, Etat.INELIGIBLE, Etat.REORIENTE, Etat.NON_RETENU})
_FINS = frozenset({Etat.DESISTE, Etat.CLOS})


def etapes(etat: str, *, pour_porteur: bool, arret: str = "") -> tuple[Etape, ...]:
    """The six steps. The porteur does not read that the examination is closed before the decision.

    `arret`: the last state of its progress, for a dossier given up or closed, which stops there.
    """
    actuel, fini = (Etat(arret), True) if etat in _FINS and arret else (Etat(etat), False)
    if pour_porteur and actuel == Etat.INSTRUIT:
        actuel = Etat.EN_INSTRUCTION
    rang, ici = _RANGS[actuel], Avancement.ARRETEE if fini or actuel in _ARRETS else Avancement.EN_COURS
    apres = Avancement.SANS_SUITE if ici == Avancement.ARRETEE else Avancement.A_VENIR
    return tuple(
        Etape(titre, Avancement.FAITE if n < rang else ici if n == rang else apres)
        for n, titre in enumerate(TITRES)
    )
