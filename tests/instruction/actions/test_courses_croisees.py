"""Two gestures that meet at the worst instant, with their lock; and with it removed, where that is seen.

The first is held between what it has checked and what it writes, the second is played meanwhile.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError
from django_fsm import ConcurrentTransition

from esms.comptes.models import Role, Utilisateur
from esms.journal.models import Entree
from grappes.models import Campagne
from instruction.actions.campagne_dates import dates_de, prolonger
from instruction.actions.complements import clore_complements
from instruction.actions.decision import recevoir
from instruction.actions.depot import deposer
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.actions.message import ecrire_message
from instruction.actions.reponse import ecrire_reponses, repondre_complements
from instruction.actions.retrait import retirer_depot
from instruction.etats import Etat
from instruction.models import Complement, Decision, Depot, Message, RetraitDeDepot
from instruction.regles.complements import Demande
from instruction.requetes_complements import demande_ouverte
from tests.fabriques import Monde, agent
from tests.instruction.actions.test_complements import demander
from tests.rigueur.courses import croiser, sans_verrou

pytestmark = [pytest.mark.concurrence, pytest.mark.django_db(transaction=True)]
DIXIEME = timedelta(seconds=0.1)


def _retrait_et_decision(**options: Any) -> tuple[Monde, list[Any]]:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    monde.juger_tout()
    return monde, croiser(
        lambda: recevoir(dossier=monde.dossier, par=monde.instructeur),
        lambda: retirer_depot(dossier=monde.dossier, par=monde.porteur),
        avant='UPDATE "instruction_dossier"',
        **options,
    )


def test_retrait_pendant_la_decision_trouve_le_dossier_decide() -> None:
    monde, (decision, retrait) = _retrait_et_decision()
    assert (type(decision), type(retrait)) == (Decision, EtatDepasse)
    assert (monde.relire().etat, RetraitDeDepot.objects.count()) == (Etat.RECEVABLE, 0)


def test_retrait_pendant_la_decision_sans_verrou_decide_d_un_brouillon() -> None:
    """Negative control: the filing is withdrawn under the decision, which then finds another state."""
    monde, (decision, _) = _retrait_et_decision(preparer=sans_verrou)
    assert isinstance(decision, ConcurrentTransition)
    assert (monde.relire().etat, RetraitDeDepot.objects.count()) == (Etat.BROUILLON, 1)


def _reponse_et_cloture(**options: Any) -> tuple[Monde, list[Any]]:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    demander(monde, Demande("libre", "", "Calendrier", "Trop vague."))
    element = demande_ouverte(monde.relire()).elements.get()
    ecrire_reponses(dossier=monde.dossier, saisies={element.pk: ("De mars à juin.", 0)}, par=monde.porteur)
    return monde, croiser(
        lambda: repondre_complements(dossier=monde.dossier, par=monde.porteur),
        lambda: clore_complements(dossier=monde.dossier, motif="Sans objet.", par=monde.instructeur),
        avant='INSERT INTO "instruction_complement"',
        **options,
    )


def test_cloture_pendant_la_reponse_trouve_la_reponse() -> None:
    monde, (reponse, cloture) = _reponse_et_cloture()
    assert (type(reponse), type(cloture)) == (Complement, EtatDepasse)
    assert monde.relire().depot.demandes.get().issue == "repondue"


def test_cloture_pendant_la_reponse_sans_verrou_finit_deux_fois_la_demande() -> None:
    """Negative control: the request is withdrawn under its answer, which only the database stops."""
    monde, (reponse, cloture) = _reponse_et_cloture(preparer=sans_verrou)
    assert isinstance(reponse, DatabaseError)
    assert not isinstance(cloture, Exception)
    assert monde.relire().depot.demandes.get().issue == "retiree"


def _deux_seconds_depots(**options: Any) -> tuple[Monde, list[Any]]:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    retirer_depot(dossier=monde.dossier, par=monde.porteur)
    return monde, croiser(
        lambda: deposer(dossier=monde.dossier, par=monde.porteur),
        lambda: deposer(dossier=monde.dossier, par=monde.representant),
        avant="SELECT pg_advisory_xact_lock",  # of the journal: the rank is read, nothing is written
        **options,
    )


def test_second_depot_par_deux_personnes_n_a_qu_un_rang() -> None:
    monde, rendus = _deux_seconds_depots()
    assert [type(rendu) for rendu in rendus] == [Depot, EtatDepasse]
    assert list(monde.dossier.depots.order_by("rang").values_list("rang", flat=True)) == [1, 2]


def test_second_depot_par_deux_personnes_sans_verrou_prend_deux_fois_le_rang() -> None:
    """Negative control: both count one filing; the second rank 2 is refused by the database alone."""
    _, (premier, second) = _deux_seconds_depots(preparer=sans_verrou)
    assert isinstance(second, Depot)
    assert isinstance(premier, DatabaseError)
    assert "rang" in str(premier)


@pytest.fixture
def complet() -> Monde:
    monde = Monde()
    monde.completer()
    return monde


def _minuit(monde: Monde) -> datetime:
    """The first instant when the window of the campagne is closed."""
    lendemain = monde.campagne.fermeture + timedelta(days=1)
    return datetime.combine(lendemain, datetime.min.time(), tzinfo=ZoneInfo(monde.campagne.fuseau))


def _deposer_derriere_un_message(monde: Monde, recu_le: datetime | None) -> Any:
    """Somebody writes in the dossier as the window closes: the filing waits for that lock past midnight."""

    def ecrire() -> Message:
        return ecrire_message(
            identifiant=uuid4(), dossier=monde.dossier, texte="Presque prêt.", fichiers=[], par=monde.porteur
        )

    with time_machine.travel(_minuit(monde) + DIXIEME, tick=False):
        return croiser(
            ecrire,
            lambda: deposer(dossier=monde.dossier, par=monde.porteur, recu_le=recu_le),
            avant='INSERT INTO "instruction_message"',
        )[1]


def test_c1_depot_recu_un_dixieme_avant_minuit_compte_quoi_qu_il_attende(complet: Monde) -> None:
    recu_le = _minuit(complet) - DIXIEME
    assert isinstance(_deposer_derriere_un_message(complet, recu_le), Depot)
    assert complet.relire().depose_le == recu_le


def test_c1_depot_sans_son_instant_de_reception_perd_la_fenetre_a_attendre(complet: Monde) -> None:
    """Negative control: judged when its turn comes, it is too late; so is one received at midnight."""
    for recu_le in (None, _minuit(complet)):
        refus = _deposer_derriere_un_message(complet, recu_le)
        assert isinstance(refus, GesteRefuse)
        assert "trop tard" in str(refus)
    assert complet.relire().etat == Etat.BROUILLON


def _prolonger(monde: Monde, par: Utilisateur) -> Any:
    lue = dates_de(Campagne.objects.get(pk=monde.campagne.pk)).version
    return lambda: prolonger(campagne=monde.campagne, motif="Panne du portail", version=lue, par=par)


def test_depot_apres_minuit_attend_que_la_prolongation_soit_ecrite(complet: Monde) -> None:
    """Never half of it: refused until the new dates are there, accepted once they are."""
    with time_machine.travel(_minuit(complet) + DIXIEME, tick=False):
        prolongee, depot = croiser(
            _prolonger(complet, complet.administrateur),
            lambda: deposer(dossier=complet.dossier, par=complet.porteur),
            avant='UPDATE "grappes_campagne"',
        )
        assert isinstance(prolongee, Campagne)
        assert isinstance(depot, GesteRefuse)
        deposer(dossier=complet.dossier, par=complet.porteur)
    assert complet.relire().numero == "OCC-2025-0001"


def _deux_prolongations(**options: Any) -> tuple[Monde, list[Any]]:
    monde = Monde()
    second = agent(Role.ADMINISTRATEUR, monde.campagne.ars, "Second Administrateur")
    with time_machine.travel(_minuit(monde) - DIXIEME, tick=False):
        return monde, croiser(
            _prolonger(monde, monde.administrateur),
            _prolonger(monde, second),
            avant='UPDATE "grappes_campagne"',
            **options,
        )


def _prolongations(monde: Monde) -> int:
    return Entree.objects.filter(chaine=monde.campagne.chaine, geste="prolonger").count()


def test_deux_prolongations_a_la_fois_n_en_font_qu_une() -> None:
    monde, (premiere, seconde) = _deux_prolongations()
    assert (type(premiere), type(seconde)) == (Campagne, EtatDepasse)
    assert _prolongations(monde) == 1


def test_deux_prolongations_sans_verrou_deplacent_deux_fois_la_fermeture() -> None:
    """Negative control: both moves are written, from the same dates read."""
    monde, rendus = _deux_prolongations(preparer=sans_verrou)
    assert [type(rendu) for rendu in rendus] == [Campagne, Campagne]
    assert _prolongations(monde) == 2
