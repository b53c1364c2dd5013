"""The states of a dossier, all reached by three worlds: what is true in each is seen on the way."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from instruction.etats import Etat
from tests.fabriques import Monde

# One world for each row, brought from state to state; those of ECARTS are left again at once.
TRONCONS: tuple[tuple[Etat, ...], ...] = (
    (Etat.BROUILLON,),
    (Etat.DEPOSE, Etat.RECEVABILITE, Etat.RECEVABLE, Etat.EN_INSTRUCTION, Etat.INSTRUIT),
    (
        Etat.RETENU,
        Etat.CONVENTION_A_SIGNER,
        Etat.CONVENTIONNE,
        Etat.EN_DEPLOIEMENT,
        Etat.SOLDE_DEMANDE,
        Etat.SOLDE,
        Etat.CLOS,
    ),
)
ECARTS: dict[Etat, tuple[Etat, ...]] = {
    Etat.DEPOSE: (Etat.DESISTE,),
    Etat.RECEVABILITE: (Etat.COMPLEMENTS_DEMANDES, Etat.IRRECEVABLE, Etat.INELIGIBLE, Etat.REORIENTE),
    Etat.INSTRUIT: (Etat.LISTE_COMPLEMENTAIRE, Etat.NON_RETENU),
}


def etats_de(troncon: Sequence[Etat]) -> list[Etat]:
    """In the order they are reached."""
    return [etat for atteint in troncon for etat in (atteint, *ECARTS.get(atteint, ()))]


def suivre(joue: Monde, troncon: Sequence[Etat]) -> Iterator[Etat]:
    """Bring the dossier to each state of the row, and give it there; what a side state wrote is undone."""
    for etat in troncon:
        joue.amener(etat)
        yield etat
        for fin in ECARTS.get(etat, ()):
            with transaction.atomic():
                joue.amener(fin)
                yield fin
                transaction.set_rollback(True)
            joue.relire()
