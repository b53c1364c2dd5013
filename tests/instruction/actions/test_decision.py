"""Examination and decisions: motives, what stands in the way, once only, the amount of the engine."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from esms.comptes.models import Role
from financement.actions.plan import Rejeu, rejouer
from financement.simulation import simuler
from grappes.models import Etablissement
from grappes.requetes import ReferentielFiness
from instruction.actions.decision import (
    clore_instruction,
    ecarter_ineligible,
    ecarter_irrecevable,
    ne_pas_retenir,
    recevoir,
    retenir,
)
from instruction.actions.examen import (
    SaisieControle,
    SaisieNote,
    SaisiePiece,
    donner_avis_controles,
    donner_avis_pieces,
    noter,
)
from instruction.actions.garde import EtatDepasse, GesteRefuse, VersionDepassee
from instruction.etats import Etat
from tests.fabriques import GUADELOUPE, Monde, agent

pytestmark = pytest.mark.django_db

A_JUGER = "C1, E1, E2, E3, E5, E6, E7, E8, E9, E10, E12, E13, G1, G3"


@pytest.fixture
def depose() -> Monde:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    return monde


def test_recevable_attend_un_avis_sur_chaque_controle_et_chaque_piece(depose: Monde) -> None:
    with pytest.raises(GesteRefuse) as refus:
        recevoir(dossier=depose.dossier, par=depose.instructeur)
    assert refus.value.phrases == (
        f"Contrôles ni confirmés ni renversés\u00a0: {A_JUGER}.",
        "Pièces ni acceptées ni refusées\u00a0: P1, P2, P3, P4.",
    )


def test_controle_bloquant_se_leve_avec_un_motif() -> None:
    monde = Monde(nombre=10)
    monde.amener(Etat.RECEVABILITE)
    monde.juger_tout()
    donner_avis_controles(
        dossier=monde.dossier,
        saisies=[SaisieControle("E3", "projet", "bloquant", True, "", 1)],
        par=monde.instructeur,
    )
    with pytest.raises(GesteRefuse, match="E3 fait obstacle"):
        recevoir(dossier=monde.dossier, par=monde.instructeur)
    donner_avis_controles(
        dossier=monde.dossier,
        saisies=[SaisieControle("E3", "projet", "bloquant", False, "Territoire isolé.", 2)],
        par=monde.instructeur,
    )
    recevoir(dossier=monde.dossier, par=monde.instructeur)
    assert monde.relire().etat == Etat.RECEVABLE


def test_controle_ne_se_renverse_pas_sans_motif(depose: Monde) -> None:
    with pytest.raises(GesteRefuse, match="sans motif"):
        donner_avis_controles(
            dossier=depose.dossier,
            saisies=[
                SaisieControle("E1", "projet", "conforme", True, ""),
                SaisieControle("E2", "projet", "conforme", False, "  "),
            ],
            par=depose.instructeur,
        )
    assert not depose.dossier.depot.avis_controles.exists()


def test_piece_exigee_refusee_fait_obstacle(depose: Monde) -> None:
    depose.juger_tout()
    donner_avis_pieces(
        dossier=depose.dossier, saisies=[SaisiePiece("P2", False, "Illisible.", 1)], par=depose.instructeur
    )
    with pytest.raises(GesteRefuse, match="La pièce P2, exigée, est refusée"):
        recevoir(dossier=depose.dossier, par=depose.instructeur)


@pytest.mark.parametrize("geste", [ecarter_irrecevable, ecarter_ineligible])
def test_refus_de_recevabilite_est_motive_et_dit_les_recours(depose: Monde, geste: object) -> None:
    with pytest.raises(GesteRefuse, match="motivé"):
        geste(dossier=depose.dossier, motif=" ", par=depose.instructeur)  # type: ignore[operator]
    decision = geste(dossier=depose.dossier, motif="Hors champ.", par=depose.instructeur)  # type: ignore[operator]
    assert (decision.motif, decision.par) == ("Hors champ.", depose.instructeur)
    assert "deux mois" in decision.recours


def test_decision_se_prend_une_fois_et_le_second_agent_le_sait(depose: Monde) -> None:
    depose.juger_tout()
    premiere = recevoir(dossier=depose.dossier, par=depose.instructeur)
    assert recevoir(dossier=depose.dossier, par=depose.instructeur) == premiere
    with pytest.raises(EtatDepasse, match="Inès Instructrice a choisi"):
        ecarter_irrecevable(dossier=depose.dossier, motif="Non.", par=agent(Role.INSTRUCTEUR))
    assert depose.relire().decisions.count() == 1


def test_instructeur_d_une_autre_ars_ne_decide_pas(depose: Monde) -> None:
    with pytest.raises(PermissionDenied):
        ecarter_irrecevable(dossier=depose.dossier, motif="Non.", par=agent(Role.INSTRUCTEUR, "01"))


def _note(
    critere: str, points: str | None, raisons: str = "Oui.", niveau: str = "", version: int = 0
) -> SaisieNote:
    return SaisieNote(critere, Decimal(points) if points else None, niveau, raisons, version)


@pytest.mark.parametrize(
    ("critere", "points", "phrase"),
    [
        ("motivation", "1.5", "de 0 à 1"),
        ("efficience", "-1", "de 0 à 2"),
        ("cibles", "0.3", "par pas de 0,5"),
    ],
)
def test_note_hors_de_la_grille_est_refusee(critere: str, points: str, phrase: str) -> None:
    monde = Monde()
    monde.amener(Etat.EN_INSTRUCTION)
    with pytest.raises(GesteRefuse, match=phrase):
        noter(
            dossier=monde.dossier,
            saisies=[_note("long_terme", "1"), _note(critere, points)],
            par=monde.instructeur,
        )
    assert not monde.dossier.notes.exists()


def test_niveau_hors_de_la_grille_qualitative_est_refuse() -> None:
    monde = Monde(GUADELOUPE, nombre=8)
    monde.amener(Etat.EN_INSTRUCTION)
    with pytest.raises(GesteRefuse, match="choisissez une appréciation"):
        noter(dossier=monde.dossier, saisies=[_note("equite", None, niveau="genial")], par=monde.instructeur)
    with pytest.raises(GesteRefuse, match="choisissez une appréciation"):
        noter(dossier=monde.dossier, saisies=[_note("equite", "1")], par=monde.instructeur)


def test_instruction_ne_se_clot_pas_sans_note_ni_justification() -> None:
    monde = Monde(GUADELOUPE, nombre=8)
    monde.amener(Etat.EN_INSTRUCTION)
    noter(
        dossier=monde.dossier,
        saisies=[_note("coherence", None, "", niveau="favorable")],
        par=monde.instructeur,
    )
    with pytest.raises(GesteRefuse) as refus:
        clore_instruction(dossier=monde.dossier, par=monde.instructeur)
    assert len(refus.value.phrases) == 3
    assert "n’est pas justifiée" in refus.value.phrases[0]


def test_deux_instructeurs_sur_la_meme_note_ne_s_ecrasent_pas() -> None:
    monde = Monde()
    monde.amener(Etat.EN_INSTRUCTION)
    noter(dossier=monde.dossier, saisies=[_note("efficience", "1")], par=monde.instructeur)
    with pytest.raises(VersionDepassee):
        noter(dossier=monde.dossier, saisies=[_note("efficience", "2")], par=agent(Role.INSTRUCTEUR))
    assert monde.dossier.notes.get().points == 1


def test_retenu_fige_le_montant_du_moteur_au_centime() -> None:
    monde = Monde(nombre=20)
    monde.amener(Etat.INSTRUIT)
    decision = retenir(dossier=monde.dossier, motif="", par=monde.valideur)
    attendu = simuler(monde.simulation.entree, ReferentielFiness())
    assert decision.plan is not None
    assert decision.plan.total == attendu.financement.total == monde.relire().montant
    assert decision.plan.lignes == attendu.en_json()["lignes"]
    assert retenir(dossier=monde.dossier, motif="", par=monde.valideur) == decision


def test_retenu_se_rejoue_quoi_que_dise_le_referentiel_du_jour() -> None:
    """Filed in the window of its campagne, with the register of that day: both are sealed, and kept."""
    monde = Monde(nombre=20)
    monde.amener(Etat.INSTRUIT)
    plan = retenir(dossier=monde.dossier, motif="", par=monde.valideur).plan
    contenu = monde.relire().depot.contenu
    Etablissement.objects.update(categorie="355", region="84", ferme_le=date(2020, 1, 31))
    assert plan is not None
    assert (plan.entree, plan.registre) == (contenu["entree_complete"], contenu["registre"])
    assert rejouer(plan) == Rejeu(True, "Le moteur rend le même résultat, ligne à ligne.")


def test_non_retenu_est_motive() -> None:
    monde = Monde()
    monde.amener(Etat.INSTRUIT)
    with pytest.raises(GesteRefuse, match="motivé"):
        ne_pas_retenir(dossier=monde.dossier, motif="", par=monde.valideur)
    decision = ne_pas_retenir(dossier=monde.dossier, motif="Enveloppe épuisée.", par=monde.valideur)
    assert "Télérecours" in decision.recours
