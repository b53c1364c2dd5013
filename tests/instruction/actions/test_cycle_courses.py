"""Races of the life cycle: two agents decide, a withdrawal meets an opening, a rank is given twice."""

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone
from django_fsm import ConcurrentTransition

from esms.comptes.models import Role
from instruction.actions.complements import clore_complements
from instruction.actions.decision import ecarter_ineligible, inscrire_liste_complementaire, recevoir
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.actions.recevabilite import ouvrir_recevabilite
from instruction.actions.reponse import ecrire_reponses, joindre_complement, repondre_complements
from instruction.actions.retrait import retirer_depot, se_desister
from instruction.etats import Etat
from instruction.models import Decision, Dossier, ElementDemande
from instruction.regles.complements import Demande
from instruction.requetes_complements import demande_ouverte
from tests.fabriques import Monde, agent, pdf
from tests.instruction.actions.test_complements import demander
from tests.rigueur.courses import croiser, ensemble, sans_verrou

pytestmark = [pytest.mark.concurrence, pytest.mark.django_db(transaction=True)]


def reussis(rendus: list[Any]) -> list[Any]:
    return [rendu for rendu in rendus if not isinstance(rendu, Exception)]


def _juge() -> Monde:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    monde.juger_tout()
    return monde


def _decider(monde: Monde, second: Any, rang: int) -> Any:
    if rang == 0:
        return recevoir(dossier=monde.dossier, par=monde.instructeur)
    return ecarter_ineligible(dossier=monde.dossier, motif="Hors champ.", par=second)


def test_course_de_deux_agents_qui_decident_donne_une_decision() -> None:
    monde = _juge()
    second = agent(Role.INSTRUCTEUR, monde.campagne.ars, "Second Instructeur")
    rendus = ensemble(2, lambda rang: _decider(monde, second, rang))
    assert len(reussis(rendus)) == 1
    assert [type(r) for r in rendus if isinstance(r, Exception)] == [EtatDepasse]
    assert Decision.objects.get().sens == monde.relire().etat


def test_course_de_deux_agents_sans_verrou_perd_la_phrase_du_409() -> None:
    """Negative control: both see the dossier open, and only the database stops the second one."""
    monde = _juge()
    second = agent(Role.INSTRUCTEUR, monde.campagne.ars, "Second Instructeur")
    rendus = croiser(
        lambda: _decider(monde, second, 0),
        lambda: _decider(monde, second, 1),
        avant='UPDATE "instruction_dossier"',
        preparer=sans_verrou,
    )
    assert isinstance(rendus[0], ConcurrentTransition)
    assert isinstance(rendus[1], Decision)


def test_course_du_retrait_et_de_l_ouverture_laisse_un_dossier_coherent() -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    rendus = ensemble(
        2,
        lambda rang: (
            retirer_depot(dossier=monde.dossier, par=monde.porteur)
            if rang == 0
            else ouvrir_recevabilite(dossier=monde.dossier, par=monde.instructeur)
        ),
    )
    # The withdrawal is allowed before and after the opening; the opening, only before.
    assert isinstance(rendus[0], Dossier)
    assert isinstance(rendus[1], Dossier | EtatDepasse)
    assert (monde.relire().etat, monde.dossier.depot_courant) == (Etat.BROUILLON, None)


def test_course_de_la_reponse_et_de_la_cloture_n_en_garde_qu_une() -> None:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    demander(monde, Demande("libre", "", "Calendrier", "Trop vague."))
    element = demande_ouverte(monde.relire()).elements.get()
    ecrire_reponses(dossier=monde.dossier, saisies={element.pk: ("De mars à juin.", 0)}, par=monde.porteur)
    rendus = ensemble(
        2,
        lambda rang: (
            repondre_complements(dossier=monde.dossier, par=monde.porteur)
            if rang == 0
            else clore_complements(dossier=monde.dossier, motif="Sans objet.", par=monde.instructeur)
        ),
    )
    assert len(reussis(rendus)) == 1
    assert [type(r) for r in rendus if isinstance(r, Exception)] == [EtatDepasse]


def test_course_de_deux_rangs_identiques_n_en_donne_qu_un() -> None:
    mondes = [Monde(rang=rang) for rang in (1, 2)]
    for monde in mondes:
        monde.amener(Etat.INSTRUIT)
    rendus = ensemble(
        2,
        lambda rang: inscrire_liste_complementaire(
            dossier=mondes[rang].dossier, rang=1, motif="", par=mondes[rang].valideur
        ),
    )
    assert len(reussis(rendus)) == 1
    assert [type(r) for r in rendus if isinstance(r, Exception)] == [GesteRefuse]


def test_meme_desistement_quatre_fois_a_la_fois_n_en_ecrit_qu_un() -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    rendus = ensemble(4, lambda _: se_desister(dossier=monde.dossier, motif="Fusion.", par=monde.porteur).pk)
    assert len(set(rendus)) == 1


def test_course_a_la_seconde_de_l_echeance_ne_passe_pas_minuit(monkeypatch: pytest.MonkeyPatch) -> None:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    demander(monde, Demande("libre", "", "Calendrier", "Trop vague."))
    element = demande_ouverte(monde.relire()).elements.get()
    ecrire_reponses(dossier=monde.dossier, saisies={element.pk: ("De mars à juin.", 0)}, par=monde.porteur)
    echeance = monde.dossier.complements_avant
    assert echeance is not None
    assert echeance.astimezone(ZoneInfo("Europe/Paris")).time() == datetime.min.time()
    monkeypatch.setattr(timezone, "now", lambda: echeance)
    rendus = ensemble(3, lambda _: repondre_complements(dossier=monde.dossier, par=monde.porteur))
    assert [type(r) for r in rendus] == [GesteRefuse] * 3
    assert monde.relire().etat == Etat.COMPLEMENTS_DEMANDES


def test_fichier_d_un_complement_se_lit_sans_tenir_le_verrou_du_dossier() -> None:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    demander(monde, Demande("piece", "P1", "P1", "Illisible."))
    lus: list[bool] = []

    class Temoin(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            lus.append(connection.in_atomic_block)
            return super().read(size)

    element = ElementDemande.objects.get(demande__depot__dossier=monde.dossier)
    piece = joindre_complement(
        element=element, nom="lisible.pdf", fichier=Temoin(pdf("lisible")), par=monde.porteur
    )
    assert piece.element == element
    assert lus[0] is False
