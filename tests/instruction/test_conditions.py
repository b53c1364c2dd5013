"""Every condition that docs/cycle-de-vie.md states is enforced: with it alone unmet, the gesture is refused.

One dossier goes through the life cycle. Where every condition of a gesture is met, each is broken in turn, in
each way of `ruptures`: the gesture says no, in one sentence, and nothing of it stays. With nothing broken it
passes: the refusal had no other cause.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from financement.actions import refus as refus_du_financement
from financement.actions.convention import emettre
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.etats import GESTES, Etat
from instruction.regles.complements import Demande
from tests.fabriques import Monde
from tests.instruction.ruptures import depot, recevabilite, selection, versements
from tests.instruction.ruptures.registre import PERMIS, RUPTURES, Tentative

CHAPITRES = (depot, recevabilite, selection, versements)
REFUS = (
    GesteRefuse,
    EtatDepasse,
    refus_du_financement.GesteRefuse,
    refus_du_financement.EtatDepasse,
)


class _Annule(Exception):
    """Undoes what a gesture that passed has written."""


def _verdict(tentative: Tentative, monde: Monde, chaque: str = "") -> str:
    """« passe », « refuse » for one reason, or all that was said; whichever, nothing is left of it."""
    try:
        with transaction.atomic():
            tentative(monde)
            raise _Annule
    except _Annule:
        return "passe"
    except REFUS as refus:
        phrases: Sequence[str] = getattr(refus, "phrases", (str(refus),))
        seule = len(phrases) == 1 or (chaque and all(chaque in phrase for phrase in phrases))
        return "refuse" if seule else " ".join(phrases)
    finally:
        monde.relire()


def test_chaque_condition_de_la_table_a_de_quoi_la_rompre() -> None:
    attendues = {(geste.nom, rang) for geste in GESTES for rang in range(len(geste.conditions))}
    assert set(RUPTURES) == attendues
    assert set(PERMIS) == {geste for geste, _ in attendues}


@pytest.mark.django_db
def test_chaque_condition_rompue_seule_refuse_son_geste() -> None:
    verdicts: list[tuple[str, str, str]] = []
    joues = []
    for geste, monde in _etapes():
        joues.append(geste)
        verdicts += [
            (geste, _nom(tentative), _verdict(tentative, monde, chaque))
            for (nom, _), tentatives in RUPTURES.items()
            for tentative, chaque in tentatives
            if nom == geste
        ]
        verdicts.append((geste, "rien de rompu", _verdict(PERMIS[geste], monde)))
    assert [v for v in verdicts if v[2] != ("passe" if v[1] == "rien de rompu" else "refuse")] == []
    assert sorted(joues) == sorted(PERMIS)


def _nom(tentative: Any) -> str:
    return str(tentative.keywords) if isinstance(tentative, partial) else tentative.__name__


def _etapes() -> Iterator[tuple[str, Monde]]:
    """Each gesture that has conditions, once they are all met."""
    monde = Monde()
    monde.completer()
    yield from ((geste, monde) for geste in ("certifier", "deposer"))
    monde.amener(Etat.DEPOSE)
    yield from ((geste, monde) for geste in ("retirer_depot", "se_desister"))
    monde.amener(Etat.RECEVABILITE)
    ecarter = ("ecarter_irrecevable", "ecarter_ineligible", "reorienter")
    yield from ((geste, monde) for geste in ("verifier", "demander_complements", *ecarter))
    yield from ((geste, monde) for geste in _pendant_les_complements(monde))
    monde.juger_tout()
    yield "recevoir", monde
    monde.amener(Etat.EN_INSTRUCTION)
    monde.noter_tout()
    yield from ((geste, monde) for geste in ("noter", "clore_instruction"))
    Monde(rang=2).amener(Etat.LISTE_COMPLEMENTAIRE)
    monde.amener(Etat.INSTRUIT)
    yield from ((geste, monde) for geste in ("inscrire_liste_complementaire", "ne_pas_retenir", "clore"))
    monde.amener(Etat.RETENU)
    yield "preparer_convention", monde
    monde.amener(Etat.CONVENTION_A_SIGNER)
    emettre(convention=monde.relire().grappe.convention, par=monde.administrateur)
    yield "constater_signature", monde
    versements.signer(monde)
    yield "verser", monde
    monde.amener(Etat.EN_DEPLOIEMENT)
    yield "demander_solde", monde
    monde.amener(Etat.SOLDE_DEMANDE)
    yield from ((geste, monde) for geste in ("rejeter_solde", "solder"))


def _pendant_les_complements(monde: Monde) -> Iterator[str]:
    """A request that has its answer, not sent yet; it is withdrawn afterwards."""
    recevabilite._demander_ceci(monde, [Demande("libre", "", "Calendrier", "Trop vague.")], 15)
    recevabilite._ecrire(monde, "De mars à juin.")
    monde.relire()
    yield from ("completer", "repondre_complements", "clore_complements")
    recevabilite._clore_complements(monde)
    monde.relire()
